"""One sheet of the workbook: its blocks from top to bottom, its columns, panes, filter and print set-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from pipeline.errors import TemplateError
from pipeline.model import Figure
from pipeline.render import words
from pipeline.render.excel.charts import CHARTS, SIZE
from pipeline.render.excel.layout import TEMPLATE, Block, SheetLayout
from pipeline.render.excel.styles import Styles
from pipeline.render.excel.tables import Placed, TableWriter, column_widths
from pipeline.render.text import sheet_text
from pipeline.render.view import View

PAPERS: Mapping[str, int] = {"A4": 9, "Letter": 1}
HEIGHTS: Mapping[str, float] = {"title": 30, "lead": 22, "section": 22, "gap": 12}
"""Row heights in points."""
CHART_ROWS = 15
"""Rows that a chart covers."""
TEXT_WIDTH = 100.0
"""Characters of a sheet's only column, where it has no table."""
PRINT_WIDTH = 190
"""Characters that a landscape page shows at a size one can read; columns beyond are for the screen."""
SQUEEZED = 1.15
"""A sheet wider by this much is made a little smaller rather than cut."""
_FOOTER = 240


@dataclass
class Ink:
    """What all sheets of one workbook share; `placed` fills while they are written."""

    book: Any
    view: View
    styles: Styles
    placed: dict[str, Placed] = field(default_factory=dict)

    def said(self, block: Block) -> str:
        """A block's own text, or the sentence that it names."""
        if not block.get("say"):
            return block.text
        words_by_id = {
            "title": self.view.title,
            "scope": self.view.scope,
            "source": self.view.source,
            "new_rules": self.view.new_rules,
            **self.view.message,
        }
        if block.get("say") not in words_by_id:
            raise TemplateError(
                f"no sentence is called '{block.get('say')}'.", TEMPLATE, f"Known: {', '.join(words_by_id)}."
            )
        return words_by_id[block.get("say")]

    def frame(self, block: Block) -> pd.DataFrame:
        """The table that a block names."""
        tables = self.view.tables
        if block.get("of") not in tables:
            raise TemplateError(f"there is no table '{block.get('of')}'.", TEMPLATE, f"Known: {', '.join(tables)}.")
        return tables[block.get("of")]


