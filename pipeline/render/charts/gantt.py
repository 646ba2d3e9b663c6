"""A small Gantt chart: what is done, what remains, what is late, and where each was first to finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.render.charts.axis import Axis, month_lines, near_day, whole_months, years_below
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet
from pipeline.render.language import Language

_BEFORE, _AFTER = 12, 24
"""Months around today beyond which bars run off the edge."""


@dataclass(frozen=True)
class GanttRow:
    """A work item: start and finish now, first approved finish, share done; None is not known. `fill`: its kind."""

    id: str
    name: str
    start: date | None
    finish: date | None
    baseline: date | None = None
    done: float | None = None
    fill: str = "change"

    def days_late(self, today: date) -> int:
        """Days that it is past its finish; 0 where it is not, or is done."""
        return 0 if self.finish is None or self.done == 1 else max(0, (today - self.finish).days)


def gantt_chart(rows: Sequence[GanttRow], today: date, sheet: Sheet, title: str) -> Markup:
    """One row an item in the order given: solid as far as it is done, the rest hatched, past its finish tinted.

    A tick stands at the first approved finish where it differs. An item of which a date is not known has a note instead
    of a bar. Bars run off the edge 12 months before and 24 after today. No rows, no drawing.
    """
    if not rows:
        return Markup("")
    say, size = sheet.language, sheet.text_size
    days = [day for one in rows for day in (one.start, one.finish, one.baseline) if day is not None]
    first, last = whole_months(days, today, _BEFORE, _AFTER)
    draw = Drawing(sheet, 0)
    ends = max(draw.wide(_end(one, today, say), True) for one in rows)
    dones = max(draw.wide(say.percent(one.done)) for one in rows) if any(one.done is not None for one in rows) else 0.0
    names = min(max(draw.wide(f"{one.id} {one.name}") for one in rows) + size * 1.5, sheet.width * 0.4)
    left, right = (0.0, 0.0) if sheet.phone else (names, ends + dones + size * 1.6)
    axis = Axis(first, last, left, sheet.width - right)
    row, top = size * (3.3 if sheet.phone else 1.95), size * (5.4 if years_below(draw, axis, say) else 4.2)
    draw.height = top + row * len(rows) + size * 0.4
    for place, one in enumerate(rows):
        y = top + place * row
        if place:
            draw.line(0, y - size * 0.4, sheet.width, y - size * 0.4, "rule", 0.35)
        with draw.mark(_told(one, today, say)):
            _words(draw, one, y + size * 0.95, left, ends, today, say)
            _bar(draw, one, axis, today, y + size * (1.5 if sheet.phone else 0.1), size * 0.95, say)
    draw.text_where_free(axis.x(today), size, say.gettext("Today"), "ink", True, "middle")
    with draw.beneath(0):
        month_lines(draw, axis, size * 3.2, draw.height, say)
    draw.line(0, top - size * 0.4, sheet.width, top - size * 0.4, "ink", 0.75)
    draw.upright(axis.x(today), size * 1.4, draw.height, "ink", 1.25)
    return draw.markup(title)


def _words(draw: Drawing, one: GanttRow, y: float, left: float, ends: float, today: date, say: Language) -> None:
    """Id and name before the bar, share done and finish after it; on a phone all above it."""
    size, late = draw.text_size, one.days_late(today) > 0
    draw.text(draw.width, y, _end(one, today, say), "alert" if late else "ink", late, "end")
    done = say.percent(one.done) if one.done is not None else ""
    draw.text(draw.width - ends - size * 0.6, y, done, "ink2", anchor="end")
    room = (left or draw.width - ends - draw.wide(done) - size * 0.6) - size * 0.7
    known = draw.fitted(one.id, room * 0.3)
    draw.text(0, y, known, "ink2")
    start = draw.wide(known) + size * 0.5 if known else 0.0
    draw.text(start, y, draw.fitted(one.name, room - start))


def _bar(draw: Drawing, one: GanttRow, axis: Axis, today: date, y: float, tall: float, say: Language) -> None:
    if one.start is None or one.finish is None or one.finish < one.start:
        words = draw.fitted(_undated(one, say), axis.right - axis.left)
        draw.text(axis.left + draw.text_size * 0.3, y + draw.text_size * 0.85, words, "ink2")
        return
    left, end = axis.x(one.start), max(axis.x(one.finish), axis.x(one.start) + 1)
    middle = left + (end - left) * min(1.0, max(0.0, one.done or 0.0))
    draw.hatch(middle, y, end - middle, tall, one.fill)
    draw.rect(left, y, middle - left, tall, one.fill)
    if one.days_late(today):
        draw.rect(end, y + 0.45, axis.x(today) - end, tall - 0.9, "tint", "alert", 0.9)
    if one.baseline is not None and one.baseline != one.finish and axis.holds(one.baseline):
        x = axis.x(one.baseline)
        draw.line(x, y - 2, x, y + tall + 2, "bg", 3)
        draw.line(x, y - 2, x, y + tall + 2, "ink2", 1.25)


def _undated(one: GanttRow, say: Language) -> str:
    """Why there is no bar."""
    if one.start is not None and one.finish is not None:
        return say.gettext("Finish before start")
    if one.start is None and one.finish is None:
        return say.gettext("No dates")
    return say.gettext("No start date") if one.start is None else say.gettext("No finish date")


def _end(one: GanttRow, today: date, say: Language) -> str:
    """How late it is; else its finish."""
    late = one.days_late(today)
    if late:
        return say.ngettext("one day late", "{count} days late", late)
    return near_day(one.finish, today, say) if one.finish is not None else say.day(None, today.year)


def _told(one: GanttRow, today: date, say: Language) -> str:
    name = " ".join(filter(None, (one.id, one.name)))
    if one.start is None or one.finish is None:
        return f"{name}: {_undated(one, say)}"
    dates = {"start": near_day(one.start, today, say), "finish": near_day(one.finish, today, say)}
    told = [say.gettext("{name}: {start} to {finish}", name=name, **dates)]
    if one.done is not None:
        told.append(say.gettext("{share} done", share=say.percent(one.done)))
    if one.days_late(today):
        told.append(_end(one, today, say))
    if one.baseline is not None and one.baseline != one.finish:
        told.append(say.gettext("first approved finish {day}", day=near_day(one.baseline, today, say)))
    return ", ".join(told)
