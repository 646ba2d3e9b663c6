"""One sheet of the workbook: its blocks from top to bottom, its columns, panes and filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import Any

import pandas as pd

from pipeline.errors import TemplateError
from pipeline.model import Figure
from pipeline.render.excel import contents, detail
from pipeline.render.excel.charts import CHARTS, HEIGHT, Hand, worth_drawing
from pipeline.render.excel.detail import Details
from pipeline.render.excel.frames import WorkbookTables
from pipeline.render.excel.layout import Block, SheetLayout, unknown
from pipeline.render.excel.page_breaks import ChartRows
from pipeline.render.excel.paper import pixels, printed, set_up
from pipeline.render.excel.quick_sheet import QuickSheet
from pipeline.render.excel.sentences import workbook_sentences
from pipeline.render.excel.styles import Styles
from pipeline.render.excel.tables import Placed, TableWriter, column_widths
from pipeline.render.language import NOT_APPLICABLE, asks_to_act
from pipeline.render.text import sheet_text
from pipeline.render.tiles import tiles as tiles_of
from pipeline.render.view import View

HEIGHTS: Mapping[str, float] = {"title": 30, "lead": 22, "section": 22, "gap": 12}
"""Row heights in points."""
TEXTS = ("assumptions", "method")
"""What `<texts>` may list."""
CHART_ROWS = 15
"""Rows that a chart covers."""
TEXT_WIDTH = 100.0
"""Characters of a sheet's only column, where it has no table."""


@dataclass
class Ink:
    """What all sheets of one workbook share; `placed` and `names` fill while they are written.

    `details` takes the tables that are too long for it; None where nothing lies beside the workbook.
    """

    book: Any
    view: View
    styles: Styles
    layouts: Sequence[SheetLayout]
    details: Details | None = None
    placed: dict[str, Placed] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @cached_property
    def tables(self) -> WorkbookTables:
        """Every table that a layout may name."""
        return WorkbookTables(self.view)

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """Every sentence that a layout may name."""
        return workbook_sentences(self.view, self.tables)

    def said(self, block: Block) -> str:
        """A block's own text, or the sentence that it names."""
        name = block.get("say")
        if not name:
            return block.text
        if name not in self.sentences:
            raise unknown(f"no sentence is called '{name}'", name, self.sentences, block.where)
        return self.sentences[name]

    def frame(self, block: Block) -> pd.DataFrame:
        """The table that a block names."""
        name = block.get("of")
        if name not in self.tables:
            raise unknown(f"there is no table '{name}'", name, self.tables, block.where)
        return self.tables[name]

    def put_beside(self, table: str) -> None:
        """A table's files beside the workbook, where it is too long for it: now, as its rows are at hand."""
        if self.details is not None:
            self.tables.let_go(table)
            self.details.put(table)


