"""Reports of the sample organisation, rendered once for all tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from pipeline.model import Summary
from pipeline.render.facts import Medium
from pipeline.render.formats import FORMATS, page
from pipeline.render.packs import packs
from pipeline.render.pdf import pdf_engine_problem
from pipeline.render.readers import Reader
from pipeline.render_settings import RenderSettings
from tests.render.sample import make_summary

SETTINGS = RenderSettings(organisation="Eastmere University", templates=Path("no such folder"))

needs_pdf = pytest.mark.skipif(bool(pdf_engine_problem()), reason="the PDF engine cannot be loaded here")


PACKS_OF_FORMATS = {"pdf": "executive", "html": "executive", "xlsx": "pmo"}


def reader_of(summary: Summary, pack: str = "executive", settings: RenderSettings = SETTINGS) -> Reader:
    """A pack about one summary."""
    return Reader(next(one for one in packs(settings) if one.id == pack), summary, settings.language, "report")


def drawn(summary: Summary, form: str, settings: RenderSettings = SETTINGS, pack: str = "") -> bytes:
    """One report of one summary; the executives' pack, or the workbook of the PMO, unless a pack is named."""
    one = next(one for one in FORMATS if one.id == form)
    return one.finish(one.draw(reader_of(summary, pack or PACKS_OF_FORMATS[form], settings), settings))


def page_of(
    summary: Summary, medium: Medium = "screen", settings: RenderSettings = SETTINGS, pack: str = "executive"
) -> str:
    """The page of one summary before it becomes bytes."""
    return page(reader_of(summary, pack, settings), settings, medium)


def pdf_of(summary: Summary) -> PdfReader:
    return PdfReader(BytesIO(drawn(summary, "pdf")))


def book_of(summary: Summary) -> Workbook:
    return load_workbook(BytesIO(drawn(summary, "xlsx")))


def pages_of(reader: PdfReader) -> list[str]:
    """The text of each page, lines joined."""
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in reader.pages]


@pytest.fixture(scope="session")
def summary() -> Summary:
    return make_summary()


@pytest.fixture(scope="session")
def pages(contents: Mapping[str, bytes]) -> list[str]:
    """The text of the sample organisation's PDF, page by page."""
    if "pdf" not in contents:
        pytest.skip("the PDF engine cannot be loaded here")
    return pages_of(PdfReader(BytesIO(contents["pdf"])))


@pytest.fixture(scope="session")
def contents(summary: Summary) -> Mapping[str, bytes]:
    """Format -> the sample organisation's report."""
    return {one.id: drawn(summary, one.id) for one in FORMATS if one.id != "pdf" or not pdf_engine_problem()}
