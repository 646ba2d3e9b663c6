"""Copies of the registers a run used, byte for byte what was read, under names that are safe everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.deliver.names import plain
from pipeline.errors import DeliveryError
from pipeline.model import FileReading

FOLDER = "registers"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Original:
    """A file on the disk that is published as it was when it was read: its SHA-256 and size in bytes then."""

    path: Path
    sha256: str
    size: int


def originals(files: Iterable[FileReading]) -> dict[str, bytes | Original]:
    """The files whose work items or people were used, each under the name of its copy: `registers/budget.xlsx`.

    Files that were refused, and files all of whose tables are versions of others, were not used.
    """
    used = [file for file in files if file.status == "read" and (file.sheets or not file.reason)]
    taken: set[str] = set()
    copies: dict[str, bytes | Original] = {}
    for file in used:
        name = plain(file.name, taken)
        taken.add(name.casefold())
        copies[f"{FOLDER}/{name}"] = Original(Path(file.path), file.sha256, file.size)
    return copies


def copy(original: Original, target: BinaryIO) -> None:
    """Write the original's bytes; raises DeliveryError where they are no longer the ones that were read."""
    digest = hashlib.sha256()
    try:
        with open(original.path, "rb") as source:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
    except FileNotFoundError as problem:
        raise _changed(original, "was moved or deleted") from problem
    if digest.hexdigest() != original.sha256:
        raise _changed(original, "was changed")


def _changed(original: Original, what: str) -> DeliveryError:
    return DeliveryError(
        f"{what} while this run was at work, so nothing was published.",
        str(original.path),
        "Run again when nobody is saving or copying it.",
    )
