"""One person's months: hours run and change against their capacity."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.render.charts.columns import WIDEST, Plot, capacity_line, column
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.key import key
from pipeline.render.charts.sheet import Sheet
from pipeline.render.charts.told import load_told
from pipeline.render.facts import Load
from pipeline.render.language import Language


def person_chart(loads: Sequence[Load], now: int, sheet: Sheet, height: float, title: str) -> Markup:
    """A column a month with its load and hours above it, forecast hatched, against the line of capacity.

    `now` is the place of the period's month. Hours are left out where columns stand close. No hours, no drawing.
    """
    if not any(one.hours or one.capacity for one in loads):
        return Markup("")
    say, size = sheet.language, sheet.text_size
    draw = Drawing(sheet, height)
    names = _names(loads, say)
    side = 0.0 if sheet.phone else max((draw.wide(word, True) for _, word, _ in names), default=0.0) + size * 0.8
    plot = Plot.of(loads, sheet.width - side, size * (4.0 if sheet.phone else 2.2), height - size * 1.7)
    for place, one in enumerate(loads):
        with draw.mark(load_told(one, say)):
            column(draw, one, plot, place, 0.2)
            _words(draw, one, plot, place, place == now, say)
    draw.line(0, plot.foot, plot.right, plot.foot, "ink", 0.75)
    capacity_line(draw, loads, plot)
    if sheet.phone:
        key(draw, [(word, colour, True) for _, word, colour in names])
    else:
        _beside(draw, names, plot)
    return draw.markup(title)


def _beside(draw: Drawing, names: Sequence[tuple[float, str, str]], plot: Plot) -> None:
    """The words beside the last column, pushed apart where they would touch."""
    size, ceiling = draw.text_size, plot.foot + draw.text_size
    for level, word, colour in sorted(names):
        ceiling = min(plot.y(level) + size * 0.35, ceiling - size * 1.25)
        draw.text(plot.right + size * 0.6, ceiling, word, colour, True)


def _names(loads: Sequence[Load], say: Language) -> list[tuple[float, str, str]]:
    """Level, word and colour of what is named beside the last column; the capacity with its hours where they stay."""
    last = loads[-1]
    named = [
        (last.run / 2, say.gettext("Run"), "runtext", last.run),
        (last.run + last.change / 2, say.gettext("Change"), "change", last.change),
        (last.run + last.change + last.undecided / 2, say.gettext("Undecided"), "ink2", last.undecided),
    ]
    known = [(level, word, colour) for level, word, colour, hours in named if hours]
    if last.capacity is not None:
        steady = len({one.capacity for one in loads}) == 1
        told = say.gettext("{hours} capacity", hours=say.hours(last.capacity)) if steady else say.gettext("Capacity")
        known.append((last.capacity, told, "ink"))
    return known


def _words(draw: Drawing, one: Load, plot: Plot, place: int, present: bool, say: Language) -> None:
    """Load and hours above the column, the month below it."""
    size = draw.text_size
    left = plot.middle(place) - min(plot.gap * 0.3, size * WIDEST / 2)
    y = plot.y(max(one.hours, one.capacity or 0)) - size * 0.45
    load, hours = (say.load(one.load) if one.load is not None else ""), say.hours(one.hours)
    both = draw.wide(load, True, 1.2) + draw.wide(hours) + size * 0.4
    colour = "alert" if one.over else "ink"
    if load and both <= plot.gap:
        left = min(left, plot.right - both)
        draw.text(left, y, load, colour, True, scale=1.2, where_free=True)
        draw.text(left + both - draw.wide(hours), y, hours, "ink2", where_free=True)
    else:
        middle = min(plot.middle(place), plot.right - draw.wide(load or hours, bool(load)) / 2)
        draw.text(middle, y, load or hours, colour if load else "ink2", bool(load), "middle", where_free=True)
    month = say.month(one.month, short=True) if one.month else one.name
    draw.text(left, plot.foot + size * 1.35, month, "ink" if present else "ink2", present, where_free=True)
