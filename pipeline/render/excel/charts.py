"""CHARTS: the workbook's own charts, drawn from cells of its tables so that they follow what is changed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.render.excel.number_formats import number_formats
from pipeline.render.excel.quick_sheet import days
from pipeline.render.excel.styles import SANS
from pipeline.render.excel.tables import Placed
from pipeline.render.language import Language
from pipeline.render.text import sheet_text, sheet_texts

WIDEST, NARROWEST, HEIGHT = 1_100, 500, 280
"""Pixels of a chart: as wide as the sheet's columns on paper, within these bounds."""
MOST_COLUMNS = 15
"""Columns that one chart shows; its table lists the rest."""
_HATCHED = "wide_upward_diagonal"


@dataclass(frozen=True)
class Hand:
    """What charts are drawn in: a reader's language, what each role of the palette looks like, and pixels across."""

    say: Language
    colours: Mapping[str, str]
    width: int = WIDEST


def months_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, hand: Hand) -> Any:
    """Hours a month stacked by kind, forecast hatched, with the capacity line."""
    chart = _drawing(book, {"type": "column", "subtype": "stacked"})
    forecast = frame["forecast"].tolist()
    for name, label, colour in _kinds(hand):
        points = [_hatched(hand, colour) if coming else _solid(hand, colour) for coming in forecast]
        cells = _ranges(placed, frame, "month", name)
        chart.add_series({"name": label, **cells, "points": points, "gap": 50, **_solid(hand, colour)})
    capacity = _drawing(book, {"type": "line"})
    ink = {"line": {"color": hand.colours["ink"], "width": 1.5}}
    _add_capacity(capacity, _ranges(placed, frame, "month", "capacity_hours"), ink, hand)
    chart.combine(capacity)
    _dress(chart, title, hand)
    _month_axis(chart, hand)
    return chart


def departments_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, hand: Hand) -> Any:
    """Hours of the period stacked by kind, a column a department, with its capacity."""
    return _columns(book, frame, placed, title, hand, "department")


def teams_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, hand: Hand) -> Any:
    """Hours of the period stacked by kind, a column a team, with its capacity."""
    return _columns(book, frame, placed, title, hand, "team")


def balance_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, hand: Hand) -> Any:
    """The share of change in the hours, month by month."""
    chart = _drawing(book, {"type": "line"})
    share = number_formats(hand.say.locale)["share"]
    last = [{"delete": True}] * (len(frame) - 1) + [{"position": "above"}]
    chart.add_series(
        {
            "name": hand.say.gettext("Share of change"),
            **_ranges(placed, frame, "month", "change_share"),
            "line": {"color": hand.colours["change"], "width": 2.25},
            "marker": {
                "type": "circle",
                "size": 6,
                "fill": {"color": hand.colours["change"]},
                "border": {"none": True},
            },
            "data_labels": {"value": True, "num_format": share, "font": {**_font(hand), "bold": True}, "custom": last},
        }
    )
    _dress(chart, title, hand)
    _month_axis(chart, hand)
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {"num_font": _font(hand), "num_format": share, "min": 0, "major_gridlines": _grid(hand), "line": {"none": True}}
    )
    return chart


def wave_chart(book: Any, frame: pd.DataFrame, placed: Placed, title: str, hand: Hand) -> Any:
    """Hours freed by ending projects beside hours that operations add, by month; neither is a kind of work."""
    chart = _drawing(book, {"type": "column"})
    freed = {"fill": {"color": hand.colours["bg"]}, "border": {"color": hand.colours["ink2"], "width": 1.25}}
    added = {"fill": {"color": hand.colours["ink2"]}, "border": {"color": hand.colours["ink2"]}}
    for name, label, look in (
        ("freed_hours", hand.say.gettext("Freed by ending projects"), freed),
        ("added_hours", hand.say.gettext("Added to operations"), added),
    ):
        chart.add_series({"name": label, **_ranges(placed, frame, "month", name), "gap": 60, **look})
    _dress(chart, title, hand)
    _month_axis(chart, hand)
    return chart


CHARTS: Mapping[str, Callable[[Any, pd.DataFrame, Placed, str, Hand], Any]] = {
    "months": months_chart,
    "departments": departments_chart,
    "teams": teams_chart,
    "balance": balance_chart,
    "wave": wave_chart,
}
"""Table -> the function that draws it."""
_DRAWN: Mapping[str, tuple[str, ...]] = {"balance": ("change_share",), "wave": ("freed_hours", "added_hours")}
_HOURS = ("run_hours", "change_hours", "undecided_hours")


def worth_drawing(table: str, frame: pd.DataFrame) -> bool:
    """Whether a chart would show anything: a trend takes two months, hours take one that is known and not nought.

    One that nobody can draw is worth it too: it is told where it is drawn.
    """
    if table not in CHARTS:
        return True
    values = frame[list(_DRAWN.get(table, _HOURS))]
    if table == "balance":
        return int(values.notna().all(axis=1).sum()) > 1
    return bool(values.fillna(0).ne(0).any(axis=None))


