"""A scale of days with its months, and windows of days that are crowded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.render.charts.drawing import Drawing
from pipeline.render.language import Language


@dataclass(frozen=True)
class Axis:
    """Days from `first` to `last` between two places of a drawing; a day outside stands at the nearer end."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def holds(self, day: date) -> bool:
        """Whether a day stands at its own place."""
        return self.first <= day <= self.last

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its months."""
        return tuple(day for day in _month_starts(self.first, self.last) if day >= self.first)


def whole_months(days: Iterable[date], now: date, before: int, after: int) -> tuple[date, date]:
    """First and last day of the months that hold `now` and `days`, as far as `before` and `after` months from now."""
    known = [now, *days]
    earliest, latest = max(min(known), month_from(now, -before)), min(max(known), month_from(now, after))
    return earliest.replace(day=1), date.fromordinal(month_from(latest, 1).toordinal() - 1)


def month_from(day: date, months: int) -> date:
    """The first day of the month so many months from a day's."""
    count = day.year * 12 + day.month - 1 + months
    return date(min(9999, max(1, count // 12)), count % 12 + 1, 1)


@dataclass(frozen=True)
class Window:
    """A stretch of days in which many things fall: its first and last day and how many there are."""

    first: date
    last: date
    count: int


def near_day(day: date, today: date, say: Language) -> str:
    """`14 Nov`; the year only where it is half a year or more from today, and another."""
    return say.day(day, day.year if abs((day - today).days) < _NEAR_DAYS else today.year)


_NEAR_DAYS = 183


def years_below(draw: Drawing, axis: Axis, say: Language) -> bool:
    """Whether years need a line of their own below the months."""
    _, room = _spacing(draw, axis, say)
    return any(draw.wide(_dated(day, say)) > room for day in axis.months)


def month_lines(draw: Drawing, axis: Axis, y: float, foot: float, say: Language) -> None:
    """A thin line at each month, its name standing on y; in a crowd every second or third month has one.

    The lines leave out texts that were drawn before.
    """
    size, year = draw.text_size, 0
    step, _ = _spacing(draw, axis, say)
    below = years_below(draw, axis, say)
    for day in axis.months[::step]:
        x = axis.x(day)
        draw.upright(x, y + size * (1.6 if below else 0.4), foot, "rule", 0.5)
        new, year = day.year != year, day.year
        name = say.month(day, short=True) if below or not new else _dated(day, say)
        draw.text(x + size * 0.3, y, name, "ink2", where_free=True)
        if below and new:
            draw.text(x + size * 0.3, y + size * 1.2, str(year), "ink2", where_free=True)


def _spacing(draw: Drawing, axis: Axis, say: Language) -> tuple[int, float]:
    """Every how many months one is named, and the room of its name."""
    gap = (axis.right - axis.left) / len(axis.months)
    wide = max(draw.wide(say.month(day, short=True)) for day in axis.months) + draw.text_size * 0.6
    step = next((step for step in (1, 2, 3, 6, 12, 24) if step * gap >= wide), 48)
    return step, step * gap - draw.text_size * 0.6


def _dated(day: date, say: Language) -> str:
    return f"{say.month(day, short=True)} {day.year}"


def window_bands(draw: Drawing, axis: Axis, windows: Sequence[Window], y: float, foot: float, say: Language) -> None:
    """A tinted band over each crowded window, the count of what falls in it standing on y."""
    size = draw.text_size
    for one in windows:
        left, right = axis.x(one.first) - size * 0.5, axis.x(one.last) + size * 0.5
        days = (one.last - one.first).days + 1
        words = say.ngettext("{number} in one day", "{number} in {count} days", days, number=say.number(one.count))
        with draw.mark(words):
            draw.rect(left, y + size * 0.4, right - left, foot - y - size * 0.4, "paper2")
        draw.text(left, y, words, "ink", True, where_free=True)


def _month_starts(first: date, last: date) -> Iterable[date]:
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = month_from(day, 1)
