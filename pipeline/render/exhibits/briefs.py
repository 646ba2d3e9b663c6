"""Short lists of projects beside each other: whose finish moved furthest, what closed, what rests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.render.attention import resting
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.go_lives import GRAVE_DAYS, MOVED_DAYS
from pipeline.render.language import sentence
from pipeline.render.resting import on_hold

LISTED = 4
"""Rows of each list."""


@dataclass(frozen=True)
class Briefs:
    """The lists that have rows, by their exhibits' ids, the share of the page's width of each, and what is said of
    the others.
    """

    ids: tuple[str, ...]
    span: str
    rows: int
    others: str


def _moved_message(facts: Facts) -> str:
    """How many finishes moved, and by how much."""
    say, slips = facts.language, facts.projects["slip_days"]
    if not slips.notna().any():
        return say.gettext("How far finishes moved is known with approved finishes, or from the second month on")
    moved = int((slips >= GRAVE_DAYS).sum())
    if not moved:
        return say.gettext("No finish has moved by four weeks")
    return sentence(say.ngettext(
        "one finish has moved by four weeks or more", "{n} finishes have moved by four weeks or more", moved
    ))  # fmt: skip


def _moved_what(facts: Facts) -> str:
    say = facts.language
    return say.gettext("The furthest, from the approved or first finish")


def _moved(facts: Facts) -> tuple[Row, ...]:
    rows = facts.projects[facts.projects["slip_days"] >= MOVED_DAYS]
    top = plain_rows(rows.sort_values("slip_days", ascending=False, kind="stable").head(LISTED))
    say = facts.language
    return tuple(
        {**row, "said": say.gettext("{weeks} wk", weeks=say.change(round(row["slip_days"] / 7))),
         "grave": row["slip_days"] >= GRAVE_DAYS}
        for row in top
    )  # fmt: skip


def _closed_table(facts: Facts) -> pd.DataFrame:
    table = facts.table("changes")
    return table[(table["change"] == "Closed") & (table["kind"] == "project")]


def _closed_message(facts: Facts) -> str:
    """How many projects closed since the month before."""
    say, period = facts.language, facts.summary.previous
    if period is None:
        return say.gettext("What closed is known from the second month on")
    month, count = say.month(date(period.year, period.month, 1)), len(_closed_table(facts))
    if not count:
        return say.gettext("No project closed since {month}", month=month)
    return sentence(
        say.ngettext("one project closed since {month}", "{n} projects closed since {month}", count, month=month)
    )


def _closed_what(facts: Facts) -> str:
    return facts.language.gettext("Active then, and not now")


def _closed(facts: Facts) -> tuple[Row, ...]:
    return tuple(
        {**row, "said": facts.language.sentence(row["now"]), "grave": False}
        for row in plain_rows(_closed_table(facts).head(LISTED))
    )


def _resting_message(facts: Facts) -> str:
    """How many projects are on hold or stand still."""
    say, held, still = facts.language, len(facts.shared(on_hold)), int(resting(facts.projects).sum())
    if not held and not still:
        return say.gettext("No project rests")
    rests = say.ngettext("one project is on hold", "{n} projects are on hold", held) if held else ""
    stands = say.ngettext("one stands still", "{n} stand still", still) if still else ""
    return sentence("; ".join(filter(None, (rests, stands))))


def _resting_what(facts: Facts) -> str:
    say = facts.language
    if facts.summary.previous is None:
        return say.gettext("By their status")
    return say.gettext("By their status, or with the same progress as the month before")


def _resting(facts: Facts) -> tuple[Row, ...]:
    say, holding = facts.language, facts.shared(on_hold).head(LISTED)
    held = tuple({**row, "said": row["status"], "grave": False} for row in plain_rows(holding))
    still = facts.projects[resting(facts.projects)].head(LISTED)
    told = tuple(
        {**row, "said": say.gettext("still {done}", done=say.percent(row["progress"])), "grave": False}
        for row in plain_rows(still)
    )
    return (*told, *held)[:LISTED]


def briefs(facts: Facts) -> Briefs:
    """Which lists the page shows. What cannot be told before a second month is said once."""
    lists: tuple[tuple[str, Callable[[Facts], tuple[Row, ...]], Callable[[Facts], str]], ...] = (
        ("moved", _moved, _moved_message), ("closed", _closed, _closed_message), ("resting", _resting, _resting_message)
    )  # fmt: skip
    made = {id: len(facts.shared(rows)) for id, rows, _ in lists}
    ids = tuple(id for id, count in made.items() if count)
    others = " ".join(f"{message(facts)}." for id, _, message in lists if id not in ids)
    return Briefs(ids, {3: "third", 2: "half"}.get(len(ids), "full"), max(made.values()), others)


def _briefs_message(facts: Facts) -> str:
    """What the short lists that are not shown would say."""
    return facts.shared(briefs).others


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("briefs", _briefs_message, rows=lambda facts: facts.shared(briefs)),
    Exhibit("moved", _moved_message, _moved_what, lambda facts: facts.shared(_moved)),
    Exhibit("closed", _closed_message, _closed_what, lambda facts: facts.shared(_closed)),
    Exhibit("resting", _resting_message, _resting_what, lambda facts: facts.shared(_resting)),
)
