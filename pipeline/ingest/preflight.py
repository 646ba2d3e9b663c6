"""What a file may be, before any parser sees it: a private copy with its hash and kind, or a refusal in words."""

from __future__ import annotations

import hashlib
import math
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.ingest.discover import FORMATS
from pipeline.settings import IngestSettings

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_PARQUET = b"PAR1"
"""What such a file begins and ends with."""
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_PIECE = 1 << 20
_STILL_COPIED = "The file is still being copied."
_SAVE_AGAIN = "Open it in Excel and save it again as .xlsx."


@dataclass(frozen=True)
class Staged:
    """A file as it was at one moment: the copy that is parsed, its format by content, its hash and bytes."""

    copy: Path
    kind: str
    sha256: str
    size: int


def stage(path: Path, folder: Path, settings: IngestSettings) -> Staged:
    """Copy a file into a private folder and tell its kind, one of FORMATS.

    What is parsed, hashed and recorded is the copy, so that all three are of the same moment. Raises RegisterError
    with the reason why the file is refused, OSError where it cannot be read.
    """
    kind = path.suffix.lower().lstrip(".")
    if not stat.S_ISREG(path.lstat().st_mode):
        raise _refusal(path, "This is not a regular file.", "Copy the file itself into the folder.")
    if kind not in FORMATS:
        raise _refusal(path, f"Files ending in '.{kind}' are not read.", f"Save it as one of: {', '.join(FORMATS)}.")
    copy = folder / f"register.{kind}"
    digest, size = _copied(path, copy, settings)
    with copy.open("rb") as file:
        head = file.read(8)
    return Staged(copy, _kind_by_content(path, copy, kind, head), digest, size)


def _copied(path: Path, copy: Path, settings: IngestSettings) -> tuple[str, int]:
    """The hash and size of the copy that is made; a file that changes meanwhile is not ready."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, flags), "rb") as source, copy.open("xb") as target:
        before = os.fstat(source.fileno())
        _check_size(path, before.st_size, settings)
        while piece := source.read(_PIECE):
            size += len(piece)
            _check_size(path, size, settings)
            digest.update(piece)
            target.write(piece)
        after = os.fstat(source.fileno())
    there = path.lstat()
    same = {(one.st_size, one.st_mtime_ns, one.st_ino) for one in (before, after, there)}
    if len(same) > 1 or size != after.st_size:
        raise _refusal(path, _STILL_COPIED, "Run again when it has arrived.")
    return digest.hexdigest(), size


def _check_size(path: Path, size: int, settings: IngestSettings) -> None:
    if size == 0:
        raise _refusal(path, "The file is empty (0 bytes).", "Copy it again; it may not have arrived whole.")
    if size > settings.max_file_mb * 2**20:
        raise _refusal(
            path,
            f"The file has {_hundredths(size):,.2f} MB, the limit is {settings.max_file_mb:g} MB.",
            "Remove what is not the register, or raise max_file_mb under [ingest].",
        )


def _hundredths(size: int) -> float:
    """Bytes in megabytes, rounded up: what is above a limit is told as above it."""
    return math.ceil(size / 2**20 * 100) / 100


def _kind_by_content(path: Path, copy: Path, kind: str, head: bytes) -> str:
    if kind == "parquet":
        return _whole_parquet(path, copy, head)
    if kind == "csv":
        if head.startswith((_ZIP, _OLE)):
            raise _refusal(path, "The file is called .csv but is a workbook.", "Rename it to .xlsx or .xls.")
        return kind
    if head.startswith(_OLE):
        if kind != "xls":
            _refuse_compound(path, copy)
        return "xls"
    if head.startswith(_ZIP):
        return kind if kind != "xls" else "xlsx"
    if kind == "xls":
        return kind  # the oldest formats have no common first bytes; the parser will tell
    raise _refusal(path, f"The file is called .{kind} but is no such workbook.", _SAVE_AGAIN)


def _whole_parquet(path: Path, copy: Path, head: bytes) -> str:
    if not head.startswith(_PARQUET):
        raise _refusal(
            path, "The file is called .parquet but is no Parquet file.", "Write it again, or save it as CSV."
        )
    with copy.open("rb") as file:
        file.seek(-len(_PARQUET), os.SEEK_END)
        if file.read() != _PARQUET:
            raise _refusal(path, "The file ends before its end: it was cut off.", "Copy it again.")
    return "parquet"


def _refuse_compound(path: Path, copy: Path) -> None:
    """New workbooks are ZIP archives; in an old container they are protected by a password, or not what they say."""
    if _PROTECTED in copy.read_bytes():
        raise _refusal(path, "The file is protected by a password.", "Save it without a password and drop it in again.")
    raise _refusal(
        path,
        "The file's ending does not match its content (an old .xls workbook).",
        "Open it in Excel and save it as .xlsx.",
    )


def _refusal(path: Path, what: str, hint: str) -> RegisterError:
    return RegisterError(what, path.name, hint)
