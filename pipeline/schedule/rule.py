"""`last working day, 07:00, Europe/Berlin` -> the moment at which each month is due, one for each month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.model import Period
from pipeline.unattended_settings import WHEN

if TYPE_CHECKING:
    from pipeline.settings import Settings

SATURDAY = 5
FreeDays = Callable[[int], Collection[date]]
"""The public holidays of a year."""


@dataclass(frozen=True)
class Due:
    """A month and the moment, in UTC, at which it is due."""

    period: Period
    at: datetime


@dataclass(frozen=True)
class Rule:
    """The day of a month, as `[schedule] when` writes it, a time of day, and the zone of both."""

    when: str
    time: time
    zone: ZoneInfo
    free: FreeDays = lambda _: ()

    def due_in(self, month: Period) -> Due:
        """What is due in a month: a last day reports its own month, any other day the month before.

        A time that the clocks pass over that day is as much later; of one that comes twice it is the first.
        """
        local = datetime.combine(self.day(month), self.time, self.zone)
        last = self.when.startswith("last ")
        return Due(month if last else month.plus(-1), local.astimezone(UTC))

    def day(self, month: Period) -> date:
        """The day of the month; its last one where it has not so many working days."""
        found = WHEN.fullmatch(self.when)
        assert found, "checked when the settings were read"
        days = [date(month.year, month.month, day + 1) for day in range(monthrange(month.year, month.month)[1])]
        if found["working"]:
            free = self.free(month.year)
            days = [day for day in days if day.weekday() < SATURDAY and day not in free] or days
        return days[-1] if found["last"] else days[min(int(found["number"]), len(days)) - 1]

    def latest(self, now: datetime) -> Due:
        """What was due last, at this moment at the latest."""
        month = self._month(now)
        found = [due for back in (1, 0, -1, -2) if (due := self.due_in(month.plus(back))).at <= now]
        return found[0]

    def following(self, now: datetime, count: int = 1) -> list[Due]:
        """What is due next, after this moment."""
        month = self._month(now)
        found = (self.due_in(month.plus(ahead)) for ahead in range(-1, count + 2))
        return [due for due in found if due.at > now][:count]

    def between(self, begin: datetime, end: datetime) -> list[Due]:
        """Everything that was due after `begin` and before `end`."""
        found, month = [], self._month(begin).plus(-1)
        while (due := self.due_in(month)).at < end:
            found.append(due)
            month = month.plus(1)
        return [due for due in found if due.at > begin]

    def _month(self, now: datetime) -> Period:
        local = now.astimezone(self.zone)
        return Period(local.year, local.month)


def rule_of(settings: Settings) -> Rule:
    """The rule that the settings write. Raises SettingsError where their country is not known."""
    one, place = settings.schedule, settings.summarise
    zone = ZoneInfo(one.timezone or place.timezone)
    return Rule(one.when, time.fromisoformat(one.time), zone, holidays_of(place.country, place.region))


def holidays_of(country: str, region: str) -> FreeDays:
    """The public holidays of a place by year; none where no country is named. Raises SettingsError."""
    if not country:
        return lambda _: ()
    from pipeline.errors import SettingsError
    from pipeline.summarise.free_days import UnknownPlace, place_of, public_holidays

    try:
        place = place_of(country, region)
    except UnknownPlace as problem:
        raise SettingsError(
            f"no public holidays are known for '{problem}'.",
            "summarise.region" if region else "summarise.country",
            "Write a two-letter country such as GB, and a region as its calendar names it, or leave both empty.",
        ) from problem

    @lru_cache
    def free(year: int) -> frozenset[date]:
        return frozenset(public_holidays(*place, (year,)).tolist())

    return free
