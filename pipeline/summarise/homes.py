"""The calendar that each person works by: that of their country and region, else the organisation's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from pipeline.model import Period
from pipeline.settings import SummariseSettings
from pipeline.summarise.calendar import Calendar, free_of
from pipeline.summarise.free_days import UnknownPlace

MARGIN_YEARS = 4
"""Capacity needs the holidays of the months shown and of the period's year; settings allow 24 months either way."""
Place = tuple[str, str]
"""Country and region as the People sheet says them."""


@dataclass(frozen=True, eq=False)
class Homes:
    """`calendars`: every calendar people work by, the organisation's first; `code`: each person's, by row."""

    calendars: tuple[Calendar, ...]
    code: pd.Series
    unknown: Mapping[Place, bool] = field(default_factory=dict)
    """Places whose holidays are not known -> whether the country alone is."""


def homes(people: pd.DataFrame, calendar: Calendar, settings: SummariseSettings, period: Period) -> Homes:
    """Who works by which calendar. `people` has `country` and `region`; a region alone is of the settings' country."""
    places = list(zip(people["country"].str.strip(), people["region"].str.strip(), strict=True))
    calendars, codes, unknown = [calendar], dict[Place, int](), dict[Place, bool]()
    for country, region in dict.fromkeys(places):
        land, part = country or settings.country, region or ("" if country else settings.region)
        at = _own(land, part, period, calendar) if land or not part else None
        if at is None and region and country:
            at = _own(country, "", period, calendar)
            unknown[country, region] = at is not None
        elif at is None:
            unknown[country, region] = False
        same = not country and region in ("", settings.region)
        codes[country, region] = 0 if at is None or same else len(calendars)
        if codes[country, region]:
            calendars.append(at or calendar)
    code = pd.Series([codes[place] for place in places], index=people.index, dtype="int64")
    return Homes(tuple(calendars), code, unknown)


def _own(country: str, region: str, period: Period, calendar: Calendar) -> Calendar | None:
    """The calendar with the holidays of a place; None where they are not known."""
    try:
        return replace(calendar, holidays=free_of(country, region, period, MARGIN_YEARS))
    except UnknownPlace:
        return None
