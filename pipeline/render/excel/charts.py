"""CHARTS: the workbook's own charts, drawn from cells of its tables so that they follow what is changed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from pipeline.render.excel.styles import SANS
from pipeline.render.excel.tables import Placed
from pipeline.render.palette import LIGHT

SIZE = {"width": 1000, "height": 280}
_KINDS = (
    ("run_hours", "Run", LIGHT["run"]),
    ("change_hours", "Change", LIGHT["change"]),
    ("undecided_hours", "Undecided", LIGHT["bg"]),
)


def months_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str) -> Any:
    """Hours a month stacked by kind, forecast hatched, with the capacity line."""
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    forecast = frame["forecast"].tolist()
    for name, label, colour in _KINDS:
        points = [_hatched(colour) if coming else _solid(colour) for coming in forecast]
        chart.add_series(
            {"name": label, **_ranges(placed, "month", name), "points": points, "gap": 50, **_solid(colour)}
        )
    line = book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "Capacity",
            **_ranges(placed, "month", "capacity_hours"),
            "line": {"color": LIGHT["ink"], "width": 1.5},
        }
    )
    chart.combine(line)
    _dress(chart, title)
    chart.set_x_axis({"num_font": _font(), "num_format": "mmm yy", "text_axis": True, "line": {"color": LIGHT["ink"]}})
    return chart


def departments_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str) -> Any:
    """Hours of the period stacked by kind, a bar a department."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for name, label, colour in _KINDS:
        chart.add_series({"name": label, **_ranges(placed, "department", name), "gap": 50, **_solid(colour)})
    _dress(chart, title)
    chart.set_y_axis({"num_font": _font(), "reverse": True, "crossing": "max", "line": {"color": LIGHT["ink"]}})
    chart.set_x_axis({"num_font": _font(), "num_format": "#,##0", "major_gridlines": _grid(), "line": {"none": True}})
    return chart


CHARTS: Mapping[str, Callable[[Any, pd.DataFrame, Placed, str], Any]] = {
    "months": months_chart,
    "departments": departments_chart,
}
"""Table -> the function that draws it."""


def _ranges(placed: Placed, category: str, value: str) -> dict[str, Any]:
    rows = placed.first, placed.last
    return {
        "categories": [placed.sheet, rows[0], placed.columns[category], rows[1], placed.columns[category]],
        "values": [placed.sheet, rows[0], placed.columns[value], rows[1], placed.columns[value]],
    }


def _dress(chart: Any, title: str) -> None:
    chart.set_title(
        {"name": title, "overlay": False, "name_font": {**_font(), "size": 11, "bold": True, "color": LIGHT["ink"]}}
    )
    chart.set_legend({"position": "top", "font": _font()})
    chart.set_y_axis({"num_font": _font(), "num_format": "#,##0", "major_gridlines": _grid(), "line": {"none": True}})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size(SIZE)


def _solid(colour: str) -> dict[str, Any]:
    return {"fill": {"color": colour}, "border": {"color": LIGHT["ink2"] if colour == LIGHT["bg"] else colour}}


def _hatched(colour: str) -> dict[str, Any]:
    if colour == LIGHT["bg"]:
        return _solid(colour)
    return {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": LIGHT["bg"]},
        "border": {"color": colour},
    }


def _font() -> dict[str, Any]:
    return {"name": SANS, "size": 9, "color": LIGHT["ink2"]}


def _grid() -> dict[str, Any]:
    return {"visible": True, "line": {"color": LIGHT["paper2"]}}
