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
    ledger = [{"period": str(period), "mails": count} for period, count in old.forgotten.items()]
    return {
        "removed": done, "folders": folders, "files": old.files, "size": old.size, "ledger": ledger,
        "kept": list(old.kept),
    }  # fmt: skip


def tidy_lines(old: Old, *, done: bool) -> Iterator[str]:
    """What `pipeline tidy` prints."""
    folders = [
        (f"  {one.kind}", str(one.period), counted(one.files, "file"), f"{one.size / 2**20:,.1f} MB")
        for one in old.folders
    ]
    ledger = [("  ledger", str(period), counted(count, "mail"), "") for period, count in old.forgotten.items()]
    yield from table([*folders, *ledger])
    yield from old.kept
    if old.nothing:
        yield "There is nothing that the settings under [tidy] no longer keep."
    elif done:
        yield f"Removed: {_all_of(old)}."
    else:
        yield f"To remove {_all_of(old)}: pipeline tidy --really"


def _all_of(old: Old) -> str:
    """`12 files, 3.4 MB`, and how many mails the ledger forgets."""
    mails = sum(old.forgotten.values())
    files = f"{counted(old.files, 'file')}, {old.size / 2**20:,.1f} MB"
    return f"{files}, {counted(mails, 'mail')} from the ledger" if mails else files
