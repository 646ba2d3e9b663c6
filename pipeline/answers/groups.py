"""Findings as people read them: those of one kind in one column together, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.answers.text import shortened, wrapped
from pipeline.findings import FINDINGS, counted
from pipeline.model import LEVELS, Finding

_TITLES = {kind.code: kind.title for kind in FINDINGS}
_OF_A_COLUMN = ("R3", "R4", "R50", "R53", "R54")
"""Codes that say something of one column's cells; others stand in a column only because a row must begin somewhere."""
_EACH_ITS_OWN = frozenset({"R04"})
"""Codes whose findings each stand for rows of another sort, such as totals and section titles."""
_OF_COPIES = ("R16", "R17")
"""Codes that say something of the copies that are marked and nothing of the data."""
_PLACES = 3
"""Places that are named of a group; the rest is counted."""


@dataclass(frozen=True)
class Group:
    """Findings of one kind in one column of one sheet."""

    findings: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """How many problems it holds; a finding may stand for several."""
        return sum(one.count for one in self.findings)

    @property
    def sample(self) -> Finding:
        """The one that is told in full: the first that speaks of one cell alone."""
        return next((one for one in self.findings if one.count == 1), self.findings[0])


def grouped(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """The findings in groups, the gravest level first, else in the order in which they were found."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        sort = one.problem if one.code in _EACH_ITS_OWN else one.heading
        groups.setdefault((-LEVELS.index(one.level), one.code, one.file, one.sheet, sort), []).append(one)
    ranked = sorted(groups.items(), key=lambda group: (group[0][0], group[0][1]))
    return tuple(Group(tuple(members)) for _, members in ranked)


def group_lines(findings: Sequence[Finding], files: int) -> Iterator[str]:
    """Each group with its count, its first places, an example, and what to do; of several files each is named."""
    if not findings:
        yield "No findings."
        return
    yield from wrapped(_total(findings), "", "  ")
    for group in grouped(findings):
        yield from _lines(group, files)


def _total(findings: Sequence[Finding]) -> str:
    """How many there are as every list of findings counts them: one that stands for many cells is one."""
    of_copies = [one for one in findings if one.code in _OF_COPIES]
    of_data = [one for one in findings if one.code not in _OF_COPIES]
    levels = {level: sum(one.level == level for one in of_data) for level in reversed(LEVELS)}
    found = ", ".join(counted(total, level) for level, total in levels.items() if total) or "nothing"
    stands = sum(one.count for one in of_data)
    cells = f", for {counted(stands, 'place')}" if stands > len(of_data) else ""
    copies = f", and {counted(len(of_copies), 'note')} on the marked copies" if of_copies else ""
    return f"Found in reading: {found}{cells}{copies}. `pipeline run` adds what judging and adding up find."


def _lines(group: Group, files: int) -> Iterator[str]:
    one = group.sample
    column = f" in '{shortened(one.heading, 30)}'" if one.heading and one.code.startswith(_OF_A_COLUMN) else ""
    where = _places(group, files)
    many = f" {group.count:,} times" if group.count > 1 else ""
    head = f"{_TITLES[one.code]}{column}{many}{': ' if where else ''}{where}{_again(group)}"
    yield ""
    yield from wrapped(head, f"{one.level:7}  {one.code}  ", " " * 14)
    such = "such as: " if len(group.findings) > 1 else ""
    yield from wrapped(f"{such}{one.problem} {one.assumed}", " " * 14, " " * 14)
    yield from wrapped(f"-> {one.remedy}", " " * 14, " " * 17)


def _places(group: Group, files: int) -> str:
    """`Register!F5, F6, F7 and 34 more`."""
    one = group.findings[0]
    cells = [cell.ranges or cell.cell for cell in group.findings if cell.cell]
    named = sum(cell.count for cell in group.findings[:_PLACES])
    more = f" and {group.count - named:,} more" if cells and group.count > named else ""
    spot = "!".join(part for part in (one.sheet, shortened(", ".join(cells[:_PLACES]), 60)) if part)
    return ", ".join(part for part in (one.file if files > 1 else "", spot) if part) + more


def _again(group: Group) -> str:
    """Whether the period before had them too."""
    again = sum(one.count for one in group.findings if one.repeat)
    if not again:
        return ""
    return " (as in the period before)" if again == group.count else f" ({again:,} of them in the period before, too)"
