"""Writes a trained state as the package's weights: checker/data/contextual.npz.

    python benchmarks/detector/export.py FOLDER [OUT.npz]

FOLDER is where ``train.py`` left its state. The rows of the vocabulary keep their 4 bits;
trained matrices become 8-bit integers with one scale for 32; vectors become 16-bit floats.
"""

from __future__ import annotations

import sys
from pathlib import Path

import e5
import numpy as np
import torch

DATA = Path(__file__).parents[2] / "checker" / "data" / "contextual.npz"
MOST_PLACES, GROUP = 256, 32


def main() -> None:
    """What the command line asks for."""
    folder = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA
    state = torch.load(folder / "state.pt")
    kept, model = np.load(folder / "kept.npy"), e5.load()
    arrays = vocabulary(model, kept)
    average = {k: v.numpy() for k, v in state["average"].items()}
    for name, value in average.items():
        if name == "pieces.weight":
            continue
        if name == "places.weight":
            value = value[:MOST_PLACES]
        if value.ndim == 2 and value.size > 10_000:
            groups = value.reshape(len(value), -1, GROUP)
            scale = np.maximum(np.abs(groups).max(-1) / 127, 1e-6).astype(np.float16)
            whole = np.rint(groups / scale.astype(np.float32)[..., None])
            arrays[f"{name}.scale"] = scale
            arrays[f"{name}.int8"] = np.clip(whole, -127, 127).astype(np.int8)
        else:
            arrays[name] = value.astype(np.float16)
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(out, **arrays)
    print(f"step {state['step']}, {state['spent'] / 60:.0f} min: {out.stat().st_size / 1e6:.1f} MB")


def vocabulary(model: e5.E5, kept: np.ndarray) -> dict[str, np.ndarray]:
    """The kept pieces, their log-probabilities and their 4-bit rows."""
    blocks = model.blocks("emb.word").reshape(model.rows, -1)[kept]
    texts = "\n".join(model.pieces[old][0] for old in kept)
    return {
        "pieces": np.frombuffer(texts.encode("utf-8"), np.uint8),
        "piece_scores": np.array([model.pieces[old][1] for old in kept], np.float32),
        "embedding.scale": np.ascontiguousarray(blocks["scale"]),
        "embedding.nibbles": np.ascontiguousarray(blocks["nibbles"]),
    }


if __name__ == "__main__":
    main()
