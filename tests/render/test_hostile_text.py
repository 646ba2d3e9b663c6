"""Cells that stop a layout engine, or would become markup, are shown as text, within the limits of a report."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.flow import Run
from pipeline.model import Period, Report
from pipeline.settings import PackSettings, RenderSettings, Settings
from tests.render.conftest import needs_pdf

LONG = 32_767
TEXTS: dict[str, str] = {
    "unbroken": "W" * LONG,
    "words": "word " * (LONG // 5),
    "marks": "e" + "\u0301" * 20_000,
    "overrides": "\u202e\u2067" * 10_000,
    "private": "\ue000" * LONG,
    "wide": "漢" * LONG,
    "hebrew": "עבודה שוטפת " * 2_000,
    "arabic": "صيانة المضخات " * 2_000,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 1_500,
    "lines": "a\nb\n" * 5_000,
    "zero width": "\u200b\u200d\ufeff" * 8_000,
    "tags": "<script>alert(1)</script><b>" * 200,
    "entities": "&amp;&#x3c;&lt;" * 1_000,
    "jinja": "{{ 7*7 }}{% for x in range(10**9) %}{{ x }}{% endfor %}",
    "css": "</style><style>@import url(http://127.0.0.1:9/x)</style>",
    "url": "url(file:///etc/passwd) javascript:alert(1)",
    "format": "{0.__class__} {title} %(title)s %s",
    "formula": '=HYPERLINK("http://127.0.0.1:9","x")',
    "dde": "@SUM(1+1)*cmd|' /C calc'!A0",
    "quotes": "\"'><img src=x onerror=alert(1)>",
    "surrogates": "ends so: \U0010ffff",
    "spaces": "\u2003\u00a0\u3000" * 5_000 + "x",
    "soft": "soft\u00adhyphen" * 3_000,
    "ligatures": "ﷺﷻ" * 5_000,
    "numbers": "9" * LONG,
    "dashes": "-" * LONG,
}
"""What a cell of title, person or team may hold; each was slow, unsafe or unreadable in some engine once."""


def made(make_workbook: Callable[..., Path], tmp_path: Path, formats: list[str], packs: list[str]) -> dict[str, Report]:
    from openpyxl import load_workbook

    path = make_workbook(Register="ID | Title | Accountable | Department | Team | Start | Finish | Effort")
    book = load_workbook(path)
    for number, text in enumerate(TEXTS.values(), start=1):
        row = [f"H-{number}", text, text if number % 2 else "Ann Lee", "Works", text[:200], None, None, "40 h"]
        for column, value in enumerate(row, start=1):
            cell = book["Register"].cell(number + 1, column)
            cell.value = value
            if value is not None:
                cell.data_type = "s"
    book.save(path)
    off = {name: PackSettings(make=False) for name in ("executive", "department", "owner", "pmo") if name not in packs}
    render = RenderSettings(
        formats=formats, packs=off, templates=tmp_path / "none", report_seconds=15, report_memory_mb=600
    )
    return {report.name: report for report in Run(Settings(render=render), Period(2026, 10), (path,)).reports}


@needs_pdf
def test_pages_are_laid_out_within_their_limits(make_workbook: Callable[..., Path], tmp_path: Path) -> None:
    from pypdf import PdfReader

    (report,) = made(make_workbook, tmp_path, ["pdf"], ["executive"]).values()
    assert not report.problem
    pdf = PdfReader(io.BytesIO(report.content))
    assert len(pdf.pages) < 20
    links = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    assert [link for link in links if "/Dest" not in link] == [], "a link leads to a place in the same file"
    assert [link for link in links if "/A" in link or "/AA" in link] == []


def test_a_web_page_holds_them_as_text_only(make_workbook: Callable[..., Path], tmp_path: Path) -> None:
    (report,) = made(make_workbook, tmp_path, ["html"], ["executive"]).values()
    html = report.content.decode()
    assert html.count("<script") <= 1, "the page's own"
    assert "<img" not in html
    assert "onerror=alert" not in html.replace("&gt;&lt;img src=x onerror=alert(1)&gt;", "")
    assert html.count("<style") == 1
    assert "{{ 7*7 }}" in html
    assert "\u202e" not in html


def test_a_workbook_holds_them_as_text_only(make_workbook: Callable[..., Path], tmp_path: Path) -> None:
    from openpyxl import load_workbook

    (report,) = made(make_workbook, tmp_path, ["xlsx"], ["pmo"]).values()
    sheet = load_workbook(io.BytesIO(report.content))["Register"]
    titles = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    for name in ("formula", "dde"):
        assert titles[TEXTS[name]].data_type == "s"
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_passes_the_gate_in_bounds(name: str) -> None:
    from pipeline.render.text import PAGE_LIMIT, page_text

    said = page_text(TEXTS[name])
    assert len(said.replace("\u200b", "")) <= PAGE_LIMIT
    assert max(map(len, said.replace("\u200b", " ").split()), default=0) <= 60
