"""The reports as files: the same figures everywhere, nothing overflows, the same bytes each time."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from pipeline.flow import Run
from pipeline.model import Period, Summary
from pipeline.render import pdf, render
from pipeline.render import reports as reports_room
from pipeline.render.facts import Facts
from pipeline.render.language import ENGLISH
from pipeline.render.messages import Messages
from pipeline.render.problems import groups
from pipeline.render.readers import readers
from pipeline.render_settings import RenderSettings
from pipeline.settings import Settings
from tests.render.conftest import SETTINGS, drawn, needs_pdf, pages_of, pdf_of, reader_of
from tests.render.sample import make_summary
from tests.render.skeleton import skeleton


def test_the_same_figures_are_in_every_format(
    contents: Mapping[str, bytes], summary: Summary, pages: list[str]
) -> None:
    html = " ".join(" ".join(skeleton(contents["html"].decode()).text).split()).replace("\u200b", "")
    book = load_workbook(BytesIO(contents["xlsx"]), data_only=True, read_only=True)["Summary"]
    cells = {value for row in book.iter_rows(values_only=True) for value in row}
    said = Messages(Facts(summary))
    for figure in Facts(summary).panel:
        shown = ENGLISH.figure(figure)
        if figure.id == "run_share":  # shown as the two shares that it parts the hours into
            run = round(100 * (figure.value or 0))
            assert f"Run to change, share of hours {run} : {100 - run}" in html
        else:
            assert f"{figure.title} {shown}" in html
            assert shown in pages[0]
        assert {figure.title, figure.value} <= cells
    for name in ("headline", "overdue", "handover"):
        assert said[name] in html
        assert said[name] in pages[0]
        assert said[name] in cells


@needs_pdf
def test_five_thousand_items_fill_few_pages_that_say_where_the_rest_is() -> None:
    big = make_summary(5_000, 200)
    pages = pages_of(pdf_of(big))
    assert len(pages) <= 16
    assert re.search(r"and [\d,]+ more in the PMO workbook, sheet \w", " ".join(pages))


def whole(pages: list[str], most: int) -> None:
    """No page is blank, and each is numbered and named."""
    furniture = len("Eastmere University · Work register report, October 2026 Page 1 of 9 Confidential") + 120
    assert len(pages) <= most
    for number, text in enumerate(pages, start=1):
        assert len(text) > furniture
        assert f"Page {number} of {len(pages)}" in text
        assert "Eastmere University" in text


@needs_pdf
@pytest.mark.parametrize("size", [(0, 0), (2, 1)])
def test_short_sections_share_a_page(size: tuple[int, int]) -> None:
    whole(pages_of(pdf_of(make_summary(*size))), most=7)


def test_no_page_is_blank(pages: list[str]) -> None:
    whole(pages, most=14)


@needs_pdf
def test_the_pdf_is_tagged_titled_and_its_drawings_have_words(contents: Mapping[str, bytes], summary: Summary) -> None:
    reader = PdfReader(BytesIO(contents["pdf"]))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title.startswith("Eastmere University")
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    pack = reader_of(summary).pack
    in_a_first_month = (one for one in (*pack.pages, *pack.annex) if one.id != "changes")
    assert titles == [one.title for one in in_a_first_month]
    assert Messages(Facts(summary))["months"] in " ".join(alternatives(root["/StructTreeRoot"]))
    fonts = {str(font["/BaseFont"]).split("+")[-1] for one in reader.pages for font in fonts_of(one)}
    assert all(name.startswith(("IBM-Plex-Sans", "Source-Serif-4")) for name in fonts)


def fonts_of(one: object) -> list[dict[str, object]]:
    return [font.get_object() for font in one["/Resources"]["/Font"].values()]  # type: ignore[index]


def alternatives(node: object) -> list[str]:
    """Every alternative text in the structure tree."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop().get_object() if hasattr(waiting[-1], "get_object") else waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found += [str(one["/Alt"])] if "/Alt" in one else []
            waiting += [one["/K"]] if "/K" in one else []
    return found


