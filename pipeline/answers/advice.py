"""What a run adds to its answer for whoever asked: reports nobody gets, a register of long ago, what to open first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.fields import FIELDS
from pipeline.model import Audience, Period, Register

if TYPE_CHECKING:
    from pipeline.flow import Run

_LONG_DAYS = 92
"""A register is of long ago when the latest of all its dates lies so many days or more before the period begins."""
_ENOUGH = 0.5
"""Share of the items that say a finish, planned or real, for their latest to tell when the work was."""
_FINISHES = ("finish", "actual_finish", "baseline_finish")
_DATES = tuple(field.id for field in FIELDS if field.kind == "date")
_FIRST = (".pdf", ".xlsx", ".html")
"""Formats as a person opens them first: decisions are made in the workbook."""


def reports_of_nobody(run: Run) -> Iterator[str]:
    """A sentence for each pack of the run that is made for nobody, or in no format, with the reason."""
    from pipeline.render.packs import packs
    from pipeline.render.readers import readers

    render = run.settings.render
    made = {one.pack.id for one in readers(run.summaries, render)}
    able = {pack.id for pack in packs(render)}
    every = ("pdf", "xlsx", "html")
    for pack in packs(render.model_copy(update={"formats": [*every]})):
        if pack.id not in able:
            kinds = " and ".join(pack.formats)
            yield f"No {pack.id} report: it comes as {kinds}, which formats under [render] leaves out."
        elif pack.id not in made:
            yield f"No {pack.id} report: {_NOBODY[pack.audience]}."


_NOBODY: Mapping[Audience, str] = {
    "person": "no person has an active item in this month",
    "department": "no row names a department",
}
"""Why nobody of an audience has a report; the organisation, and so its executives, always have one."""


def long_ago(register: Register, period: Period) -> str:
    """What to ask for instead where all dates of a register lie long before the period; "" where they do not."""
    items = register.items
    dates = items[[name for name in _DATES if name in items]]
    finishes = items[[name for name in _FINISHES if name in items]]
    if not len(items) or finishes.notna().any(axis=1).mean() < _ENOUGH:
        return ""
    import pandas as pd  # heavy: the files are parsed meanwhile

    first = pd.Timestamp(period.year, period.month, 1)
    if (first - dates.max().max()).days < _LONG_DAYS:
        return ""
    last = finishes.max().max()
    month = Period(last.year, last.month)
    return f"The last finish in this register lies in {month}; `--period {month}` reports on that month."


def open_first(run: Run) -> Iterator[str]:
    """Which report to open first: that of the organisation before others, paper before workbook before web page."""
    made = sorted(
        (one for one in run.deliveries if one.path.suffix in _FIRST), key=lambda one: _FIRST.index(one.path.suffix)
    )
    packs = [one.report.partition(".")[0].split("_") for one in made]
    whole = [one for one, parts in zip(made, packs, strict=True) if len(parts) == 2]
    for first in (whole or made)[:1]:
        yield f"Next: open {_from_here(first.path)}"


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
