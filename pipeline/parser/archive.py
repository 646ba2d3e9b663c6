"""A workbook that is a ZIP archive: every part unpacked once, as declared, within limits, or why it is refused."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import RegisterError
from pipeline.parser.request import Request

SAVE_AGAIN = "Open it in Excel, check it, and save it again as .xlsx."
_DISTRUST = "Do not trust this file; ask its sender, or open it in Excel and save it again."
_PIECE = 1 << 20
_RATIO_FROM = 10 << 20
"""Parts that unpack to less are small however well they are packed."""
_XML = (".xml", ".rels", ".vml")
_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
_ENCODING = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
_USUAL_ENCODINGS = frozenset(b"utf-8 utf8 utf-16 utf-16le utf-16be us-ascii ascii iso-8859-1 windows-1252".split())
_OVERLAP = 16


class Archive:
    """The parts of a workbook. Raises RegisterError for what no spreadsheet program writes."""

    def __init__(self, path: Path, request: Request) -> None:
        self._file: BinaryIO = path.open("rb")
        self._request, self.unpacked = request, 0
        try:
            self.parts = {part.filename: part for part in _listed(path, request)}
        except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError, EOFError) as problem:
            raise damaged(f"it is no whole ZIP archive ({problem})") from problem

    def read(self, name: str) -> bytes:
        """One whole part, checked."""
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """A part in pieces, checked as they come: its size, checksum, and that XML declares no entities."""
        part = self.parts[name]
        if part.is_dir():
            return
        checked = _EntityCheck(name) if name.lower().endswith(_XML) else None
        size, sum_so_far = 0, 0
        for piece in self._unpacked(part):
            size += len(piece)
            sum_so_far = zlib.crc32(piece, sum_so_far)
            if size > part.file_size:
                raise damaged(f"its part {name} is longer than it says")
            if checked:
                checked.feed(piece)
            yield piece
        if size != part.file_size or sum_so_far != part.CRC:
            raise damaged(f"its part {name} does not match its checksum")

    def _unpacked(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
        try:
            for piece in self._packed(part):
                if inflate is None:
                    yield piece
                    continue
                while piece and not inflate.eof:
                    yield inflate.decompress(piece, _PIECE)
                    piece = inflate.unconsumed_tail
            if inflate is not None:
                yield inflate.flush()
                if not inflate.eof or inflate.unused_data:
                    raise damaged(f"its part {part.filename} does not end where it says")
        except zlib.error as problem:
            raise damaged(f"its part {part.filename} cannot be unpacked") from problem

    def _packed(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        self._file.seek(part.header_offset)
        header = self._file.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise damaged(f"its part {part.filename} is not where the archive says")
        name_bytes, extra_bytes = struct.unpack("<HH", header[26:30])
        name = self._file.read(name_bytes)
        if name not in (part.orig_filename.encode("utf-8", "replace"), part.orig_filename.encode("cp437", "replace")):
            raise damaged(f"its part {part.filename} is called otherwise inside")
        offset, left = self._file.tell() + extra_bytes, part.compress_size
        while left:
            self._file.seek(offset)
            piece = self._file.read(min(left, _PIECE))
            if not piece:
                raise damaged(f"its part {part.filename} is cut off")
            offset, left = offset + len(piece), left - len(piece)
            yield piece


def _listed(path: Path, request: Request) -> list[zipfile.ZipInfo]:
    """The archive's parts: not too many or too large, no name twice or outside, none locked."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > request.max_parts or unpacked > request.max_unpacked_mb * 2**20:
        raise RegisterError(
            f"The workbook unpacks to {unpacked / 2**20:,.0f} MB in {len(parts):,} parts; the limits are "
            f"{request.max_unpacked_mb:g} MB and {request.max_parts:,} parts.",
            hint="Remove what is not the register, or raise max_unpacked_mb or max_parts under [ingest].",
        )
    _check_names([part.filename for part in parts])
    for part in parts:
        _check_part(part, request)
    return parts


def _check_names(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        folded = name.casefold()
        if folded in seen:
            raise RegisterError(
                f"The workbook holds the same part twice ({name}), so two programs may read it differently.",
                hint=SAVE_AGAIN,
            )
        seen.add(folded)
        if "\0" in name or name.startswith("/") or ".." in re.split(r"[/\\]", name) or re.match(r"[A-Za-z]:", name):
            raise RegisterError(f"The workbook's part {name!r} names a place outside the file.", hint=_DISTRUST)


def _check_part(part: zipfile.ZipInfo, request: Request) -> None:
    if part.flag_bits & 1:
        raise locked()
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged(f"its part {part.filename} is packed in a way no spreadsheet program uses")
    if part.file_size > _RATIO_FROM and part.file_size > request.max_ratio * max(part.compress_size, 1):
        times = part.file_size // max(part.compress_size, 1)
        raise RegisterError(
            f"The part {part.filename} unpacks to {part.file_size / 2**20:,.0f} MB, {times:,} times its size; "
            f"the limit is {request.max_ratio:,} times.",
            hint="Do not trust this file; if it is your own, raise max_ratio under [ingest].",
        )


class _EntityCheck:
    """Refuses XML that declares a document type or entities, in any encoding that hides it from a plain search."""

    def __init__(self, name: str) -> None:
        self._name, self._rest, self._first = name, b"", True

    def feed(self, piece: bytes) -> None:
        plain = self._rest + (piece.replace(b"\0", b"") if b"\0" in piece else piece)
        if self._first and len(plain) > 200:
            self._check_encoding(plain)
        if _DECLARATION.search(plain):
            raise RegisterError(
                f"The part {self._name} declares entities (DOCTYPE), which no spreadsheet program writes.",
                hint=_DISTRUST,
            )
        self._rest = plain[-_OVERLAP:]

    def _check_encoding(self, head: bytes) -> None:
        self._first = False
        named = _ENCODING.search(head[:400])
        if named and named.group(1).lower() not in _USUAL_ENCODINGS:
            encoding = named.group(1).decode("ascii", "replace")
            raise RegisterError(
                f"The part {self._name} is written in {encoding}, which no spreadsheet program uses.", hint=_DISTRUST
            )


def damaged(why: str) -> RegisterError:
    """The refusal of a file that is not whole."""
    return RegisterError(f"The file is damaged: {why}.", hint="Copy it again, or open it in Excel and save it again.")


def locked() -> RegisterError:
    """The refusal of a file that asks for a password."""
    return RegisterError(
        "The file is protected by a password.", hint="Save it without a password and drop it in again."
    )