class SheetWriter:
    """Writes one sheet of the layout."""

    def __init__(self, ink: Ink, layout: SheetLayout) -> None:
        self.ink, self.layout = ink, layout
        self.sheet = ink.book.add_worksheet(layout.get("name"), QuickSheet)
        self.row = 0
        self.listed: int | None = None
        """Rows of the sheet's first list."""
        self._contents_at: list[int] = []
        self._charts: list[tuple[ChartRows, Block]] = []
        self._opens = 0
        self._head: Placed | None = None

    @property
    def width(self) -> int:
        """Columns that the sheet's text may run over."""
        return max(1, len(self.widths))

    def write(self) -> None:
        """Every block, then what holds for the whole sheet."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        for block in self.layout.blocks:
            getattr(self, f"_{block.kind}")(block)
        charts = [rows for rows, _ in self._charts]
        set_up(self.sheet, self.layout, self.ink.view, self.widths, self.row, charts)
        self._freeze()

    def draw_charts(self) -> None:
        """The charts, once every table has its place."""
        across = pixels(self.widths[: printed(self.layout, self.widths)])
        for rows, block in self._charts:
            name = block.get("of")
            placed = self.ink.placed.get(name)
            if name not in CHARTS or placed is None:
                raise _undrawn(name, block.where)
            said, frame = self.ink.said(block), self.ink.tables[name]
            hand = Hand(self.ink.view.language, self.ink.view.brand.light, across)
            chart = CHARTS[name](self.ink.book, frame, placed, said, hand)
            self.sheet.insert_chart(rows.first, 0, chart, {"object_position": 1, "description": said})

    def count_rows(self, counts: Sequence[int | None]) -> None:
        """How many rows each sheet lists, wherever this one has the contents."""
        for row in self._contents_at:
            contents.write_counts(self.sheet, self.ink.styles, counts, row)

    @cached_property
    def widths(self) -> Sequence[float]:
        """The width of each column in characters."""
        if self.layout.get("widths"):
            return [float(width) for width in self.layout.get("widths").split()]
        blocks = self.layout.blocks
        tables: list[Sequence[float]] = [column_widths(one) for one in blocks if one.kind in ("table", "matrix")]
        tables += [contents.WIDTHS for one in blocks if one.kind == "contents"]
        return [max(widths) for widths in zip_longest(*tables, fillvalue=0.0)] or [TEXT_WIDTH]

    def _line(self, style: str, block: Block) -> None:
        """One line of text over the width of the sheet."""
        form, text = self.ink.styles.get(style), sheet_text(self.ink.said(block))
        across = self._across()
        if across > 1 and style != "section":
            self.sheet.merge_range(self.row, 0, self.row, across - 1, "", form)
        elif style == "section":
            for column in range(1, self.width):
                self.sheet.write_blank(self.row, column, None, form)
        self.sheet.write_string(self.row, 0, text, form)
        chars = sum(self.widths[:across]) / {"title": 1.6, "lead": 1.2}.get(style, 1.0)
        height, lines = HEIGHTS.get(style, 15), 1 + int(len(text) / chars)
        self.sheet.set_row(self.row, min(409, height + (lines - 1) * height * 0.8))
        self.row += 1

    def _across(self) -> int:
        """How many columns a text may run over: not more than one sees at once."""
        total, across = 0.0, 0
        while across < self.width and total < 150:
            total, across = total + self.widths[across], across + 1
        return across

    def _title(self, block: Block) -> None:
        self._line("title", block)

    def _lead(self, block: Block) -> None:
        self._line("lead", block)

    def _note(self, block: Block) -> None:
        self._line("note", block)

    def _section(self, block: Block) -> None:
        self._opens = self.row
        self._line("section", block)

    def _gap(self, block: Block) -> None:
        self.sheet.set_row(self.row, HEIGHTS["gap"])
        self.row += 1

    def _figures(self, block: Block) -> None:
        """The headline figures, a column each: title, value, the whole it is a part of, how it moved."""
        ink, tiles = self.ink, tiles_of(self.ink.view.facts)
        self.sheet.set_row(self.row, 26)
        self.sheet.set_row(self.row + 1, 30)
        for place, (figure, tile) in enumerate(zip(ink.view.panel, tiles, strict=True)):
            title = ink.view.language.gettext(figure.title)
            self.sheet.write_string(self.row, place, title, ink.styles.get("label"))
            self._figure(figure, self.row + 1, place)
            moved = " ".join(filter(None, (tile.change, tile.since)))
            for below, text in ((2, tile.whole), (3, moved)):
                form = ink.styles.get("figure note", alert=tile.worse and below == 3)
                self.sheet.write(self.row + below, place, text or None, form)
        self.row += 4

    def _figure(self, figure: Figure, row: int, column: int) -> None:
        kind = "share" if figure.unit == "share" else "count"
        form = self.ink.styles.get("figure", kind, alert=asks_to_act(figure))
        if figure.value is None:
            self.sheet.write_string(row, column, NOT_APPLICABLE, form)
        else:
            self.sheet.write_number(row, column, figure.value, form)

    def _contents(self, block: Block) -> None:
        ink = self.ink
        self._contents_at.append(self.row)
        self.row = contents.write_contents(self.sheet, ink.styles, ink.layouts, ink.tables, ink.view.language, self.row)

    def _texts(self, block: Block) -> None:
        """Sentences one below the other: the view's `assumptions` or `method`."""
        if block.get("of") not in TEXTS:
            raise unknown(f"there are no texts '{block.get('of')}'", block.get("of"), TEXTS, block.where)
        for text in getattr(self.ink.view, block.get("of")):
            self._line("note", Block("note", {}, text, ()))

    def _table(self, block: Block) -> None:
        frame = self.ink.frame(block)
        rest = 0
        if block.number("rows"):
            rest = max(len(frame) - block.number("rows"), 0)
            frame = frame.head(block.number("rows"))
        self._list(len(frame))
        fit = detail.shown(frame)
        if len(fit) < len(frame):
            said = self._left_out(block.get("of"), len(fit), len(frame), len(frame) + rest)
            self._line("note", Block("note", {}, said, ()))
        self._place(self._writer.table(fit, block, self.row), block)
        self.row += bool(block.get("total")) and bool(len(frame))
        if rest:
            say = self.ink.view.language
            more = say.ngettext("and one more in this workbook", "and {count} more in this workbook", rest)
            self._line("note", Block("note", {}, more, ()))
        if len(fit) < len(frame):
            del frame, fit
            self.ink.put_beside(block.get("of"))

    def _list(self, rows: int) -> None:
        """Keep how long the sheet's first list is."""
        self.listed = rows if self.listed is None else self.listed

    def _left_out(self, table: str, rows: int, total: int, written: int) -> str:
        """What a long list says of its rest; `written`: the rows of the table in the files beside."""
        say, name = self.ink.view.language, f"{self.ink.view.reader.name}_{table}"
        said = {"rows": say.number(rows), "total": say.number(total), "parquet": f"{name}.parquet"}
        if "csv" not in detail.forms(table, written):
            return say.gettext(
                "The first {rows} of {total} rows. Every row is in the file {parquet} beside this workbook.", **said
            )
        return say.gettext(
            "The first {rows} of {total} rows. Every row is in the files {csv} and {parquet} beside this workbook.",
            csv=f"{name}.csv",
            **said,
        )

    def _matrix(self, block: Block) -> None:
        frame = self.ink.frame(block)
        for name in (block.get("by"), block.get("value"), *(one.get("of", "") for one in block.columns)):
            if name not in frame.columns:
                raise unknown(f"table '{block.get('of')}' has no column '{name}'", name, frame.columns, block.where)
        self._list(len(frame[[one["of"] for one in block.columns]].drop_duplicates()))
        self._place(self._writer.matrix(frame, block, self.row), block)

    @property
    def _writer(self) -> TableWriter:
        ink = self.ink
        return TableWriter(self.sheet, ink.styles, ink.view.language, ink.names)

    def _place(self, placed: Placed, block: Block) -> None:
        self.ink.placed.setdefault(block.get("of"), placed)
        self._head = self._head or placed
        self.row = placed.last + 1

    def _chart(self, block: Block) -> None:
        if not worth_drawing(block.get("of"), self.ink.frame(block)):
            return
        self._charts.append((ChartRows(self._opens, self.row, self.row + CHART_ROWS - 1), block))
        for row in range(self.row, self.row + CHART_ROWS):
            self.sheet.set_row_pixels(row, HEIGHT // CHART_ROWS + 1)
        self.row += CHART_ROWS + 1

    def _freeze(self) -> None:
        """Headings that stay in sight, on paper too; filter buttons where the list is no structured table."""
        if not self.layout.get("freeze") or not self._head:
            return
        self.sheet.freeze_panes(self._head.first, int(self.layout.get("freeze")))
        self.sheet.repeat_rows(self._head.first - 1)
        if not self._head.filtered and self._head.last > self._head.first:
            self.sheet.autofilter(self._head.first - 1, 0, self._head.last, self.width - 1)


def _undrawn(table: str, where: str) -> TemplateError:
    """That there is no chart of a table, or that its table is missing."""
    if table in CHARTS:
        what, hint = (
            f"the chart of '{table}' has no table '{table}' in the workbook.",
            "Add that table, or leave it out.",
        )
        return TemplateError(what, where, hint)
    return unknown(f"no chart of table '{table}' can be drawn", table, CHARTS, where)