class SheetWriter:
    """Writes one sheet of the layout."""

    def __init__(self, ink: Ink, layout: SheetLayout) -> None:
        self.ink, self.layout = ink, layout
        self.sheet = ink.book.add_worksheet(layout.get("name"))
        self.row = 0
        self._charts: list[tuple[int, Block]] = []
        self._head: Placed | None = None

    @property
    def width(self) -> int:
        """Columns that the sheet's text may run over."""
        return max(1, len(self._widths()))

    def write(self) -> None:
        """Every block, then what holds for the whole sheet."""
        for column, width in enumerate(self._widths()):
            self.sheet.set_column(column, column, width)
        for block in self.layout.blocks:
            getattr(self, f"_{block.kind}")(block)
        self._set_up()

    def draw_charts(self) -> None:
        """The charts, once every table has its place."""
        for row, block in self._charts:
            name = block.get("of")
            placed = self.ink.placed.get(name)
            if name not in CHARTS or placed is None:
                raise TemplateError(
                    f"no chart of table '{name}' can be drawn.",
                    TEMPLATE,
                    f"Known: {', '.join(CHARTS)}; its table must be in the workbook.",
                )
            frame = self.ink.view.tables[name]
            if len(frame):
                chart = CHARTS[name](self.ink.book, frame, placed, self.ink.said(block))
                self.sheet.insert_chart(row, 0, chart, {"object_position": 1, "description": self.ink.said(block)})

    def _widths(self) -> list[float]:
        if self.layout.get("widths"):
            return [float(width) for width in self.layout.get("widths").split()]
        tables = [column_widths(block) for block in self.layout.blocks if block.kind in ("table", "matrix")]
        return [max(widths) for widths in zip_longest(*tables, fillvalue=0.0)] or [TEXT_WIDTH]

    def _line(self, style: str, block: Block, height: float | None = None) -> None:
        """One line of text over the width of the sheet."""
        form, text = self.ink.styles.get(style), sheet_text(self.ink.said(block))
        if self.width > 1 and style != "section":
            self.sheet.merge_range(self.row, 0, self.row, self.width - 1, "", form)
        elif style == "section":
            for column in range(1, self.width):
                self.sheet.write_blank(self.row, column, None, form)
        self.sheet.write_string(self.row, 0, text, form)
        chars = sum(self._widths()) / {"title": 1.6, "lead": 1.2}.get(style, 1.0)
        lines = 1 + int(len(text) / chars)
        self.sheet.set_row(self.row, (height or HEIGHTS.get(style, 15)) + (lines - 1) * HEIGHTS.get(style, 15) * 0.8)
        self.row += 1

    def _title(self, block: Block) -> None:
        self._line("title", block)

    def _lead(self, block: Block) -> None:
        self._line("lead", block)

    def _note(self, block: Block) -> None:
        self._line("note", block)

    def _section(self, block: Block) -> None:
        self._line("section", block)

    def _gap(self, block: Block) -> None:
        self.sheet.set_row(self.row, HEIGHTS["gap"])
        self.row += 1

    def _figures(self, block: Block) -> None:
        """The headline figures, a column each."""
        for place, figure in enumerate(self.ink.view.panel):
            self.sheet.write_string(self.row, place, figure.title, self.ink.styles.get("label"))
            self._figure(figure, self.row + 1, place)
            rest = f"of {words.number(figure.of)}" if figure.of is not None else ""
            self.sheet.write_string(self.row + 2, place, rest, self.ink.styles.get("figure note"))
        self.sheet.set_row(self.row, 26)
        self.sheet.set_row(self.row + 1, 30)
        self.row += 3

    def _figure(self, figure: Figure, row: int, column: int) -> None:
        kind = "share" if figure.unit == "share" else "count"
        form = self.ink.styles.get("figure", kind, alert=words.asks_to_act(figure))
        if figure.value is None:
            self.sheet.write_string(row, column, words.NOT_APPLICABLE, form)
        else:
            self.sheet.write_number(row, column, figure.value, form)

    def _texts(self, block: Block) -> None:
        """Sentences one below the other: the view's `assumptions` or `method`."""
        for text in getattr(self.ink.view, block.get("of")):
            self._line("note", Block("note", {}, text, ()))

    def _table(self, block: Block) -> None:
        frame = self.ink.frame(block)
        if block.number("rows"):
            frame = frame.head(block.number("rows"))
        self._place(TableWriter(self.sheet, self.ink.styles).table(frame, block, self.row), block)
        self.row += bool(block.get("total")) and bool(len(frame))

    def _matrix(self, block: Block) -> None:
        frame = self.ink.frame(block)
        self._place(TableWriter(self.sheet, self.ink.styles).matrix(frame, block, self.row), block)

    def _place(self, placed: Placed, block: Block) -> None:
        self.ink.placed.setdefault(block.get("of"), placed)
        self._head = self._head or placed
        self.row = placed.last + 1

    def _chart(self, block: Block) -> None:
        self._charts.append((self.row, block))
        for row in range(self.row, self.row + CHART_ROWS):
            self.sheet.set_row_pixels(row, SIZE["height"] // CHART_ROWS + 1)
        self.row += CHART_ROWS + 1

    def _set_up(self) -> None:
        """Panes, filter and print set-up."""
        view, sheet = self.ink.view, self.sheet
        sheet.hide_gridlines(2)
        if not self.layout.get("upright"):
            sheet.set_landscape()
        sheet.set_paper(PAPERS[view.paper])
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        across = self._printed()
        sheet.fit_to_pages(1, 1 if self.layout.get("fit") == "page" else 0)
        rest = f" On paper up to column {xl_col_to_name(across - 1)}." if across < self.width else ""
        if rest:
            sheet.print_area(0, 0, max(self.row, 1), across - 1)
        readers = f"{view.settings.confidentiality}. Page "
        left = f"{view.scope}, {view.period}. {view.source}.{rest}"
        sheet.set_footer(f"&L&8{_footer(left, _FOOTER - len(readers))}&R&8{_footer(readers, 80)}&P of &N")
        if self.layout.get("freeze") and self._head:
            sheet.freeze_panes(self._head.first, int(self.layout.get("freeze")))
            sheet.repeat_rows(self._head.first - 1)
            if self._head.last >= self._head.first:
                sheet.autofilter(self._head.first - 1, 0, self._head.last, self.width - 1)

    def _printed(self) -> int:
        """How many columns fit on a landscape page at a size one can read; the others are for the screen."""
        widths = list(accumulate(self._widths()))
        if self.layout.get("fit") == "page" or widths[-1] <= PRINT_WIDTH * SQUEEZED:
            return self.width
        return max(1, sum(width <= PRINT_WIDTH for width in widths))


def _footer(text: str, limit: int) -> str:
    """Text fit for a printed footer, in which & begins a code."""
    return sheet_text(text).replace("\n", " ")[: limit // 2].replace("&", "&&")
