"""How far finishes have moved: a tick at the first recorded day, a dot at the day now, the weeks between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.render.charts.axis import Axis, Window, month_lines, near_day, whole_months, window_bands, years_below
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet
from pipeline.render.language import Language

GRAVE_WEEKS = 4
"""Weeks from which a slip is drawn heavy and in alert."""
_BEFORE, _AFTER = 12, 24
"""Months around today beyond which days stand at the edge."""


@dataclass(frozen=True)
class Slip:
    """A project, who answers for it, its first recorded finish (None: not known) and its finish now."""

    id: str
    name: str
    owner: str
    first: date | None
    now: date

    @property
    def weeks(self) -> int | None:
        """Whole weeks that the finish has moved; None where the first day is not known."""
        return None if self.first is None else round((self.now - self.first).days / 7)

    @property
    def grave(self) -> bool:
        """Whether it has moved by four weeks or more."""
        return (self.weeks or 0) >= GRAVE_WEEKS


def slip_chart(slips: Sequence[Slip], sheet: Sheet, title: str, today: date, windows: Sequence[Window] = ()) -> Markup:
    """One row a project in the order given: id, name, owner, tick, line and dot on a scale of days, finish and weeks.

    Days more than 12 months before or 24 after today stand at the edge. On a phone the words stand above each row's
    line. No slips, no drawing.
    """
    if not slips:
        return Markup("")
    say, size = sheet.language, sheet.text_size
    dates = [day for one in slips for day in (one.first, one.now) if day is not None]
    first, last = whole_months(dates, today, _BEFORE, _AFTER)
    draw = Drawing(sheet, 0)
    weeks = max(draw.wide(_weeks(one, say), True) for one in slips)
    days = max(draw.wide(near_day(one.now, today, say)) for one in slips)
    names = max(draw.wide(f"{one.id} {one.name} {one.owner}") for one in slips) + size * 3
    left, right = (0.0, 0.0) if sheet.phone else (min(names, sheet.width * 0.46), days + weeks + size * 1.2)
    axis = Axis(first, last, left + size * 0.6, sheet.width - right - size * 0.6)
    row, top = size * (3.1 if sheet.phone else 1.95), size * (5.4 if years_below(draw, axis, say) else 4.2)
    draw.height = top + row * len(slips) + size * 0.4
    window_bands(draw, axis, windows, size, draw.height, say)
    layer = draw.layer
    draw.text(axis.x(today) - size * 0.3, size, say.gettext("Today"), "ink", True, "end", where_free=True)
    for place, one in enumerate(slips):
        y = top + place * row
        if place:
            draw.line(0, y - size * 0.4, sheet.width, y - size * 0.4, "rule", 0.35)
        with draw.mark(_told(one, today, say)):
            _words(draw, one, y + size * 0.95, left, weeks, near_day(one.now, today, say), say)
            _moved(draw, one, axis, y + size * (2.0 if sheet.phone else 0.6))
    with draw.beneath(layer):
        month_lines(draw, axis, size * 3.2, draw.height, say)
    draw.line(0, top - size * 0.4, sheet.width, top - size * 0.4, "ink", 0.75)
    draw.upright(axis.x(today), size * 1.4, draw.height, "ink", 1.25)
    return draw.markup(title)


def _words(draw: Drawing, one: Slip, y: float, left: float, weeks: float, day: str, say: Language) -> None:
    """Id, name and owner before the line, day and weeks after it; on a phone all above it."""
    size = draw.text_size
    draw.text(draw.width, y, _weeks(one, say), "alert" if one.grave else "ink2", one.grave, "end")
    end = draw.width - weeks - size * 0.5
    draw.text(end, y, day, anchor="end")
    room = (left or end - draw.wide(day) - size * 0.5) - size * 0.5
    known = draw.fitted(one.id, room * 0.25)
    draw.text(0, y, known, "ink2")
    start = draw.wide(known) + size * 0.5 if known else 0.0
    owner = draw.fitted(one.owner, (room - start) * 0.4) if left else ""
    draw.text(start, y, draw.fitted(one.name, room - start - (draw.wide(owner) + size * 0.6 if owner else 0)))
    draw.text(left - size * 0.5, y, owner, "ink2", anchor="end")


def _moved(draw: Drawing, one: Slip, axis: Axis, y: float) -> None:
    size = draw.text_size
    colour, pen = ("alert", 1.6) if one.grave else ("ink2", 0.8)
    if one.first is not None and one.first != one.now:
        draw.line(axis.x(one.first), y, axis.x(one.now), y, colour, pen)
        if axis.holds(one.first):
            draw.line(axis.x(one.first), y - size * 0.42, axis.x(one.first), y + size * 0.42, colour, 1.25)
    fill, outline = ("change", "") if axis.holds(one.now) else ("bg", "change")
    draw.disc(axis.x(one.now), y, size * 0.42, fill, outline)


def _weeks(one: Slip, say: Language) -> str:
    """`+5 wk`; `0` where it has not moved, a dash where the first day is not known."""
    return say.gettext("{weeks} wk", weeks=say.change(one.weeks)) if one.weeks else say.change(one.weeks)


def _told(one: Slip, today: date, say: Language) -> str:
    values = {"name": " ".join(filter(None, (one.id, one.name))), "now": near_day(one.now, today, say)}
    if one.first is None:
        return say.gettext("{name}: {now}, first day not recorded", **values)
    if one.first == one.now:
        return say.gettext("{name}: {now}, not moved", **values)
    return say.gettext(
        "{name}: from {first} to {now}, {weeks}",
        first=near_day(one.first, today, say),
        weeks=_weeks(one, say),
        **values,
    )
