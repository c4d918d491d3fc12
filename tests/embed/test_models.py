"""Choosing a model: known, unknown, and not installed."""

from __future__ import annotations

import pytest

from checker.embed import known_models, load
from checker.errors import ModelError
from checker.settings import BUNDLED_MODEL


def test_the_default_model_is_listed() -> None:
    assert known_models()[BUNDLED_MODEL].dimensions == 512


def test_an_unknown_model_names_the_nearest() -> None:
    with pytest.raises(ModelError, match=r'did you mean "use-multilingual-v3"'):
        load("use-multilingual-v2")


def test_a_model_that_is_not_here_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match=r"pip install|hf download"):
        load("nobody/no-such-model")
