"""Whoever is told that the rest is in a workbook gets that workbook, and it has that sheet."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.model import Summary
from pipeline.render.formats import _workbook
from pipeline.render.packs import packs
from pipeline.render.view import View
from pipeline.render_settings import PackSettings, RenderSettings
from tests.render.conftest import SETTINGS, page_of, reader_of
from tests.render.department_sample import make_department
from tests.render.own_workbook.conftest import make_template
from tests.render.sample import make_summary

NAMED = re.compile(r"the (PMO )?workbook, sheet ([\w ]+?)(?=[.,;<])")
"""How a text sends its reader to a sheet."""


@pytest.fixture(scope="module")
def large() -> dict[str, Summary]:
    """Pack -> a summary of which no page shows all."""
    whole, part = make_summary(300, 40), make_department(200, 40)
    return {"executive": whole, "department": part}


def view(summary: Summary, pack: str, settings: RenderSettings = SETTINGS, medium: str = "paper") -> View:
    return View(reader_of(summary, pack, settings), settings, medium)  # type: ignore[arg-type]


@pytest.mark.parametrize("medium", ["paper", "screen"])
@pytest.mark.parametrize("pack", ["executive", "department"])
def test_every_sheet_that_a_page_names_is_in_the_workbook_meant(
    large: dict[str, Summary], pack: str, medium: str
) -> None:
    named = set(NAMED.findall(page_of(large[pack], medium, pack=pack)))  # type: ignore[arg-type]
    book = view(large[pack], pack).workbook
    assert book
    assert named
    assert {sheet for _, sheet in named} <= book.sheets
    assert {bool(pmo) for pmo, _ in named} == {not book.own}


def test_all_decisions_are_on_their_own_sheet(large: dict[str, Summary]) -> None:
    shown = view(large["executive"], "executive").exhibit("decisions").rows
    assert shown.rest.endswith("in the PMO workbook, sheet Decisions")


def test_who_gets_no_workbook_is_sent_to_none(large: dict[str, Summary]) -> None:
    settings = SETTINGS.model_copy(update={"packs": {"pmo": PackSettings(make=False)}})
    assert "pmo" not in [pack.id for pack in packs(settings)]
    page = page_of(large["executive"], "paper", settings)
    assert "workbook" not in page
    assert re.search(r"and \d+ more[.<]", page)


def test_an_executive_of_a_part_is_not_sent_to_the_workbook_of_all() -> None:
    assert view(make_department(20, 4), "executive").workbook is None


def test_an_archived_pdf_brings_its_workbook_and_the_screen_does_not(large: dict[str, Summary]) -> None:
    settings = SETTINGS.model_copy(update={"pdf": "archive"})
    paper, screen = (view(large["executive"], "executive", settings, medium).workbook for medium in ("paper", "screen"))
    assert paper
    assert paper.own
    assert screen
    assert not screen.own


def test_a_workbook_of_ones_own_lies_in_the_archived_pdf_of_a_pack_that_has_no_layout(
    large: dict[str, Summary], tmp_path: Path
) -> None:
    make_template(tmp_path / "owner" / "report.xlsx")
    settings = SETTINGS.model_copy(update={"pdf": "archive", "templates": tmp_path})
    (enclosed,) = _workbook(reader_of(large["executive"], "owner", settings), settings)
    assert enclosed.name == "report.xlsx"
    assert zipfile.is_zipfile(BytesIO(enclosed.content))


def test_sheets_are_called_as_the_pmo_reads_them(large: dict[str, Summary]) -> None:
    settings = SETTINGS.model_copy(update={"languages": {"": "de"}})
    book = view(large["executive"], "executive", settings).workbook
    assert book
    assert book.sheet("Decisions") == "Entscheidungen"


def test_a_layout_at_fault_and_a_workbook_of_ones_own_have_no_sheets_to_name(
    large: dict[str, Summary], tmp_path: Path
) -> None:
    settings = SETTINGS.model_copy(update={"templates": tmp_path})
    (tmp_path / "pmo").mkdir()
    (tmp_path / "pmo" / "workbook.j2").write_text("<workbook>", encoding="utf-8")
    rest = view(large["executive"], "executive", settings).exhibit("decisions").rows.rest
    assert re.fullmatch(r"and \d+ more", rest)
    (tmp_path / "pmo" / "workbook.xlsx").write_bytes(b"")
    assert view(large["executive"], "executive", settings).exhibit("decisions").rows.rest == rest
