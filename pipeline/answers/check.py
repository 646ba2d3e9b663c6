"""The answer of `pipeline check`: what was understood of each file, how surely, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.answers.groups import group_lines
from pipeline.answers.intake import unread_lines
from pipeline.answers.text import shortened, table, wrapped
from pipeline.fields import FIELDS
from pipeline.findings import counted, record
from pipeline.model import Basis, FileReading, Register, SheetReading

CERTAIN = 0.9
"""A heading is sure of its field above this certainty; others want a person's word."""
TITLES = {field.id: field.title for field in FIELDS}
BASIS_WORDS: Mapping[Basis, str] = {
    "exact": "exact",
    "synonym": "your own heading",
    "parts": "part of the heading",
    "close": "close match",
    "content": "by its cells",
}
_HEADING = 40
_SHOWS = {".xlsx": "each such cell is coloured", ".csv": "it lists all of this"}
"""What a person finds in a marked copy, and in the list that stands for one."""


def check_object(register: Register, copies: Sequence[Path] = ()) -> dict[str, Any]:
    """The answer of `pipeline check --json`; `copies` are the marked ones, or the lists in their place."""
    return {
        "files": [_file(file) for file in register.files],
        "findings": [record(one) for one in register.findings],
        "marked": [str(path) for path in copies],
    }


def check_lines(
    register: Register,
    ignored: Sequence[str] = (),
    copies: Sequence[Path] = (),
    unread: Sequence[Path] = (),
    advice: str = "",
) -> Iterator[str]:
    """The answer of `pipeline check` in words: file by file, then the findings, then what to do next.

    `ignored` are the headings that the user wants left unread, `copies` the marked ones or the lists in their place,
    `unread` files that are passed over because of their ending, `advice` is one more step to take.
    """
    for file in register.files:
        yield from wrapped(f"{file.name}: {file.status}{'. ' + file.reason if file.reason else ''}", "", "  ")
        for sheet in file.sheets:
            yield from _sheet_lines(sheet)
        yield ""
    if unread:
        yield from unread_lines([path.name for path in unread])
        yield ""
    if len(register.people):
        yield f"People sheet: {counted(register.people['name'].nunique(), 'person', 'people')}"
        yield ""
    yield from group_lines(register.findings, len(register.files))
    yield ""
    yield from _next(register, ignored, copies, advice)


def uncertain(sheet: SheetReading) -> list[str]:
    """The headings whose field a person should confirm, in the order of the columns."""
    return [heading for heading in _in_order(sheet) if sheet.certainty.get(heading, 1.0) <= CERTAIN]


def letter(sheet: SheetReading, heading: str) -> str:
    """The column letter of a heading, read or unread; "" where the sheet does not say."""
    return sheet.unread.get(heading) or sheet.columns.get(sheet.mapping.get(heading, ""), "")


def usable(used: int, all_rows: int) -> str:
    """`147 of 150 rows usable`."""
    if not all_rows:
        return "no work items"
    return f"{used:,} of {counted(all_rows, 'row')} usable"


def _in_order(sheet: SheetReading) -> list[str]:
    return sorted(sheet.mapping, key=lambda heading: (len(letter(sheet, heading)), letter(sheet, heading)))


def _sheet_lines(sheet: SheetReading) -> Iterator[str]:
    rows = usable(sheet.rows_used, sheet.rows_in)
    yield from wrapped(f"Sheet '{sheet.sheet}', headings in row {sheet.header_row}: {rows}", "  ", "    ")
    mapped = [
        (letter(sheet, heading), shortened(heading, _HEADING), TITLES[sheet.mapping[heading]], _how(sheet, heading))
        for heading in _in_order(sheet)
    ]
    unread = [
        (column, shortened(heading, _HEADING), "not read", _values(sheet, heading))
        for heading, column in sheet.unread.items()
    ]
    lines = [("COLUMN", "HEADING", "IS READ AS", "HOW CERTAIN"), *mapped, *unread]
    yield from (f"    {line}" for line in table(lines))


def _how(sheet: SheetReading, heading: str) -> str:
    words = BASIS_WORDS[sheet.basis.get(heading, "exact")]
    return words if sheet.certainty.get(heading, 1.0) > CERTAIN else f"{words}, please confirm"


def _values(sheet: SheetReading, heading: str) -> str:
    values = sheet.samples.get(heading, ())
    return f"holds {shortened(', '.join(values), 28)}" if values else "is blank"


def _next(register: Register, ignored: Sequence[str], copies: Sequence[Path], advice: str) -> Iterator[str]:
    sheets = [sheet for file in register.files for sheet in file.sheets]
    doubtful = sum(len(uncertain(sheet)) for sheet in sheets)
    unread = sum(heading not in ignored for sheet in sheets for heading in sheet.unread)
    open_ = [f"{counted(doubtful, 'heading')} to confirm"] if doubtful else []
    open_ += [f"{counted(unread, 'column')} not read"] if unread else []
    steps = [f"{one.file}: {one.remedy}" for one in register.findings if one.code == "R01"]
    steps += [f"Look at {_from_here(path)}: {_SHOWS[path.suffix]}, with what to do." for path in copies]
    if open_:
        steps.append(f"`pipeline check --interactive` settles once what each is: {', '.join(open_)}.")
    if len(register.items):
        steps.append("`pipeline run` makes the reports.")
        steps += [advice] if advice else []
    elif any(file.status == "read" for file in register.files):
        steps.append("There is no work item yet: write one in each row below the headings.")
    elif not register.files:
        steps.append("Drop a register (.xlsx, .xls, .ods, .csv, .parquet) into the input folder.")
    yield "Next:"
    for step in steps:
        yield from wrapped(step, "  ", "    ")


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _file(file: FileReading) -> dict[str, Any]:
    sheets = [
        {
            "sheet": one.sheet,
            "header_row": one.header_row,
            "rows_in": one.rows_in,
            "rows_used": one.rows_used,
            "rows_refused": one.rows_refused,
            "mapping": dict(one.mapping),
            "certainty": dict(one.certainty),
            "basis": dict(one.basis),
            "unread": dict(one.unread),
        }
        for one in file.sheets
    ]
    return {"path": file.path, "status": file.status, "reason": file.reason, "sheets": sheets}
