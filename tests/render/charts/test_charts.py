"""The charts as drawings: well formed, described, the same each time, and true to their values."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring

from pipeline.render.charts import Band, Sheet, band_chart, bullet_chart, months_chart
from pipeline.render.palette import LIGHT
from tests.render.charts.reading import NS, rects, texts
from tests.render.charts.samples import load, month

SHEET = Sheet(300, 7.5, LIGHT)


def test_months_are_drawn_to_scale_with_forecast_hatched() -> None:
    loads = [
        load("September", 60, 30, 100, month=month(7)),
        load("October", 80, 40, 100, month=month(8)),
        load("November", 50, 0, 100, month=month(9), forecast=True),
    ]
    drawing = months_chart(loads, 1, SHEET, 200, "Title")
    tall = [float(one.get("height", "0")) for one in rects(drawing, LIGHT["run"])]
    assert len(tall) == 2, "the forecast month is hatched, not filled"
    assert tall[1] / tall[0] == pytest.approx(80 / 60, rel=0.03)
    assert "120%" in texts(drawing)
    assert "90%" not in texts(drawing), "the load is printed for the present month and those over capacity only"


def test_a_month_without_capacity_breaks_the_line_and_shows_no_load() -> None:
    loads = [
        load("September", 60, 30, 100, month=month(7)),
        load("October", 80, 40, None, month=month(8)),
        load("November", 5, 0, 100, month=month(9)),
    ]
    drawing = months_chart(loads, 1, SHEET, 200, "Title")
    lines = [one for one in fromstring(drawing).iter(f"{NS}polyline") if one.get("stroke") == LIGHT["ink"]]
    assert len(lines) == 2
    assert not [text for text in texts(drawing) if text.endswith("%")]


def test_nothing_at_all_can_be_drawn() -> None:
    assert not months_chart([load("October", 0, 0, None, month=month(8))], 0, SHEET, 200, "Title")
    assert not bullet_chart([], SHEET, 100, "Title")
    assert not band_chart([], SHEET, "Title")


def test_bullets_print_the_load_and_say_where_it_is_not_known() -> None:
    drawing = bullet_chart([load("IT", 80, 40, 100), load("HR", 10, 5, None)], SHEET, 100, "Title")
    assert {"120%", "–", "120 of 100 h", "15 h"} <= set(texts(drawing))


def test_bands_add_up_and_leave_out_what_is_empty() -> None:
    drawing = band_chart(
        [Band("Clear project", 3, "change"), Band("To review", 0, ""), Band("Likely project", 2, "change", True)],
        SHEET,
        "T",
    )
    assert [text for text in texts(drawing) if text.isdigit()] == ["3", "2"]
    assert len(rects(drawing, LIGHT["change"])) == 1


def test_a_drawing_is_described_and_escaped() -> None:
    drawing = bullet_chart([load("<script>&\"'", 80, 40, 100)], SHEET, 100, 'A "title" <b>')
    root = fromstring(drawing)
    assert root.get("role") == "img"
    assert root.find(f"{NS}title").text == 'A "title" <b>'  # type: ignore[union-attr]
    assert "120%" in str(root.find(f"{NS}desc").text)  # type: ignore[union-attr]
    assert not list(root.iter(f"{NS}script"))


def test_the_same_values_give_the_same_drawing() -> None:
    loads = [load("October", 80, 40, 100, month=month(8))]
    assert months_chart(loads, 0, SHEET, 200, "T") == months_chart(loads, 0, SHEET, 200, "T")


def test_many_months_print_the_present_and_the_highest_loads_where_there_is_room() -> None:
    loads = [load("Month", 100 + place % 5, 40, 100, month=month(place % 12)) for place in range(27)]
    shown = [text for text in texts(months_chart(loads, 2, SHEET, 200, "T")) if text.endswith("%")]
    assert shown[:2] == ["142%", "144%"]
