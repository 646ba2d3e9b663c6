"""Go-lives of the coming months: a dot a project at its date, all of them day by day below, crowded windows marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from pipeline.render.charts.axis import Axis, Window, month_from, month_lines, window_bands, years_below
from pipeline.render.charts.drawing import Anchor, Drawing
from pipeline.render.charts.sheet import Sheet
from pipeline.render.language import Language

_NONE: Mapping[date, int] = {}
_COLUMNS = 3.0
"""Sizes of text that the columns of all go-lives take in height."""


@dataclass(frozen=True)
class GoLive:
    """A project and the day it goes live; `late` where that is later than first recorded, or past."""

    name: str
    day: date
    late: bool = False


@dataclass(frozen=True)
class _Placed:
    """A go-live with the line it stands on and its words, which stand after its dot or before it."""

    one: GoLive
    row: int
    after: bool
    name: str
    day: str


def timeline_chart(
    golives: Sequence[GoLive],
    first: date,
    months: int,
    sheet: Sheet,
    title: str,
    today: date | None = None,
    windows: Sequence[Window] = (),
    every: Mapping[date, int] = _NONE,
) -> Markup:
    """So many months from that of `first`, a dot a go-live with its name and day; late ones are diamonds in alert.

    `every` counts all go-lives by their days where only some have their dot, for columns below. Go-lives outside these
    months are left out. No go-live, no drawing. As tall as the labels need.
    """
    say, size = sheet.language, sheet.text_size
    room = _room(golives, first, months, sheet, windows, every)
    if room is None:
        return Markup("")
    axis, draw, top = room.axis, Drawing(sheet, room.height), room.top
    window_bands(draw, axis, windows, size, draw.height, say)
    layer = draw.layer
    for each in room.placed:
        _dot(draw, each, axis, top + each.row * room.line + size, say)
    _days(draw, room.counted, axis, say)
    if today is not None and axis.holds(today):
        draw.upright(axis.x(today), top - size * 0.4, draw.height, "ink", 1.25)
    with draw.beneath(layer):
        month_lines(draw, axis, room.names, draw.height, say)
    draw.line(0, top - size * 0.4, sheet.width, top - size * 0.4, "ink", 0.75)
    return draw.markup(title)


def timeline_height(
    golives: Sequence[GoLive],
    first: date,
    months: int,
    sheet: Sheet,
    windows: Sequence[Window] = (),
    every: Mapping[date, int] = _NONE,
) -> float:
    """How tall `timeline_chart` is of the same; 0 where there is no drawing."""
    room = _room(golives, first, months, sheet, windows, every)
    return room.height if room else 0.0


@dataclass(frozen=True)
class _Room:
    """Where everything of a timeline stands: its names of months, its dots from `top` on, each line so tall."""

    axis: Axis
    placed: Sequence[_Placed]
    counted: Mapping[date, int]
    names: float
    top: float
    line: float
    height: float


def _room(
    golives: Sequence[GoLive],
    first: date,
    months: int,
    sheet: Sheet,
    windows: Sequence[Window],
    every: Mapping[date, int],
) -> _Room | None:
    """The room of a timeline; None where no go-live falls into its months."""
    say, size = sheet.language, sheet.text_size
    last = date.fromordinal(month_from(first, months).toordinal() - 1)
    axis = Axis(first.replace(day=1), last, size * 0.6, sheet.width - size * 0.6)
    shown = sorted((one for one in golives if axis.holds(one.day)), key=lambda one: (one.day, one.name))
    if not shown:
        return None
    draw = Drawing(sheet, 0)
    placed = _placed(shown, axis, draw, say)
    names, line = size * (3.3 if windows else 1.3), size * 1.9
    top = names + size * (2.2 if years_below(draw, axis, say) else 1.0)
    counted = {day: count for day, count in every.items() if axis.holds(day)}
    dots = top + line * (1 + max(one.row for one in placed)) + size * 0.4
    return _Room(axis, placed, counted, names, top, line, dots + size * _COLUMNS * bool(counted))


def _placed(golives: Sequence[GoLive], axis: Axis, draw: Drawing, say: Language) -> list[_Placed]:
    """Each on the first line where its dot and its words meet no others'; words stand on the side with room."""
    size = draw.text_size
    rows: list[list[tuple[float, float]]] = []
    placed = []
    for one in golives:
        x, day = axis.x(one.day), say.day(one.day, one.day.year)
        after = draw.width - x > draw.width * 0.45
        room = (draw.width - x if after else x) - draw.wide(day, one.late) - size * 1.6
        name = draw.fitted(one.name, min(room, draw.width * 0.5), one.late)
        wide = draw.wide(day, one.late) + draw.wide(name, one.late) + size * 1.8
        span = (x - size * 0.6, x + wide) if after else (x - wide, x + size * 0.6)
        row = next((at for at, taken in enumerate(rows) if not _meets(span, taken)), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(span)
        placed.append(_Placed(one, row, after, name, day))
    return placed


def _days(draw: Drawing, counted: Mapping[date, int], axis: Axis, say: Language) -> None:
    """A column a day on the foot of the drawing, as tall as many go live."""
    if not counted:
        return
    wide = max(1.2, min(draw.text_size * 0.4, axis.x(axis.first + timedelta(1)) - axis.x(axis.first)) - 0.4)
    unit = min(draw.text_size * 0.4, draw.text_size * (_COLUMNS - 0.5) / max(counted.values()))
    for day, count in sorted(counted.items()):
        told = say.ngettext("{day}: one go-live", "{day}: {count} go-lives", count, day=say.day(day, axis.first.year))
        with draw.mark(told):
            draw.rect(axis.x(day) - wide / 2, draw.height - unit * count, wide, unit * count, "ink2")
    draw.line(0, draw.height, draw.width, draw.height, "ink", 0.75)


def _meets(span: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _dot(draw: Drawing, each: _Placed, axis: Axis, y: float, say: Language) -> None:
    """The mark and its words, the day next to it: so neither reading direction moves the other."""
    size, x, late = draw.text_size, axis.x(each.one.day), each.one.late
    values = {"name": each.one.name, "day": each.day}
    with draw.mark(say.gettext("{name}: {day}, late", **values) if late else say.gettext("{name}: {day}", **values)):
        if late:
            draw.diamond(x, y - size * 0.3, size * 0.52, "alert")
        else:
            draw.disc(x, y - size * 0.3, size * 0.42, "change")
        side = 1 if each.after else -1
        anchor: Anchor = "start" if each.after else "end"
        beside = x + side * size * 0.8
        draw.text(beside, y, each.day, "alert" if late else "ink2", late, anchor)
        beyond = beside + side * (draw.wide(each.day, late) + size * 0.4)
        draw.text(beyond, y, each.name, "alert" if late else "ink", late, anchor)
