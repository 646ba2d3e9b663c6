"""A drawing in a PDF: its title is the figure's alternative text, its words are text, what its marks tell is not."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from pipeline.render.charts import Sheet
from pipeline.render.palette import LIGHT
from pipeline.render.pdf import pdf_engine_problem
from tests.render.charts.samples import SAMPLES


@pytest.mark.skipif(bool(pdf_engine_problem()), reason="the PDF engine cannot be loaded here")
def test_a_figure_in_a_pdf_has_its_title_and_its_printed_values() -> None:
    from weasyprint import HTML

    width, draw = SAMPLES["months"]
    page = f"<html lang='en'><title>T</title><body>{draw(Sheet(width, 7.5, LIGHT))}</body></html>"
    reader = PdfReader(BytesIO(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")))
    alternatives = list(_alternatives(reader.trailer["/Root"]["/StructTreeRoot"]))
    assert alternatives == ["Load passes capacity in November and January"]
    text = reader.pages[0].extract_text()
    assert "104%" in text
    assert "h change" not in text


def _alternatives(node: Any) -> Iterator[str]:
    """The alternative texts of all figures below a node of the structure."""
    if isinstance(node, dict):
        if node.get("/S") == "/Figure":
            yield node["/Alt"]
        yield from _alternatives(node.get("/K", []))
    elif isinstance(node, list):
        for one in node:
            yield from _alternatives(one.get_object())
