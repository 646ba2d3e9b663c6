"""Different registers add up; versions of one register do not: the one for the period is used, the others named."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from pipeline.findings import counted, finding
from pipeline.ingest.dates import read_date
from pipeline.ingest.table import Table
from pipeline.ingest.version_names import VersionName, read_name, speaks_of_version
from pipeline.model import Finding, Period

_SAME_HEADINGS, _SAME_ITEMS, _SAME_TITLES, _SAME_TABLE, _SAME_SERIES = 0.8, 0.5, 0.3, 0.95, 0.3
"""Shares from which headings, items, titles of like ids, whole tables, and items of two months count as the same."""
_PEOPLE, _DEPARTMENTS = ("owner", "accountable", "responsible"), ("department", "team")


@dataclass(frozen=True, eq=False)
class _Candidate:
    table: Table
    name: VersionName
    period: Period

    @property
    def place(self) -> tuple[str, str]:
        return self.table.file, self.table.sheet.name

    @property
    def rows(self) -> int:
        return len(self.table.used)

    @property
    def before(self) -> Period | None:
        """The month its name speaks of, where it is none after the period."""
        return self.name.month if self.name.month is not None and self.name.month <= self.period else None

    @property
    def late(self) -> Period | None:
        """The month its name speaks of, where it comes after the period."""
        return self.name.month if self.before is None else None

    @property
    def year(self) -> int:
        """The year up to the period that its name speaks of; 0 where it names none, or a month too."""
        return self.name.year if self.name.month is None and self.name.year <= self.period.year else 0

    @property
    def rank(self) -> tuple[object, ...]:
        """The higher, the better it is for the period; no two tables share one, whatever their order."""
        late = -12 * self.late.year - self.late.month if self.late is not None else 0
        name, (file, sheet) = self.name, self.place
        month = str(self.before or "")
        order = (file, self.rows, sheet, -self.table.number)
        return month, self.year, name.current, late, name.final, name.number, *order

    @cached_property
    def headings(self) -> set[str]:
        """What its columns are called."""
        return {heading.casefold() for heading in self.table.header.headings if heading}

    @cached_property
    def ids(self) -> set[tuple[str, ...]]:
        """Its items' ids."""
        return _keys(self.table, ("id",))

    @cached_property
    def numbered(self) -> bool:
        """Its ids are plain numbers, which every register may begin at 1."""
        return all(id.replace(".", "").isdecimal() for (id,) in self.ids if id)

    @cached_property
    def titles(self) -> set[tuple[str, ...]]:
        """Its items' ids and titles."""
        return _keys(self.table, ("id", "title"))

    @cached_property
    def people(self) -> set[tuple[str, ...]]:
        """Its items' titles, departments and people."""
        return _keys(self.table, ("title", *_DEPARTMENTS, *_PEOPLE))


def choose_versions(tables: Sequence[Table], period: Period) -> tuple[list[Table], list[Finding]]:
    """The tables to use, in the order given, and a finding for each version set aside or of a later month.

    Two tables are versions of one register when they share most headings and at least half of their items; versions
    of one name are so from one to the next, as items come and go. The one named for the period is used; else the
    latest named month before it, else the latest named year; else what is named for no later month; else `final`
    before others, then the highest version number, then the last by name. The order of the tables decides nothing.
    """
    candidates = [_candidate(table, period) for table in tables]
    pairs = [(one, other) for one, other in combinations(range(len(tables)), 2)
             if _is_version(candidates[one], candidates[other])]  # fmt: skip
    chains = _chains(candidates, pairs)
    versions = {*pairs, *((other, one) for one, other in pairs)}
    used: list[int] = []
    better: dict[int, int] = {}
    for one in sorted(range(len(tables)), key=lambda at: candidates[at].rank, reverse=True):
        tied = (best for best in used if (one, best) in versions or chains[one] == chains[best])
        best = next((best for best in tied if candidates[best].place != candidates[one].place), None)
        if best is None:
            used.append(one)
        else:
            better[one] = best
    files = {candidates[one].table.file for one in used}
    told = [_told(candidates[one], candidates[better[one]], files) for one in sorted(better)]
    late = {candidates[one].place: candidates[one] for one in sorted(used) if candidates[one].late is not None}
    return [tables[one] for one in sorted(used)], [*told, *map(_told_late, late.values())]


def _candidate(table: Table, period: Period) -> _Candidate:
    name = read_name(table.file, table.sheet.name, lambda: _last_updated(table) or period)
    return _Candidate(table, name, period)


def _last_updated(table: Table) -> Period | None:
    """The month in which a row was last updated, as its own column says."""
    held = table.column("updated")
    texts = [] if held is None else held[0].unique().to_pylist()
    days = [read.value for text in texts if (read := read_date(text, "", end=False)).sort == "exact" and read.value]
    return Period(max(days).year, max(days).month) if days else None


