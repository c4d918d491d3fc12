"""Vectors of runs of neighbouring sentences, made when they are asked for.

What a sentence contributes is computed once and kept in half precision; the vectors of
the runs in a stretch of text follow from it by prefix sums. A book's runs of up to eight
sentences would fill gigabytes, those of a stretch of some hundred sentences do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Parts = NDArray[np.float16]
Compose = Callable[[Parts, Parts, int], Mapping[int, Vectors]]
_STRETCH = 512


class Spans(Protocol):
    """Vectors of all runs of sentences of one text."""

    def runs(self, start: int, stop: int, longest: int) -> Mapping[int, Vectors]:
        """Unit vectors of all runs of 1 to ``longest`` sentences within start to stop.

        Entry k has shape (stop - start - k + 1, dimensions); row i is the vector of
        sentences start + i to start + i + k - 1 read as one text. Lengths without any
        run are left out.
        """

    def __len__(self) -> int:
        """The number of sentences."""


@dataclass(frozen=True, slots=True)
class ComposedSpans:
    """Spans composed from what each sentence (n, width) and junction (n - 1, ...) adds."""

    parts: Parts
    joints: Parts
    compose: Compose

    def runs(self, start: int, stop: int, longest: int) -> Mapping[int, Vectors]:
        """See Spans.runs."""
        return self.compose(
            self.parts[start:stop], self.joints[start : max(stop - 1, start)], longest
        )

    def __len__(self) -> int:
        return len(self.parts)


@dataclass(frozen=True, slots=True)
class EncodedSpans:
    """The reference: every run of sentences encoded as a text of its own."""

    sentences: Sequence[str]
    encode: Callable[[Sequence[str]], Vectors]

    def runs(self, start: int, stop: int, longest: int) -> Mapping[int, Vectors]:
        """See Spans.runs."""
        return {
            k: self.encode(
                [" ".join(self.sentences[i : i + k]) for i in range(start, stop - k + 1)]
            )
            for k in range(1, min(longest, stop - start) + 1)
        }

    def __len__(self) -> int:
        return len(self.sentences)


def single_vectors(spans: Spans) -> NDArray[np.float16]:
    """Unit vectors of the sentences alone, shape (n, dimensions), in half precision."""
    pieces = [
        spans.runs(start, min(start + _STRETCH, len(spans)), 1)[1].astype(np.float16)
        for start in range(0, len(spans), _STRETCH)
    ]
    return np.concatenate(pieces)
