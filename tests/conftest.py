"""What many tests share: the bundled model, loaded once."""

from __future__ import annotations

import pytest

from checker.embed import Encoder, load
from checker.settings import BUNDLED_MODEL


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load(BUNDLED_MODEL)
