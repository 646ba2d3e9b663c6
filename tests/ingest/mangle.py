"""One small register written in the many ways people write it: what is told stays, how it looks changes."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from openpyxl import Workbook

from pipeline.fields import FALSE_FRIENDS, FIELDS
from pipeline.ingest.headings import normalise

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
COLUMNS = ("id", "title", "owner", "start", "finish", "effort", "cadence", "status", "department")

_OWNERS = ("Ana Roy", "Bo Lindqvist", "Chloe Martin", "Dirk Neumann")
_TITLES = (
    "Replace the pumps at the north station",
    "Invoice run for household customers",
    "Move the archive to the new building",
    "Maintenance of the weather stations",
    "New website for applicants",
    "Payroll for all sites",
    "Reading of the water meters",
    "Introduce electronic signatures",
    "Renewal of vehicle insurance",
    "Rebuild the reception hall",
    "Backups of the file servers",
    "Training for new drivers",
)
_CADENCES = {
    "monthly": ("monthly", "Monthly", "monatlich", "mensuel", "mensual", "mensile", "maandelijks"),
    "weekly": ("weekly", "every week", "wöchentlich", "hebdomadaire", "semanal", "settimanale", "wekelijks"),
    "quarterly": ("quarterly", "Quarterly", "vierteljährlich", "trimestriel", "trimestral", "trimestrale"),
    "yearly": ("yearly", "annually", "jährlich", "annuel", "anual", "annuale", "jaarlijks"),
}
_STATUSES = ("Active", "On hold", "Planned")
_GROUPS = (
    "Plan", "Dates", "Planned", "Planning data", "General information", "Zeitplan", "Zuständigkeit und Termine", "Suivi",
    "Datos generales", "Dados gerais", "Informazioni", "Gegevens",
)  # fmt: skip
_UNKNOWN_GROUPS = ("In short", "Worum es geht", "Le reste")
"""Words of no known meaning: what they stand over is left unread where it may speak of somebody else."""
_SAFE_BELOW = frozenset(("id", "title", "finish", "cadence", "status", "department"))
_PERIODS = ("week", "month", "woche", "monat", "/", "occurrence", "allocation", "%", "daily", "weekly")
_HOURS = ("Effort hours", "Effort (h)", "Planned hours", "Estimated hours", "Stunden", "Heures", "Horas", "Ore", "Uren")
_DATES: tuple[Callable[[dt.date], object], ...] = (
    lambda day: dt.datetime(day.year, day.month, day.day),
    dt.date.isoformat,
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day} {day:%b %Y}",
)


@dataclass(frozen=True)
class Item:
    """A work item as it is meant."""

    id: str
    title: str
    owner: str
    start: dt.date
    finish: dt.date | None
    effort: float
    cadence: str
    status: str
    department: str


@dataclass(frozen=True)
class Look:
    """How a sheet says it. Numbers choose from whatever there is to choose from."""

    items: int
    order: tuple[str, ...]
    languages: tuple[str, ...]
    """One language per column; one sheet may mix them."""
    words: tuple[int, ...]
    dates: tuple[int, ...]
    titles_above: int
    merged_title: bool
    left: int
    gap: bool
    """A blank row between the title rows and the headings."""
    spacers: frozenset[int]
    totals: bool
    """A row of totals, whose word stands in the column of titles."""
    group: str = ""
    """Said in a cell merged above some headings, the others being two rows high; "" for none."""
    grouped: tuple[str, ...] = ("start", "finish")
    """The columns below it, side by side."""
    notes: frozenset[int] = frozenset()
    """Items beside which, two columns to the right, a note stands."""
    spelled: int = 0
    effort_in_cells: bool = False


@dataclass
class Sheet:
    """Cells by row and column, both from 0, and merged blocks."""

    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    first: int = 0
    """Row of the last row of headings."""


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """Any way of writing the register."""
    one = draw(st.sampled_from(LANGUAGES))
    mixed = draw(st.booleans())
    order = tuple(draw(st.permutations(COLUMNS)))
    first = draw(st.integers(0, len(COLUMNS) - 2))
    grouped = order[first : first + draw(st.integers(2, 4))]
    group = draw(st.sampled_from(("", *_GROUPS, *(_UNKNOWN_GROUPS if _SAFE_BELOW.issuperset(grouped) else ()))))
    many = tuple(draw(st.sampled_from(LANGUAGES)) if mixed else one for _ in COLUMNS)
    return Look(
        items=draw(st.integers(6, 12)),
        order=order,
        languages=many,
        words=tuple(draw(st.integers(0, 60)) for _ in COLUMNS),
        dates=tuple(draw(st.integers(0, len(_DATES) - 1)) for _ in range(2)),
        titles_above=draw(st.integers(0, 3)),
        merged_title=draw(st.booleans()),
        left=draw(st.integers(0, 1)),
        gap=draw(st.booleans()),
        spacers=draw(st.frozensets(st.integers(1, 11), max_size=3)),
        totals=draw(st.booleans()),
        group=group,
        grouped=grouped,
        notes=draw(st.frozensets(st.integers(0, 5), max_size=2)),
        spelled=draw(st.integers(0, 6)),
        effort_in_cells=draw(st.booleans()),
    )


def items(number: int, count: int) -> tuple[Item, ...]:
    """The work items of the register with this number, unlike those of every other."""
    return tuple(_item(number, at) for at in range(count))


def _item(number: int, at: int) -> Item:
    comes_round = at % 3 == 1
    return Item(
        id=f"{chr(65 + number % 26)}{chr(65 + number // 26)}-{at + 1:03d}",
        title=f"{_TITLES[at]}, {_place(number)}",
        owner=_OWNERS[(at + number) % len(_OWNERS)],
        start=dt.date(2026, 1 + at, 3 + 2 * at),
        finish=None if comes_round else dt.date(2027, 12 - at, 25 - at),
        effort=float(8 * (at + 1)),
        cadence=tuple(_CADENCES)[(at // 3) % len(_CADENCES)] if comes_round else "",
        status=_STATUSES[at % len(_STATUSES)],
        department=_place(number),
    )


def _place(number: int) -> str:
    return f"{('Harbour', 'Forest', 'Museum', 'Clinic', 'Depot', 'Library')[number % 6]} {chr(65 + number // 6)}"


def written(look: Look, told: Sequence[Item]) -> Sheet:
    """The sheet that says these items in this way."""
    sheet, row = Sheet(), 0
    width = len(look.order)
    for above in range(look.titles_above):
        sheet.cells[row, look.left] = ("Register of work 2026", "As of October", "For internal use")[above]
        if look.merged_title and above == 0:
            sheet.merges.append((row, look.left, row, look.left + width - 1))
        row += 1
    row += int(look.gap and look.titles_above > 0)
    row += int(bool(look.group))
    sheet.first = row
    _head(sheet, look)
    for number, item in enumerate(told):
        row += 1 + int(number in look.spacers)
        for at, name in enumerate(look.order):
            value = said(look, item, name)
            if value is not None:
                sheet.cells[row, look.left + at] = value
        if number in look.notes:
            sheet.cells[row, look.left + width + 1] = "Ask finance about this one"
    if look.totals:
        sheet.cells[row + 1, look.left + look.order.index("title")] = "Total"
        sheet.cells[row + 1, look.left + look.order.index("effort")] = sum(item.effort for item in told)
    return sheet


def _head(sheet: Sheet, look: Look) -> None:
    """Headings of one row, or of two with a merged cell above some."""
    row = sheet.first
    for column, name in enumerate(look.order, start=look.left):
        paired = name in look.grouped
        sheet.cells[row if paired or not look.group else row - 1, column] = heading(look, name)
        if look.group and not paired:
            sheet.merges.append((row - 1, column, row, column))
    if look.group:
        start = look.left + look.order.index(look.grouped[0])
        sheet.cells[row - 1, start] = look.group
        sheet.merges.append((row - 1, start, row - 1, start + len(look.grouped) - 1))


def heading(look: Look, name: str) -> str:
    """What the column is headed in this way of writing."""
    at = COLUMNS.index(name)
    if name == "effort" and not look.effort_in_cells:
        return _HOURS[look.words[at] % len(_HOURS)]
    words = usual(name, look.languages[at])
    return words[look.words[at] % len(words)]


def said(look: Look, item: Item, name: str) -> object:
    """A cell; None where it is blank."""
    value = getattr(item, name)
    if name in ("start", "finish"):
        return value and _DATES[look.dates[name == "finish"]](value)
    if name == "effort":
        return f"{value:g} h" if look.effort_in_cells else value
    if name == "cadence" and value:
        return _CADENCES[value][look.spelled % len(_CADENCES[value])]
    return value or None


@cache
def usual(name: str, language: str) -> tuple[str, ...]:
    """The headings of a field that mean no other field in any language, and say no unit or period of an effort."""
    means = Counter(word for one in FIELDS for word in {normalise(each) for each in one.synonyms()})
    words = next(one for one in FIELDS if one.id == name).headings[language]
    plain = [word for word in words if means[normalise(word)] == 1 and word not in FALSE_FRIENDS and len(word) > 1]
    return tuple(word for word in plain if name != "effort" or not any(per in word.lower() for per in _PERIODS))


def as_workbook(path: Path, sheet: Sheet) -> Path:
    """The sheet as a workbook."""
    book = Workbook()
    page = book.active
    assert page is not None
    for (row, column), value in sheet.cells.items():
        page.cell(row + 1, column + 1, value)  # type: ignore[arg-type]
    for top, left, bottom, right in sheet.merges:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)
    return path


def as_text(path: Path, sheet: Sheet) -> Path:
    """The sheet as comma-separated text."""
    rows = 1 + max(row for row, _ in sheet.cells)
    columns = 1 + max(column for _, column in sheet.cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerows([_plain(sheet.cells.get((row, at))) for at in range(columns)] for row in range(rows))
    return path


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
