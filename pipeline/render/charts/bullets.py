"""Load against capacity, one bar a department, team or person, all on the same scale."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.render.charts.columns import LEAST, WHITE_GAP
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet
from pipeline.render.charts.told import load_told
from pipeline.render.facts import Load
from pipeline.render.language import Language

MOST = 2.0
"""The longest bar as a share of capacity; a longer one is torn off there, its load is printed."""


def bullet_chart(loads: Sequence[Load], sheet: Sheet, height: float, title: str) -> Markup:
    """One bar a part: run, change and undecided hours as a share of capacity, with a mark at 100 %.

    `height` is the room there is; rows grow into it up to a limit. No parts, no drawing.
    """
    if not loads:
        return Markup("")
    say, size = sheet.language, sheet.text_size
    row, top = min(size * 4.4, max(size * 3.1, (height - size * 1.7) / len(loads))), size * 0.2
    height = top + row * len(loads) + size * 1.5
    draw = Drawing(sheet, height)
    reach = max(1.2, min(MOST, max(one.load or 0 for one in loads) * 1.04))
    shown = [say.load(one.load) for one in loads]
    track = sheet.width - max(draw.wide(word, True, 1.15) for word in shown) - size * 0.8
    for place, one in enumerate(loads):
        with draw.mark(load_told(one, say)):
            _bullet(draw, one, top + place * row, row - size * 1.95, track, reach, say)
    for share in (0.0, 0.5, 1.0):
        draw.text(
            track * share / reach,
            height - size * 0.25,
            say.percent(share),
            "ink2",
            anchor="middle" if share else "start",
        )
    return draw.markup(title)


def _bullet(draw: Drawing, one: Load, top: float, tall: float, track: float, reach: float, say: Language) -> None:
    size = draw.text_size
    y, hundred = top + size * 1.35, track / reach
    of = say.gettext("{hours} of {capacity}", hours=say.number(one.hours), capacity=say.hours(one.capacity))
    room = of if one.capacity is not None else say.hours(one.hours)
    draw.text(0, top + size * 0.95, draw.fitted(one.name, track - draw.wide(room) - size))
    draw.text(track, top + size * 0.95, room, "ink2", anchor="end")
    draw.rect(0, y, track, tall, "paper2")
    colour = "ink2" if one.load is None else "alert" if one.over else "ink"
    level = y + tall / 2 + size * 0.4
    draw.text(draw.width, level, say.load(one.load), colour, one.load is not None, "end", 1.15)
    if one.load is not None and one.capacity:
        _parts(draw, one, y + tall * 0.16, tall * 0.68, hundred / max(LEAST, one.capacity), track)
        draw.line(hundred, y - 0.8, hundred, y + tall + 0.8, "bg", 3.4)
        draw.line(hundred, y - 0.8, hundred, y + tall + 0.8, "ink", 1.6)


def _parts(draw: Drawing, one: Load, y: float, tall: float, scale: float, track: float) -> None:
    """The kinds of work one after another; what is beyond the track is torn off."""
    x = 0.0
    for hours, colour in ((one.run, "run"), (one.change, "change"), (one.undecided, "bg")):
        wide, gap = min(hours * scale, track - x), WHITE_GAP if x else 0.0
        draw.rect(x + gap, y, wide - gap, tall, colour, "ink2" if colour == "bg" else "")
        x += max(0.0, wide)
    if one.hours * scale > track * 1.001:
        for back in (1.0, 1.7):
            left = track - draw.text_size * back
            draw.line(left, y + tall + 1, left + tall * 0.5, y - 1, "paper2", 1.6)
