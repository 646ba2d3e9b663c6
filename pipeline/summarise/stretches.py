"""The stretches of time that each person is there for, and their capacity over all of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.model import Register
from pipeline.stints import stints
from pipeline.summarise.capacity import Hours, capacity
from pipeline.summarise.homes import Homes
from pipeline.summarise.names import TEXT, unified
from pipeline.summarise.roster import NOBODY, known_as

_COLUMNS = ["code", "weekly_hours", "fte", "target", "leave_days", "leave", "start", "finish"]


def stretches(register: Register, people: pd.DataFrame) -> pd.DataFrame:
    """The rows of the People sheet that say how much a person works and when; `code` is the person's row in `people`.

    `people` comes from `roster`; who is not on the sheet has one row. Of rows of one person that overlap in time the
    first counts. Leave on any row of a person is leave on all of them.
    """
    return stretches_of(register.people, known_as(register), people)


def stretches_of(listed: pd.DataFrame, known: Mapping[str, str], people: pd.DataFrame) -> pd.DataFrame:
    """`stretches` of a People sheet whose names are known by `known`."""
    rows = listed.assign(person=unified(listed["name"], known))
    rows = rows[rows["person"] != NOBODY].reset_index(drop=True)
    rows = rows[stints(rows, "person")].reset_index(drop=True)
    by = rows.groupby("person")
    several = rows["person"].duplicated(keep=False)
    joined = rows[several].groupby("person")["leave"].transform("; ".join).astype(TEXT)
    rows["leave"] = pd.concat([rows.loc[~several, "leave"].astype(TEXT), joined]).reindex(rows.index)
    rows["leave_days"] = rows["leave_days"].fillna(by["leave_days"].transform("first"))
    rows["code"] = pd.Index(people["person"]).get_indexer(pd.Index(rows["person"]))
    unlisted = people[~people["on_sheet"]]
    unlisted = unlisted.assign(code=unlisted.index)
    parts = [part[_COLUMNS] for part in (rows, unlisted) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else rows[_COLUMNS]


def spanning(people: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """People with `start` and `finish`: first and last day of all their stretches, missing where one is open."""
    by = parts.groupby("code")
    days = {"start": by["start"].min(), "finish": by["finish"].max()}
    whole = {day: found.mask(by[day].count() < by.size()).reindex(people.index) for day, found in days.items()}
    return people.assign(**whole)


def capacity_over(parts: pd.DataFrame, people: int, at_home: Homes, hours_per_week: float) -> Hours:
    """Hours by person (so many) and month, summed over the stretches of each."""
    who = parts["code"].to_numpy()
    each = capacity(parts, at_home.calendars, at_home.code.take(who).reset_index(drop=True), hours_per_week)
    hours = np.zeros((people, each.shape[1]))
    np.add.at(hours, who, each)
    return hours
