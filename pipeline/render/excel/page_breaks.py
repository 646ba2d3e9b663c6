"""Where the pages of a sheet begin on paper, so that no chart is parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ChartRows:
    """The rows of a chart, the first and the last; `opens` is where its section begins, which it stays with."""

    opens: int
    first: int
    last: int


def page_breaks(heights: Sequence[float], charts: Sequence[ChartRows], page: float) -> list[int]:
    """The rows before which a page has to end, from top to bottom.

    `heights` are those of all rows, `page` that of a page, in one unit. A section that is longer than a page is parted
    before its chart.
    """
    breaks: list[int] = []
    begin = 0
    for one in charts:
        begin = _last_page(heights, begin, one.first, page)
        if sum(heights[begin : one.last + 1]) > page:
            whole = one.opens > begin and sum(heights[one.opens : one.last + 1]) <= page
            begin = one.opens if whole else one.first
            breaks.append(begin)
    return breaks


def _last_page(heights: Sequence[float], begin: int, row: int, page: float) -> int:
    """The first row of the page on which `row` comes, where pages are filled from row `begin` down."""
    used = 0.0
    for at, height in enumerate(heights[begin:row], start=begin):
        if used + height > page:
            begin, used = at, 0.0
        used += height
    return begin
