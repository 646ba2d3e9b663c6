"""Different registers add up; versions of one register do not: the one for the period is used, the others named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.findings import counted, finding
from pipeline.ingest.date_words import MONTHS
from pipeline.ingest.table import Table
from pipeline.model import Finding, Period

_SAME_HEADINGS, _SAME_ITEMS, _SAME_TITLES, _SAME_TABLE, _SAME_SERIES = 0.8, 0.5, 0.3, 0.95, 0.3
"""Shares from which headings, items, titles of like ids, whole tables, and items of two months count as the same."""
_PEOPLE = ("owner", "accountable", "responsible")
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d{2})[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[-_. ](20\d{2})(?!\d)")
_MONTH_NAME = re.compile(r"([a-zäöüéû]{3,})[-_. ]*(20\d{2}|\d{2})?(?![\d])", re.I)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_FINAL = re.compile(r"final|endgültig|définitif|definitiv", re.I)
_OUTDATED = re.compile(
    r"\b(?:old|alt|copy|kopie|copie|copia|cópia|backup|bak|archived?|archiv|draft|entwurf|brouillon|borrador|rascunho|bozza|previous|vorher|ancien|viejo|antigo|vecchio|oud)\b",
    re.I,
)
_VERSION = re.compile(r"(?:\bv|version|rev|\()\s*(\d{1,3})(?:\.(\d{1,3}))?", re.I)


@dataclass(frozen=True, eq=False)
class _Candidate:
    table: Table
    month: Period | None
    year: int
    """The year a name speaks of; 0 where it names none."""
    current: bool
    """Not called old, a copy or a draft."""
    final: bool
    version: tuple[int, int]
    position: int
    """Place among the tables: the later file by name, the earlier sheet in a file."""

    @property
    def where(self) -> str:
        return f"{self.table.file}, {self.table.sheet.name}"

    @cached_property
    def headings(self) -> set[str]:
        """What its columns are called."""
        return {heading.casefold() for heading in self.table.header.headings if heading}

    @cached_property
    def ids(self) -> set[tuple[str, ...]]:
        """Its items' ids."""
        return _keys(self.table, ("id",))

    @cached_property
    def titles(self) -> set[tuple[str, ...]]:
        """Its items' ids and titles."""
        return _keys(self.table, ("id", "title"))

    @cached_property
    def people(self) -> set[tuple[str, ...]]:
        """Its items' titles, departments and people."""
        return _keys(self.table, ("title", "department", "team", *_PEOPLE))


