"""Fits the logistic models behind the clause and negation checks.

usage: python benchmarks/fit_content.py clause|negation PAIRS.tsv [NUMBER]

PAIRS.tsv has a French and a German sentence a line that people translated. Clauses are cut
out of one side of each pair, or a negation is put in or taken out; the model learns to tell
these pairs from those left alone. Prints rows for ``checker/data/content_weights.tsv`` and, to
standard error, the recall at some rates of false alarms, cross-validated by pair. Needs
scikit-learn, which comes with the ``transformers`` extra.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from checker.content import clauses, polarity
from checker.content.coverage import coverage
from checker.embed import load
from checker.languages import load as load_language
from checker.pipeline import CachedWords
from checker.settings import BUNDLED_MODEL

CLAUSE = re.compile(r", [^,;:.!?()«»„“\"–—]{16,110}(?=[,.;:])")
VERBS = {
    "fr": re.compile(r" (est|était|sont|étaient|a|ont|avait|peut|doit|sera|va)\b(?! pas)"),
    "de": re.compile(r" (ist|war|sind|waren|haben|hat|hatte|kann|muss|wird|soll)\b(?! nicht)"),
}
NEGATED = {"fr": re.compile(r"\b(?:ne |n['’])(\w+) pas\b"), "de": re.compile(r" ()nicht\b")}
RATES = (1, 2, 3, 5, 10)
WORDS_A_PAIR = 21
SIMILAR = 0.45

Row = tuple[tuple[float, ...], int, int]


def clause_rows(pairs: list[tuple[str, str]], words: CachedWords) -> Iterator[Row]:
    """Every clause of the pairs as they are, and the one a cut clause was the counterpart of."""
    for group, pair in enumerate(pairs):
        yield from ((f, 0, group) for _, f in clause_features(pair, words))
        side = group % 2
        found = list(CLAUSE.finditer(pair[side]))
        if not found:
            continue
        cut = random.choice(found)
        rest = pair[side][: cut.start()] + pair[side][cut.end() :]
        changed = (rest, pair[1]) if side == 0 else (pair[0], rest)
        spans = [s for s in clause_features(changed, words) if s[0][0] != side]
        if not spans:
            continue
        texts = [changed[1 - side][a:b] for (_, a, b), _ in spans]
        likeness = words(texts) @ words([cut.group()])[0]
        if likeness.max() >= SIMILAR:
            yield spans[int(likeness.argmax())][1], 1, group


def clause_features(
    pair: tuple[str, str], words: CachedWords
) -> list[tuple[tuple[int, int, int], tuple[float, ...]]]:
    """Side, start, end and features of each clause of a pair."""
    covered = coverage(*pair, ("fr", "de"), words)
    rows = []
    for side, table in ((0, covered), (1, covered.turned())):
        for clause in clauses.clauses(pair[side], pair[1 - side], table, words):
            place = side, clause.start, clause.end
            rows.append((place, (*clause.features, float(side))))
    return rows


def negation_rows(pairs: list[tuple[str, str]], words: CachedWords) -> Iterator[Row]:
    """The surplus negation of each pair as it is, and with a negation changed on one side."""
    for group, pair in enumerate(pairs):
        features = negation_features(pair, words)
        if features:
            yield features, 0, group
        side = group % 2
        changed = flipped(pair[side], "de" if side else "fr")
        features = changed and negation_features(
            (pair[0], changed) if side else (changed, pair[1]), words
        )
        if features:
            yield features, 1, group


def flipped(text: str, language: str) -> str:
    """``text`` with a negation taken out or put in; empty where neither can be done."""
    negated = list(NEGATED[language].finditer(text))
    if negated and random.random() < 0.5:
        match = random.choice(negated)
        return text[: match.start()] + match.group(1) + text[match.end() :]
    verbs = list(VERBS[language].finditer(text))
    if not verbs:
        return ""
    match = random.choice(verbs)
    verb = match.group(1)
    particle = f" n'{verb} pas" if verb[0] in "aeé" else f" ne {verb} pas"
    new = particle if language == "fr" else f" {verb} nicht"
    return text[: match.start()] + new + text[match.end() :]


def negation_features(pair: tuple[str, str], words: CachedWords) -> tuple[float, ...] | None:
    """Features of the negation that only one side has; None without one."""
    cues = [polarity.Cues.of(load_language(c).section("negation")) for c in ("fr", "de")]
    first, second = (polarity.Reading.of(t, c) for t, c in zip(pair, cues, strict=True))
    if len(first.strong) == len(second.strong):
        return None
    covered = coverage(*pair, ("fr", "de"), words)
    found = polarity.reversal(first, second, covered, words)
    if found:
        return (*found.features, 0.0)
    found = polarity.reversal(second, first, covered.turned(), words)
    return (*found.features, 1.0) if found else None


def report(scores: np.ndarray, labels: np.ndarray, groups: np.ndarray, pairs: int) -> None:
    """Recall at some false alarms per 10,000 words; a pair counts once."""
    worst: dict[int, float] = {}
    for score, label, group in zip(scores, labels, groups, strict=True):
        if not label:
            worst[group] = max(worst.get(group, -np.inf), score)
    alarms = sorted(worst.values(), reverse=True)
    for rate in RATES:
        threshold = alarms[min(len(alarms) - 1, int(rate * pairs * WORDS_A_PAIR / 10_000))]
        recall = float((scores[labels == 1] > threshold).mean())
        print(f"at {rate}: recall {recall:.2f}, log odds {threshold:.2f}", file=sys.stderr)


def main() -> None:
    """Fits the model named on the command line."""
    name, path = sys.argv[1], Path(sys.argv[2])
    number = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
    random.seed(5)
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = [
        (a, b) for a, b in (line.split("\t")[:2] for line in lines) if min(len(a), len(b)) > 60
    ]
    random.shuffle(pairs)
    pairs = pairs[:number]
    words = CachedWords(load(BUNDLED_MODEL))
    rows = list((clause_rows if name == "clause" else negation_rows)(pairs, words))
    features, labels, groups = (np.array(column) for column in zip(*rows, strict=True))
    model = make_pipeline(
        StandardScaler(), LogisticRegression(class_weight="balanced", C=0.3, max_iter=500)
    )
    scores = cross_val_predict(
        model, features, labels, groups=groups, cv=GroupKFold(5), method="decision_function"
    )
    report(scores, labels, groups, len(pairs))
    model.fit(features, labels)
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    names = (clauses if name == "clause" else polarity).FEATURES
    for feature, weight in zip((*names, "target"), weights, strict=True):
        print(f"{name}\t{feature}\t{weight:.4f}")
    print(f"{name}\tintercept\t{regression.intercept_[0] - (weights * scaler.mean_).sum():.4f}")


if __name__ == "__main__":
    main()
