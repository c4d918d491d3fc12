"""The recommended policy catches most errors within its allowance of good articles."""

from checker.evaluate.recommend import CheckLimit, recommend
from checker.model import Finding, Passage, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def finding(check: str, severity: Severity, confidence: float) -> Finding:
    return Finding(check, "rule", severity, confidence, "message", Passage(0, 1, "x"), None)


def test_a_check_without_false_alarms_blocks_on_errors_even_unmeasured() -> None:
    chosen = recommend(["numbers"], [[]] * 20, [])
    assert chosen.limits == (CheckLimit("numbers", ERROR, 0.0),)


def test_a_loud_check_is_silenced_and_a_good_one_kept() -> None:
    loud, good = finding("links", ERROR, 0.95), finding("numbers", ERROR, 0.9)
    chosen = recommend(["links", "numbers"], [[loud]] * 10 + [[]] * 10, [[good]] * 5)
    assert chosen.limits == (CheckLimit("links", None, 0.0), CheckLimit("numbers", ERROR, 0.0))
    assert chosen.trusted_blocked.value == 0
    assert chosen.planted_blocked.value == 1


def test_warnings_block_only_where_they_catch_what_nothing_else_does() -> None:
    weak = finding("names", WARNING, 0.7)
    assert recommend(["names"], [[]] * 20, [[weak]]).limits[0].severity is WARNING
    assert recommend(["names"], [[weak]] * 20, [[weak]]).limits[0].severity is ERROR


def test_confidence_parts_false_alarms_from_errors() -> None:
    unsure, sure = finding("names", ERROR, 0.6), finding("names", ERROR, 0.85)
    (limit,) = recommend(["names"], [[unsure]] * 10 + [[]] * 10, [[sure]] * 3).limits
    assert (limit.severity, limit.confidence) == (ERROR, 0.7)


def test_the_dearer_of_two_checks_goes_when_both_do_not_fit() -> None:
    one, two = finding("names", ERROR, 0.9), finding("omissions", ERROR, 0.9)
    trusted = [[one]] + [[two]] + [[]] * 18
    chosen = recommend(["names", "omissions"], trusted, [[one]] * 2 + [[two]] * 5)
    assert [limit.confidence for limit in chosen.limits] == [0.95, 0.0]
    assert chosen.trusted_blocked.value == 0.05
