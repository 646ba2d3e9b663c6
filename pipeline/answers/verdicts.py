"""The answer of `pipeline classify`: one verdict for each used row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.answers.text import table
from pipeline.defuse import defused

if TYPE_CHECKING:
    from pipeline.flow import Run

VERDICT_COLUMNS = ("file", "sheet", "row", "id", "title", "kind", "probability", "review", "decided_by", "reasons")
"""The columns of `pipeline classify --csv`, one line for every used row."""


def verdicts(run: Run) -> list[dict[str, Any]]:
    """One object for each used item, with the keys of VERDICT_COLUMNS and typed values."""
    items, judged = run.register.items, run.portfolio.verdicts
    frame = items[["file", "sheet", "row", "id", "title"]].join(judged)[list(VERDICT_COLUMNS)]
    frame["probability"] = frame["probability"].round(4)
    return [dict(zip(VERDICT_COLUMNS, row, strict=True)) for row in frame.astype(object).itertuples(index=False)]


def verdict_lines(run: Run) -> Iterator[str]:
    """The verdicts for a person: how certain each is stands in a word, for a percentage says more than is known."""
    judged = run.register.items[["id", "title"]].join(run.portfolio.verdicts[["kind", "certainty"]])
    rows = judged[["id", "kind", "certainty", "title"]].astype(str).itertuples(index=False, name=None)
    return table([("ID", "KIND", "CERTAINTY", "TITLE"), *((*row[:3], row[3][:70]) for row in rows)])


def verdict_rows(found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """The verdicts as texts for a CSV file; text that a spreadsheet would take for a formula is quoted."""
    for one in found:
        yield tuple(defused(str(value).lower() if isinstance(value, bool) else str(value)) for value in one.values())
