"""What a chart is called is words, whatever it looks like."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from tests.render.excel.conftest import workbook_of
from tests.render.parts import assert_known_references
from tests.render.sample import make_summary


@pytest.mark.parametrize("text", ["='x'!A1", "Stop!A1"])
def test_a_chart_is_drawn_from_sheets_of_its_workbook_whatever_a_name_looks_like(text: str) -> None:
    content = workbook_of(make_summary(5, 3, department=text, team=text))
    assert_known_references(content)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        titles = [
            found
            for name in parts.namelist()
            if name.startswith("xl/charts/")
            for found in re.findall(r"<c:title>.*?</c:title>", parts.read(name).decode())
        ]
    assert titles
    assert not [title for title in titles if "<c:f>" in title]
    assert any(text.replace("'", "&apos;") in title or text in title for title in titles), "the sentence itself"
