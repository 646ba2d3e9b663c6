"""What a file may be, before any parser sees it: a refusal in words, or the kind of reader it needs."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.ingest.discover import FORMATS
from pipeline.settings import IngestSettings

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_MAX_ENTRIES = 5000
_DECLARED_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def kind_of(path: Path, settings: IngestSettings) -> str:
    """The kind of reader for this file, one of FORMATS; raises RegisterError with the reason why it is refused."""
    if path.is_symlink() or not path.is_file():
        raise RegisterError("This is not a regular file.", path.name, "Copy the file itself into the folder.")
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise RegisterError(
            f"Files ending in '.{kind}' are not read.", path.name, f"Save it as one of: {', '.join(FORMATS)}."
        )
    size = path.stat().st_size
    if size == 0:
        raise RegisterError("The file is empty (0 bytes).", path.name, "Copy it again; it may not have arrived whole.")
    if size > settings.max_file_mb * 2**20:
        raise RegisterError(
            f"The file has {size / 2**20:.0f} MB, the limit is {settings.max_file_mb:g} MB.", path.name,
            "Remove what is not the register, or raise max_file_mb under [ingest].",
        )  # fmt: skip
    return _checked_content(path, kind, settings)


def _checked_content(path: Path, kind: str, settings: IngestSettings) -> str:
    with path.open("rb") as file:
        head = file.read(8)
    if kind == "csv":
        if head.startswith((_ZIP, _OLE)):
            raise RegisterError("The file is called .csv but is a workbook.", path.name, "Rename it to .xlsx or .xls.")
        return kind
    if head.startswith(_OLE):
        if kind != "xls":
            _refuse_protected(path)
        return "xls"
    if head.startswith(_ZIP):
        _check_archive(path, settings)
        return kind if kind != "xls" else "xlsx"
    if kind == "xls":
        return kind  # the oldest formats have no common first bytes; the parser will tell
    raise RegisterError(
        f"The file is called .{kind} but is no such workbook.",
        path.name,
        "Open it in Excel and save it again as .xlsx.",
    )


def _refuse_protected(path: Path) -> None:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RegisterError(
            "The file is protected by a password.", path.name, "Save it without a password and drop it in again."
        )
    raise RegisterError(
        "The file's ending does not match its content (an old .xls workbook).",
        path.name,
        "Open it in Excel and save it as .xlsx.",
    )


def _check_archive(path: Path, settings: IngestSettings) -> None:
    """A ZIP's parts: not too many, not too large unpacked, no name twice, undamaged, no declared entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_names(path, parts, settings)
            for part in parts:
                _check_part(path, archive, part)
    except RegisterError:
        raise
    except Exception as problem:  # zipfile lets zlib's, struct's and its own errors through
        raise RegisterError(
            f"The file is damaged ({type(problem).__name__}).",
            path.name,
            "Copy it again, or open it in Excel and save it again.",
        ) from problem


def _check_names(path: Path, parts: list[zipfile.ZipInfo], settings: IngestSettings) -> None:
    unpacked = sum(part.file_size for part in parts)
    names = [part.filename.casefold() for part in parts]
    if len(parts) > _MAX_ENTRIES or unpacked > settings.max_unpacked_mb * 2**20:
        raise RegisterError(
            f"The workbook unpacks to {unpacked / 2**20:,.0f} MB in {len(parts):,} parts; the limit is "
            f"{settings.max_unpacked_mb:g} MB and {_MAX_ENTRIES:,} parts.",
            path.name, "Remove what is not the register, or raise max_unpacked_mb under [ingest].",
        )  # fmt: skip
    if len(set(names)) < len(names):
        raise RegisterError(
            "The workbook holds the same part twice, so two programs may read it differently.",
            path.name,
            "Open it in Excel and save it again.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise RegisterError(
            "The file is protected by a password.", path.name, "Save it without a password and drop it in again."
        )


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read one part through: a wrong checksum raises, and XML may not declare entities."""
    left = part.file_size
    with archive.open(part) as stream:
        head = stream.read(4096)
        if part.filename.lower().endswith((".xml", ".rels")) and _DECLARED_ENTITY.search(head.replace(b"\0", b"")):
            raise RegisterError(
                f"The part {part.filename} declares entities (DOCTYPE), which no spreadsheet program writes.",
                path.name,
                "Do not trust this file; ask its sender, or open it in Excel and save it again.",
            )  # fmt: skip
        left -= len(head)
        while chunk := stream.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise zipfile.BadZipFile("a part is longer than declared")
