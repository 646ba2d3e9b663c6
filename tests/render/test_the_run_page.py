"""The PMO's web page: its counts are called what they are, and it says where the items are that it does not list."""

from __future__ import annotations

import pytest

from pipeline.model import Summary
from pipeline.render.excel import detail
from pipeline.render.exhibits import every_item
from tests.render.conftest import page_of


def test_what_is_counted_of_each_kind_is_findings_however_many_places_each_stands_for(summary: Summary) -> None:
    page = page_of(summary, pack="pmo")
    assert '<th class="n">Findings</th>' in page
    assert "One finding can stand for many cells or work items" in page
    assert "Places" not in page


@pytest.mark.parametrize(("rows", "words"), [
    (detail.MOST_ROWS, "more in the workbook, sheet Register."),
    (8, "more in the files beside the workbook, which its sheet Register names."),
])  # fmt: skip
def test_where_the_other_items_are_is_said_above_the_list(
    summary: Summary, monkeypatch: pytest.MonkeyPatch, rows: int, words: str
) -> None:
    monkeypatch.setattr(every_item, "MOST", 5)
    monkeypatch.setattr(detail, "MOST_ROWS", rows)
    listed = page_of(summary, pack="pmo").partition('id="every-item"')[2]
    assert words in listed.partition("<table")[0]
    assert words not in listed.partition("<table")[2]
