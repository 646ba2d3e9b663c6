"""The tables of the PMO workbook written by others, without contents, charts or rules of format."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

SHEETS = (
    "register review changes projects control operations functions measures renewals workload people months teams "
    "load_wave responsibility raci faults fault_counts unowned single_points orphans leaving span concentration "
    "executives governance handover readiness unfollowed lessons contradictions findings sources departments decisions"
).split()
"""The tables that the PMO workbook shows."""


def tables(kit: Path) -> Mapping[str, Any]:
    """What the PMO workbook shows, by name."""
    summary = pickle.loads((kit / "summary.pickle").read_bytes())
    return {name: summary.tables[name] for name in SHEETS}


def rows(kit: Path) -> Mapping[str, list[tuple[object, ...]]]:
    """The same as ready cells: what is blank is None."""
    return {
        name: [
            tuple(table.columns),
            *table.astype(object).where(table.notna(), None).itertuples(index=False, name=None),
        ]
        for name, table in tables(kit).items()
    }


def pandas(kit: Path, _: int) -> Callable[[], object]:
    """pandas with openpyxl, as most scripts do."""
    from pandas import ExcelWriter

    ready = tables(kit)

    def work() -> None:
        with ExcelWriter(io.BytesIO(), engine="openpyxl") as writer:
            for name, table in ready.items():
                table.to_excel(writer, sheet_name=name[:31], index=False)

    return work


def openpyxl(kit: Path, _: int) -> Callable[[], object]:
    """openpyxl, which writes row by row."""
    from openpyxl import Workbook

    ready = rows(kit)

    def work() -> None:
        book = Workbook(write_only=True)
        for name, cells in ready.items():
            sheet = book.create_sheet(name[:31])
            for row in cells:
                sheet.append(row)
        book.save(io.BytesIO())

    return work


def xlsxwriter(kit: Path, _: int) -> Callable[[], object]:
    """XlsxWriter, which this program writes with, alone."""
    ready = rows(kit)
    return lambda: write_cells(io.BytesIO(), ready)


def write_cells(target: object, ready: Mapping[str, list[tuple[object, ...]]]) -> None:
    """Ready cells by sheet, written plainly."""
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    book = Workbook(target, options)
    for name, cells in ready.items():
        sheet = book.add_worksheet(name[:31])
        for at, row in enumerate(cells):
            sheet.write_row(at, 0, row)
    book.close()
