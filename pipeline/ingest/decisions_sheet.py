"""A report dropped back into the input folder -> the decisions people wrote on its Review sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from pipeline.decisions import bare, is_day
from pipeline.findings import counted, finding
from pipeline.ingest.headings import normalise
from pipeline.ingest.reader import RawFile, RawSheet
from pipeline.model import DECIDED_KINDS, DecidedKind, Decision, Finding

_SIGNATURES = (
    ("id", "title", "decision", "who", "why", "until", "file", "sheet", "row"),
    ("id", "title", "department", "decision", "who", "when", "why", "until", "source"),
)
"""Headings that only a Review sheet of ours and a file of decisions have together."""
_VERDICTS = (("id", "title", "kind", "decided by", "reasons", "file", "sheet", "row"),)
"""Headings that only a list of our own verdicts has together: a report without its Review sheet, `classify --csv`."""
_SEARCHED_ROWS = 20


@dataclass(frozen=True)
class Decided:
    """What a report says was decided, and what of it could not be understood."""

    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]


def read_report(name: str, raw: RawFile) -> Decided | None:
    """The decisions in a file that is a report of ours, or None where it is none and may be a register."""
    for sheet in raw.sheets:
        header, columns = _header(sheet, _SIGNATURES)
        if columns:
            decisions, found = _read(name, sheet, header, columns)
            return Decided(tuple(decisions), (_counted(name, sheet, len(decisions)), *found))
    listing = next((sheet for sheet in raw.sheets if _header(sheet, _VERDICTS)[1]), None)
    return None if listing is None else Decided((), (_counted(name, listing, 0),))


def _counted(name: str, sheet: RawSheet, decisions: int) -> Finding:
    count = counted(decisions, "decision is read", "decisions are read")
    return finding("D01", file=name, sheet=sheet.name, decisions=count)


def _header(sheet: RawSheet, signatures: tuple[tuple[str, ...], ...]) -> tuple[int, Mapping[str, int]]:
    """The 0-based row of headings that are all of a signature, and the column of each; no columns where none is."""
    for at, row in enumerate(sheet.preview(_SEARCHED_ROWS)):
        columns = {normalise(cell): column for column, cell in reversed(list(enumerate(row))) if cell.strip()}
        if any(set(signature) <= set(columns) for signature in signatures):
            return at, columns
    return 0, {}


def _read(name: str, sheet: RawSheet, header: int, columns: Mapping[str, int]) -> tuple[list[Decision], list[Finding]]:
    """Every row whose decision is filled in; only those few rows are looked at one by one."""
    filled = np.asarray(pc.not_equal(pc.utf8_trim_whitespace(sheet.texts[columns["decision"]]), ""))
    decisions, found = [], []
    for row in (np.flatnonzero(filled[header + 1 :]) + header + 1).tolist():
        cells = {heading: sheet.texts[column][row].as_py().strip() for heading, column in columns.items()}
        if "source" in columns:
            cells = {heading: bare(text) for heading, text in cells.items()}
        kind, until = cells["decision"].casefold(), _day(cells.get("until", ""))
        if kind not in DECIDED_KINDS:
            found.append(_told("D02", name, sheet, row, columns["decision"], cells["decision"]))
        elif until is None:
            found.append(_told("D03", name, sheet, row, columns["until"], cells["until"]))
        else:
            where = f"{name}, {sheet.name}!{_cell(row, columns['decision'])}"
            decisions.append(_decision(cells, kind, until, where))
    return decisions, found


def _decision(cells: Mapping[str, str], kind: DecidedKind, until: str, where: str) -> Decision:
    return Decision(
        id=cells["id"],
        title=cells["title"],
        department=cells.get("department", ""),
        kind=kind,
        who=cells["who"],
        when=_day(cells.get("when", "")) or "",
        why=cells["why"],
        until=until,
        source=cells.get("source", where),
    )


def _day(text: str) -> str | None:
    """A day as YYYY-MM-DD, "" where none is written, None where what is written is none."""
    first = re.split(r"[ T]", text)[0]
    return first if not first or is_day(first) else None


def _cell(row: int, column: int) -> str:
    from pipeline.ingest.ranges import letters

    return f"{letters(column)}{row + 1}"


def _told(code: str, name: str, sheet: RawSheet, row: int, column: int, read: str) -> Finding:
    return finding(code, file=name, sheet=sheet.name, cell=_cell(row, column), read=read)
