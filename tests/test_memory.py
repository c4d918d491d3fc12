"""What was asked for last is remembered, and no more than that."""

from __future__ import annotations

from checker.memory import Recent


def test_a_value_is_made_once() -> None:
    made: list[str] = []
    recent: Recent[str, str] = Recent(2)
    for key in ("a", "a", "b", "a"):
        assert recent.of(key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    assert made == ["a", "b"]


def test_nothing_is_a_value_too() -> None:
    made: list[int] = []
    recent: Recent[str, None] = Recent(2)
    for _ in range(2):
        recent.of("a", lambda: made.append(1))
    assert made == [1]


def test_the_one_not_asked_for_longest_goes_first() -> None:
    recent: Recent[int, int] = Recent(2)
    for key in (1, 2, 1, 3):
        recent.of(key, lambda key=key: key)
    assert len(recent) == 2
    assert recent.of(1, lambda: -1) == 1
    assert recent.of(3, lambda: -1) == 3
    assert recent.of(2, lambda: -1) == -1
