"""The reports as files: the same figures everywhere, nothing executes, nothing overflows, the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from pipeline.flow import Run
from pipeline.model import Period, Summary
from pipeline.render import pdf, render
from pipeline.render import reports as reports_room
from pipeline.render.facts import Facts
from pipeline.render.language import ENGLISH
from pipeline.render.messages import compose
from pipeline.render.problems import groups
from pipeline.render.readers import readers
from pipeline.settings import RenderSettings, Settings
from tests.render.conftest import SETTINGS, drawn, needs_pdf, page_of, pages_of, pdf_of, reader_of
from tests.render.parts import assert_known_references
from tests.render.sample import make_summary

HOSTILE = {
    "formula": '=HYPERLINK("http://example.org","x")+cmd|\' /C calc\'!A0',
    "markup": "</td></table><script>alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(1)><style>*{display:none}",
    "jinja": "{{ 7*7 }}{% include '/etc/passwd' %}{# x #}",
    "link": "javascript:alert(1) http://example.org file:///etc/passwd",
    "bidi": "abc\u202egnp.exe\u2066\u200f \ue000\x00\x07Z\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "long": "W" * 32_767,
    "entity": "&lt;b&gt; &amp; <workbook> ]]> \"'`",
}
FIELDS = (
    "title",
    "department",
    "accountable",
    "person",
    "team",
    "decision",
    "message",
    "read",
    "reason",
    "file",
    "id",
    "status",
    "missing",
)


SHAPES = ("rect", "line", "polyline", "text")


class Skeleton(HTMLParser):
    """The elements of a page, without its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SHAPES:  # how many lines hatch a column depends on its height
            self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def skeleton(html: str) -> Skeleton:
    parser = Skeleton()
    parser.feed(html)
    return parser


def hostile(text: str, size: tuple[int, int] = (12, 4)) -> Summary:
    """A summary in which every text of a cell is this one."""
    return make_summary(*size, **dict.fromkeys(FIELDS, text))


def test_the_same_figures_are_in_every_format(
    contents: Mapping[str, bytes], summary: Summary, pages: list[str]
) -> None:
    html = " ".join(" ".join(skeleton(contents["html"].decode()).text).split()).replace("\u200b", "")
    book = load_workbook(BytesIO(contents["xlsx"]), data_only=True, read_only=True)["Summary"]
    cells = {value for row in book.iter_rows(values_only=True) for value in row}
    said = compose(Facts(summary))
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
    assert compose(Facts(summary))["months"] in " ".join(alternatives(root["/StructTreeRoot"]))
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


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_hostile_text_never_becomes_markup(text: str, medium: str) -> None:
    plain = skeleton(page_of(hostile("Plain text"), medium))  # type: ignore[arg-type]
    seen = skeleton(page_of(hostile(text), medium))  # type: ignore[arg-type]
    if text == HOSTILE["long"]:  # takes the room of columns and of marks in drawings
        assert set(seen.tags) <= set(plain.tags)
    else:
        assert seen.tags == plain.tags
    assert not any(name == "href" for tag, names in seen.tags for name in names if tag != "a")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_never_becomes_a_formula_or_a_link(text: str) -> None:
    content = drawn(hostile(text), "xlsx")
    plain = drawn(hostile("Plain text"), "xlsx")
    assert formulas(content) == formulas(plain)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "hyperlink" in name or "external" in name.lower()]
        links = [found for name in parts.namelist() for found in re.findall(rb"<hyperlink [^>]*>", parts.read(name))]
        assert links, "the contents lead to each sheet"
        assert all(b"location=" in link and b"r:id" not in link for link in links), "within the workbook only"
    load_workbook(BytesIO(content))


def formulas(content: bytes) -> list[bytes]:
    """Those of cells and of charts, whose sheets are all in the workbook."""
    assert_known_references(content)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        drawn = sorted(name for name in parts.namelist() if re.match("xl/(worksheets/sheet|charts/chart)", name))
        return [found for name in drawn for found in re.findall(rb"<(?:c:)?f>[^<]*</(?:c:)?f>", parts.read(name))]


@needs_pdf
def test_hostile_text_makes_an_ordinary_pdf() -> None:
    texts = list(HOSTILE.values())
    fields = {field: texts[place % len(texts)] for place, field in enumerate(FIELDS)}
    content = drawn(make_summary(4, 2, **fields), "pdf")
    assert len(PdfReader(BytesIO(content)).pages) <= 8
    assert b"/URI" not in content
    assert b"/JavaScript" not in content


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_no_text_changes_the_skeleton_of_a_page_or_adds_a_formula(text: str) -> None:
    assert skeleton(page_of(hostile(f"x{text}", (3, 2)))).tags == PLAIN.tags
    assert formulas(drawn(hostile(f"x{text}", (3, 2)), "xlsx")) == PLAIN_FORMULAS


PLAIN = skeleton(page_of(hostile("Plain text", (3, 2))))
PLAIN_FORMULAS = formulas(drawn(hostile("Plain text", (3, 2)), "xlsx"))


def test_the_page_loads_nothing_from_elsewhere(contents: Mapping[str, bytes]) -> None:
    html = contents["html"].decode()
    assert "default-src 'none'" in html
    assert not re.search(r"<(link|img|iframe|object|script[^>]*src)|url\(|@import|https?://(?!www\.w3\.org/)", html)


@needs_pdf
@pytest.mark.parametrize(
    "html",
    [
        '<link rel="stylesheet" href="{}">',
        '<img src="{}">',
        "<style>@import url({})</style>",
        '<p style="background:url({})">x</p>',
        '<link rel="attachment" href="{}">',
        '<object data="{}"></object>',
        '<svg><image href="{}" width="1" height="1"/></svg>',
        '<base href="{}"><img src="x.png">',
    ],
)
def test_the_pdf_engine_loads_nothing_but_its_own_fonts(html: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("C4N4RY")
    content = pdf.write_pdf(pdf.Paper(html.format(canary.as_uri()) + "<p>text</p>"))
    assert b"C4N4RY" not in content
    assert not PdfReader(BytesIO(content)).attachments


@pytest.mark.parametrize("form", ["xlsx", "html", "pdf"])
def test_the_same_summary_gives_the_same_bytes(form: str) -> None:
    if form == "pdf" and pdf.pdf_engine_problem():
        pytest.skip("the PDF engine cannot be loaded here")
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
def test_pdfs_are_laid_out_in_other_processes_and_come_out_the_same() -> None:
    summaries = (make_summary(3, 1), make_summary(2, 1, scope="IT Services"))
    alone = SETTINGS.model_copy(update={"formats": ["pdf"]})
    reports = render(summaries, alone)
    made = [drawn(summaries[0], "pdf", alone), drawn(summaries[1], "pdf", alone, pack="department")]
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
