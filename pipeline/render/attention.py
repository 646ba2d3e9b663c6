"""NEEDS: what makes a project need attention, each with its weight and its words; and the projects in that order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.render.charts.measure import text_width
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import sentence

GRAVE_SLIP_DAYS = 28
"""A finish that moved by four weeks asks for attention by itself; one that will at this pace is a lesser sign."""
ADRIFT_DAYS = 84
"""A finish that will lie over by a quarter of a year at this pace asks for attention by itself, too."""
BEHIND = -0.2
"""Progress that lies a fifth of the project behind its time does so, too."""
WANTED = 3
"""The weight from which a project needs attention: one grave thing against it, or two lesser ones."""
LIST_TEXT = 8.0
"""Points of the type in lists."""
_RED = (
    "red", "r", "off track", "critical", "rot", "kritisch", "rouge", "critique", "rojo", "roja", "crítico", "vermelho",
    "vermelha", "rosso", "rood", "röd", "rød",
)  # fmt: skip
"""Healths, as registers write them, that mean trouble."""


@dataclass(frozen=True)
class Need:
    """One thing that stands against a project: which rows of `Facts.projects` it is, how grave, and how it is said."""

    id: str
    weight: float
    found: Callable[[pd.DataFrame, Facts], pd.Series]
    said: Callable[[Row, Facts], str]


def _health_said(row: Row, facts: Facts) -> str:
    say, before = facts.language, row["health_before"]
    if not before or before.casefold() == row["health"].casefold():
        return say.gettext("health {health}", health=row["health"])
    return say.gettext("health {health}, was {before}", health=row["health"], before=before)


def _weeks(days: float) -> int:
    return round(days / 7)


def _pace_said(row: Row, facts: Facts) -> str:
    return facts.language.ngettext(
        "at its pace a week late", "at its pace {count} weeks late", _weeks(row["expected_over"])
    )


NEEDS: tuple[Need, ...] = (
    Need("unowned", 4, lambda rows, _: (rows["accountable"] == "") & bool((rows["accountable"] != "").any()),
         lambda _, facts: facts.language.gettext("no accountable person")),
    Need("red", 4, lambda rows, _: rows["health"].fillna("").str.strip().str.casefold().isin(_RED), _health_said),
    Need("slipped", 3, lambda rows, _: rows["slip_days"] >= GRAVE_SLIP_DAYS,
         lambda row, facts: facts.language.ngettext(
             "finish moved by a week", "finish moved by {count} weeks", _weeks(row["slip_days"]))),
    Need("adrift", 3, lambda rows, _: rows["expected_over"] >= ADRIFT_DAYS, _pace_said),
    Need("pace", 2, lambda rows, _: rows["expected_over"].between(GRAVE_SLIP_DAYS, ADRIFT_DAYS, "left"), _pace_said),
    Need("behind", 2, lambda rows, _: (rows["ahead"] <= BEHIND) & ~(rows["expected_over"] >= GRAVE_SLIP_DAYS),
         lambda row, facts: facts.language.gettext(
             "{done} done after {gone} of its time",
             done=facts.language.percent(row["progress"]), gone=facts.language.percent(row["elapsed"]))),
    Need("contradiction", 2, lambda rows, facts: rows["item"].isin(_contradicted(facts)) & ~(rows["days_late"] > 0),
         lambda _, facts: facts.language.gettext("its cells contradict each other")),
    Need("endless", 1, lambda rows, _: rows["finish"].isna() & bool(rows["finish"].notna().any()),
         lambda _, facts: facts.language.gettext("no finish date")),
    Need("still", 1, lambda rows, _: resting(rows),
         lambda _, facts: facts.language.gettext("nothing done since the month before")),
    Need("review", 1, lambda rows, facts: rows["item"].isin(facts.table("review")["item"]),
         lambda _, facts: facts.language.gettext("verdict to review")),
)  # fmt: skip
"""Every need but lateness, which has a column of its own; the gravest first, as they are named."""


def resting(rows: pd.DataFrame) -> pd.Series:
    """Projects begun and not done of which nothing was done: the same progress as in the month before."""
    return (rows["progress"] == rows["progress_before"]) & (rows["progress"] > 0) & (rows["progress"] < 1)


def _contradicted(facts: Facts) -> pd.Series:
    return facts.table("contradictions")["item"]


@dataclass(frozen=True)
class Attention:
    """The active projects, those that need attention first: how many do, how many are late, and the first rows.

    Each row is one of `Facts.projects` with `reason`, in the reader's words; "" where nothing stands against it.
    """

    total: int
    needing: int
    late: int
    rows: tuple[Row, ...]


def attention(facts: Facts, limit: int, room: float) -> Attention:
    """The projects that ask most, and as many others as the page has room for; reasons in so many points at most.

    Those past their finish come first, the latest before the others: being late is grave enough by itself. Then the
    others, by the sum of their needs' weights, then by how late they will be at this pace, then by hours.
    """
    rows = facts.projects
    late = (rows["days_late"] > 0).to_numpy(bool)
    flags = np.array([need.found(rows, facts).fillna(False).to_numpy(bool) for need in NEEDS]).reshape(len(NEEDS), -1)
    days = rows["days_late"].fillna(0).clip(lower=0).to_numpy("float64")
    weight = np.array([need.weight for need in NEEDS]) @ flags
    over, hours = (rows[name].fillna(0).to_numpy("float64") for name in ("expected_over", "month_hours"))
    order = np.lexsort((-hours, -over, -weight, -days))[:limit]
    shown = plain_rows(rows.iloc[order])
    needs = [[need for need, flag in zip(NEEDS, flags[:, at], strict=True) if flag] for at in order]
    told = tuple({**row, "reason": _reason(row, own, facts, room)} for row, own in zip(shown, needs, strict=True))
    return Attention(len(rows), int((late | (weight >= WANTED)).sum()), int(late.sum()), told)


def _reason(row: Row, needs: Sequence[Need], facts: Facts, room: float) -> str:
    """The needs in words, as many as there is room for; of a project that is late and nothing else what is known."""
    said, say = [need.said(row, facts) for need in needs], facts.language
    if not said and (row["days_late"] or 0) > 0:
        done = row["progress"]
        said = [say.gettext("not closed") if done is None else say.gettext("{done} done", done=say.percent(done))]
    while len(said) > 1 and text_width("; ".join(said), LIST_TEXT) > room:
        said.pop()
    return sentence("; ".join(said))