def choose_versions(tables: Sequence[Table], period: Period) -> tuple[list[Table], list[Finding]]:
    """The tables to use, in the order given, and a finding for each version set aside.

    Two tables are versions of one register when they share most headings and at least half of their items. The
    one named for the period is used; else the latest named month before it, else the latest named year; else
    `final` before others, then the highest version number, then the last by name.
    """
    groups: list[list[_Candidate]] = []
    for position, table in enumerate(tables):
        candidate = _candidate(table, period, position)
        group = next((group for group in groups if any(_is_version(one, candidate) for one in group)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    chosen = {id(max(group, key=lambda one: _rank(one, period)).table) for group in groups}
    aside = [_told(one, group, period) for group in groups for one in group if id(one.table) not in chosen]
    return [table for table in tables if id(table) in chosen], aside


def _candidate(table: Table, period: Period, position: int) -> _Candidate:
    file, sheet = table.file.rsplit(".", 1)[0].replace("_", " "), table.sheet.name.replace("_", " ")
    version = _VERSION.search(f"{file} {sheet}")
    year = _YEAR.search(sheet) or _YEAR.search(file)
    return _Candidate(
        table,
        month=_named_month(sheet, period, year) or _named_month(file, period, year),
        year=int(year[1]) if year else 0,
        current=not _OUTDATED.search(f"{file} {sheet}"),
        final=bool(_FINAL.search(f"{file} {sheet}")),
        version=(int(version[1]), int(version[2] or 0)) if version else (0, 0),
        position=position,
    )


def _month_words(text: str) -> list[tuple[str, str]]:
    return [(word, year) for word, year in _MONTH_NAME.findall(text) if word.casefold() in MONTHS]


def _names_a_month(text: str) -> bool:
    return bool(_YEAR_MONTH.search(text) or _MONTH_YEAR.search(text) or _month_words(text))


def _named_month(text: str, period: Period, year: re.Match[str] | None) -> Period | None:
    """The month a file or sheet name speaks of.

    A month without a year is of the year that file or sheet names, else the latest one up to the period.
    """
    if match := _YEAR_MONTH.search(text):
        return Period(int(match[1]), int(match[2]))
    if match := _MONTH_YEAR.search(text):
        return Period(int(match[2]), int(match[1]))
    for word, own_year in _month_words(text):
        month = MONTHS[word.casefold()]
        if own_year:
            return Period(int(own_year) + (2000 if len(own_year) == 2 else 0), month)
        return Period(int(year[1]) if year else period.year - (month > period.month), month)
    return None


def _is_version(one: _Candidate, other: _Candidate) -> bool:
    """The same headings and the same items; on two sheets of one file, also a name that speaks of a version.

    Tables on one sheet are parts of it, whatever they repeat. Of sheets or files that are named by months a
    smaller part need be the same: items come and go.
    """
    file, sheet = one.table.file, one.table.sheet.name
    if (file, sheet) == (other.table.file, other.table.sheet.name):
        return False
    first, second = one.headings, other.headings
    if len(first & second) < _SAME_HEADINGS * max(len(first), len(second)):
        return False
    shared = _shared(one, other)
    series = one.month is not None and other.month is not None and one.month != other.month
    enough = _SAME_SERIES if series else _SAME_ITEMS
    if file == other.table.file and shared < _SAME_TABLE:
        return shared >= enough and any(_speaks_of_version(name) for name in (sheet, other.table.sheet.name))
    return shared >= enough


def _speaks_of_version(name: str) -> bool:
    return bool(_OUTDATED.search(name) or _FINAL.search(name) or _VERSION.search(name) or _names_a_month(name))


def _shared(one: _Candidate, other: _Candidate) -> float:
    """The share of the shorter table's items that the other has too: by id and title, else by title and people."""
    numbered = "id" in one.table.fields and "id" in other.table.fields
    same = _overlap(one.titles, other.titles) if numbered else _overlap(one.people, other.people)
    if not numbered or same >= _SAME_ITEMS:
        return same
    # Titles are reworded from month to month; ids alone say it where at least some titles stayed.
    return _overlap(one.ids, other.ids) if same >= _SAME_TITLES else same


def _overlap(first: set[tuple[str, ...]], second: set[tuple[str, ...]]) -> float:
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0


def _keys(table: Table, fields: tuple[str, ...]) -> set[tuple[str, ...]]:
    columns = [held[0].to_pylist() for field in fields if (held := table.column(field)) is not None]
    return set(zip(*columns, strict=True)) if columns else set()


def _rank(one: _Candidate, period: Period) -> tuple[bool, bool, str, int, bool, bool, tuple[int, int], str, int]:
    exact = one.month == period
    before = one.month is not None and one.month <= period
    return (
        exact,
        before,
        str(one.month) if before else "",
        one.year if one.year <= period.year else 0,
        one.current,
        one.final,
        one.version,
        one.table.file,
        -one.position,
    )


def _told(one: _Candidate, group: Sequence[_Candidate], period: Period) -> Finding:
    best = max(group, key=lambda other: _rank(other, period))
    if best.month == period:
        reason = f"it is named for {period}"
    elif best.month is not None and best.month != one.month:
        reason = f"its month, {best.month}, is the latest up to {period}"
    elif best.year != one.year and 0 < best.year <= period.year:
        reason = f"its year, {best.year}, is the latest up to {period}"
    elif best.current and not one.current:
        reason = "the other is called old, a copy or a draft"
    elif best.final and not one.final:
        reason = "it is called final"
    elif best.version > one.version:
        reason = "it has the higher version number"
    elif best.table.file == one.table.file:
        reason = "its sheet comes first in the file"
    else:
        reason = "its file comes last by name"
    return finding(
        "R03",
        file=one.table.file,
        sheet=one.table.sheet.name,
        chosen=best.where,
        reason=reason,
        rows=counted(len(one.table.used), "row"),
    )
