"""What the reports of a published month said at their head, for the month after to say how each figure moved.

`snapshot/figures.json`: `period`, and `said`: a list of `audience`, `scope` ("" for the organisation) and `figures`, by
their ids; a figure that was not known is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.model import Period, Summary

FIGURES = "snapshot/figures.json"
Said = Mapping[tuple[str, str], Mapping[str, float]]
"""Audience and scope -> figure id -> value."""


def figures_written(summaries: Sequence[Summary]) -> dict[str, bytes]:
    """The figures of a month, by the name of their file; the organisation's summary comes first."""
    told = [
        {
            "audience": one.audience,
            "scope": one.scope,
            "figures": {id: figure.value for id, figure in one.figures.items() if figure.value is not None},
        }
        for one in summaries
    ]
    period = str(summaries[0].period)
    text = json.dumps({"period": period, "said": told}, indent=1, ensure_ascii=False)
    return {FIGURES: f"{text}\n".encode()}


def figures_read(path: Path, period: Period) -> Said:
    """The figures of a month. Raises OSError; ValueError, KeyError or TypeError where the file says other things."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if document["period"] != str(period):
        raise ValueError(document["period"])
    return {(str(one["audience"]), str(one["scope"])): _numbers(one["figures"]) for one in document["said"]}


def _numbers(figures: Mapping[str, Any]) -> dict[str, float]:
    return {str(id): float(value) for id, value in figures.items()}
