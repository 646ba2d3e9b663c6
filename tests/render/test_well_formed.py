"""Pages for paper are well-formed XML, which the PDF engine is handed parsed: its own parser takes much longer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from pipeline.model import Summary
from tests.render.conftest import page_of
from tests.render.department_sample import make_department

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
OPEN = re.compile(r"<(?:br|col|hr|img|wbr)\b(?:\{\{.*?\}\}|\{%.*?%\}|[^>{])*(?<!/)>")
"""An element without content that is left open."""
BARE = re.compile(
    r"<[a-z]\w*(?:\s+[a-z-]+=\"[^\"]*\"|\{[{%].*?[%}]\})*\s+[a-z-]+=[^\"'\s{>]|[\"']\s*[a-z]+=[a-z]+[\"']"
)
"""The value of an attribute without quotes, in an element or in a text that is put into one."""


@pytest.mark.parametrize("pack", ["executive", "department"])
def test_the_paper_page_is_well_formed(summary: Summary, pack: str) -> None:
    html = page_of(make_department() if pack == "department" else summary, "paper", pack=pack)
    assert fromstring(html.strip().removeprefix("<!doctype html>")).tag == "html"


def test_no_template_leaves_an_element_open_or_a_value_bare() -> None:
    faults = [
        f"{path.relative_to(TEMPLATES)}: {found.group()}"
        for path in sorted(TEMPLATES.rglob("*.html.j2"))
        if not path.name.startswith("mail.")
        for pattern in (OPEN, BARE)
        for found in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert faults == []
