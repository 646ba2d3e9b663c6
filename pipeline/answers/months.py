"""What published months said, and what became of old registers, as answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipeline.answers.text import table, wrapped
from pipeline.findings import counted
from pipeline.snapshots import Month

if TYPE_CHECKING:
    from pipeline.backfill import Backfilled

_HASH = 8
"""Letters of a rule set's hash that are shown."""


def history_object(months: Sequence[Month]) -> dict[str, Any]:
    """The answer of `pipeline history --json`."""
    return {"months": [{**asdict(month), "period": str(month.period)} for month in months]}


def history_lines(months: Sequence[Month]) -> Iterator[str]:
    """One line a month, the first one first; where the rules changed, it is said."""
    if not months:
        yield "No month is published yet. `pipeline run` publishes one; `pipeline backfill FOLDER` reads old registers."
        return
    heads = ("MONTH", "ITEMS", "PROJECTS", "OPERATIONS", "UNDECIDED", "HOURS", "UNKNOWN", "RUN", "RULES", "")
    usable = [month for month in months if not month.problem]
    before = dict(zip([month.period for month in usable[1:]], usable, strict=False))
    yield from table([heads, *(_line(month, before.get(month.period)) for month in months)])
    for month in months:
        if month.problem:
            yield from wrapped(f"{month.period} cannot be used: {month.problem}.", indent="  ")
        if month.gap:
            yield from wrapped(f"{month.period} is missing from the trend: {month.gap}.", indent="  ")


def backfill_object(months: Iterable[Backfilled]) -> dict[str, Any]:
    """The answer of `pipeline backfill --json`."""
    return {"months": [{**asdict(one), "month": None if one.month is None else str(one.month)} for one in months]}


def backfill_lines(months: Iterable[Backfilled]) -> Iterator[str]:
    """One line a month, and one for each file that names none."""
    for one in months:
        names = ", ".join(one.files)
        what = counted(one.items, "item") if one.kept else f"left out: {one.reason.rstrip('.')}"
        yield from wrapped(f"{one.month or '-'}  {names}: {what}", indent=" " * 9)


def _line(month: Month, before: Month | None) -> tuple[str, ...]:
    if month.problem:
        return (str(month.period), *[""] * 8, "cannot be used")
    share = "n/a" if month.run_share is None else f"{month.run_share:.0%}"
    told = {"backfilled": month.backfilled, "missing from the trend": month.gap, "run again": month.said_before}
    said = [words for words, holds in told.items() if holds]
    if month.said_before:
        said[-1] += ", said something else before" + (
            f" ({month.said_before:,} times)" if month.said_before > 1 else ""
        )
    if before is None:
        said.append("first month")
    elif before.rule_set != month.rule_set:
        said.append("other rules than the month before")
    counts = (month.items, month.projects, month.operations, month.undecided)
    hours = "unknown" if month.hours is None else f"{month.hours:,.0f}"
    rules = month.version or month.rule_set[:_HASH]
    return (
        str(month.period), *(f"{count:,}" for count in counts), hours, f"{month.unknown_effort:,}", share, rules,
        ", ".join(said),
    )  # fmt: skip
