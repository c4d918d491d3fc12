"""Figures as SVG: well formed, labelled, true to their values, safe with any text."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

import pytest

from checker.audit import charts

HOSTILE = "<script>alert(1)</script>&\"'"


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(figure: ElementTree.Element) -> list[str]:
    return [e.text or "" for e in figure.iter("text")]


def test_bars_are_as_long_as_their_values() -> None:
    figure = drawn(charts.bars("Errors", [("a", 10), ("b", 5)], "each"))
    long, short = (float(e.get("width", 0)) for e in figure.iter("rect"))
    assert long == pytest.approx(2 * short)
    assert texts(figure) == ["a", "10", "b", "5"]


def test_values_fall_in_the_bin_they_reach() -> None:
    figure = drawn(charts.histogram("Pairs", [0, 0, 1, 2, 99], (0, 1, 5), "pairs"))
    assert texts(figure) == ["2", "0", "2", "1", "1", "5+"]


def test_a_line_labels_its_ends_and_its_peak() -> None:
    values = [("2024-01", 1.0), ("2024-02", 3.0), ("2024-03", 2.0), ("2024-04", 0.5)]
    figure = drawn(charts.line("Rate", values, "each"))
    assert texts(figure) == ["1", "2024-01", "3", "2024-02", "0.5", "2024-04"]
    (line,) = figure.iter("polyline")
    assert len(line.get("points", "").split()) == len(values)


def test_a_heat_map_is_darkest_where_there_is_most() -> None:
    cells = {("Kultur", "names"): 4.0, ("Kultur", "dates"): 1.0, ("Sport", "dates"): 2.0}
    figure = drawn(charts.heat_map("Map", cells, "each"))
    shades = [float(e.get("fill-opacity", 0)) for e in figure.iter("rect")]
    assert len(shades) == 4
    assert max(shades) == shades[1]
    assert texts(figure) == ["dates", "names", "Kultur", "1.0", "4.0", "Sport", "2.0", ""]


@pytest.mark.parametrize(
    "svg",
    [
        charts.bars(HOSTILE, [(HOSTILE, 1)], HOSTILE),
        charts.histogram(HOSTILE, [1], (0, 1), HOSTILE),
        charts.line(HOSTILE, [(HOSTILE, 1), (HOSTILE, 2)], HOSTILE),
        charts.heat_map(HOSTILE, {(HOSTILE, HOSTILE): 1}, HOSTILE),
        charts.bars("none", [], ""),
        charts.histogram("none", [], (0, 1), ""),
        charts.line("none", [], ""),
        charts.heat_map("none", {}, ""),
    ],
)
def test_any_text_and_no_value_draw_a_sound_figure(svg: str) -> None:
    figure = drawn(svg)
    assert not list(figure.iter("script"))


def test_ties_stand_in_alphabetical_order() -> None:
    counter = Counter({"b": 2, "a": 2, "c": 3})
    assert charts.top(counter, 2) == [("c", 3.0), ("a", 2.0)]


def test_months_with_another_rendering_are_darker() -> None:
    figure = drawn(charts.timeline("term", [("2024-01", 3, 1), ("2024-02", 4, 0)]))
    heights = [float(bar.get("height", "")) for bar in figure.iter() if bar.tag.endswith("rect")]
    assert heights == [28.0, 7.0, 28.0, 0.0]
    titles = [text.text for text in figure.iter() if text.tag.endswith("title")]
    assert titles == ["2024-01: 3 usual, 1 other", "2024-02: 4 usual, 0 other"]


def test_a_peak_beside_an_end_has_no_label_of_its_own() -> None:
    assert texts(charts_line(50, 48)) == ["1", "m0", "1", "m49"]
    assert len(texts(charts_line(50, 25))) == 6


def charts_line(months: int, peak: int) -> ElementTree.Element:
    values = [(f"m{n}", 5.0 if n == peak else 1.0) for n in range(months)]
    return drawn(charts.line("t", values, "u"))
