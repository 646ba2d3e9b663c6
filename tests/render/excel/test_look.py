"""The organisation's own colours and logo in its workbooks, and capacity in the charts of its parts."""

from __future__ import annotations

import base64
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.render.palette import LIGHT
from pipeline.render_settings import BrandSettings, RenderSettings
from tests.render.excel.conftest import SETTINGS, opened, workbook_of
from tests.render.sample import make_summary
from tests.render.test_brand import PNG

OWN = {"change": "#0B3D2E", "run": "#C2185B", "heat5": "#4A148C", "ink": "#101820", "ink2": "#3A4A5A"}


def settings_of(tmp_path: Path) -> RenderSettings:
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    return SETTINGS.model_copy(update={"brand": BrandSettings(colours=OWN, logo=logo)})


def parts_of(content: bytes, folder: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if re.match(folder, name))


@pytest.fixture
def own(tmp_path: Path) -> bytes:
    return workbook_of(make_summary(6, 3), settings=settings_of(tmp_path))


def test_own_colours_reach_cells_and_charts_and_the_shipped_ones_are_gone(own: bytes) -> None:
    looks, charts = parts_of(own, r"xl/styles\.xml"), parts_of(own, r"xl/charts/chart")
    for role in OWN:
        assert OWN[role][1:] in looks + charts, role
        assert LIGHT[role][1:] not in looks + charts, role
    assert OWN["heat5"][1:] in looks
    assert OWN["run"][1:] in charts


def test_the_logo_stands_whole_on_the_first_sheet_with_words(own: bytes) -> None:
    book = opened(own)
    (image,) = book.worksheets[0]._images
    assert base64.b64encode(image._data()) == base64.b64encode(PNG)
    assert not any(sheet._images for sheet in book.worksheets[1:])
    assert 'descr="Eastmere University"' in parts_of(own, "xl/drawings/drawing1.xml")


def test_a_branded_workbook_is_the_same_bytes_each_time(own: bytes, tmp_path: Path) -> None:
    assert workbook_of(make_summary(6, 3), settings=settings_of(tmp_path)) == own


def test_the_hours_of_parts_stand_against_their_capacity() -> None:
    sheet = opened(workbook_of(make_summary(12, 4)))["Summary"]
    _, parts = sheet._charts
    (column,) = {cell.column_letter for row in sheet.iter_rows() for cell in row if cell.value == "Capacity, h"}
    hours, capacity = parts._charts
    assert len(hours.series) == 3
    assert [f"${column}$" in series.val.numRef.f for series in capacity.series] == [True]
    assert capacity.series[0].marker.symbol == "dash"
