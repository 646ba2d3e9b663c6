"""What the ways of a part work on, put into a folder before anything is measured: the same for all of them."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.parts import BARE_MOST
from benchmarks.registers import EXAMPLE, make_register

if TYPE_CHECKING:
    from pipeline.flow import Run
    from pipeline.render.readers import Reader

ROWS_A_DEPARTMENT = 25


def register(kit: Path, rows: int) -> None:
    """A register as a workbook."""
    make_register(kit / "register.xlsx", rows)


def registers(kit: Path, rows: int) -> None:
    """The same register as workbook, CSV and Parquet; of small ones, our pages and cells for the bare engines too."""
    for ending in ("xlsx", "csv", "parquet"):
        make_register(kit / f"register.{ending}", rows)
    if rows <= BARE_MOST:
        _keep_content(begin(kit / "register.xlsx", "executive", "pmo"), kit)


def departments(kit: Path, count: int) -> None:
    """The register of so many departments, and the page of one."""
    make_register(kit / "register.xlsx", ROWS_A_DEPARTMENT * count, count)
    work = begin(kit / "register.xlsx", "department")
    (kit / "page.html").write_text(_page(_readers(work)[0], work), encoding="utf-8")


def page(kit: Path, _: int) -> None:
    """The executive page of the example register, ready to be laid out."""
    work = begin(EXAMPLE, "executive")
    (kit / "page.html").write_text(_page(_readers(work)[0], work), encoding="utf-8")


def summary(kit: Path, items: int) -> None:
    """The figures of so many items, with every table ready."""
    from benchmarks.organisation import PERIOD, make_portfolio
    from pipeline.settings import SummariseSettings
    from pipeline.summarise import summarise

    (found,) = summarise(make_portfolio(items), SummariseSettings(), PERIOD)
    _ = {name: found.tables[name] for name in found.tables}
    (kit / "summary.pickle").write_bytes(pickle.dumps(found))


def begin(path: Path, *packs: str) -> Run:
    """The run over a register that makes these packs, with the settings as they come."""
    from pipeline.flow import Run
    from pipeline.model import Period
    from pipeline.render_settings import PackSettings, RenderSettings
    from pipeline.settings import Settings

    made = {name: PackSettings(make=name in packs) for name in ("executive", "department", "owner", "pmo")}
    render = RenderSettings(packs=made, templates=path.parent / "no-templates")
    return Run(Settings(render=render), Period(2026, 10), (path,))


def _keep_content(work: Run, kit: Path) -> None:
    """The pages as they go to paper, and the cells of the workbook, of one whole run."""
    import io

    from openpyxl import load_workbook

    from pipeline.render.excel import workbook
    from pipeline.render.packs import PACKS

    every = _readers(work)
    papers = [one for one in every if "pdf" in one.formats]
    for number, reader in enumerate(papers):
        (kit / f"page-{number}.html").write_text(_page(reader, work), encoding="utf-8")
    (pmo,) = (one for one in every if one.pack.id == PACKS[-1].id)
    book = load_workbook(io.BytesIO(workbook(pmo, work.settings.render)), read_only=True)
    cells = {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    (kit / "cells.pickle").write_bytes(pickle.dumps(cells))


def _readers(work: Run) -> list[Reader]:
    from pipeline.render.readers import readers

    return list(readers(work.summaries, work.settings.render))


def _page(reader: Reader, work: Run) -> str:
    from pipeline.render.formats import page as page_of

    return page_of(reader, work.settings.render, "paper")
