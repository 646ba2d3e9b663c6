"""Hostile text in a register: nothing of it executes, loads, links or turns into markup or a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.model import Summary
from pipeline.render import pdf
from tests.render.conftest import drawn, needs_pdf, page_of
from tests.render.parts import assert_known_references
from tests.render.sample import make_summary
from tests.render.skeleton import Skeleton, skeleton

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


def hostile(text: str, size: tuple[int, int] = (12, 4)) -> Summary:
    """A summary in which every text of a cell is this one."""
    return make_summary(*size, **dict.fromkeys(FIELDS, text))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_hostile_text_never_becomes_markup(text: str, medium: str) -> None:
    plain = plain_page(medium)
    seen = skeleton(page_of(hostile(text), medium))  # type: ignore[arg-type]
    if text == HOSTILE["long"]:  # takes the room of columns and of marks in drawings
        assert set(seen.tags) <= set(plain.tags)
    else:
        assert seen.tags == plain.tags
    assert not any(name == "href" for tag, names in seen.tags for name in names if tag != "a")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_never_becomes_a_formula_or_a_link(text: str) -> None:
    content = drawn(hostile(text), "xlsx")
    assert formulas(content) == plain_formulas()
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "hyperlink" in name or "external" in name.lower()]
        links = [found for name in parts.namelist() for found in re.findall(rb"<hyperlink [^>]*>", parts.read(name))]
        assert links, "the contents lead to each sheet"
        assert all(b"location=" in link and b"r:id" not in link for link in links), "within the workbook only"
    load_workbook(BytesIO(content))


@cache
def plain_page(medium: str) -> Skeleton:
    return skeleton(page_of(hostile("Plain text"), medium))  # type: ignore[arg-type]


@cache
def plain_formulas() -> list[bytes]:
    return formulas(drawn(hostile("Plain text"), "xlsx"))


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


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_no_text_changes_the_skeleton_of_a_page_or_adds_a_formula(text: str) -> None:
    assert bones(f"x{text}") == plain()


def bones(text: str) -> tuple[object, object]:
    """The tags of a page and the formulas of a workbook in which this text stands everywhere."""
    summary = hostile(text, (3, 2))
    return skeleton(page_of(summary)).tags, formulas(drawn(summary, "xlsx"))


@cache
def plain() -> tuple[object, object]:
    return bones("Plain text")


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
