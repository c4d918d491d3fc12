from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_case(content_case: Any, assert_case: Callable[[Any], None]) -> None:
    assert_case(content_case)
