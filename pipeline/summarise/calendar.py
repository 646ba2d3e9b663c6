"""Which days are worked: Monday to Friday, without the public holidays of the country that is set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pipeline.errors import SettingsError
from pipeline.summarise.free_days import UnknownPlace, place_of, public_holidays

if TYPE_CHECKING:
    from pipeline.model import Period
    from pipeline.settings import SummariseSettings

Days = npt.NDArray[np.datetime64]
Counts = npt.NDArray[np.int64]

SPAN_YEARS = 20
"""The calendar reaches so many years to either side of the period; dates beyond count as its first or last day."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days between any two dates, and the months a summary shows."""

    months: Days
    """The months shown, as `datetime64[M]`, in order."""
    period_at: int
    """Where the period stands among them."""
    holidays: Days
    """Public holidays, as `datetime64[D]`."""

    @cached_property
    def firsts(self) -> Days:
        """The first day of each month shown."""
        return self.months.astype("datetime64[D]")

    @cached_property
    def lasts(self) -> Days:
        """The last day of each month shown."""
        return (self.months + 1).astype("datetime64[D]") - 1

    @property
    def period_first(self) -> np.datetime64:
        """The first day of the period."""
        return np.datetime64(self.firsts[self.period_at])

    @property
    def period_last(self) -> np.datetime64:
        """The last day of the period."""
        return np.datetime64(self.lasts[self.period_at])

    @cached_property
    def month_days(self) -> Counts:
        """Working days of each month shown."""
        return self.working_days(self.firsts, self.lasts)

    @cached_property
    def earliest(self) -> np.datetime64:
        """The first day the calendar knows."""
        return np.datetime64(self.months[self.period_at].astype("datetime64[Y]") - SPAN_YEARS, "D")

    @cached_property
    def latest(self) -> np.datetime64:
        """The last day the calendar knows."""
        return np.datetime64(self.months[self.period_at].astype("datetime64[Y]") + SPAN_YEARS + 1, "D") - 1

    @cached_property
    def _worked_before(self) -> Counts:
        days = np.arange(self.earliest, self.latest + 1)
        worked = np.is_busday(days, holidays=self.holidays)
        return np.concatenate([[0], np.cumsum(worked)]).astype(np.int64)

    def working_days(self, first: Days, last: Days) -> Counts:
        """Working days from `first` to `last`, both included; 0 where `last` lies before `first`."""
        return self._counted(first, last, self._worked_before)

    def weighed_days(self, first: Days, last: Days, whole_first: Days, whole_last: Days) -> npt.NDArray[np.float64]:
        """The share of a whole span's working days that lies between `first` and `last`.

        A span without any working day (a weekend's work) is shared out by calendar days instead.
        """
        every = np.arange(len(self._worked_before), dtype=np.int64)
        worked, span = self.working_days(first, last), self.working_days(whole_first, whole_last)
        part, whole = self._counted(first, last, every), self._counted(whole_first, whole_last, every)
        share = np.where(span > 0, worked / np.maximum(span, 1), part / np.maximum(whole, 1))
        return np.asarray(share, dtype=np.float64)

    def _counted(self, first: Days, last: Days, before: Counts) -> Counts:
        start = np.clip(first, self.earliest, self.latest)
        end = np.clip(last, self.earliest, self.latest)
        from_day = (start - self.earliest).astype(np.int64)
        to_day = (end - self.earliest).astype(np.int64) + 1
        return np.where(last < first, 0, before[to_day] - before[from_day])


def calendar_of(settings: SummariseSettings, period: Period) -> Calendar:
    """The calendar around a period. Raises SettingsError where the country or region is not known."""
    month = np.datetime64(str(period), "M")
    months = np.arange(month - settings.months_before, month + settings.months_after + 1)
    try:
        free = free_of(settings.country, settings.region, period, SPAN_YEARS)
    except UnknownPlace as problem:
        place = "summarise.region" if settings.region else "summarise.country"
        raise SettingsError(
            f"no public holidays are known for '{problem}'.",
            place,
            "Write a two-letter country such as GB, and a region as its calendar names it, or leave both empty.",
        ) from problem
    return Calendar(months, settings.months_before, free)


def free_of(country: str, region: str, period: Period, years: int) -> Days:
    """Public holidays of a place, so many years to either side of the period; none where no country is named.

    Raises UnknownPlace.
    """
    if not country:
        return np.array([], dtype="datetime64[D]")
    return public_holidays(*place_of(country, region), range(period.year - years, period.year + years + 1))
