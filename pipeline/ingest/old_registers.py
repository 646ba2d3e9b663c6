"""A folder of old registers -> the files of each month, as their names, their folders or their tabs say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.fields import FIELDS
from pipeline.ingest.discover import FORMATS, discover
from pipeline.ingest.header import find_header
from pipeline.ingest.headings import Headings
from pipeline.ingest.reader import RawFile, read_files
from pipeline.ingest.sheets import read_sheet
from pipeline.ingest.table import is_people, people_headings
from pipeline.ingest.version_names import read_name
from pipeline.model import Period
from pipeline.settings import IngestSettings

_NO_MONTH = "neither its name, its folder nor a tab says a month; name it for its month, such as register 2026-03.xlsx"
_NO_REGISTER = "it lists people only, and no register in the folder says a month"


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
    there is no such folder, or nothing in it that can be read.
    """
    files = discover((folder,))
    if not files:
        raise RegisterError(
            "holds no register.", str(folder), f"Put the old registers there: {', '.join(FORMATS)} files are read."
        )
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
        if not tabs and _lists_people_only(one, settings):
            staff.append(one.path)
        elif not tabs:
            undated[one.path] = str(one.refusal) if one.refusal else _NO_MONTH
    if not months:
        undated |= dict.fromkeys(staff, _NO_REGISTER)
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


def _lists_people_only(file: RawFile, settings: IngestSettings) -> bool:
    """Whether there is a sheet of people in the file, and no table beside it."""
    known, people = Headings(FIELDS, settings.synonyms, settings.ignore), people_headings()
    others = [sheet for sheet in file.sheets if not is_people(sheet, find_header(sheet, people), people)]
    return len(others) < len(file.sheets) and not any(
        read_sheet(file.path.name, sheet, known).tables for sheet in others
    )
