"""A sheet on paper: its charts stand whole on a page, and within the columns that the page shows."""

from __future__ import annotations

import pytest

from pipeline.render.excel.page_breaks import ChartRows, page_breaks
from tests.render.excel.conftest import opened, workbook_of
from tests.render.sample import make_summary

SECTIONS = [ChartRows(0, 10, 19), ChartRows(30, 40, 49), ChartRows(50, 60, 69)]


@pytest.mark.parametrize(
    ("page", "breaks"),
    [
        (100, []),
        (50, []),
        (65, [50]),
        (45, [30]),
        (16, [10, 40]),
    ],
    ids=["one page", "pages end between", "the third section", "the second section", "sections longer than a page"],
)
def test_no_chart_is_parted_by_the_end_of_a_page(page: int, breaks: list[int]) -> None:
    assert page_breaks([1] * 70, SECTIONS, page) == breaks


def test_a_chart_is_as_wide_as_the_table_it_stands_under() -> None:
    sheet = opened(workbook_of(make_summary(12, 4)))["Summary"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGH"]
    for chart in sheet._charts:
        assert chart.anchor.to.col in (7, 8)
        across = sum(widths[: chart.anchor.to.col]) + chart.anchor.to.colOff / 9_525 / 7
        assert across == pytest.approx(sum(widths), abs=1)
