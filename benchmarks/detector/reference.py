"""Writes what torch makes of a few links with the package's weights, for the tests.

    python benchmarks/detector/reference.py [OUT.json]

The numpy forward pass must give the same numbers (``tests/detector/test_network.py``).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
from data import FUNCTION_WORDS, Example, translates
from network import KINDS, Network
from train import batch_of

from checker.detector import network as shipped
from checker.detector.links import reading
from checker.embed import load
from checker.pipeline import CachedWords
from checker.settings import BUNDLED_MODEL

OUT = Path(__file__).parents[2] / "tests" / "data" / "detector" / "reference.json"
TEXTS = (
    (
        "Le conseil communal a voté le budget ; deux élus se sont abstenus.",
        "Der Gemeinderat hat das Budget angenommen, zwei Mitglieder enthielten sich der Stimme.",
    ),
    (
        "La commission n’a pas publié son rapport sur les 3 412 modèles réduits.",
        "Die Kommission hat ihren Bericht über die 3412 Mannequins veröffentlicht.",
    ),
    (
        "Le train, qui était bondé ce jour-là, est arrivé à Berne avec une heure de retard.",
        "Der Zug traf mit einer Stunde Verspätung in Bern ein.",
    ),
)


def main() -> None:
    """Runs torch on the texts and writes texts and scores."""
    weights = shipped.weights()
    state = {name: torch.from_numpy(value.copy()) for name, value in weights.by_name.items()}
    state["pieces.weight"] = torch.from_numpy(shipped.dequantised(*weights.embedding))
    layers = weights.layers("lower"), weights.layers("joint")
    torch_net = Network(len(state["pieces.weight"]), *layers)
    torch_net.places = torch.nn.Embedding(*state["places.weight"].shape)
    torch_net.load_state_dict(state)
    torch_net.eval()
    vectors = CachedWords(load(BUNDLED_MODEL))
    cases = []
    for texts in TEXTS:
        read = reading(texts, FUNCTION_WORDS, weights.pieces, vectors, translates)
        labels = torch.zeros(len(read.tokens), KINDS).numpy()
        with torch.no_grad():
            scores = torch_net(batch_of([Example(read, labels)]))[0]
        rows = [[round(float(value), 5) for value in row] for row in scores]
        words = [token.text for token in read.tokens]
        cases.append({"texts": texts, "words": words, "scores": rows})
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
