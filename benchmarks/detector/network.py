"""The detector in torch: lower layers of e5 for each side, its next layers for both together."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

HIDDEN, HEADS, INTERMEDIATE, EPSILON = 384, 12, 1536, 1e-12
RELATIONS, FEATURES, KINDS = 4, 8, 3
NOWHERE = -1e4  # a logit that leaves nothing of a piece


class Layer(nn.Module):
    """A layer of BERT (Devlin et al. 2019), with a learned bias for relations of words."""

    def __init__(self, related: bool) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.f1, self.f2 = nn.Linear(HIDDEN, INTERMEDIATE), nn.Linear(INTERMEDIATE, HIDDEN)
        self.n1, self.n2 = (nn.LayerNorm(HIDDEN, EPSILON) for _ in range(2))
        self.register_buffer("as_it_is", torch.ones(HEADS, 1), persistent=False)
        self.bias = nn.Parameter(torch.zeros(HEADS, RELATIONS)) if related else None
        if related:
            with torch.no_grad():
                self.bias[::2, :2] = 3.0
                self.bias[::2, 2] = -1.0

    def forward(self, x, relations):
        """x (batch, size, hidden); relations (batch, count, size * size), the last of them
        added to the logits as it is, the others as their bias weighs them."""
        batch, size, _ = x.shape
        q, k, v = (
            part(x).view(batch, size, HEADS, -1).transpose(1, 2).flatten(0, 1)
            for part in (self.q, self.k, self.v)
        )
        parts = (self.as_it_is,) if self.bias is None else (self.bias, self.as_it_is)
        weights = torch.cat(parts, 1)
        bias = (weights @ relations).reshape(-1, size, size)
        # by hand: torch's own kernel is slow where a bias is trained
        logits = torch.baddbmm(bias, q, k.transpose(1, 2), alpha=q.shape[-1] ** -0.5)
        with torch.autocast(x.device.type, enabled=False):
            shares = torch.softmax(logits, -1)
        mixed = (shares @ v).view(batch, HEADS, size, -1).transpose(1, 2)
        x = self.n1(x + self.o(mixed.reshape(batch, size, HIDDEN)))
        return self.n2(x + self.f2(functional.gelu(self.f1(x))))


class Network(nn.Module):
    """``lower`` layers see one side, ``joint`` ones see both; pieces and places are frozen."""

    def __init__(self, rows: int, lower: int, joint: int) -> None:
        super().__init__()
        self.pieces, self.places = nn.Embedding(rows, HIDDEN), nn.Embedding(512, HIDDEN)
        self.pieces.requires_grad_(False)
        self.places.requires_grad_(False)
        self.n0 = nn.LayerNorm(HIDDEN, EPSILON)
        self.lower = nn.ModuleList([Layer(False) for _ in range(lower)])
        self.sides = nn.Embedding(2, HIDDEN)
        self.e = nn.Linear(FEATURES, HIDDEN)
        nn.init.zeros_(self.sides.weight)
        nn.init.normal_(self.e.weight, std=0.02)
        self.joint = nn.ModuleList([Layer(True) for _ in range(joint)])
        self.out1, self.out2 = nn.Linear(2 * HIDDEN, 128), nn.Linear(128, KINDS)
        self.drop = nn.Dropout(0.1)
        nn.init.constant_(self.out2.bias, -4.0)

    def trained(self) -> list[nn.Parameter]:
        """Everything but the frozen part."""
        return [p for p in self.parameters() if p.requires_grad]

    def new(self) -> list[nn.Parameter]:
        """What e5 has not: marks of the sides, features of words, the last two products."""
        parts = (self.sides, self.e, self.out1, self.out2)
        return [p for part in parts for p in part.parameters()]

    def below(self, ids, places, same_side):
        """What the lower layers make of each side alone."""
        x = self.n0(self.pieces(ids) + self.places(places))
        mask = torch.where(same_side, 0.0, NOWHERE).flatten(1)[:, None]
        for layer in self.lower:
            x = layer(x, mask)
        return x

    def forward(self, batch):
        """Log-odds of every kind for every word, shape (batch, words, kinds)."""
        below = self.below(batch["ids"], batch["places"], batch["same_side"])
        x = self.drop(below) + self.sides(batch["on_target"]) + self.e(batch["features"])
        for layer in self.joint:
            x = layer(x, batch["relations"])
        index = batch["first"][..., None].expand(-1, -1, HIDDEN)
        words = torch.cat([x.gather(1, index), below.gather(1, index)], -1)
        return self.out2(functional.gelu(self.out1(words))).float()
