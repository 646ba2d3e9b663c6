"""What is wrong in the data: the findings that only adding up can show, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipeline.findings import counted, finding, standing_for
from pipeline.model import LEVELS, Finding
from pipeline.summarise.carriers import ACCOUNTABLE, RESPONSIBLE
from pipeline.summarise.handover import NOBODY_TAKES_OVER, UNKNOWN_SUCCESSOR, UNNAMED, unfollowed, untaken
from pipeline.summarise.loads import OVER, over_capacity, people
from pipeline.summarise.names import TEXT
from pipeline.summarise.places import places
from pipeline.summarise.responsibility import kept
from pipeline.summarise.scope import View
from pipeline.summarise.staff import named_nowhere, unknown_holidays
from pipeline.summarise.wording import days_spelled

_AFTER = {
    NOBODY_TAKES_OVER: "names neither an operation nor anybody who takes its result over",
    UNNAMED: "names no operation that carries its result on",
    UNKNOWN_SUCCESSOR: "its successor is no operation of the register",
}
_COLUMNS = ["code", "level", "file", "sheet", "cell", "read", "message"]


def problems(view: View) -> tuple[Finding, ...]:
    """The findings of summarising, for the whole organisation: S01 to S07 and R52."""
    staff = (*_no_people_sheet(view), *_not_on_sheet(view), *named_nowhere(view), *unknown_holidays(view))
    return (*staff, *_unknown_effort(view), *_no_taker(view), *_nothing_after(view), *_over(view))


def all_findings(view: View, own: tuple[Finding, ...]) -> pd.DataFrame:
    """Every finding of the register, the portfolio and the summary, gravest first.

    A department has those that name one of its rows; findings without a row concern the organisation.
    """
    portfolio = view.work.portfolio
    every = (*portfolio.register.findings, *portfolio.findings, *own)
    table = pd.DataFrame([[getattr(one, name) for name in _COLUMNS] for one in every], columns=_COLUMNS, dtype=TEXT)
    row = table["cell"].str.extract(r"^[A-Z]*(\d+)", expand=False).astype("float64")
    table = table.assign(row=row, gravity=table["level"].map({level: -at for at, level in enumerate(LEVELS)}))
    if view.scope:
        own_rows = view.items[["file", "sheet", "row"]].drop_duplicates().astype({"row": "float64"})
        table = table.merge(own_rows, on=["file", "sheet", "row"], how="inner")
    return table.sort_values(["gravity", "code", "file", "sheet", "row", "cell"], kind="stable")


def sources(view: View) -> pd.DataFrame:
    """One row per sheet that was read, and per file that was refused."""
    rows = [
        (file.name, sheet.sheet, file.status, sheet.header_row, sheet.rows_in, sheet.rows_used, sheet.rows_refused, "")
        for file in view.work.portfolio.register.files
        for sheet in file.sheets
    ] + [
        (file.name, "", file.status, np.nan, np.nan, np.nan, np.nan, file.reason)
        for file in view.work.portfolio.register.files
        if not file.sheets
    ]
    columns = ["file", "sheet", "status", "header_row", "rows_in", "rows_used", "rows_refused", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _no_people_sheet(view: View) -> list[Finding]:
    counts = int(view.people["counted"].sum())
    if not view.work.portfolio.register.people.empty or not counts:
        return []
    return [finding("S01", hours=f"{view.work.settings.hours_per_week:g}", people=f"{counts:,}")]


def _not_on_sheet(view: View) -> list[Finding]:
    if view.work.portfolio.register.people.empty:
        return []
    guessed = view.people[view.people["counted"] & ~view.people["on_sheet"]]
    doing = view.work.doers[view.work.doers["person"].isin(guessed.index)].drop_duplicates("person")
    named = doing.assign(person=guessed["person"].reindex(doing["person"]).array)
    spots = places(view.work.portfolio.register, pd.Index(named["item"]), RESPONSIBLE, "owner", ACCOUNTABLE)
    return [finding("R52", **spot, read=person) for spot, person in zip(spots, named["person"], strict=True)]


def _unknown_effort(view: View) -> list[Finding]:
    unknown = int(view.items["unknown"].sum())
    return [finding("S02", rows=counted(unknown, "item"))] if unknown else []


def _no_taker(view: View) -> list[Finding]:
    ending = untaken(view)
    spots = places(view.work.portfolio.register, ending.index, "handover_to", "finish")
    days = days_spelled(ending["finish"], short=True)
    return [finding("S03", **spot, read=day) for spot, day in zip(spots, days, strict=True)]


def _nothing_after(view: View) -> list[Finding]:
    """S07: item by item on sheets that say what comes after projects; one for all on sheets that never do."""
    closed = unfollowed(view)[["file", "sheet", "row", "successor", "missing"]]
    says = kept(view, "successor", closed.index) | kept(view, "handover_to", closed.index)
    spots = places(view.work.portfolio.register, closed.index, "successor", "status")
    closed = closed.assign(reason=closed["missing"].map(_AFTER), cell=[spot["cell"] for spot in spots])
    found = [
        finding(
            "S07", file=row["file"], sheet=row["sheet"], cell=row["cell"], read=row["successor"], reason=row["reason"]
        )
        for row in closed[says].to_dict("records")
    ]
    for (file, sheet), rows in closed[~says].sort_values("row").groupby(["file", "sheet"], sort=True):
        first = finding(
            "S07", file=str(file), sheet=str(sheet), cell=str(rows["cell"].iat[0]), reason=rows["reason"].iat[0]
        )
        found.append(standing_for(first, " ".join(rows["cell"]), len(rows)))
    return found


def _over(view: View) -> list[Finding]:
    load = people(view)
    over = load[over_capacity(load) & (load["person"] != "")]
    month = f"{pd.Timestamp(view.work.calendar.period_first):%B %Y}"
    return [
        finding("S04", read=person, person=person, value=value, month=month)
        for person, value in zip(over["person"], _used(over), strict=True)
    ]


def _used(loads: pd.DataFrame) -> Iterator[str]:
    """How much of their capacity people use; in hours where they have none."""
    for load, hours in zip(loads["load"], loads["hours"], strict=True):
        yield f"{hours:,.0f} h against 0 h" if np.isnan(load) else percent(load)


def percent(ratio: float) -> str:
    """A load in per cent; one decimal where it would round to 100 % and is above."""
    return f"{ratio:.1%}" if OVER < ratio < 1.005 else f"{ratio:.0%}"
