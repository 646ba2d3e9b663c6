"""The files beside a workbook are written table by table, and nothing is held that nobody asks for again."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.model import Summary
from pipeline.render.excel import book, detail
from pipeline.render.packs import PACKS
from pipeline.render.readers import Reader
from pipeline.render_settings import RenderSettings
from tests.render.sample import make_summary


class Tables(dict[str, pd.DataFrame]):
    """Tables that note which of them is let go of."""

    def __init__(self, summary: Summary) -> None:
        super().__init__(summary.tables)
        self.gone: list[str] = []

    def let_go(self, table: str) -> None:
        """Note it."""
        self.gone.append(table)


def test_a_long_list_that_only_a_workbook_shows_is_let_go_of_once_its_files_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detail, "MOST_ROWS", 3)
    monkeypatch.setattr(detail, "_PASSING", ("operations",))
    summary = make_summary(12, 5)
    tables = Tables(summary)
    reader = Reader(PACKS[-1], replace(summary, tables=tables), "en", "2026-10_pmo")
    made = book(reader, RenderSettings())
    names = [one.name for one in made.beside]
    assert {"2026-10_pmo_operations.csv", "2026-10_pmo_register.csv"} <= {*names}
    assert len({*names}) == len(names)
    assert tables.gone == ["operations"]
