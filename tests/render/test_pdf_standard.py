"""What the PDFs declare, PDF/UA-1 or PDF/A-3a, is checked by independent tools and on the file's own structure.

`pdfua` checks 16 of the 106 machine-checkable conditions of the Matterhorn protocol; what follows it here checks some
more by hand. veraPDF, which checks all, cannot be installed from a package registry.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from pipeline.model import Summary
from tests.render.conftest import SETTINGS, drawn, needs_pdf
from tests.render.department_sample import make_department
from tests.render.sample import make_summary
from tests.render.test_owner_page import crowded

pytestmark = needs_pdf
MADE = (
    ("executive", "accessible", "de"),
    ("department", "archive", "fr"),
    ("owner", "accessible", "es"),
    ("pmo", "accessible", "pt"),
    ("pmo", "archive", "en"),
)
"""Packs, what their PDFs declare, and languages: every pack that has pages."""
LONG = ("executive", "department")
"""Packs of several pages, with drawings."""


class Made(NamedTuple):
    """One report, where it is written."""

    pack: str
    variant: str
    language: str
    path: Path


@pytest.fixture(scope="module", params=MADE, ids="-".join)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Each report, laid out once."""
    pack, variant, language = request.param
    settings = SETTINGS.model_copy(update={"pdf": variant, "language": language})
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(drawn(_summary(pack), "pdf", settings, pack))
    return Made(pack, variant, language, path)


def _summary(pack: str) -> Summary:
    """Small, and with something on every page: someone over capacity, faults, handovers."""
    if pack == "department":
        return make_department(24, 6)
    return crowded(6).summary if pack == "owner" else make_summary(12, 6)


@pytest.fixture(scope="module")
def pdf(made: Made) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(made.path) as document:
        yield document


def structure(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element of the tree of tags, in reading order."""
    if isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
    children = element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else []
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            yield from structure(child)


def tagged(pdf: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Object]:
    return [one for one in structure(pdf.Root.StructTreeRoot) if str(one.S) in kinds]


def test_an_independent_checker_finds_nothing(made: Made) -> None:
    import pdfua

    found = {str(one.rule_id): str(one) for one in pdfua.validate(str(made.path)).findings}
    if made.variant == "archive":
        assert found.pop("UA-28-004"), "it declares PDF/A-3a instead"
    assert found == {}


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_the_file_is_sound(made: Made) -> None:
    done = subprocess.run(["qpdf", "--check", made.path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_says_what_it_is(made: Made, pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as told:
        declared = (told.get("pdfuaid:part"), told.get("pdfaid:part"), told.get("pdfaid:conformance"))
    assert declared == (("1", None, None) if made.variant == "accessible" else (None, "3", "A"))
    assert str(pdf.Root.Lang) == made.language
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "2026" in str(pdf.docinfo["/Title"])


def test_every_font_is_embedded_and_can_be_read_aloud(pdf: pikepdf.Pdf) -> None:
    fonts = {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    for name, font in fonts.items():
        assert "/ToUnicode" in font, name
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor), name


def test_everything_on_a_page_is_tagged_or_decoration(pdf: pikepdf.Pdf) -> None:
    """Text is never painted outside of marked content."""
    for number, page in enumerate(pdf.pages, start=1):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
            if str(operator) in ("Tj", "TJ"):
                assert depth > 0, f"page {number}: {operands}"
        assert depth == 0


def test_headings_go_down_one_level_at_a_time(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(one.S)[2:]) for one in tagged(pdf, "/H1", "/H2", "/H3", "/H4")]
    assert levels
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_every_figure_has_a_text_in_its_place(made: Made, pdf: pikepdf.Pdf) -> None:
    figures = tagged(pdf, "/Figure")
    assert figures or made.pack not in LONG
    assert [str(one.get("/Alt", "")) for one in figures if len(str(one.get("/Alt", ""))) < 5] == []


def test_every_cell_knows_its_heads(pdf: pikepdf.Pdf) -> None:
    tables = tagged(pdf, "/Table")
    assert tables
    for table in tables:
        inside = list(structure(table))
        heads = {str(one.ID): str(one.A.Scope) for one in inside if str(one.S) == "/TH"}
        assert heads, "a table without heads is no table"
        assert set(heads.values()) <= {"/Column", "/Row"}
        for cell in (one for one in inside if str(one.S) == "/TD"):
            assert "/A" in cell
            attributes = cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]
            named = {str(head) for one in attributes for head in one.get("/Headers", [])}
            assert named <= set(heads)


def test_pages_follow_the_tags_and_the_outline_names_each(made: Made, pdf: pikepdf.Pdf) -> None:
    assert all(str(page.obj.get("/Tabs")) == "/S" for page in pdf.pages if "/Annots" in page.obj)
    with pdf.open_outline() as outline:
        assert len(outline.root) >= (4 if made.pack in LONG else 1)
        assert all(item.title.strip() for item in outline.root)


def test_an_archived_report_holds_its_workbook(made: Made, pdf: pikepdf.Pdf) -> None:
    if made.variant != "archive":
        assert not pdf.attachments
        return
    (name,) = pdf.attachments
    assert name.endswith(".xlsx")
    content = pdf.attachments[name].get_file().read_bytes()
    from openpyxl import load_workbook

    sheets = load_workbook(io.BytesIO(content), read_only=True).sheetnames
    assert {"fr": "Registre"}.get(made.language, "Register") in sheets
    assert str(pdf.attachments[name].obj.AFRelationship) == "/Data"
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert "/ID" in pdf.trailer
    assert "/JavaScript" not in pdf.Root.get("/Names", {})
    assert not pdf.is_encrypted
