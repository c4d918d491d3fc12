"""Figures of an audit as inline SVG: no script, no request, readable without colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_WIDTH, _BAR, _GAP, _LABEL = 560, 18, 6, 150
_HEIGHT = 140
_HEAD = 62
_COLUMN, _LOW = 7, 28
_APART = 70  # room for a label


def bars(title: str, values: Sequence[tuple[str, float]], unit: str) -> str:
    """Horizontal bars, one a row, each with its label and its figure."""
    top = max((value for _, value in values), default=0) or 1
    rows = []
    for number, (label, value) in enumerate(values):
        y = number * (_BAR + _GAP)
        width = (_WIDTH - _LABEL - 70) * value / top
        rows.append(
            f'<text x="{_LABEL - 8}" y="{y + 13}" text-anchor="end">'
            f"{escape(_short(label, _LABEL))}</text>"
            f'<rect x="{_LABEL}" y="{y}" width="{width:.1f}" height="{_BAR}"/>'
            f'<text x="{_LABEL + width + 6:.1f}" y="{y + 13}">{_figure(value)}</text>'
        )
    return _svg(title, unit, "".join(rows), len(values) * (_BAR + _GAP))


def histogram(title: str, values: Sequence[float], edges: Sequence[float], unit: str) -> str:
    """How many values lie from each edge to the next; the last bin is open."""
    counts = [0] * len(edges)
    for value in values:
        counts[sum(value >= edge for edge in edges[1:])] += 1
    top, step = max(counts, default=0) or 1, _WIDTH / len(edges)
    parts = []
    for number, count in enumerate(counts):
        height = (_HEIGHT - 40) * count / top
        x = number * step
        label = _bin_label(edges, number)
        parts.append(
            f'<rect x="{x + 2:.1f}" y="{_HEIGHT - 20 - height:.1f}" width="{step - 4:.1f}"'
            f' height="{height:.1f}"/>'
            f'<text x="{x + step / 2:.1f}" y="{_HEIGHT - 24 - height:.1f}"'
            f' text-anchor="middle">{count or ""}</text>'
            f'<text x="{x + step / 2:.1f}" y="{_HEIGHT - 5}" text-anchor="middle">{label}</text>'
        )
    return _svg(title, unit, "".join(parts), _HEIGHT)


def line(title: str, values: Sequence[tuple[str, float]], unit: str) -> str:
    """A value over time; first and last points have labels, the highest where there is room."""
    top = max((value for _, value in values), default=0) or 1
    step = _WIDTH / max(1, len(values) - 1)
    points = [
        (i * step, _HEIGHT - 25 - (_HEIGHT - 50) * value / top)
        for i, (_, value) in enumerate(values)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    peak = max(range(len(values)), key=lambda i: values[i][1], default=0)
    labels = []
    ends = {0, len(values) - 1}
    apart = all(abs(points[peak][0] - points[i][0]) > _APART for i in ends) if values else False
    for i in sorted(({*ends, peak} if apart else ends) if values else ()):
        x, y = points[i]
        anchor = "start" if i == 0 else "end" if i == len(values) - 1 else "middle"
        labels.append(
            f'<text x="{x:.1f}" y="{y - 6:.1f}" text-anchor="{anchor}">'
            f"{_figure(values[i][1])}</text>"
            f'<text x="{x:.1f}" y="{_HEIGHT - 5}" text-anchor="{anchor}">'
            f"{escape(values[i][0])}</text>"
        )
    return _svg(title, unit, f'<polyline points="{path}"/>' + "".join(labels), _HEIGHT)


def heat_map(title: str, cells: Mapping[tuple[str, str], float], unit: str) -> str:
    """A table of figures, rows by columns, darker where there are more."""
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    top = max(cells.values(), default=0) or 1
    step = (_WIDTH - _LABEL - 52) / max(1, len(columns))
    parts = [
        f'<text transform="translate({_LABEL + (i + 0.4) * step:.1f} {_HEAD - 6})'
        f' rotate(-35)">{escape(_short(name, 100))}</text>'
        for i, name in enumerate(columns)
    ]
    for j, row in enumerate(rows):
        y = _HEAD + j * (_BAR + 2)
        parts.append(
            f'<text x="{_LABEL - 8}" y="{y + 13}" text-anchor="end">'
            f"{escape(_short(row, _LABEL))}</text>"
        )
        for i, column in enumerate(columns):
            value = cells.get((row, column), 0)
            x = _LABEL + i * step
            share = value / top
            parts.append(
                f'<rect x="{x:.1f}" y="{y}" width="{step - 2:.1f}" height="{_BAR}"'
                f' fill-opacity="{0.05 + 0.6 * share:.2f}"/>'
                f'<text x="{x + step / 2:.1f}" y="{y + 13}" text-anchor="middle">'
                f"{_rounded(value)}</text>"
            )
    return _svg(title, unit, "".join(parts), _HEAD + 4 + len(rows) * (_BAR + 2))


def timeline(title: str, values: Sequence[tuple[str, int, int]]) -> str:
    """A small column a month: all articles with a term, the darker part other than usual."""
    top = max((usual + other for _, usual, other in values), default=0) or 1
    parts = []
    for number, (month, usual, other) in enumerate(values):
        x = number * (_COLUMN + 1)
        whole, part = (_LOW * count / top for count in (usual + other, other))
        parts.append(
            f"<g><title>{escape(month)}: {usual} usual, {other} other</title>"
            f'<rect x="{x}" y="{_LOW - whole:.1f}" width="{_COLUMN}" height="{whole:.1f}"'
            f' fill-opacity="0.25"/><rect x="{x}" y="{_LOW - part:.1f}" width="{_COLUMN}"'
            f' height="{part:.1f}"/></g>'
        )
    width = max(1, len(values) * (_COLUMN + 1))
    return (
        f'<svg class="timeline" viewBox="0 0 {width} {_LOW}" width="{width}" height="{_LOW}"'
        f' role="img" aria-label={quoteattr(title)}>{"".join(parts)}</svg>'
    )


def top(counter: Counter[str], most: int) -> list[tuple[str, float]]:
    """The most frequent entries, ties in alphabetical order."""
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return [(name, float(count)) for name, count in ranked[:most]]


def _svg(title: str, unit: str, content: str, height: float) -> str:
    return (
        f'<figure class="chart"><figcaption>{escape(title)}'
        f" <small>{escape(unit)}</small></figcaption>"
        f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label={quoteattr(title)}>'
        f"{content}</svg></figure>"
    )


def _bin_label(edges: Sequence[float], number: int) -> str:
    start = edges[number]
    return f"{start:g}+" if number == len(edges) - 1 else f"{start:g}"


def _figure(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f") if value >= 100 else f"{value:.3g}"


def _rounded(value: float) -> str:
    """A figure that fits a narrow cell; nothing where it rounds to nothing."""
    text = f"{value:.1f}" if value < 10 else f"{value:.0f}"
    return "" if text == "0.0" else text


def _short(name: str, width: float) -> str:
    letters = max(3, int(width / 7))
    return name if len(name) <= letters else name[: letters - 1] + "…"
