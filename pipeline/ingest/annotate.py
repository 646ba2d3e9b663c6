"""Findings -> a marked copy of the user's own workbook, and the same list as JSON and CSV."""

from __future__ import annotations

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.executor import cores
from pipeline.findings import finding
from pipeline.ingest.findings_list import as_csv, as_json
from pipeline.ingest.issues import issues_of, marks_of, summary_of
from pipeline.ingest.plain import plain_sheets
from pipeline.ingest.reader import read_files
from pipeline.marker.process import Copier
from pipeline.marker.request import Answer, Mark, PlainSheet, Request
from pipeline.model import LEVELS, FileReading, Finding, Register
from pipeline.settings import IngestSettings

_MAX_CELLS = 200_000
"""Cells of a workbook that is copied whole; of larger ones the rows that findings name."""
_SECONDS, _SECONDS_PER_MB = 6, 12
"""Processor time a copy may take, some for any file and more for a larger one."""
_PACKAGES = (".xlsx", ".xlsm", ".xls")
"""Endings of workbooks that may be packages of XML parts, which can be copied with their formats."""
_BARE = (".csv", ".parquet")
"""Endings of files that hold nothing but values."""
_MAX_ROWS = 100_000
"""Rows of such a file of which a copy is made: it would show no more than the list of findings does."""
_MOST_ROWS = 500_000
"""Rows of any file of which a copy is made: it is parsed once more for it, beside the reports that are drawn."""
_VALUES = "all but the values: formats, formulas and what is drawn"
_REMARKS = [
    "Click a cell in the third column to go to it; its note says what to do. Mend your own workbook, not this copy.",
]


_COPY, _LIST = "-marked.xlsx", ".findings.csv"
"""How the files for people end, after the name of the user's own."""


@dataclass(frozen=True)
class Marked:
    """The files for the user, by name, and what was found while making them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """Why some file has no copy."""
        return tuple(f"{one.file}: {one.message}" for one in self.findings if one.code == "R17")

    @property
    def for_people(self) -> tuple[str, ...]:
        """What a person opens: of each file its copy, where there is none its list as CSV."""
        copied = {name.removesuffix(_COPY) for name in self.files if name.endswith(_COPY)}
        return tuple(name for name in self.files if name.endswith(_COPY) or _without(name, copied))


def annotate(register: Register, findings: Iterable[Finding], settings: IngestSettings) -> Marked:
    """For each file that was read and has findings: them as JSON and CSV, and a marked copy where they name cells.

    Findings without a file are listed with each. The user's file is only read; where it has changed since, or no
    copy can be made, a finding says so and the lists are made all the same. Raises CancelledError where this process
    was told to stop meanwhile.
    """
    found = tuple(findings)
    named = {one.file for one in found}
    readings = [reading for reading in register.files if reading.status == "read" and reading.name in named]
    with Copier() as copier, ThreadPoolExecutor(max_workers=cores()) as pool:
        copies = list(pool.map(lambda one: _copied(one, _concerning(one, found), settings, copier), readings))
    files: dict[str, bytes] = {}
    told: list[Finding] = []
    for reading, (content, lacks, why) in zip(readings, copies, strict=True):
        stem = _free_stem(reading, files)
        own = _told(reading, lacks, why, f"{stem}{_LIST}")
        every = [*_concerning(reading, found), *own]
        files |= {f"{stem}{_COPY}": content} if content else {}
        files |= {f"{stem}.findings.json": as_json(reading, every), f"{stem}{_LIST}": as_csv(every)}
        told += own
    return Marked(files, tuple(told))


def _without(name: str, copied: Container[str]) -> bool:
    """Whether it is the list of a file of which there is no copy."""
    return name.endswith(_LIST) and name.removesuffix(_LIST) not in copied


def _concerning(reading: FileReading, findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.file in (reading.name, "")]


def _copied(
    reading: FileReading, findings: Sequence[Finding], settings: IngestSettings, copier: Copier
) -> tuple[bytes, str, str]:
    """The marked copy, b"" where there is none; what it leaves out; why there is none although cells are named."""
    if not marks_of(reading, findings):
        return b"", "", ""
    if why := _too_long(reading):
        return b"", "", why
    try:
        content = Path(reading.path).read_bytes()
    except OSError as problem:
        return b"", "", f"the file cannot be opened ({problem.strerror})"
    if reading.sha256 != hashlib.sha256(content).hexdigest():
        return b"", "", "the file has changed since it was read"
    with tempfile.TemporaryDirectory(prefix="workregister-") as folder:
        copy, answer, lacks = _made(Path(folder), content, reading, findings, settings, copier)
    return (copy, lacks, "") if copy else (b"", "", answer.refused)


def _told(reading: FileReading, lacks: str, why: str, listed: str) -> tuple[Finding, ...]:
    """What is to be told of a copy, or of there being none; `listed` is the list that was made in any case."""
    if why:
        return (finding("R17", file=reading.name, reason=why, list=listed),)
    return (finding("R16", file=reading.name, what=lacks),) if lacks else ()


def _too_long(reading: FileReading) -> str:
    """Why no copy is made of a file of many rows; "" where one is."""
    rows, bare = sum(sheet.rows_in for sheet in reading.sheets), reading.path.lower().endswith(_BARE)
    most = _MAX_ROWS if bare else _MOST_ROWS
    if rows <= most:
        return ""
    return f"it has {rows:,} rows{' and no formats' * bare}, and beyond {most:,} rows the list alone is made"


def _made(
    folder: Path,
    content: bytes,
    reading: FileReading,
    findings: Sequence[Finding],
    settings: IngestSettings,
    copier: Copier,
) -> tuple[bytes, Answer, str]:
    """A copy with the user's formats, else one of the bare values; the answer, and what the copy leaves out."""
    request = _request(reading, findings, settings, len(content))
    why = ""
    if content.startswith(b"PK") and reading.path.lower().endswith(_PACKAGES):
        original = folder / "original.xlsx"
        original.write_bytes(content)
        copy, answer = copier.ask(folder, replace(request, path=str(original)))
        if copy:
            return copy, answer, ", ".join(answer.left_out)
        why = answer.refused
    sheets = _values(reading, request.marks, settings)
    lacks = _lacks(reading, why, any(sheet.sparse for sheet in sheets))
    remarks = [*request.remarks, f"This copy leaves out {lacks}."] if lacks else request.remarks
    copy, answer = copier.ask(folder, replace(request, plain=sheets, remarks=remarks))
    return copy, answer, lacks


