"""Different registers add up; versions of one register do not: the one for the period is used, the others named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from pipeline.findings import finding
from pipeline.ingest.dates import MONTHS
from pipeline.ingest.table import Table
from pipeline.model import Finding, Period

_SAME_HEADINGS, _SAME_ITEMS = 0.8, 0.5
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


def _named_month(text: str, period: Period) -> Period | None:
    """The month a file or sheet name speaks of; a month without a year is the latest one up to the period."""
    match = _YEAR_MONTH.search(text)
    if match:
        return Period(int(match[1]), int(match[2]))
    for word, year in _MONTH_NAME.findall(text):
        month = MONTHS.get(word.casefold())
        if month:
            named = int(year) + (2000 if len(year) == 2 else 0) if year else period.year - (month > period.month)
            return Period(named, month)
    return None


def _is_version(one: Table, other: Table) -> bool:
    first, second = _headings(one), _headings(other)
    if len(first & second) < _SAME_HEADINGS * max(len(first), len(second)):
        return False
    field = "id" if "id" in one.fields and "id" in other.fields else "title"
    a, b = one.column(field), other.column(field)
    if a is None or b is None:
        return False
    ids, others = pc.unique(a[0]), pc.unique(b[0])
    smaller = min(len(ids), len(others))
    shared = pc.sum(pc.is_in(ids, others)).as_py() or 0
    return smaller > 0 and shared >= _SAME_ITEMS * smaller and _same_titles(one, other, field)


def _same_titles(one: Table, other: Table, field: str) -> bool:
    """Registers that merely both number from 1 share ids and not titles."""
    a, b = one.column("title"), other.column("title")
    if field == "title" or a is None or b is None:
        return True
    titles, others = pc.unique(a[0]), pc.unique(b[0])
    return (pc.sum(pc.is_in(titles, others)).as_py() or 0) >= 0.4 * min(len(titles), len(others))


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
    return finding("R03", file=one.table.file, sheet=one.table.sheet.name, chosen=best.where, reason=reason)
