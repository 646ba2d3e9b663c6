"""The rows behind one figure as an answer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.answers.tables import objects, table_lines
from pipeline.answers.text import table

if TYPE_CHECKING:
    from pipeline.model import Summary
    from pipeline.summarise.trace import Traced

_KINDS = {"value": "number"}


def trace_object(traced: Traced) -> dict[str, Any]:
    """The answer of `pipeline trace --json`."""
    return {
        "figure": traced.figure,
        "title": traced.title,
        "value": traced.value,
        "unit": traced.unit,
        "sums": traced.sums,
        "made": None if math.isnan(traced.made) else traced.made,
        "rows": objects(traced.rows, _KINDS),
    }


def trace_lines(traced: Traced) -> Iterator[str]:
    """The figure, then each part of it with its rows and what they add up to."""
    yield f"{traced.figure} = {_amount(traced.value)}  ({traced.title}, {traced.unit})"
    for part, rows in traced.rows.groupby("part", sort=False):
        shown = rows.drop(columns="part")
        used = [name for name in shown if name == "value" or (shown[name].notna() & (shown[name] != "")).any()]
        yield ""
        yield from table_lines(shown[used], _KINDS)
        yield f"{part}: {len(rows):,} {'row' if len(rows) == 1 else 'rows'}, sum {_amount(traced.sums[str(part)])}"
    if traced.rows.empty:
        yield "No rows stand behind it."


def figures_object(summary: Summary) -> dict[str, Any]:
    """The answer of `pipeline trace figures --json`."""
    told = [
        {"figure": one.id, "title": one.title, "value": one.value, "unit": one.unit} for one in summary.figures.values()
    ]
    return {"figures": told}


def figures_lines(summary: Summary) -> Iterator[str]:
    """The headline figures by name, with the title that reports print."""
    rows = [(one.id, one.title, _amount(one.value), one.unit) for one in summary.figures.values()]
    return table([("FIGURE", "TITLE", "VALUE", "UNIT"), *rows])


def _amount(value: float | None) -> str:
    return "not known" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")
