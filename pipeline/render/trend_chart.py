"""The trend of a share over published months, broken where the rules that judged them changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.render import words
from pipeline.render.charts import Sheet
from pipeline.render.svg import Drawing


@dataclass(frozen=True)
class Point:
    """One published month of a trend: its share (None: not known), and whether new rules judged it."""

    month: date
    share: float | None
    new_rules: bool = False


def trend_chart(points: Sequence[Point], sheet: Sheet, height: float, title: str) -> Markup:
    """A share month by month, each printed; where the rule set changed the line breaks, at a dashed mark."""
    size = sheet.text_size
    draw = Drawing(sheet.width, height, sheet.colours, size)
    top, foot, gap = size * 3.2, height - size * 3.8, sheet.width / max(1, len(points))
    runs: list[list[tuple[float, float]]] = [[]]
    for place, one in enumerate(points):
        x = (place + 0.5) * gap
        if one.new_rules:
            draw.dashes(place * gap, size, place * gap, foot + size * 2.6)
            draw.text(place * gap + size * 0.4, height - size * 0.4, "new rules", "ink2")
        if one.new_rules or one.share is None:
            runs.append([])
        if one.share is not None:
            y = foot - one.share * (foot - top)
            runs[-1].append((x, y))
            draw.rect(x - size * 0.25, y - size * 0.25, size * 0.5, size * 0.5, "change")
            last = place == len(points) - 1
            draw.text(x, y - size * 0.7, words.percent(one.share), "ink" if last else "ink2", last, "middle")
        draw.text(x, foot + size * 1.3, words.month(one.month, short=True), "ink2", anchor="middle")
        if place == 0 or one.month.month == 1:
            draw.text(x, foot + size * 2.5, str(one.month.year), "ink2", anchor="middle")
    for run in filter(None, runs):
        draw.steps(run, "change", 1.4)
    draw.line(0, foot, sheet.width, foot, "ink", 0.75)
    told = (
        f"{words.month(one.month)} {words.percent(one.share, words.UNKNOWN)}" + " (new rules)" * one.new_rules
        for one in points
    )
    return draw.markup(title, "; ".join(told))
