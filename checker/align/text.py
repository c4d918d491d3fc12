"""One text as the aligner sees it: sentences, blocks, lengths, words, vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.align.words import Words, words_of
from checker.embed import Encoder, Spans, single_vectors
from checker.model import BlockKind, Sentence

Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready for alignment; every array has one entry per sentence.

    ``singles`` are unit vectors (n, dimensions); ``lengths`` are characters;
    ``starts_block`` marks first sentences of paragraphs, ``kinds`` numbers what block a
    sentence stands in, ``closing`` numbers the kind of mark that ends it,
    ``continues`` is true where it begins with a small letter.
    """

    spans: Spans
    singles: NDArray[np.float16]
    words: Words
    lengths: NDArray[np.float64]
    starts_block: NDArray[np.bool_]
    kinds: Ints
    closing: Ints
    continues: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.lengths)


_KINDS = tuple(BlockKind)
_MARKS = ".?!:;,"
_CLOSERS = "\"'»«”“’)]› \u00a0\u202f"


def text_of(sentences: Sequence[Sentence], encoder: Encoder) -> Text:
    """What the aligner needs to know of ``sentences``, of which there is at least one."""
    strings = [s.text for s in sentences]
    blocks = np.array([s.block for s in sentences])
    spans = encoder.spans(strings)
    return Text(
        spans,
        single_vectors(spans),
        words_of(strings, encoder),
        np.array([len(s) + 1.0 for s in strings]),
        np.concatenate([[True], blocks[1:] != blocks[:-1]]),
        np.array([_KINDS.index(s.kind) for s in sentences], np.intp),
        np.array([_closing(s) for s in strings], np.intp),
        np.array([_continues(s) for s in strings], np.bool_),
    )


def _closing(sentence: str) -> int:
    """Number of the mark that ends a sentence, quotes and brackets after it left aside."""
    bare = sentence.rstrip(_CLOSERS)
    return _MARKS.find(bare[-1]) if bare else -1


def _continues(sentence: str) -> bool:
    letters = (c for c in sentence if c.isalnum())
    return next(letters, "").islower()
