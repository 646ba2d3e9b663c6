"""One file, written so that a reader sees the old one or the new one, whatever fails."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.deliver.folder import sync_folder


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, down to the disk, and swap in; leaves nothing beside where that fails. Raises OSError."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with open(beside, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_named(path: Path, content: bytes) -> None:
    """Write a file that a person named: where a link leads to, and into what is no file, such as a terminal.

    Raises OSError.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
    else:
        write_whole(path, content)
