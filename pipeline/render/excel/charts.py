"""CHARTS: the workbook's own charts, drawn from cells of its tables so that they follow what is changed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from pipeline.render.excel.number_formats import number_formats
from pipeline.render.excel.styles import SANS
from pipeline.render.excel.tables import Placed
from pipeline.render.language import Language
from pipeline.render.palette import LIGHT

SIZE = {"width": 1000, "height": 280}
MOST_BARS = 15
"""Bars that one chart shows; its table lists the rest."""
_HATCHED = "wide_upward_diagonal"


def months_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, say: Language) -> Any:
    """Hours a month stacked by kind, forecast hatched, with the capacity line."""
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    forecast = frame["forecast"].tolist()
    for name, label, colour in _kinds(say):
        points = [_hatched(colour) if coming else _solid(colour) for coming in forecast]
        cells = _ranges(placed, "month", name)
        chart.add_series({"name": label, **cells, "points": points, "gap": 50, **_solid(colour)})
    line = book.add_chart({"type": "line"})
    ink = {"color": LIGHT["ink"], "width": 1.5}
    line.add_series({"name": say.gettext("Capacity"), **_ranges(placed, "month", "capacity_hours"), "line": ink})
    chart.combine(line)
    _dress(chart, title)
    _month_axis(chart, say)
    return chart


def departments_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, say: Language) -> Any:
    """Hours of the period stacked by kind, a bar a department."""
    return _bars(book, frame, placed, title, say, "department")


def teams_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, say: Language) -> Any:
    """Hours of the period stacked by kind, a bar a team."""
    return _bars(book, frame, placed, title, say, "team")


def balance_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, say: Language) -> Any:
    """The share of change in the hours, month by month."""
    chart = book.add_chart({"type": "line"})
    share = number_formats(say.locale)["share"]
    last = [{"delete": True}] * (len(frame) - 1) + [{"position": "above"}]
    chart.add_series(
        {
            "name": say.gettext("Share of change"),
            **_ranges(placed, "month", "change_share"),
            "line": {"color": LIGHT["change"], "width": 2.25},
            "marker": {"type": "circle", "size": 6, "fill": {"color": LIGHT["change"]}, "border": {"none": True}},
            "data_labels": {"value": True, "num_format": share, "font": {**_font(), "bold": True}, "custom": last},
        }
    )
    _dress(chart, title)
    _month_axis(chart, say)
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {"num_font": _font(), "num_format": share, "min": 0, "major_gridlines": _grid(), "line": {"none": True}}
    )
    return chart


def wave_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, say: Language) -> Any:
    """Hours freed by ending projects beside hours that operations add, by month; neither is a kind of work."""
    chart = book.add_chart({"type": "column"})
    freed = {"fill": {"color": LIGHT["bg"]}, "border": {"color": LIGHT["ink2"], "width": 1.25}}
    added = {"fill": {"color": LIGHT["ink2"]}, "border": {"color": LIGHT["ink2"]}}
    for name, label, look in (
        ("freed_hours", say.gettext("Freed by ending projects"), freed),
        ("added_hours", say.gettext("Added to operations"), added),
    ):
        chart.add_series({"name": label, **_ranges(placed, "month", name), "gap": 60, **look})
    _dress(chart, title)
    _month_axis(chart, say)
    return chart


CHARTS: Mapping[str, Callable[[Any, pd.DataFrame, Placed, str, Language], Any]] = {
    "months": months_chart,
    "departments": departments_chart,
    "teams": teams_chart,
    "balance": balance_chart,
    "wave": wave_chart,
}
"""Table -> the function that draws it."""


def _bars(book: Any, frame: pd.DataFrame, placed: Placed, title: str, say: Language, by: str) -> Any:
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for name, label, colour in _kinds(say):
        chart.add_series({"name": label, **_ranges(placed, by, name, MOST_BARS), "gap": 50, **_solid(colour)})
    _dress(chart, title)
    chart.set_y_axis({"num_font": _font(), "reverse": True, "crossing": "max", "line": {"color": LIGHT["ink"]}})
    chart.set_x_axis({"num_font": _font(), "num_format": "#,##0", "major_gridlines": _grid(), "line": {"none": True}})
    return chart


def _kinds(say: Language) -> tuple[tuple[str, str, str], ...]:
    """Column, label and colour of each kind of work."""
    return (
        ("run_hours", say.gettext("Run"), LIGHT["run"]),
        ("change_hours", say.gettext("Change"), LIGHT["change"]),
        ("undecided_hours", say.gettext("Undecided"), LIGHT["bg"]),
    )


def _ranges(placed: Placed, category: str, value: str, most: int = 10_000) -> dict[str, Any]:
    first, last = placed.first, min(placed.last, placed.first + most - 1)
    return {
        "categories": [placed.sheet, first, placed.columns[category], last, placed.columns[category]],
        "values": [placed.sheet, first, placed.columns[value], last, placed.columns[value]],
    }


def _dress(chart: Any, title: str) -> None:
    font = {**_font(), "size": 11, "bold": True, "color": LIGHT["ink"]}
    chart.set_title({"name": title, "overlay": False, "name_font": font})
    chart.set_legend({"position": "top", "font": _font()})
    chart.set_y_axis({"num_font": _font(), "num_format": "#,##0", "major_gridlines": _grid(), "line": {"none": True}})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size(SIZE)


def _month_axis(chart: Any, say: Language) -> None:
    month = number_formats(say.locale)["month"].replace("yyyy", "yy")
    chart.set_x_axis({"num_font": _font(), "num_format": month, "text_axis": True, "line": {"color": LIGHT["ink"]}})


def _solid(colour: str) -> dict[str, Any]:
    return {"fill": {"color": colour}, "border": {"color": LIGHT["ink2"] if colour == LIGHT["bg"] else colour}}


def _hatched(colour: str) -> dict[str, Any]:
    if colour == LIGHT["bg"]:
        return _solid(colour)
    return {
        "pattern": {"pattern": _HATCHED, "fg_color": colour, "bg_color": LIGHT["bg"]},
        "border": {"color": colour},
    }


def _font() -> dict[str, Any]:
    return {"name": SANS, "size": 9, "color": LIGHT["ink2"]}


def _grid() -> dict[str, Any]:
    return {"visible": True, "line": {"color": LIGHT["paper2"]}}
