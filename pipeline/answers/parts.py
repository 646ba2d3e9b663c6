"""The answer of `pipeline parts`: what was read, found and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.answers.text import table
from pipeline.findings import counted

_BY_PART = ("verdicts", "allocations")
"""Files of which each part has its own."""


def parts_lines(record: Mapping[str, Any], output: str) -> Iterator[str]:
    """The closing lines, from the record that the run left in its output."""
    rows, found, files = record["rows"], record["verdicts"], record["files"]
    active = " / ".join(f"{found[name]:,}" for name in ("project", "operation", "undecided"))
    besides = f", and {found['not active']:,} closed or otherwise not active" if found["not active"] else ""
    yield "Read"
    refused = f", {rows['refused']:,} refused" if rows["refused"] else ""
    yield f"  {counted(len(record['parts']), 'part')}, {counted(rows['in'], 'row')}: {rows['used']:,} used{refused}"
    yield "Found"
    yield from table(
        [("  projects, operations, undecided", active + besides), ("  rows to review", f"{found['review']:,}")]
    )
    yield f"Written to {output}"
    own = [name for name in files if not name.startswith(_BY_PART)]
    by_part = [(kind, sum(files[name] for name in files if name.startswith(kind))) for kind in _BY_PART]
    yield from table(
        [
            *((f"  {kind}-*.parquet", counted(rows, "row")) for kind, rows in by_part),
            *((f"  {name}", counted(files[name], "row")) for name in own),
            ("  parts.json", f"the record, of {record['period']}"),
        ]
    )
