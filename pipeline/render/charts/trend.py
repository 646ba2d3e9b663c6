"""The trend of a share over published months, broken where the rules that judged them changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.render.charts.columns import LEAST
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet
from pipeline.render.language import Language


@dataclass(frozen=True)
class Point:
    """One published month of a trend: its share (None: not known), and whether new rules judged it."""

    month: date
    share: float | None
    new_rules: bool = False


def trend_chart(points: Sequence[Point], sheet: Sheet, height: float, title: str) -> Markup:
    """A share month by month, each printed; where the rule set changed the line breaks, at a dashed mark.

    No points, no drawing.
    """
    if not points:
        return Markup("")
    say, size = sheet.language, sheet.text_size
    draw = Drawing(sheet, height)
    top, foot, gap = size * 3.2, height - size * 3.8, sheet.width / len(points)
    scale = (foot - top) / max(LEAST, *(one.share or 0 for one in points))
    runs: list[list[tuple[float, float]]] = [[]]
    for place, one in enumerate(points):
        x = (place + 0.5) * gap
        if one.new_rules:
            draw.dashes(place * gap, size, place * gap, foot + size * 2.6)
            draw.text(place * gap + size * 0.4, height - size * 0.4, say.gettext("New rules"), "ink2", where_free=True)
        if one.new_rules or one.share is None:
            runs.append([])
        if one.share is not None:
            runs[-1].append((x, foot - one.share * scale))
    for run in filter(None, runs):
        draw.steps(run, "change", 1.4)
    # The last month is the one that a reader looks for: in a crowd its words come first.
    for place in reversed(range(len(points))):
        _point(draw, points[place], (place + 0.5) * gap, foot, scale, place == len(points) - 1, say)
    _years(draw, points, gap, foot + size * 2.5)
    draw.line(0, foot, sheet.width, foot, "ink", 0.75)
    return draw.markup(title, "; ".join(_told(one, say) for one in points))


def _point(draw: Drawing, one: Point, x: float, foot: float, scale: float, last: bool, say: Language) -> None:
    size, colour = draw.text_size, "ink" if last else "ink2"
    draw.text(x, foot + size * 1.3, say.month(one.month, short=True), colour, last, "middle", where_free=True)
    if one.share is None:
        return
    y = foot - one.share * scale
    with draw.mark(_told(one, say)):
        draw.disc(x, y, size * 0.3, "change")
        draw.text(x, y - size * 0.7, say.percent(one.share), colour, last, "middle", where_free=True)


def _years(draw: Drawing, points: Sequence[Point], gap: float, y: float) -> None:
    for place, one in enumerate(points):
        if place == 0 or one.month.month == 1:
            draw.text((place + 0.5) * gap, y, str(one.month.year), "ink2", anchor="middle", where_free=True)


def _told(one: Point, say: Language) -> str:
    share = say.percent(one.share, say.gettext("unknown"))
    said = say.gettext("{month}: {share}", month=say.period(one.month), share=share)
    return say.gettext("{said} (new rules)", said=said) if one.new_rules else said
