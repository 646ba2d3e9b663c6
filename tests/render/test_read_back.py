"""Everything that a finished file holds is read back, whether it is shown or not; what cannot be is told."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.render.pdf import Enclosure, Paper, write_pdf
from pipeline.render.read_back import read
from pipeline.render.scope_check import foreign
from pipeline.render.scope_marks import Marks
from tests.render.conftest import needs_pdf
from tests.render.test_scope_check import ROWS, of_reader, told, whole, xlsx


@needs_pdf
def test_a_planted_row_is_told_in_a_pdf() -> None:
    page = "<html lang=en><title>Ana Roy</title><p>{}</p><svg viewBox='0 0 9 9' role=img><title>{}</title><rect width='9' height='9'/></svg>"
    own = "Replace pumps at Weir Lane (WO-017)"
    assert told(write_pdf(Paper(page.format(own, own))), "pdf") == ()
    found = told(write_pdf(Paper(page.format("Supplier <b>payments</b> and dunning FI-201", "Cy Fox"))), "pdf")
    assert sorted(found) == sorted(["the ID FI-201", "the title Supplier payments and dunning", "the name Cy Fox"])


PAGE = "<html lang=en><title>Ana Roy</title>"


@needs_pdf
@pytest.mark.parametrize(
    "rest",
    [
        "<a href='https://example.org/?who=Cy%20Fox'>x</a>",
        "<p><a href='#cy-fox'>x</a></p><p id='cy-fox'>y</p>",
        "<meta name=keywords content='Cy Fox'>x",
        "<h2 style='bookmark-label: &quot;Cy Fox&quot;;bookmark-level:1'>x</h2>",
    ],
)
def test_what_a_pdf_does_not_print_is_read(rest: str) -> None:
    assert told(write_pdf(Paper(PAGE + rest)), "pdf") == ("the name Cy Fox",)


@needs_pdf
def test_an_id_that_is_broken_over_lines_is_told() -> None:
    rows = [*ROWS, {"id": "PROJECT-2026-000123", "title": "Paint", "department": "Water", "accountable": "Cy Fox"}]
    marks = Marks(whole(rows), Path("none"))  # type: ignore[arg-type]
    allowed = marks.allowed(of_reader(rows, {0}))  # type: ignore[arg-type]
    narrow = f"{PAGE}<table style='width:40pt;table-layout:fixed;font-size:9pt;overflow-wrap:anywhere'><tr><td>"
    for text, found in (
        ("PROJECT-2026-000123", ("the ID PROJECT-2026-000123",)),
        ("PROJECT-2026-000124 PROJECT-2026 123", ()),
    ):
        assert foreign(write_pdf(Paper(narrow + text)), "pdf", allowed, marks.known) == found


@needs_pdf
def test_a_file_inside_a_pdf_is_read_or_told() -> None:
    inside = (
        Enclosure("a.xlsx", "application/x", "", 0, xlsx("Ana Roy", "FI-201")),
        Enclosure("b.bin", "application/x", "", 0, b"Cy Fox"),
    )
    found = told(write_pdf(Paper(f"{PAGE}<p>x", archive=True, enclosed=inside)), "pdf")
    assert found == ("the ID FI-201", "a file inside the PDF that cannot be read back, b.bin")


@pytest.mark.parametrize(
    "page",
    [
        b"<title>Ana Roy</title></style></script><p>Cy Fox</p>",
        b"<title>Ana Roy</title><!-- for Cy Fox -->",
        b"<title>Ana Roy</title><style>p::after{content:'Cy Fox'}</style>",
        b"<title>Ana Roy</title><script>x={who:'Cy Fox'}</script>",
        b"<title>Ana Roy</title><a href='/of/Cy%20Fox'>x</a>",
        b"<title>Ana Roy</title><p id='cy-fox'>x</p>",
        b"<title>Ana Roy</title><p aria-description='Cy Fox'>x</p>",
        b"<title>Ana Roy</title><p title='Cy Fox'>x</p>",
        b"<title>Ana Roy</title><p aria-label='for Cy Fox'>x</p>",
        b"<title>Ana Roy</title><p data-head='Cy Fox'>x</p>",
        b"<title>Ana Roy</title><p>Cy <b>F</b>ox</p>",
        "<title>Ana Roy</title><p>Cy F\u00ado\u200bx</p>".encode(),
        b"<title>Ana Roy</title><svg><desc>Cy Fox</desc></svg>",
    ],
)
def test_it_is_told_wherever_a_page_says_it(page: bytes) -> None:
    assert told(page, "html") == ("the name Cy Fox",)


def test_it_is_told_wherever_a_workbook_says_it() -> None:
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    book.set_properties({"title": "Ana Roy", "comments": "Cy Fox"})
    sheet = book.add_worksheet("Work")
    sheet.write_comment(0, 0, "Supplier payments and dunning")
    sheet.set_header("&LFI-201 ")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"name": "Bo Lee", "values": "=Work!$A$1:$A$2"})
    sheet.insert_chart("C3", chart)
    book.close()
    assert set(told(content.getvalue(), "xlsx")) == {
        "the name Cy Fox",
        "the name Bo Lee",
        "the title Supplier payments and dunning",
        "the ID FI-201",
    }


def with_part(name: str, content: str) -> bytes:
    """A workbook with one more part."""
    book = BytesIO(xlsx("Ana Roy"))
    with zipfile.ZipFile(book, "a") as parts:
        parts.writestr(name, content)
    return book.getvalue()


PARTS = {
    "xl/comments1.xml": "<comments><text><r><t>Cy</t></r><r><t> Fox</t></r></text></comments>",
    "xl/drawings/drawing1.xml": "<d xmlns:a='a'><a:p><a:r><a:t>C</a:t></a:r><a:r><a:t>y Fox</a:t></a:r></a:p></d>",
    "xl/persons/person.xml": "<t><x><!-- Cy Fox --></x></t>",
    "xl/worksheets/sheet9.xml": '<s><sheetData><row><c><f>HYPERLINK("Cy Fox")</f></c></row></sheetData></s>',
    "xl/_rels/x.rels": "<r><s Target='mailto:cy%20fox'/></r>",
}


@pytest.mark.parametrize("name", PARTS)
def test_runs_of_letters_and_each_part_of_a_workbook_are_read(name: str) -> None:
    assert told(with_part(name, PARTS[name]), "xlsx") == ("the name Cy Fox",)


def test_a_part_that_cannot_be_read_is_told() -> None:
    found = told(with_part("xl/embeddings/one.bin", "Cy Fox"), "xlsx")
    assert found == ("a part that cannot be read back, xl/embeddings/one.bin",)
    assert told(with_part("xl/media/logo.png", "Cy Fox"), "xlsx") == ()


def test_lines_are_read_cell_by_cell() -> None:
    page = b"<table><tr><td>a <b>b</b></td><td>c</td></tr></table><p>d</p>"
    assert read(page, "html").lines == [("a b", "c"), ("d",)]


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_a_file_that_is_none_of_its_format_is_told(form: str) -> None:
    assert "the file, which cannot be read back" in told(b"neither page nor workbook", form)
