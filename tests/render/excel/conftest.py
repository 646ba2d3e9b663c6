"""Workbooks of the sample organisation, written once for all tests of this room."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.model import Summary
from pipeline.render.excel import workbook
from pipeline.render.packs import PACKS
from pipeline.render.readers import Reader
from pipeline.render_settings import RenderSettings

SETTINGS = RenderSettings(organisation="Eastmere University", templates=Path("no such folder"))


def workbook_of(
    summary: Summary, pack: str = "pmo", language: str = "en", settings: RenderSettings = SETTINGS
) -> bytes:
    """The workbook of one pack about one summary."""
    one = next(one for one in PACKS if one.id == pack)
    return workbook(Reader(one, summary, language, f"2026-10_{pack}"), settings)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


@pytest.fixture(scope="session")
def content(summary: Summary) -> bytes:
    """The PMO workbook of the sample organisation."""
    return workbook_of(summary)


@pytest.fixture(scope="session")
def book(content: bytes) -> Workbook:
    return opened(content)
