"""Drawings are kept apart from the page without being lost: drawn whole, with the words that stand for them."""

from __future__ import annotations

import io
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from pipeline.render.pdf import Paper, write_pdf
from pipeline.render.svg_apart import set_apart
from tests.render.conftest import needs_pdf

pytestmark = needs_pdf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><title>The title</title><text x="5" y="20">Told</text></svg>'
PAGE = f'<html lang="en"><head><title>t</title></head><body><h1>t</h1><p>Before {SVG} after</p></body></html>'


def test_the_page_keeps_a_leaf_in_its_place() -> None:
    page = fromstring(PAGE)
    set_apart(page)
    drawing = page.find("body/p/{*}svg")
    assert drawing is not None
    assert (len(drawing), drawing.get("width"), drawing.tail) == (0, "90", " after")


def test_a_drawing_is_drawn_and_told_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader

    apart = write_pdf(Paper(PAGE))
    assert "Told" in PdfReader(io.BytesIO(apart)).pages[0].extract_text()
    monkeypatch.setattr("pipeline.render.pdf.set_apart", lambda page: None)
    assert write_pdf(Paper(PAGE)) == apart


def test_a_drawing_inside_a_drawing_is_not_lost() -> None:
    page = fromstring(PAGE.replace("<title>The title</title>", f"<g>{SVG.replace('Told', 'Within')}</g>"))
    set_apart(page)
    drawing: Any = page.find("body/p/{*}svg")
    assert [text.text for text in drawing.whole.iter("{http://www.w3.org/2000/svg}text")] == ["Within", "Told"]


def test_an_engine_built_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.html.HTML_HANDLERS", {})
    page = fromstring(PAGE)
    set_apart(page)
    assert len(page.find("body/p/{*}svg") or ()) == 2