def _lacks(reading: FileReading, why: str, sparse: bool) -> str:
    """What a copy of bare values leaves out, and why."""
    because = f" ({why})" if why else ""
    if sparse:
        return f"all but the headings and the rows with findings, as values{because}"
    return "" if reading.path.lower().endswith(_BARE) else f"{_VALUES}{because}"


def _values(reading: FileReading, marks: Sequence[Mark], settings: IngestSettings) -> list[PlainSheet]:
    (raw,) = read_files((Path(reading.path),), settings)
    rows: dict[str, dict[int, None]] = {}
    for one in sorted(marks, key=lambda one: (-LEVELS.index(one.level), len(one.ranges))):
        rows.setdefault(one.sheet, {}).update(dict.fromkeys(_rows(one.ranges)))
    headings = {sheet.sheet: sheet.header_row for sheet in reading.sheets}
    return plain_sheets(raw, rows, headings, _MAX_CELLS)


def _rows(ranges: str) -> Iterable[int]:
    for part in ranges.split():
        numbers = [int(number) for number in re.findall(r"\d+", part)]
        yield from range(numbers[0], numbers[-1] + 1)


def _request(reading: FileReading, findings: Sequence[Finding], settings: IngestSettings, size: int) -> Request:
    return Request(
        name=reading.name,
        path="",
        plain=[],
        marks=marks_of(reading, findings),
        issues=issues_of(reading, findings),
        summary=summary_of(reading, findings),
        remarks=_REMARKS,
        max_cells=_MAX_CELLS,
        memory_mb=settings.parse_memory_mb,
        seconds=min(settings.parse_seconds, int(_SECONDS + _SECONDS_PER_MB * size / 2**20)),
    )


def _free_stem(reading: FileReading, taken: Iterable[str]) -> str:
    """A plain name after the user's file, numbered where another file has it."""
    stem = unicodedata.normalize("NFKD", reading.name.rpartition(".")[0])
    plain = re.sub(r"[^A-Za-z0-9]+", "-", stem.encode("ascii", "ignore").decode()).strip("-")[:60]
    if not plain or re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", plain):
        plain = f"register-{plain or reading.sha256[:8]}"
    used = {name.partition(".")[0].removesuffix("-marked").casefold() for name in taken}
    number, free = 1, plain
    while free.casefold() in used:
        number += 1
        free = f"{plain}-{number}"
    return free