@pytest.mark.parametrize("form", ["xlsx", "html"])
def test_the_same_summary_gives_the_same_bytes(form: str) -> None:
    assert drawn(make_summary(20, 5), form) == drawn(make_summary(20, 5), form)


def test_reports_come_in_order_with_safe_names_each_once() -> None:
    scopes = ("", "IT Services", "it-services", "人事", "../../etc", "Organisation")
    summaries = tuple(make_summary(2, 1, scope=scope) for scope in scopes)
    reports = render(summaries, RenderSettings(formats=["html", "xlsx"]))
    names = [report.name for report in reports]
    assert names[:5] == [
        "2026-10_executive.html",
        "2026-10_department_it-services--6571f3b0.xlsx",
        "2026-10_department_it-services--6571f3b0.html",
        "2026-10_department_it-services--eda2165d.xlsx",
        "2026-10_department_it-services--eda2165d.html",
    ]
    assert names[-2:] == ["2026-10_pmo.xlsx", "2026-10_pmo.html"]
    assert len(set(names)) == len(reports) == 13
    assert all(re.fullmatch(r"[a-z0-9_-]+\.(xlsx|html)", name) for name in names)
    assert [report.scope for report in reports if report.pack == "department"][::2] == list(scopes[1:])


def test_another_reader_of_the_same_name_moves_no_name_to_somebody_else() -> None:
    base = make_summary(0, 0, scope="x")
    names = []
    for scopes in (["J. Smith", "J Smith"], ["J-Smith", "J Smith", "J. Smith"]):
        wanted = readers([replace(base, scope=scope) for scope in scopes], SETTINGS)
        names.append({one.summary.scope: one.name for one in wanted})
    assert names[0].items() <= names[1].items()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), max_size=6, unique=True))
@settings(max_examples=30, deadline=None)
def test_file_names_never_clash(scopes: list[str]) -> None:
    base = make_summary(0, 0, scope="x")
    wanted = readers([replace(base, scope=scope) for scope in scopes], SETTINGS)
    assert len({one.name for one in wanted}) == len(wanted) == len(scopes)


@needs_pdf
def test_pdfs_are_laid_out_in_other_processes_and_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In another time zone, too."""
    summaries = (make_summary(3, 1), make_summary(2, 1, scope="IT Services"))
    alone = SETTINGS.model_copy(update={"formats": ["pdf"]})
    reports = render(summaries, alone)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    made = [drawn(summaries[0], "pdf", alone), drawn(summaries[1], "pdf", alone, pack="department")]
    monkeypatch.undo()
    time.tzset()
    assert [report.content for report in reports] == made


def test_without_the_pdf_engine_the_other_formats_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """All in this process: other processes import the engine for themselves, whatever is hidden from this one."""
    monkeypatch.setattr(reports_room, "cores", lambda: 0)
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    pdf.pdf_engine_problem.cache_clear()
    try:
        reports = render((make_summary(2, 1),), SETTINGS)
        problem = pdf.pdf_engine_problem()
    finally:
        monkeypatch.undo()
        pdf.pdf_engine_problem.cache_clear()
    assert [report.format for report in reports] == ["html", "xlsx", "html"]
    assert "apt install" in problem


def test_where_several_files_hold_work_a_problem_still_names_its_cell(tmp_path: Path) -> None:
    for name in ("register-of-the-north.xlsx", "register-of-the-south.xlsx"):
        book = Workbook()
        for row in (["ID", "Title", "Owner", "Finish"], [name[:16], name, "Ana", "whenever"]):
            book.active.append(row)
        book.save(tmp_path / name)
    run = Run(Settings(), Period(2026, 10), (tmp_path,))
    places = [place for group in groups(Facts(run.summaries[0])) for place, _ in group.places]
    assert {"Sheet!D2, register-of-the-north.xlsx", "Sheet!D2, register-of-the-south.xlsx"} <= set(places)
