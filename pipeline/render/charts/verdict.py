"""The small drawings of one verdict: a reason's weight, and where the verdict stands among the five bands."""

from __future__ import annotations

from markupsafe import Markup

from pipeline.render.charts.columns import WHITE_GAP
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet

STRIP = (("run", False), ("run", True), ("", False), ("change", True), ("change", False))
"""The five bands from clear operation to clear project: fill, and whether hatched."""


def lean(points: float, most: float, sheet: Sheet) -> Markup:
    """A bar from the middle, to the right for a project and to the left for an operation; `most` fills a half."""
    draw = Drawing(sheet, sheet.text_size)
    middle, say = sheet.width / 2, sheet.language
    wide = (middle - 1) * min(1.0, abs(points) / most) if most else 0.0
    draw.rect(middle if points > 0 else middle - wide, 0, wide, sheet.text_size, "change" if points > 0 else "run")
    draw.line(middle, 0, middle, sheet.text_size, "ink", 0.9)
    towards = say.gettext("Towards a project") if points > 0 else say.gettext("Towards an operation")
    return draw.markup(towards, say.points(points))


def strip(kind: str, certainty: str, sheet: Sheet, title: str) -> Markup:
    """The five bands side by side, with a mark at a verdict's own; one to review stands off the middle as it leans."""
    size = sheet.text_size
    draw = Drawing(sheet, size * 2.2)
    each, y, tall = sheet.width / len(STRIP), size * 0.7, size * 0.9
    for place, (fill, hatched) in enumerate(STRIP):
        box = place * each, y, each - WHITE_GAP, tall
        if hatched:
            draw.hatch(*box, fill)
        else:
            draw.rect(*box, fill or "bg", "" if fill else "ink")
    side = {"project": 1.0, "operation": -1.0}.get(kind, 0.0)
    x = each * (len(STRIP) / 2 + side * {"clear": 2.0, "likely": 1.0}.get(certainty, 0.3))
    draw.line(x, 0, x, size * 2.2, "bg", 3.4)
    draw.line(x, 0, x, size * 2.2, "ink", 1.8)
    return draw.markup(title, f"{sheet.language.word(kind)}, {sheet.language.word(certainty)}")
