"""The workbook's contents: every sheet with a link to it, what it answers, and how many rows it lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.render.excel.layout import SheetLayout
from pipeline.render.excel.styles import Styles
from pipeline.render.language import NOT_APPLICABLE, Language

WIDTHS = (28.0, 90.0, 11.0)
"""Characters of the columns: sheet, what it answers, rows."""


def write_contents(
    sheet: Any,
    styles: Styles,
    layouts: Sequence[SheetLayout],
    tables: Mapping[str, pd.DataFrame],
    say: Language,
    row: int,
) -> int:
    """One line a sheet from `row` down, still without the count of a list; returns the row after the last."""
    heads = ((say.gettext("Sheet"), "head"), (say.gettext("What it answers"), "head"))
    for column, (title, style) in enumerate((*heads, (say.gettext("Rows"), "head number"))):
        sheet.write_string(row, column, title, styles.get(style))
    for at, layout in enumerate(layouts, start=row + 1):
        name = layout.get("name")
        quoted = name.replace("'", "''")
        sheet.write_url(at, 0, f"internal:'{quoted}'!A1", styles.get("link"), string=name)
        sheet.write_string(at, 1, layout.get("about"), styles.get("wrapped"))
        if layout.first_list is None or layout.first_list.get("of") not in tables:
            sheet.write_string(at, 2, NOT_APPLICABLE, styles.get("absent"))
        else:
            sheet.write_blank(at, 2, None, styles.get("text", "count"))
    return row + 1 + len(layouts)


def write_counts(sheet: Any, styles: Styles, counts: Sequence[int | None], row: int) -> None:
    """How many rows each sheet lists, None for one that lists none, beside contents that begin in `row`.

    They are known once the sheets are written: no table is made, and held, for its count alone.
    """
    for at, count in enumerate(counts, start=row + 1):
        if count is not None:
            sheet.write_number(at, 2, count, styles.get("text", "count"))
