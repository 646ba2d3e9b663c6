"""One sheet -> its tables of work: the main one, further ones, and what of it is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.findings import counted, finding
from pipeline.ingest.blocks import Block, blocks
from pipeline.ingest.header import find_header, recognised
from pipeline.ingest.headings import Headings
from pipeline.ingest.left_over import MOST_COLUMNS, columns_beyond, left_over
from pipeline.ingest.matrix import matrix_findings
from pipeline.ingest.natures import natures
from pipeline.ingest.ranges import letters
from pipeline.ingest.reader import RawSheet
from pipeline.ingest.regions import first_columns
from pipeline.ingest.shapes import TURNED, why_no_sheet, why_no_table
from pipeline.ingest.table import STRONG, Table, read_table
from pipeline.model import Finding, SheetReading


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a sheet holds: its tables of work, the main one first, or why it is passed over."""

    name: str
    tables: tuple[Table, ...] = ()
    reason: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def strength(self) -> int:
        """How sure it is a register of work."""
        return max((table.strength for table in self.tables), default=0)


def read_sheet(file: str, sheet: RawSheet, known: Headings) -> Sheet:
    """The tables of work on a sheet.

    The strongest is the main one; each further table is told by a finding, whether it is read or passed over.
    """
    beyond = columns_beyond(file, sheet)
    sheet = first_columns(sheet, MOST_COLUMNS) if beyond else sheet
    header = find_header(sheet, known)
    reason = why_no_sheet(sheet, header, known)
    if reason:
        told = [finding("R09", file=file, sheet=sheet.name, cell="A1")] if reason == TURNED else []
        return Sheet(sheet.name, reason=reason, findings=(*told, *beyond))
    found = [(block, _read(file, block, known)) for block in blocks(sheet, header, known)]
    tables = [made for _, made in found if isinstance(made, Table)]
    if not tables:
        reason = str(found[0][1]) if found else "no row of headings over work items was found"
        return Sheet(sheet.name, reason=reason, findings=tuple(beyond))
    main = max(tables, key=lambda table: table.strength)
    further = [table for table in tables if table is not main and _is_work(table, main)]
    told = [
        _further(file, block, made, any(made is one for one in further))
        for block, made in found
        if made is not main and _counts(block, known)
    ]
    numbered = tuple(replace(table, number=at) for at, table in enumerate([main, *further]))
    told += [note for table in numbered for note in (*natures(table), *matrix_findings(table))]
    told_of = [block for block, made in found if made is main or _counts(block, known)]
    told += [*beyond, *left_over(file, sheet, told_of, [main, *further])]
    return Sheet(sheet.name, numbered, findings=(*told, *_hidden(file, sheet)))


def _read(file: str, block: Block, known: Headings) -> Table | str:
    reason = why_no_table(block.sheet, block.header, known)
    return reason or read_table(file, block.sheet, block.header, known, block.area)


def _is_work(table: Table, main: Table) -> bool:
    """A further table holds work where it has a name column and something only work has, or the main one's headings."""
    again = {heading.casefold() for heading in table.header.headings if heading}
    same = again <= {heading.casefold() for heading in main.header.headings}
    return len(table.used) > 0 and (table.strength >= STRONG or same)


def _counts(block: Block, known: Headings) -> bool:
    """Worth a word: a table with a heading we know, and no title or note."""
    heads = [heading for heading in block.header.headings if heading]
    return block.area is not None or (len(heads) >= 2 and sum(recognised(heads, known)) >= 1)


def _further(file: str, block: Block, made: Table | str, is_read: bool) -> Finding:
    at, heading = next((at, heading) for at, heading in enumerate(block.header.headings) if heading)
    if is_read and isinstance(made, Table):
        what = f"it is read as well, {counted(len(made.used), 'row')}"
    else:
        what = "it is passed over: " + (made if isinstance(made, str) else "it does not look like a table of work")
    cell = f"{letters(at)}{block.header.last + 1}"
    return finding("R07", file=file, sheet=block.sheet.name, cell=cell, read=heading, what=what)


def _hidden(file: str, sheet: RawSheet) -> list[Finding]:
    """One note for all that is hidden on a sheet and read all the same."""
    columns = [column for column in sheet.hidden_columns if column < len(sheet.texts)]
    parts = [counted(len(sheet.hidden_rows), "row")] if sheet.hidden_rows else []
    parts += [counted(len(columns), "column")] if columns else []
    if not parts and not sheet.hidden:
        return []
    inside = " and ".join(parts)
    if sheet.hidden:
        what = f"The sheet is hidden, and so are {inside} on it" if parts else "The sheet is hidden"
    else:
        what = f"On this sheet {inside} {'is' if inside in ('1 row', '1 column') else 'are'} hidden"
    cell = f"A{sheet.hidden_rows[0] + 1}" if sheet.hidden_rows else f"{letters(columns[0])}1" if columns else ""
    return [finding("R05", file=file, sheet=sheet.name, cell=cell, what=what)]


def readings(tables: Sequence[Table]) -> tuple[SheetReading, ...]:
    """One reading a sheet: of its first table, with the rows of all its tables."""
    by_sheet: dict[str, list[Table]] = {}
    for table in tables:
        by_sheet.setdefault(table.sheet.name, []).append(table)
    return tuple(_reading(group) for group in by_sheet.values())


def _reading(tables: Sequence[Table]) -> SheetReading:
    every = [table.reading() for table in tables]
    if [table.number for table in tables] == [0]:
        return every[0]
    return replace(
        every[0],
        rows_in=sum(one.rows_in for one in every),
        rows_used=sum(one.rows_used for one in every),
        rows_refused=sum(one.rows_refused for one in every),
        tables={table.number: one.columns for table, one in zip(tables, every, strict=True)},
    )
