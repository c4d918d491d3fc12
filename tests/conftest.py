"""What many tests share: the bundled model, loaded once; a cache folder of their own."""

from __future__ import annotations

import os
import tempfile

import pytest

from checker.embed import Encoder, load
from checker.settings import BUNDLED_MODEL


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load(BUNDLED_MODEL)


def pytest_configure(config: pytest.Config) -> None:
    """Keeps the vectors of the tests out of the user's own cache."""
    if "CHECKER_TEST_CACHE" not in os.environ:
        os.environ["CHECKER_TEST_CACHE"] = tempfile.mkdtemp(prefix="checker-tests-")
    os.environ["XDG_CACHE_HOME"] = os.environ["CHECKER_TEST_CACHE"]
