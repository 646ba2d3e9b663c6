"""Each month is due once, at its moment, whatever the zone, its clock changes, and the holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pytest

from pipeline.errors import SettingsError
from pipeline.model import Period
from pipeline.schedule.rule import Rule, holidays_of, rule_of
from pipeline.settings import ScheduleSettings, Settings, SummariseSettings

ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
MONTHS = [Period(2026, 1).plus(number) for number in range(24)]


def rule(when: str = "last working day", at: str = "07:00", zone: str = "Europe/Berlin", country: str = "") -> Rule:
    return Rule(when, time.fromisoformat(at), ZoneInfo(zone), holidays_of(country, ""))


def test_the_last_working_day_is_that_of_the_country() -> None:
    one = rule(country="DE")
    free = sorted(holidays.country_holidays("DE", years=[2026, 2027]))
    for month in MONTHS:
        next_first = np.datetime64(str(month.plus(1)), "D")
        expected = np.busday_offset(next_first, -1, roll="forward", holidays=free).astype(date)
        assert one.day(month) == expected
    assert rule().day(Period(2029, 3)) == date(2029, 3, 30)
    assert one.day(Period(2029, 3)) == date(2029, 3, 29), "the 30th is Good Friday"


@pytest.mark.parametrize(
    ("when", "day", "period"),
    [
        ("last working day", date(2026, 10, 30), Period(2026, 10)),
        ("last day", date(2026, 10, 31), Period(2026, 10)),
        ("working day 1", date(2026, 10, 1), Period(2026, 9)),
        ("working day 3", date(2026, 10, 5), Period(2026, 9)),
        ("working day 28", date(2026, 10, 30), Period(2026, 9)),
        ("day 5", date(2026, 10, 5), Period(2026, 9)),
    ],
)
def test_a_last_day_reports_its_month_and_any_other_the_month_before(when: str, day: date, period: Period) -> None:
    due = rule(when).due_in(Period(2026, 10))
    assert (due.period, due.at.astimezone(ZoneInfo("Europe/Berlin")).date()) == (period, day)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", ["00:00", "01:45", "02:30", "07:00", "23:59"])
def test_every_month_is_due_once_at_that_time_of_the_zone(zone: str, at: str) -> None:
    one = rule(at=at, zone=zone)
    due = [one.due_in(month) for month in MONTHS]
    assert [each.period for each in due] == MONTHS
    assert sorted(each.at for each in due) == [each.at for each in due]
    assert {f"{each.at.astimezone(ZoneInfo(zone)):%H:%M}" for each in due} == {at}
    for each, later in pairwise(due):
        assert one.latest(each.at) == each
        assert one.latest(later.at - timedelta(microseconds=1)) == each
        assert one.following(each.at) == [later]


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("Europe/Berlin", "day 28", "02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # passed over: 03:30
        ("America/New_York", "day 8", "02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),  # passed over: 03:30
        ("Europe/Berlin", "day 25", "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice: the first
        ("Australia/Lord_Howe", "day 5", "01:45", datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),  # half an hour, twice
        ("Australia/Lord_Howe", "day 4", "02:15", datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),  # passed over: 02:45
    ],
)
def test_a_time_that_the_clocks_pass_over_or_repeat_is_one_moment(zone: str, day: str, at: str, utc: datetime) -> None:
    one = rule(day, at, zone)
    assert one.due_in(Period(utc.year, utc.month)).at == utc
    assert one.latest(utc + timedelta(hours=3)).at == utc
    assert one.latest(utc - timedelta(seconds=1)).at < utc


def test_the_settings_make_the_rule() -> None:
    made = rule_of(Settings(summarise=SummariseSettings(timezone="Asia/Kolkata", country="India")))
    assert (made.when, made.time, made.zone.key) == ("last working day", time(7), "Asia/Kolkata")
    assert made.day(Period(2026, 1)) == date(2026, 1, 30)
    own = ScheduleSettings(when="Working  Day 2", time="7:05".zfill(5), timezone="Europe/Berlin")
    assert (own.when, own.time) == ("working day 2", "07:05")
    assert rule_of(Settings(schedule=own)).zone.key == "Europe/Berlin"
    with pytest.raises(SettingsError, match="Atlantis"):
        rule_of(Settings(summarise=SummariseSettings(country="Atlantis")))


@pytest.mark.parametrize(
    "settings",
    [
        {"when": "first day"},
        {"when": "last day 3"},
        {"when": "day 31"},
        {"when": "day"},
        {"time": "25:00"},
        {"timezone": "Mars"},
    ],
)
def test_what_is_no_rule_is_refused(settings: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="write"):
        ScheduleSettings(**settings)
