"""A folder of old registers -> the files of each month, as their names, their folders or their tabs say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest.discover import discover
from pipeline.ingest.header import find_header
from pipeline.ingest.reader import RawFile, read_files
from pipeline.ingest.table import is_people, people_headings
from pipeline.ingest.version_names import read_name
from pipeline.model import Period
from pipeline.settings import IngestSettings


@dataclass(frozen=True)
class OldRegisters:
    """`months`: month -> its files; `undated`: files that name no month, each with why it is not used."""

    months: Mapping[Period, tuple[Path, ...]]
    undated: Mapping[Path, str]


class _NoYear(Exception):
    """A month is named without its year."""


def old_registers(folder: Path, settings: IngestSettings) -> OldRegisters:
    """The registers in a folder and those below it, by month.

    A file is of the month its own name says, else that of the nearest folder that names one, else of each month that
    its tabs name. A file that names none and lists people only belongs to every month. Raises RegisterError where
    there is no such folder.
    """
    files = discover((folder,))
    named = {file: month for file in files if (month := _month_of(file.relative_to(folder)))}
    raw = read_files(tuple(file for file in files if file not in named), settings)
    months: dict[Period, list[Path]] = {}
    for file, month in named.items():
        months.setdefault(month, []).append(file)
    undated: dict[Path, str] = {}
    staff = []
    for one in raw:
        tabs = {month for sheet in one.sheets if (month := _read(one.path.name, sheet.name))}
        for month in tabs:
            months.setdefault(month, []).append(one.path)
        if not tabs and _lists_people(one):
            staff.append(one.path)
        elif not tabs:
            undated[one.path] = (
                str(one.refusal) if one.refusal else "neither its name, its folder nor a tab says a month"
            )
    return OldRegisters({month: (*months[month], *staff) for month in sorted(months)}, undated)


def _month_of(path: Path) -> Period | None:
    """The month that a file's name says, with the year of a folder above where it has none; else a folder's own."""
    name, *above = reversed(path.parts)
    within = [" ".join(above[: at + 1][::-1]) for at in range(len(above))]
    return next((found for text in (name, *(f"{one} {name}" for one in within)) if (found := _read(text, ""))), None)


def _read(file: str, sheet: str) -> Period | None:
    def no_year() -> Period:
        raise _NoYear

    try:
        return read_name(file, sheet, no_year).month
    except _NoYear:
        return None


def _lists_people(file: RawFile) -> bool:
    known = people_headings()
    return any(is_people(sheet, find_header(sheet, known), known) for sheet in file.sheets)