def _drawing(book: Any, kind: Mapping[str, str]) -> Any:
    """A chart whose title and names are words: the writer would draw `=Sheet!A1`, or `Stop!A1`, from a cell."""
    chart = book.add_chart(kind)
    chart._process_names = lambda name, formula: (name, formula)
    return chart


def _columns(book: Any, frame: pd.DataFrame, placed: Placed, title: str, hand: Hand, by: str) -> Any:
    """A column each, with a dash at what its people have: capacities of different people make no line."""
    chart = _drawing(book, {"type": "column", "subtype": "stacked"})
    for name, label, colour in _kinds(hand):
        cells = _ranges(placed, frame, by, name, MOST_COLUMNS)
        chart.add_series({"name": label, **cells, "gap": 50, **_solid(hand, colour)})
    capacity, ink = _drawing(book, {"type": "line"}), {"color": hand.colours["ink"]}
    dash = {"marker": {"type": "long_dash", "size": 20, "fill": ink, "border": ink}, "line": {"none": True}}
    _add_capacity(capacity, _ranges(placed, frame, by, "capacity_hours", MOST_COLUMNS), dash, hand)
    chart.combine(capacity)
    _dress(chart, title, hand)
    chart.set_x_axis({"num_font": _font(hand), "line": ink})
    return chart


def _add_capacity(chart: Any, cells: Mapping[str, Any], look: Mapping[str, Any], hand: Hand) -> None:
    chart.add_series({"name": hand.say.gettext("Capacity"), **cells, **look})


def _kinds(hand: Hand) -> tuple[tuple[str, str, str], ...]:
    """Column, label and colour of each kind of work."""
    return (
        ("run_hours", hand.say.gettext("Run"), hand.colours["run"]),
        ("change_hours", hand.say.gettext("Change"), hand.colours["change"]),
        ("undecided_hours", hand.say.gettext("Undecided"), hand.colours["bg"]),
    )


def _ranges(placed: Placed, frame: pd.DataFrame, category: str, value: str, most: int = 10_000) -> dict[str, Any]:
    """The cells of a series, and what they hold: programs that do not look them up draw that."""
    first, last = placed.first, min(placed.last, placed.first + most - 1)
    shown = frame.head(last - first + 1)
    return {
        "categories": [placed.sheet, first, placed.columns[category], last, placed.columns[category]],
        "values": [placed.sheet, first, placed.columns[value], last, placed.columns[value]],
        "categories_data": _held(shown[category]),
        "values_data": _held(shown[value]),
    }


def _held(values: pd.Series) -> list[str]:
    """What cells of these values hold, "" where one is blank."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return [f"{days(one):.16g}" for one in values.dt.to_pydatetime()]
    if pd.api.types.is_numeric_dtype(values):
        return ["" if pd.isna(one) else f"{one:.16g}" for one in values.tolist()]
    return sheet_texts(values.fillna("").tolist())


def _dress(chart: Any, title: str, hand: Hand) -> None:
    font = {**_font(hand), "size": 11, "bold": True, "color": hand.colours["ink"]}
    chart.set_title({"name": sheet_text(title), "overlay": False, "name_font": font})
    chart.set_legend({"position": "top", "font": _font(hand)})
    chart.set_y_axis(
        {"num_font": _font(hand), "num_format": "#,##0", "major_gridlines": _grid(hand), "line": {"none": True}}
    )
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": min(WIDEST, max(NARROWEST, hand.width)), "height": HEIGHT})


def _month_axis(chart: Any, hand: Hand) -> None:
    month = number_formats(hand.say.locale)["month"].replace("yyyy", "yy")
    chart.set_x_axis(
        {"num_font": _font(hand), "num_format": month, "text_axis": True, "line": {"color": hand.colours["ink"]}}
    )


def _solid(hand: Hand, colour: str) -> dict[str, Any]:
    return {
        "fill": {"color": colour},
        "border": {"color": hand.colours["ink2"] if colour == hand.colours["bg"] else colour},
    }


def _hatched(hand: Hand, colour: str) -> dict[str, Any]:
    if colour == hand.colours["bg"]:
        return _solid(hand, colour)
    return {
        "pattern": {"pattern": _HATCHED, "fg_color": colour, "bg_color": hand.colours["bg"]},
        "border": {"color": colour},
    }


def _font(hand: Hand) -> dict[str, Any]:
    return {"name": SANS, "size": 9, "color": hand.colours["ink2"]}


def _grid(hand: Hand) -> dict[str, Any]:
    return {"visible": True, "line": {"color": hand.colours["paper2"]}}
