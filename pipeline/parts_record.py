"""What a run by parts left in its output: a record, written last, by which the next one knows its files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.errors import RegisterError
from pipeline.model import Period
from pipeline.storage import fetched, put, removed, there

RECORD = "parts.json"
OWN = re.compile(r"(verdicts|allocations)-\d{5,}\.parquet|(roll_up|run_change)\.parquet")
"""The names of files of results."""
Rows = Mapping[str, int]


def verdicts_name(part: int) -> str:
    """The file of a part's verdicts."""
    return f"verdicts-{part:05d}.parquet"


def allocations_name(part: int) -> str:
    """The file of a part's allocations."""
    return f"allocations-{part:05d}.parquet"


def table_name(table: str) -> str:
    """The file of a table of all parts together."""
    return f"{table}.parquet"


def make_room(output: str, meanwhile: str, parts: int, tables: Sequence[str]) -> None:
    """Remove what an earlier run left, whether it ended or was killed, and note what this one will write."""
    clear_unfinished(output, meanwhile)
    removed(output, [RECORD, *_noted(output)])
    names = [name(part) for part in range(parts) for name in (verdicts_name, allocations_name)]
    put(meanwhile, RECORD, json.dumps({"files": [*names, *map(table_name, tables)]}).encode())


def clear_unfinished(output: str, meanwhile: str) -> None:
    """Remove what a run that did not end has written, as far as it had noted that it would."""
    removed(output, _noted(meanwhile))


def _noted(folder: str) -> list[str]:
    """The files of results that a record in a folder names; what else it may name is no business of ours."""
    if not there(folder, RECORD):
        return []
    try:
        return [name for name in json.loads(fetched(f"{folder}/{RECORD}"))["files"] if OWN.fullmatch(name)]
    except (ValueError, TypeError, KeyError) as problem:
        hint = "Choose another output, or move that file away."
        raise RegisterError("is not the record of a run by parts.", f"{folder}/{RECORD}", hint) from problem


def record(period: Period, parts: Sequence[Mapping[str, Any]], tables: Rows) -> dict[str, Any]:
    """What a run was made of and left, as JSON values.

    `parts` have `address`, `rows` and `verdicts` (counts by name) and `allocations` (how many); `tables`: how many rows
    each has. `files` of the record: how many rows each has.
    """
    from pipeline.cluster.about import about

    total = {name: _added(part[name] for part in parts) for name in ("rows", "verdicts")}
    files = {}
    for number, part in enumerate(parts):
        files[verdicts_name(number)] = part["rows"]["used"]
        files[allocations_name(number)] = part["allocations"]
    files |= {table_name(name): rows for name, rows in tables.items()}
    return {"period": str(period), "versions": dict(about()), **total, "parts": list(parts), "files": files}


def _added(counts: Iterable[Rows]) -> dict[str, int]:
    total = Counter[str]()
    for one in counts:
        total.update(one)
    return dict(total)
