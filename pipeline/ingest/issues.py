"""Findings of one file -> the lines of its Issues sheet, and the cells to mark with their notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.findings import counted
from pipeline.marker.request import Issue, Mark
from pipeline.model import LEVELS, FileReading, Finding

_OF_ROWS = frozenset({"R04", "R05", "R20", "R23"})
"""Findings about whole rows, whatever their column is headed."""
_HIDDEN = "R05"
"""Its place is column A; its mark goes on the item's name."""


def issues_of(reading: FileReading, findings: Sequence[Finding]) -> list[Issue]:
    """The lines, the gravest first, then as the workbook goes; what concerns no cell comes last of its level."""
    sheets = [sheet.sheet for sheet in reading.sheets]

    def place(one: Finding) -> tuple[int, bool, int, int, str]:
        known = sheets.index(one.sheet) if one.sheet in sheets else len(sheets)
        return -LEVELS.index(one.level), not one.sheet, known, _first_row(one.cell), one.cell

    titles = _titles(reading)
    return [_issue(one, titles.get(one.sheet, "")) for one in sorted(findings, key=place)]


def marks_of(reading: FileReading, findings: Sequence[Finding]) -> list[Mark]:
    """Every cell that a finding names."""
    titles = _titles(reading)
    return [
        Mark(one.sheet, _ranges(one, titles.get(one.sheet, "")), one.level, _note(one))
        for one in findings
        if one.file == reading.name and one.cell
    ]


def summary_of(reading: FileReading, findings: Sequence[Finding]) -> str:
    """One line: `118 of 124 rows usable; 3 errors, 14 warnings, 9 notes; 11 repeated from the period before`."""
    held, used = sum(sheet.rows_in for sheet in reading.sheets), sum(sheet.rows_used for sheet in reading.sheets)
    counts = [counted(sum(one.level == level for one in findings), level) for level in reversed(LEVELS)]
    again = sum(one.repeat for one in findings)
    parts = [f"{used:,} of {counted(held, 'row')} usable", ", ".join(counts)]
    return "; ".join([*parts, f"{again:,} repeated from the period before"] if again else parts) + "."


def _issue(one: Finding, title: str) -> Issue:
    where = re.split(r"[ :]", _ranges(one, title))[0] or ("A1" if one.sheet else "")
    more = f"+{one.count - 1}" if one.count > 1 else ""
    heading = "" if one.code in _OF_ROWS else one.heading
    return Issue(
        one.level, one.sheet, where, more, one.id, one.title, heading, one.problem or one.message, one.assumed,
        one.remedy, one.repeat, one.code,
    )  # fmt: skip


def _titles(reading: FileReading) -> dict[str, str]:
    """Sheet -> the letter of the column that names the items."""
    return {sheet.sheet: sheet.columns.get("title", "") for sheet in reading.sheets}


def _ranges(one: Finding, title: str) -> str:
    ranges = one.ranges or one.cell
    return re.sub(r"\bA(?=\d)", title, ranges) if title and one.code == _HIDDEN else ranges


def _note(one: Finding) -> str:
    said = " ".join(part for part in (one.problem or one.message, one.assumed) if part)
    told = " Told before." if one.repeat else ""
    advice = f"\nTo do: {one.remedy}" if one.remedy else ""
    return f"{one.level.capitalize()}: {said}{advice} ({one.code}){told}"


def _first_row(cell: str) -> int:
    digits = re.search(r"\d+", cell)
    return int(digits[0]) if digits else 0
