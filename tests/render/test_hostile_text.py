"""Cells that stop a layout engine, or would become markup, are shown as text, within the limits of a report."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.flow import Run
from pipeline.model import Period, Report
from pipeline.render_settings import PackSettings, RenderSettings
from pipeline.settings import Settings
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


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Report]:
    """Format -> a report of a register of which every row holds one of them, all made in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    book = Workbook()
    book.active.append(["ID", "Title", "Accountable", "Department", "Team", "Start", "Finish", "Effort"])
    for number, text in enumerate(TEXTS.values(), start=1):
        row = [f"H-{number}", text, text if number % 2 else "Ann Lee", "Works", text[:200], None, None, "40 h"]
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(number + 1, column)
            cell.value = value
            if value is not None:
                cell.data_type = "s"
    book.save(folder / "register.xlsx")
    made = {"executive": ["pdf", "html"], "pmo": ["xlsx"]}
    packs = {name: PackSettings(make=False) for name in ("department", "owner")}
    packs |= {name: PackSettings(formats=formats) for name, formats in made.items()}  # type: ignore[arg-type]
    render = RenderSettings(packs=packs, templates=folder / "none", report_seconds=15, report_memory_mb=600)
    run = Run(Settings(render=render), Period(2026, 10), (folder / "register.xlsx",))
    return {report.format: report for report in run.reports}


@needs_pdf
def test_pages_are_laid_out_within_their_limits(reports: Mapping[str, Report]) -> None:
    from pypdf import PdfReader

    assert not reports["pdf"].problem
    pdf = PdfReader(io.BytesIO(reports["pdf"].content))
    assert len(pdf.pages) < 20
    links = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    assert [link for link in links if "/Dest" not in link] == [], "a link leads to a place in the same file"
    assert [link for link in links if "/A" in link or "/AA" in link] == []


def test_a_web_page_holds_them_as_text_only(reports: Mapping[str, Report]) -> None:
    html = reports["html"].content.decode()
    assert html.count("<script") <= 1, "the page's own"
    assert "<img" not in html
    assert "onerror=alert" not in html.replace("&gt;&lt;img src=x onerror=alert(1)&gt;", "")
    assert html.count("<style") == 1
    assert "{{ 7*7 }}" in html
    assert "\u202e" not in html


def test_a_workbook_holds_them_as_text_only(reports: Mapping[str, Report]) -> None:
    sheet = load_workbook(io.BytesIO(reports["xlsx"].content))["Register"]
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
