"""A sheet on paper: its orientation, margins, header and footer, and which columns a page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from pipeline.render.excel.layout import SheetLayout
from pipeline.render.excel.page_breaks import ChartRows, page_breaks
from pipeline.render.excel.quick_sheet import QuickSheet
from pipeline.render.text import sheet_text
from pipeline.render.view import View

PAPERS: Mapping[str, int] = {"A4": 9, "Letter": 1}
_SIDES: Mapping[str, tuple[float, float]] = {"A4": (11.69, 8.27), "Letter": (11.0, 8.5)}
"""Inches of the long and the short side."""
_SIDE, _TOP, _FOOT = 0.4, 0.7, 0.6
"""Margins, inches."""
_DOTS = 96
"""Pixels of a sheet in an inch."""
_SPARE = 0.96
"""Of a page that is counted on: printers' letters, and with them columns and rows, differ a little from a screen's."""
PRINT_WIDTH = 190
"""Characters that a landscape page shows at a size one can read; columns beyond are for the screen."""
SQUEEZED = 1.15
"""A sheet wider by this much is made a little smaller rather than cut."""
_LIMIT = 230
"""Letters that Excel takes in a header or footer, less its codes."""


def set_up(
    sheet: QuickSheet, layout: SheetLayout, view: View, widths: Sequence[float], rows: int, charts: Sequence[ChartRows]
) -> None:
    """Paper, margins, header, footer, printed area and page ends of a sheet with so many rows."""
    sheet.hide_gridlines(2)
    if not layout.get("upright"):
        sheet.set_landscape()
    sheet.set_paper(PAPERS[view.paper])
    sheet.set_margins(_SIDE, _SIDE, _TOP, _FOOT)
    across = printed(layout, widths)
    sheet.fit_to_pages(1, 1 if layout.get("fit") == "page" else 0)
    if charts and layout.get("fit") != "page":
        _part(sheet, layout, view, pixels(widths[:across]), [sheet.height(row) for row in range(rows)], charts)
    if across < len(widths):
        sheet.print_area(0, 0, max(rows, 1), across - 1)
    _edges(sheet, view, xl_col_to_name(across - 1) if across < len(widths) else "")


def printed(layout: SheetLayout, widths: Sequence[float]) -> int:
    """How many columns a page shows."""
    return len(widths) if layout.get("fit") in ("page", "width") else _across(widths)


def pixels(widths: Sequence[float]) -> int:
    """Pixels of columns of so many characters, as Excel has them in its standard letter."""
    return sum(int(7 * width + 5) for width in widths)


def _part(
    sheet: QuickSheet,
    layout: SheetLayout,
    view: View,
    width: int,
    heights: Sequence[int],
    charts: Sequence[ChartRows],
) -> None:
    """End pages before charts that would be parted; the size is what the width is fitted to."""
    long, short = _SIDES[view.paper]
    wide, high = (short, long) if layout.get("upright") else (long, short)
    size = min(1.0, _SPARE * _DOTS * (wide - 2 * _SIDE) / width)
    sheet.set_h_pagebreaks(page_breaks(heights, charts, _SPARE * _DOTS * (high - _TOP - _FOOT) / size))


def _edges(sheet: Any, view: View, last: str) -> None:
    """Header and footer; `last` is the last printed column where others are only on the screen."""
    say = view.language
    rest = " " + say.gettext("On paper up to column {column}.", column=last) if last else ""
    pages = say.gettext("Page {page} of {pages}", page="&P", pages="&N")
    right = f"{_edge(say.word(view.settings.confidentiality), 80)}. {pages}"
    own = _edge(view.settings.brand.footer, 60)
    left = _edge(f"{view.scope}, {view.period}. {view.source}.{rest}", _LIMIT - len(right) - len(own))
    if own:
        left = f"{left}\n{own}"
    # The space ends the size: text may begin with a figure.
    sheet.set_header(f"&L&8 {_edge(view.organisation, 120)}&R&8 &A")
    sheet.set_footer(f"&L&8 {left}&R&8 {right}")


def _edge(text: str, limit: int) -> str:
    """Text of at most so many letters for a printed edge, in which & begins a code and stands doubled for itself."""
    plain = sheet_text(text).replace("\n", " ").replace("&", "&&")
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip("&") + "…"


def _across(widths: Sequence[float]) -> int:
    """How many columns fit on a landscape page at a size one can read; the others are for the screen."""
    sums = list(accumulate(widths))
    return len(sums) if sums[-1] <= PRINT_WIDTH * SQUEEZED else max(1, sum(width <= PRINT_WIDTH for width in sums))
