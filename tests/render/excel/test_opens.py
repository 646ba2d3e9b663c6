"""The workbook opens: its parts hold together, and LibreOffice reads and writes it again without loss."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.render.excel.conftest import opened, workbook_of
from tests.render.parts import check_parts
from tests.render.sample import make_summary

OFFICE = shutil.which("soffice")
HOSTILE = "='x'!A1 & <b> [a]:*?/\\\" {{ 1 }} \x00\u202e" + "W" * 40_000


@pytest.fixture(scope="module")
def again(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook, opened and saved by LibreOffice."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed here")
    folder = tmp_path_factory.mktemp("office")
    (folder / "in.xlsx").write_bytes(content)
    made = folder / "out"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(made), str(folder / "in.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return opened((made / "in.xlsx").read_bytes())


def test_the_parts_hold_together(content: bytes) -> None:
    check_parts(content)


@pytest.mark.parametrize("pack", ["pmo", "department"])
def test_the_parts_of_hostile_text_hold_together(pack: str) -> None:
    text = dict.fromkeys(("title", "team", "department", "person", "file", "decision", "message"), HOSTILE)
    check_parts(workbook_of(make_summary(5, 3, scope="IT" if pack == "department" else "", **text), pack))


def test_no_formula_comes_from_a_cell() -> None:
    content = workbook_of(make_summary(3, 2, title="=1+1", person="@SUM(1)", file="http://example.org", id="+1"))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
        links = [parts.read(name).decode() for name in parts.namelist() if "worksheets/_rels" in name]
    assert not any("<f>1+1" in sheet or "<f>@" in sheet for sheet in sheets)
    assert not any("External" in one for one in links)
    assert opened(content)["Register"]["A3"].value == "+1"


def values(book: Workbook) -> Mapping[str, list[list[object]]]:
    """What every sheet says, without the blank cells at its end."""
    said = {}
    for sheet in book.worksheets:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        while rows and not any(value is not None for value in rows[-1]):
            rows.pop()
        said[sheet.title] = [[_plain(value) for value in row] for row in rows]
    return said


def _plain(value: object) -> object:
    return round(value, 9) if isinstance(value, float) else "formula" if str(value).startswith("=") else value


def test_libre_office_keeps_every_value(book: Workbook, again: Workbook) -> None:
    before, after = values(book), values(again)
    assert list(after) == list(before)
    for name, rows in before.items():
        width = max((len(row) for row in rows), default=0)
        assert [row[:width] for row in after[name]] == rows, name


def test_libre_office_keeps_tables_charts_and_formats(book: Workbook, again: Workbook) -> None:
    for sheet in book.worksheets:
        other = again[sheet.title]
        assert {one.ref for one in other.tables.values()} == {one.ref for one in sheet.tables.values()}
        assert len(other._charts) == len(sheet._charts)
        assert len(other.conditional_formatting) == len(sheet.conditional_formatting)
    review = again["Review"].data_validations.dataValidation
    assert [one.formula1 for one in review] == ['"project,operation,mixed"']


def test_the_file_is_the_same_each_time(content: bytes, tmp_path: Path) -> None:
    assert workbook_of(make_summary()) == content
