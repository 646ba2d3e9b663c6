"""The files beside a workbook are written table by table, and nothing is held that nobody asks for again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.errors import TemplateError
from pipeline.model import Summary
from pipeline.render.excel import book, detail
from pipeline.render.packs import PACKS
from pipeline.render.readers import Reader
from pipeline.render.reports import every_report
from pipeline.render.time_limit import TooLong
from pipeline.render_settings import PackSettings, RenderSettings
from tests.render.sample import make_summary

PMO = RenderSettings(
    templates=Path("no such folder"),
    packs={name: PackSettings(make=name == "pmo") for name in ("executive", "department", "owner", "pmo")},
    formats=["xlsx", "html"],
)


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


@pytest.mark.parametrize("problem", [TooLong("It took too long."), TemplateError("no table", "a.j2", "Look.")])
def test_files_lie_beside_a_workbook_that_could_not_be_made(
    problem: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise problem

    monkeypatch.setattr(detail, "MOST_ROWS", 30)
    monkeypatch.setattr("pipeline.render.excel._write", fail)
    made = {one.name.partition("pmo")[2]: one for one in every_report((make_summary(40, 5),), PMO, ())}
    assert made[".xlsx"].problem
    assert made[".html"].content
    assert {"_register.csv", "_register.parquet"} <= {*made}
    assert all(one.content for name, one in made.items() if name.startswith("_"))


def test_files_that_cannot_be_made_stop_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(detail.Details, "reports", fail)
    made = {one.format: one for one in every_report((make_summary(3, 1),), PMO, ())}
    assert [*made] == ["xlsx", "html"]
    assert made["xlsx"].problem
    assert made["html"].content
