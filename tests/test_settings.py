"""Settings from a mapping."""

from __future__ import annotations

import pytest

from checker.errors import SettingsError
from checker.settings import Settings


def test_known_keys_are_taken() -> None:
    assert Settings.of({"fast": True, "only": ("numbers",)}) == Settings(
        fast=True, only=("numbers",)
    )


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match='No setting "relign" \\(did you mean "realign"'):
        Settings.of({"relign": True})
