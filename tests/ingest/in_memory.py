"""A text table as a sheet in memory, and the register of it: the steps of reading after the parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent

import numpy as np
import pyarrow as pa

from pipeline.fields import FIELDS
from pipeline.ingest.headings import Headings
from pipeline.ingest.people_sheet import no_people
from pipeline.ingest.reader import BLANK, DATE, NUMBER, TEXT, RawSheet
from pipeline.ingest.register import assemble
from pipeline.ingest.sheets import Sheet, read_sheet
from pipeline.model import Register

KNOWN = Headings(FIELDS)


def sheet_of(table: str, *merges: tuple[int, int, int, int], name: str = "Register") -> RawSheet:
    """The sheet that a text table shows, `|` between cells, one line a row; `|` alone is a blank row.

    Numbers and ISO dates are real ones. `merges` are first row, first column, last row and last column, from 0.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in dedent(table).strip("\n").splitlines()]
    width = max(map(len, rows))
    columns = [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]
    kinds = [np.array([_kind(cell) for cell in column], np.uint8) for column in columns]
    texts = [pa.array(column, pa.large_string()) for column in columns]
    return RawSheet(name, tuple(texts), tuple(kinds), merges=tuple(merges))


def _kind(cell: str) -> int:
    if not cell:
        return BLANK
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        return DATE
    return NUMBER if re.fullmatch(r"-?\d+(\.\d+)?", cell) else TEXT


def read(table: str, *merges: tuple[int, int, int, int]) -> tuple[Sheet, Register]:
    """What is made of the sheet, and the register of its tables; the findings of both are the register's."""
    made = read_sheet("register.xlsx", sheet_of(table, *merges), KNOWN)
    return made, assemble(made.tables, no_people(), (), made.findings, "auto")


def told(register: Register, code: str) -> Sequence[str]:
    """The cells at which a finding is told."""
    return [one.cell for one in register.findings if one.code == code]
