"""Where two long sequences of vectors surely match."""

from __future__ import annotations

import numpy as np
import pytest

from checker.align.anchors import find_anchors


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)


@pytest.mark.parametrize("length", [400, 3001])
def test_anchors_follow_a_text_with_passages_left_out(length: int) -> None:
    draw = np.random.default_rng(7)
    source = draw.normal(size=(length, 64))
    kept = np.r_[0 : length // 3, length // 3 + 30 : length]
    target = source[kept] + draw.normal(scale=0.05, size=(len(kept), 64))
    anchors = find_anchors(unit(source), unit(target))
    assert (anchors.rows[0], anchors.columns[0]) == (-1, -1)
    assert (anchors.rows[-1], anchors.columns[-1]) == (length, len(kept))
    inner = slice(1, -1)
    assert (kept[anchors.columns[inner]] == anchors.rows[inner]).all()
    assert len(anchors.rows) > 0.5 * length
    assert np.diff(anchors.rows).min() > 0 and np.diff(anchors.columns).min() > 0
