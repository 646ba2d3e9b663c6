"""The answer of `pipeline tidy`: what the settings no longer keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.answers.text import table
from pipeline.deliver.tidy import Old
from pipeline.findings import counted


def tidy_object(old: Old, *, done: bool) -> dict[str, Any]:
    """The answer of `pipeline tidy --json`."""
    folders = [
        {"kind": one.kind, "period": str(one.period), "path": str(one.path), "files": one.files, "size": one.size}
        for one in old.folders
    ]
    return {"removed": done, "folders": folders, "files": old.files, "size": old.size, "kept": list(old.kept)}


def tidy_lines(old: Old, *, done: bool) -> Iterator[str]:
    """What `pipeline tidy` prints."""
    yield from table(
        [
            (f"  {one.kind}", str(one.period), counted(one.files, "file"), f"{one.size / 2**20:,.1f} MB")
            for one in old.folders
        ]
    )
    yield from old.kept
    if not old.folders:
        yield "There is nothing that the settings under [tidy] no longer keep."
    elif done:
        yield f"Removed: {counted(old.files, 'file')}, {old.size / 2**20:,.1f} MB."
    else:
        yield f"To remove {counted(old.files, 'file')}, {old.size / 2**20:,.1f} MB: pipeline tidy --really"
