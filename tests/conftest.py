"""What many tests share: the bundled model and a browser, started once; a cache of their own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from checker.embed import Encoder, load
from checker.settings import BUNDLED_MODEL

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load(BUNDLED_MODEL)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Without it the tests are skipped, or fail where it is insisted on."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
    lacking = "" if path else "browser tests need Chromium: apt-get install chromium"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking = "browser tests need playwright: pip install playwright"
    if lacking:
        (pytest.fail if os.environ.get("CHECKER_REQUIRE_BROWSER") == "1" else pytest.skip)(lacking)
    with sync_playwright() as running:
        # Containers run as root and have a small /dev/shm; the pages opened are our own.
        started = running.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


def pytest_configure(config: pytest.Config) -> None:
    """The same inputs in every run, vectors out of the user's own cache, messages in English."""
    settings.register_profile("same", derandomize=True, database=None)
    settings.load_profile("same")
    os.environ["LANGUAGE"] = "en"
    if "CHECKER_TEST_CACHE" not in os.environ:
        os.environ["CHECKER_TEST_CACHE"] = tempfile.mkdtemp(prefix="checker-tests-")
    os.environ["XDG_CACHE_HOME"] = os.environ["CHECKER_TEST_CACHE"]
