"""Drawings small enough for a table's cell: a bar, squares, a line."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.render.charts.columns import LEAST
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet

READY = 5 / 8
"""The share of conditions met below which a handover asks somebody to act."""


def bar(value: float, most: float, sheet: Sheet, colour: str, title: str) -> Markup:
    """A single small bar from zero, as long as its share of `most`; the value stands in a cell beside it."""
    size, say = sheet.text_size, sheet.language
    draw = Drawing(sheet, size)
    draw.rect(0, 0, sheet.width * min(1.0, value / most) if most > 0 else 0, size, colour)
    return draw.markup(title, say.number(value))


def squares(count: int, of: int, sheet: Sheet, title: str, least: float = READY) -> Markup:
    """Filled squares for what is there, empty ones for what is wanting, then `6/8`, in alert below `least` of all.

    As wide as it needs to be: about 10 times the text size for eight squares. None wanted, no drawing.
    """
    if of <= 0:
        return Markup("")
    size, count = sheet.text_size, max(0, min(count, of))
    side, step, low = size * 0.8, size * 1.02, count < of * least
    words = f"{count}/{of}"
    draw = Drawing(sheet, size * 1.2)
    draw.width = step * of + size * 0.5 + draw.wide(words, True)
    for place in range(of):
        x = place * step
        if place < count:
            draw.rect(x, size * 0.2, side, side, "ink2")
        else:
            draw.rect(x + 0.4, size * 0.2 + 0.4, side - 0.8, side - 0.8, "bg", "ink2", 0.8)
    draw.text(step * of + size * 0.4, size * 0.95, words, "alert" if low else "ink", low)
    return draw.markup(title, sheet.language.gettext("{count} of {total} met", count=count, total=of))


def sparkline(values: Sequence[float | None], sheet: Sheet, title: str, last: str) -> Markup:
    """A line through the known values, lowest to highest, a dot at the last, and `last`, its value in words, after it.

    A value that is not known breaks the line; it shows movement, not size. Nothing known, no drawing.
    """
    known = [value for value in values if value is not None]
    if not known:
        return Markup("")
    size = sheet.text_size
    draw = Drawing(sheet, size * 1.6)
    words = draw.fitted(last, sheet.width * 0.6, bold=True)
    right, foot, tall = sheet.width - draw.wide(words, True) - size * 0.7, size * 1.4, size * 1.1
    low, high = min(known), max(known)
    scale, gap = tall / max(LEAST, high - low), (right - size * 0.4) / max(1, len(values) - 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((size * 0.2 + place * gap, foot - (value - low) * scale))
    parts = [points for points in runs if points]
    for points in parts:
        draw.steps(points if len(points) > 1 else [(points[0][0] - 1, points[0][1]), points[0]], "ink2", 1.0)
    draw.disc(*parts[-1][-1], size * 0.22, "ink")
    draw.text(sheet.width, size * 1.3, words, bold=True, anchor="end")
    return draw.markup(title, last)
