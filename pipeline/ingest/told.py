"""What is told of a table that is read: how its headings were understood, which rows are left out, what was filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import FIELDS
from pipeline.findings import counted, finding, standing_for
from pipeline.ingest.header import Header
from pipeline.ingest.headings import Contest, Match
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.reader import BLANK, Area, RawSheet
from pipeline.ingest.rows import Rows
from pipeline.model import Finding

_SHOWN_REFUSALS = 20
_TITLES = {field.id: field.title for field in FIELDS}


def merged_findings(file: str, sheet: RawSheet, merged: Sequence[tuple[int, int, int]]) -> list[Finding]:
    """One note for all merged blocks that were filled."""
    if not merged:
        return []
    cells = [f"{letters(column)}{first + 1}:{letters(column)}{last + 1}" for column, first, last in merged]
    return [
        finding(
            "R06",
            file=file,
            sheet=sheet.name,
            cell=cells[0],
            ranges=" ".join(cells),
            cells=counted(len(cells), "block of cells is", "blocks of cells are"),
            where=shortened(cells),
        )
    ]


def carried_findings(file: str, sheet: RawSheet, header: Header, carried: Mapping[int, np.ndarray]) -> list[Finding]:
    """One note for each column whose labels were carried down."""
    return [
        finding(
            "R08",
            file=file,
            sheet=sheet.name,
            cell=f"{letters(column)}{rows[0] + 1}",
            ranges=cell_ranges(letters(column), rows + 1),
            heading=header.headings[column] or f"column {letters(column)}",
            cells=counted(len(rows), "blank cell", "blank cells"),
            where=shortened([str(row + 1) for row in rows]),
        )
        for column, rows in carried.items()
    ]


def mapping_findings(
    file: str, sheet: RawSheet, header: Header, chosen: dict[int, Match], contests: list[Contest]
) -> list[Finding]:
    """How the headings were understood: matched closely, read without their group, or lost to another column."""
    row = header.last + 1
    close = [
        finding(
            "R10",
            file=file,
            sheet=sheet.name,
            cell=f"{letters(column)}{row}",
            heading=header.headings[column],
            field=_TITLES[match.field],
            synonym=match.synonym,
        )
        for column, match in sorted(chosen.items())
        if match.certainty <= 0.9
    ]
    lost = [
        finding(
            "R11",
            file=file,
            sheet=sheet.name,
            cell=f"{letters(contest.loser)}{row}",
            heading=header.headings[contest.loser],
            other=header.headings[contest.winner],
            field=_TITLES[contest.field],
            reason=contest.reason,
        )
        for contest in contests
    ]
    return [*close, *lost, *_box_findings(file, sheet, header)]


_WITHOUT = "read without it, as it seems to say nothing of what they mean"
_UNREAD = "not read: are they the item's own, or those of something else"
"""What becomes of headings below a group that may only box them in."""


def _box_findings(file: str, sheet: RawSheet, header: Header) -> list[Finding]:
    """A note for each group above the headings that is left out of them, or might be."""
    return [
        finding(
            "R63",
            file=file,
            sheet=sheet.name,
            cell=f"{letters(box.column)}{box.row + 1}",
            read=box.text,
            headings=shortened([f"'{heading}'" for heading in box.headings]),
            are="is" if len(box.headings) == 1 else "are",
            done=_WITHOUT if box.left_out else _UNREAD,
        )
        for box in header.boxes
        if header.headings[box.column]
    ]


def row_findings(file: str, sheet: RawSheet, rows: Rows) -> list[Finding]:
    """A finding for each refused row, and a note for each sort of row that is left out.

    A row without a name is told at the cell that should hold it, any other at its first filled cell.
    """
    nameless, labels = rows.numbers(rows.nameless), rows.numbers(rows.labels)
    found = [
        *_refusals("R20", file, sheet, nameless, np.full(len(nameless), rows.named_in)),
        *_refusals("R23", file, sheet, labels, _spoken_in(sheet, labels)),
    ]
    for mask, kind in (
        (rows.totals, "totals"),
        (rows.sections, "section titles or notes"),
        (rows.headings, "repeated headings"),
        (rows.examples, "examples, as their titles say"),
    ):
        numbers = rows.numbers(mask)
        if len(numbers):
            where = ("row " if len(numbers) == 1 else "rows ") + shortened([str(number) for number in numbers])
            said = counted(len(numbers), "row is", "rows are")
            place = _first_cells(sheet, numbers)
            found.append(finding("R04", file=file, sheet=sheet.name, **place, rows=said, kind=kind, where=where))
    return [*found, *_doubts(file, sheet, rows)]


def _doubts(file: str, sheet: RawSheet, rows: Rows) -> list[Finding]:
    """One note for all items that may be totals."""
    numbers = rows.numbers(rows.doubtful)
    if not len(numbers):
        return []
    said = counted(len(numbers), "row begins", "rows begin")
    hold, read = "holds" if len(numbers) == 1 else "hold", _row_text(sheet, numbers[0])
    place = _first_cells(sheet, numbers)
    return [finding("R28", file=file, sheet=sheet.name, **place, rows=said, hold=hold, read=read)]


def outside_findings(file: str, sheet: RawSheet, rows: Rows, area: Area | None) -> list[Finding]:
    """Items typed below the end of the Excel Table; they are read like the others."""
    numbers = rows.numbers(rows.items)
    under = numbers[numbers > area.bottom + 1] if area is not None else numbers[:0]
    if area is None or not len(under):
        return []
    place = {"cell": f"{letters(area.left)}{under[0]}", "ranges": cell_ranges(letters(area.left), under)}
    return [finding("R27", file=file, sheet=sheet.name, **place, read=area.name, rows=counted(len(under), "row"))]


def surplus_findings(file: str, sheet: RawSheet, header: Header, rows: Rows) -> list[Finding]:
    """Items of a text file with values to the right of the last heading, where a workbook may hold side notes."""
    first = max(column for column, heading in enumerate(header.headings) if heading) + 1
    if not file.lower().endswith(".csv") or first >= len(sheet.kinds):
        return []
    beyond = np.any([kinds[rows.first :] != BLANK for kinds in sheet.kinds[first:]], axis=0)
    numbers = rows.numbers(rows.items & beyond[: len(rows.items)])
    if not len(numbers):
        return []
    where = ("row " if len(numbers) == 1 else "rows ") + shortened([str(number) for number in numbers])
    place = {"cell": f"{letters(first)}{numbers[0]}", "ranges": cell_ranges(letters(first), numbers)}
    told = counted(len(numbers), "row has", "rows have")
    return [finding("R18", file=file, sheet=sheet.name, **place, rows=told, where=where)]


def odd_findings(file: str, sheet: RawSheet) -> list[Finding]:
    """One warning for each column of a text file with bytes that are not of its encoding."""
    found = []
    for column in sorted({column for _, column in sheet.odd}):
        numbers = np.array([row + 1 for row, at in sheet.odd if at == column])
        cell, read = f"{letters(column)}{numbers[0]}", sheet.texts[column][numbers[0] - 1].as_py()
        one = finding("R19", file=file, sheet=sheet.name, cell=cell, read=read)
        found.append(standing_for(one, cell_ranges(letters(column), numbers), len(numbers)))
    return found


def _refusals(code: str, file: str, sheet: RawSheet, numbers: np.ndarray, columns: np.ndarray) -> list[Finding]:
    """One finding for each of the first refused rows, at its cell in these columns, and one for all that follow."""
    shown = [
        finding(
            code,
            file=file,
            sheet=sheet.name,
            cell=f"{letters(int(column))}{number}",
            rows="The row",
            read=_row_text(sheet, number),
        )
        for number, column in zip(numbers[: _SHOWN_REFUSALS + 1], columns, strict=False)
    ]
    rest, columns = numbers[_SHOWN_REFUSALS:], columns[_SHOWN_REFUSALS:]
    if len(rest):
        shown[-1] = standing_for(shown[-1], _ranges(rest, columns), len(rest))
    return shown


def _first_cells(sheet: RawSheet, numbers: np.ndarray) -> dict[str, str]:
    """The first filled cell of the first of these rows, and those of all."""
    columns = _spoken_in(sheet, numbers)
    return {"cell": f"{letters(int(columns[0]))}{numbers[0]}", "ranges": _ranges(numbers, columns)}


def _ranges(numbers: np.ndarray, columns: np.ndarray) -> str:
    """The cells of these rows, each in its column."""
    return " ".join(cell_ranges(letters(int(at)), numbers[columns == at]) for at in np.unique(columns))


def _spoken_in(sheet: RawSheet, numbers: np.ndarray) -> np.ndarray:
    """The column of the first text of each of these rows."""
    rows = pa.array(numbers - 1)
    filled = [np.asarray(pc.not_equal(pc.utf8_trim_whitespace(texts.take(rows)), "")) for texts in sheet.texts]
    return np.asarray(np.column_stack(filled).argmax(axis=1))


def _row_text(sheet: RawSheet, number: int) -> str:
    return " ".join(filter(None, (texts[number - 1].as_py().strip() for texts in sheet.texts)))


def shortened(parts: Sequence[str], limit: int = 6) -> str:
    """The first few of a list in words: `3, 9, 14 and 5 more`."""
    more = len(parts) - limit
    return ", ".join(parts[:limit]) + (f" and {more} more" if more > 0 else "")
