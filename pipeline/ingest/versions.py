"""Different registers add up; versions of one register do not: the one for the period is used, the others named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.findings import counted, finding
from pipeline.ingest.dates import MONTHS
from pipeline.ingest.table import Table
from pipeline.model import Finding, Period

_SAME_HEADINGS, _SAME_ITEMS, _SAME_TITLES, _SAME_TABLE = 0.8, 0.5, 0.3, 0.95
"""Shares from which headings, items, titles of like ids, and whole tables count as the same."""
_PEOPLE = ("owner", "accountable", "responsible")
_YEAR_MONTH = re.compile(r"(20\d{2})[-_. ]?(0[1-9]|1[0-2])(?!\d)")
_MONTH_NAME = re.compile(r"([a-zäöüéû]{3,})[-_. ]*(20\d{2}|\d{2})?(?![\d])", re.I)
_FINAL = re.compile(r"final|endgültig|définitif|definitiv", re.I)
_OUTDATED = re.compile(
    r"\b(?:old|alt|copy|kopie|copie|copia|cópia|backup|bak|archived?|archiv|draft|entwurf|brouillon|borrador|rascunho|bozza|previous|vorher|ancien|viejo|antigo|vecchio|oud)\b",
    re.I,
)
_VERSION = re.compile(r"(?:\bv|version|rev|\()\s*(\d{1,3})", re.I)


@dataclass(frozen=True)
class _Candidate:
    table: Table
    month: Period | None
    current: bool
    """Not called old, a copy or a draft."""
    final: bool
    version: int
    position: int
    """Place among the tables: the later file by name, the earlier sheet in a file."""

    @property
    def where(self) -> str:
        return f"{self.table.file}, {self.table.sheet.name}"


def choose_versions(tables: Sequence[Table], period: Period) -> tuple[list[Table], list[Finding]]:
    """The tables to use, in the order given, and a finding for each version set aside.

    Two tables are versions of one register when they share most headings and at least half of their items. The
    one named for the period is used; else the latest named month before it; else `final` before others, then the
    highest version number, then the last by name.
    """
    groups: list[list[_Candidate]] = []
    for position, table in enumerate(tables):
        candidate = _candidate(table, period, position)
        group = next((group for group in groups if _is_version(group[0].table, table)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    chosen = {id(max(group, key=lambda one: _rank(one, period)).table) for group in groups}
    aside = [_told(one, group, period) for group in groups for one in group if id(one.table) not in chosen]
    return [table for table in tables if id(table) in chosen], aside


def _candidate(table: Table, period: Period, position: int) -> _Candidate:
    text = f"{table.file.rsplit('.', 1)[0]} {table.sheet.name}"
    version = _VERSION.search(text)
    return _Candidate(
        table,
        month=_named_month(text, period),
        current=not _OUTDATED.search(text),
        final=bool(_FINAL.search(text)),
        version=int(version[1]) if version else 0,
        position=position,
    )


def _month_words(text: str) -> list[tuple[str, str]]:
    return [(word, year) for word, year in _MONTH_NAME.findall(text) if word.casefold() in MONTHS]


def _names_a_month(text: str) -> bool:
    return bool(_YEAR_MONTH.search(text) or _month_words(text))


def _named_month(text: str, period: Period) -> Period | None:
    """The month a file or sheet name speaks of; a month without a year is the latest one up to the period."""
    match = _YEAR_MONTH.search(text)
    if match:
        return Period(int(match[1]), int(match[2]))
    for word, year in _month_words(text):
        month = MONTHS[word.casefold()]
        named = int(year) + (2000 if len(year) == 2 else 0) if year else period.year - (month > period.month)
        return Period(named, month)
    return None


def _is_version(one: Table, other: Table) -> bool:
    """The same headings and the same items; on two sheets of one file, also a name that speaks of a version.

    Tables on one sheet are parts of it, whatever they repeat.
    """
    if (one.file, one.sheet.name) == (other.file, other.sheet.name):
        return False
    first, second = _headings(one), _headings(other)
    if len(first & second) < _SAME_HEADINGS * max(len(first), len(second)):
        return False
    shared = _shared(one, other)
    if one.file == other.file and shared < _SAME_TABLE:
        return shared >= _SAME_ITEMS and any(_speaks_of_version(table.sheet.name) for table in (one, other))
    return shared >= _SAME_ITEMS


def _speaks_of_version(name: str) -> bool:
    return bool(_OUTDATED.search(name) or _FINAL.search(name) or _VERSION.search(name) or _names_a_month(name))


def _shared(one: Table, other: Table) -> float:
    """The share of the shorter table's items that the other has too: by id and title, else by title and people."""
    numbered = "id" in one.fields and "id" in other.fields
    fields = ("id", "title") if numbered else ("title", "department", "team", *_PEOPLE)
    first, second = _keys(one, fields), _keys(other, fields)
    shorter = min(len(first), len(second))
    same = len(first & second) / shorter if shorter else 0.0
    if not numbered or same >= _SAME_ITEMS:
        return same
    # Titles are reworded from month to month; ids alone say it where at least some titles stayed.
    ids, others = _keys(one, ("id",)), _keys(other, ("id",))
    return len(ids & others) / min(len(ids), len(others)) if same >= _SAME_TITLES else same


def _keys(table: Table, fields: tuple[str, ...]) -> set[tuple[str, ...]]:
    columns = [held[0].to_pylist() for field in fields if (held := table.column(field)) is not None]
    return set(zip(*columns, strict=True)) if columns else set()


def _headings(table: Table) -> set[str]:
    return {heading.casefold() for heading in table.header.headings if heading}


def _rank(one: _Candidate, period: Period) -> tuple[bool, bool, str, bool, bool, int, str, int]:
    exact = one.month == period
    before = one.month is not None and one.month <= period
    return (
        exact,
        before,
        str(one.month) if before else "",
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
