"""Working days and the capacity they give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from pipeline.errors import SettingsError
from pipeline.fields import PEOPLE_FIELDS
from pipeline.model import Period
from pipeline.settings import SummariseSettings
from pipeline.summarise.calendar import Calendar, calendar_of
from pipeline.summarise.capacity import capacity
from pipeline.summarise.homes import homes
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


def hours_of(people: pd.DataFrame, one: Calendar, **settings: object) -> np.ndarray:
    own = homes(people, one, SummariseSettings(**settings), PERIOD)
    return capacity(people, own.calendars, own.code, 37.5)


def october(people: pd.DataFrame, **settings: object) -> float:
    one = calendar(**settings)
    return float(hours_of(people, one, **settings)[0, one.period_at])


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


@limits(max_examples=20, deadline=None)
@given(st.lists(DAYS, max_size=5), DAYS)
def test_a_holiday_more_never_raises_capacity(free: list[np.datetime64], more: np.datetime64):
    people = person(
        name="Ana", weekly_hours=30.0, leave_days=25.0, leave="2026-10-05/2026-10-16; 2026-12-24/2026-12-31"
    )
    before = hours_of(people, calendar(tuple(map(str, free))))
    after = hours_of(people, calendar((*map(str, free), str(more))))
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
        ({"weekly_hours": 20.0, "fte": 0.5}, 22 * 4.0),  # the contract's
        ({"weekly_hours": 40.0, "fte": 0.5}, 22 * 4.0),  # half of a 40-hour week
        ({"leave": "2026-10-05/2026-10-16"}, 12 * 7.5),
        ({"leave": "2026-09-28/2026-10-02; 2026-10-31/2026-11-01"}, 20 * 7.5),
        ({"leave": "2026-10-05/2026-10-16; 2026-10-12/2026-10-23"}, 7 * 7.5),  # days in both count once
        ({"leave": "2026-10-05/2026-10-16", "leave_days": 10.0}, 12 * 7.5),  # those ten days are the year's
        ({"leave": "2026-10-05/2026-10-16", "leave_days": 35.1}, 12 * 7.5 * 0.9),  # 25.1 of 251 days are left
        ({"leave": "2026-10-05/2026-10-16", "start": pd.Timestamp("2026-10-12")}, 10 * 7.5),
        ({"leave": "2026-01-01/2026-12-31"}, 0.0),
        ({"country": "DE"}, 22 * 7.5),  # 3 October 2026 is a Saturday
        ({"country": "Deutschland", "region": "Sachsen"}, 22 * 7.5),  # the 31st, too
        ({"country": "AT"}, 21 * 7.5),  # 26 October
        ({"country": "Atlantis"}, 22 * 7.5),
    ],
)
def test_capacity_of_october(cells: dict[str, object], hours: float):
    assert october(person(name="Ana", **cells)) == pytest.approx(hours)


def test_each_person_works_by_the_holidays_of_their_country_and_region():
    """Epiphany is free in Bavaria alone; the 26th of October in Austria; the organisation is in Berlin."""
    people = typed(
        [
            {"name": "Ana"},
            {"name": "Bo", "region": "BY"},
            {"name": "Cy", "country": "Austria"},
            {"name": "Di", "country": "DE", "region": "Nowhere"},
            {"name": "Ed", "country": "Atlantis"},
        ],
        {field.id: field.kind for field in PEOPLE_FIELDS},
    )
    settings = SummariseSettings(country="DE", region="BE", months_before=9)
    one = calendar_of(settings, PERIOD)
    own = homes(people, one, settings, PERIOD)
    days = capacity(people, own.calendars, own.code, 37.5) / 7.5
    assert days[:, 0].tolist() == [21, 20, 20, 21, 21]  # January 2026 has 22 weekdays; the 1st is free everywhere
    assert days[:, 9].tolist() == [22, 22, 21, 22, 22]
    assert own.unknown == {("DE", "Nowhere"): True, ("Atlantis", ""): False}
