"""A workbook read by others: values as they come, without a check, a place or a message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

FILE = "register.xlsx"


def calamine(kit: Path, _: int) -> Callable[[], object]:
    """The parser that this program reads with, alone."""

    def work() -> object:
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(str(kit / FILE))
        return [sum(1 for _ in book.get_sheet_by_name(name).iter_rows()) for name in book.sheet_names]

    return work


def openpyxl(kit: Path, _: int) -> Callable[[], object]:
    """openpyxl, which reads row by row."""

    def work() -> object:
        from openpyxl import load_workbook

        book = load_workbook(kit / FILE, read_only=True)
        return [sum(1 for _ in sheet.iter_rows(values_only=True)) for sheet in book]

    return work


def pandas(kit: Path, _: int) -> Callable[[], object]:
    """pandas with openpyxl, as most scripts do."""

    def work() -> object:
        import pandas

        return pandas.read_excel(kit / FILE, sheet_name=None, engine="openpyxl")

    return work


def polars(kit: Path, _: int) -> Callable[[], object]:
    """polars with fastexcel."""

    def work() -> object:
        import polars

        return polars.read_excel(kit / FILE, sheet_id=0, infer_schema_length=None)

    return work