def _chains(candidates: Sequence[_Candidate], pairs: Sequence[tuple[int, int]]) -> list[int]:
    """A number for each table that tables share which are versions of one name, each of the next.

    Only a name ties what has no items in common: a list of everything would tie the registers it was copied from.
    """
    chains = list(range(len(candidates)))
    for one, other in pairs:
        if chains[one] != chains[other] and candidates[one].name.bare == candidates[other].name.bare:
            chains = [chains[one] if chain == chains[other] else chain for chain in chains]
    return chains


def _is_version(one: _Candidate, other: _Candidate) -> bool:
    """The same headings and the same items; on two sheets of one file, also a name that speaks of a version.

    Tables on one sheet are parts of it, whatever they repeat. Of sheets or files that are named by months a
    smaller part need be the same: items come and go. Where the names are not versions of one name, one row is too
    little to tell by, and items of other people or departments throughout are other items.
    """
    if one.place == other.place:
        return False
    first, second = one.headings, other.headings
    if len(first & second) < _SAME_HEADINGS * max(len(first), len(second)):
        return False
    if one.name.bare != other.name.bare and (min(one.rows, other.rows) == 1 or _are_others(one, other)):
        return False
    shared = _shared(one, other)
    months = one.name.month, other.name.month
    enough = _SAME_SERIES if None not in months and months[0] != months[1] else _SAME_ITEMS
    if one.table.file == other.table.file and shared < _SAME_TABLE:
        return shared >= enough and any(speaks_of_version(each.table.sheet.name) for each in (one, other))
    return shared >= enough


def _are_others(one: _Candidate, other: _Candidate) -> bool:
    """None of the items they share has the same people in both, or none the same department."""
    both = [field for field in ("id", "title") if field in one.table.fields and field in other.table.fields]
    for fields in (_PEOPLE, _DEPARTMENTS):
        held = [field for field in fields if _holds(one.table, field) and _holds(other.table, field)]
        keys = [(*both, field) for field in held]
        if held and not any(_keys(one.table, key) & _keys(other.table, key) for key in keys):
            return True
    return False


def _holds(table: Table, field: str) -> bool:
    held = table.column(field)
    return held is not None and any(held[0].unique().to_pylist())


def _shared(one: _Candidate, other: _Candidate) -> float:
    """The share of the shorter table's items that the other has too: by id and title, else by title and people."""
    if "id" not in one.table.fields or "id" not in other.table.fields:
        return _overlap(one.people, other.people)
    same = _overlap(one.titles, other.titles)
    # Titles are reworded from month to month; ids alone say it where at least some titles stayed, and plain numbers
    # only in versions of one name.
    telling = one.name.bare == other.name.bare or not (one.numbered and other.numbered)
    return _overlap(one.ids, other.ids) if _SAME_TITLES <= same < _SAME_ITEMS and telling else same


def _overlap(first: set[tuple[str, ...]], second: set[tuple[str, ...]]) -> float:
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0


def _keys(table: Table, fields: tuple[str, ...]) -> set[tuple[str, ...]]:
    columns = [held[0].to_pylist() for field in fields if (held := table.column(field)) is not None]
    return set(zip(*columns, strict=True)) if columns else set()


def _told(one: _Candidate, best: _Candidate, files: Set[str]) -> Finding:
    """One table set aside for the best; of `files` other tables are used."""
    return finding(
        "R03",
        file=one.table.file,
        sheet=one.table.sheet.name,
        chosen=", ".join(best.place),
        reason=_reason(one, best),
        rows=counted(one.rows, "row"),
        whole="sheet from its file" if one.table.file in files else "file from the input folder",
    )


def _reason(one: _Candidate, best: _Candidate) -> str:
    """Why the best is before the other: the first of what ranks them that differs."""
    period = best.period
    if best.before != one.before:
        exact = best.before == period
        return f"it is named for {period}" if exact else f"its month, {best.before}, is the latest up to {period}"
    both = f"both are named for {best.before}, and " if best.before else ""
    if best.year != one.year:
        return f"its year, {best.year}, is the latest up to {period}"
    if best.name.current != one.name.current:
        return f"{both}the other is called old, a copy or a draft"
    if best.late is None and one.late is not None:
        return f"the other is named for {one.late}, after {period}"
    if best.late != one.late:
        return f"both are named for months after {period}, and its month, {best.late}, is the nearer"
    if best.name.final != one.name.final:
        return f"{both}it is called final"
    if best.name.number != one.name.number:
        return f"{both}it has the higher version number"
    if best.table.file != one.table.file:
        return f"{both}its file comes last by name"
    return f"{both}it has more rows" if best.rows != one.rows else f"{both}its sheet comes last by name"


def _told_late(one: _Candidate) -> Finding:
    file, sheet = one.place
    return finding("R29", file=file, sheet=sheet, month=one.late, period=one.period)
