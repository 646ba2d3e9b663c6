"""Drawings small enough for a table's cell: a bar, squares."""

from __future__ import annotations

from markupsafe import Markup

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
