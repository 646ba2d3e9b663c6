"""Working days and the capacity they give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SettingsError
from pipeline.fields import PEOPLE_FIELDS
from pipeline.model import Period
from pipeline.settings import SummariseSettings
from pipeline.summarise.calendar import Calendar, calendar_of
from pipeline.summarise.capacity import capacity
from tests.factories import typed

PERIOD = Period(2026, 10)
DAYS = st.dates(pd.Timestamp("2026-01-01").date(), pd.Timestamp("2027-12-31").date()).map(np.datetime64)


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def calendar(holidays: tuple[str, ...] = (), **settings: object) -> Calendar:
    found = calendar_of(SummariseSettings(**settings), PERIOD)
    return Calendar(found.months, found.period_at, np.union1d(found.holidays, days(*holidays)))


def person(**cells: object) -> pd.DataFrame:
    return typed([cells], {field.id: field.kind for field in PEOPLE_FIELDS})


def test_october_2026_has_22_working_days():
    assert calendar().working_days(days("2026-10-01"), days("2026-10-31")).tolist() == [22]


def test_a_span_that_ends_before_it_begins_has_none():
    assert calendar().working_days(days("2026-10-31"), days("2026-10-01")).tolist() == [0]


def test_public_holidays_of_the_country_are_free():
    christmas = calendar(country="gb", region="ENG").working_days(days("2026-12-24"), days("2026-12-31"))
    assert christmas.tolist() == [4]  # 24, 29, 30, 31: the 25th is Friday, Boxing Day is moved to Monday the 28th


@pytest.mark.parametrize(("country", "region"), [("XX", ""), ("GB", "Nowhere")])
def test_an_unknown_country_or_region_stops_with_its_name(country: str, region: str):
    with pytest.raises(SettingsError) as caught:
        calendar_of(SummariseSettings(country=country, region=region), PERIOD)
    assert (region or country) in str(caught.value)


@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted))
def test_the_working_days_of_a_span_are_those_of_its_days(span: list[np.datetime64]):
    first, last = span
    every = np.arange(first, last + 1)
    one = calendar()
    assert one.working_days(np.array([first]), np.array([last]))[0] == one.working_days(every, every).sum()


@given(st.lists(DAYS, max_size=5), DAYS)
def test_a_holiday_more_never_raises_capacity(free: list[np.datetime64], more: np.datetime64):
    people = person(name="Ana", weekly_hours=30.0, leave_days=25.0)
    before = capacity(people, calendar(tuple(map(str, free))), 37.5)
    after = capacity(people, calendar((*map(str, free), str(more))), 37.5)
    assert (after <= before + 1e-9).all()


@pytest.mark.parametrize(
    ("cells", "hours"),
    [
        ({}, 22 * 7.5),
        ({"weekly_hours": 30.0}, 22 * 6.0),
        ({"fte": 0.5}, 22 * 3.75),
        ({"fte": 80.0}, 22 * 6.0),
        ({"weekly_hours": 30.0, "fte": 1.0}, 22 * 6.0),
        ({"target": 0.8}, 22 * 6.0),
        ({"start": pd.Timestamp("2026-10-19")}, 10 * 7.5),
        ({"finish": pd.Timestamp("2026-10-02")}, 2 * 7.5),
        ({"finish": pd.Timestamp("2026-09-30")}, 0.0),
        ({"leave_days": 26.1}, 22 * 7.5 * 0.9),  # a tenth of the 261 working days of 2026
    ],
)
def test_capacity_of_october(cells: dict[str, object], hours: float):
    one = calendar()
    assert capacity(person(name="Ana", **cells), one, 37.5)[0, one.period_at] == pytest.approx(hours)
