"""A sheet on paper: its orientation, margins, header and footer, and which columns a page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from pipeline.render.excel.layout import SheetLayout
from pipeline.render.text import sheet_text
from pipeline.render.view import View

PAPERS: Mapping[str, int] = {"A4": 9, "Letter": 1}
PRINT_WIDTH = 190
"""Characters that a landscape page shows at a size one can read; columns beyond are for the screen."""
SQUEEZED = 1.15
"""A sheet wider by this much is made a little smaller rather than cut."""
_LIMIT = 230
"""Letters that Excel takes in a header or footer, less its codes."""


def set_up(sheet: Any, layout: SheetLayout, view: View, widths: Sequence[float], rows: int) -> None:
    """Paper, margins, header, footer and printed area of a sheet with so many rows."""
    sheet.hide_gridlines(2)
    if not layout.get("upright"):
        sheet.set_landscape()
    sheet.set_paper(PAPERS[view.paper])
    sheet.set_margins(0.4, 0.4, 0.7, 0.6)
    across = len(widths) if layout.get("fit") in ("page", "width") else _across(widths)
    sheet.fit_to_pages(1, 1 if layout.get("fit") == "page" else 0)
    if across < len(widths):
        sheet.print_area(0, 0, max(rows, 1), across - 1)
    _edges(sheet, view, xl_col_to_name(across - 1) if across < len(widths) else "")


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
