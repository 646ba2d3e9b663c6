"""Drawings are true to their values: printed, told on their marks, and as long as they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.render.charts import (
    Band,
    Phase,
    Sheet,
    Slip,
    Wave,
    band_chart,
    bar,
    bullet_chart,
    lean,
    months_chart,
    person_chart,
    phase_chart,
    slip_chart,
    squares,
    timeline_chart,
    trend_chart,
    wave_chart,
)
from pipeline.render.language import Language
from pipeline.render.palette import LIGHT
from tests.render.charts.reading import NS, labels, number, rects, texts, told
from tests.render.charts.samples import (
    BANDS,
    GOLIVES,
    MONTHS,
    PARTS,
    PERSON,
    PHASES,
    POINTS,
    SAMPLES,
    SLIPS,
    TODAY,
    WAVES,
    WINDOWS,
    load,
    month,
)

SHEET = Sheet(504, 7.5, LIGHT)
few = settings(max_examples=20, deadline=None, derandomize=True, database=None)


def widths(drawing: str, fill: str) -> list[float]:
    return [number(one, "width") for one in rects(drawing, LIGHT[fill])]


def heights(drawing: str, fill: str) -> list[float]:
    return [number(one, "height") for one in rects(drawing, LIGHT[fill])]


@few
@given(st.lists(st.integers(1, 900), min_size=2, max_size=6))
def test_bands_and_phases_are_as_long_as_their_counts(counts: list[int]) -> None:
    bands = band_chart([Band(str(at), count, "run") for at, count in enumerate(counts)], SHEET, "T")
    phases = phase_chart([Phase(str(at), count) for at, count in enumerate(counts)], SHEET, "T")
    for found in (widths(bands, "run"), widths(phases, "change")):
        assert [wide / found[0] for wide in found] == pytest.approx([count / counts[0] for count in counts], rel=0.05)


@few
@given(st.lists(st.tuples(st.floats(1, 900), st.floats(1, 900)), min_size=2, max_size=6))
def test_waves_are_as_high_as_their_hours(values: list[tuple[float, float]]) -> None:
    drawing = wave_chart([Wave(month(at), *one) for at, one in enumerate(values)], SHEET, 400, "T")
    tall = heights(drawing, "ink2") + heights(drawing, "paper2")
    hours = [added for added, _ in values] + [freed for _, freed in values]
    most = hours.index(max(hours))
    assert [one / tall[most] for one in tall] == pytest.approx([one / hours[most] for one in hours], abs=0.01)


@few
@given(st.floats(1, 100), st.floats(1, 100), st.floats(100, 400))
def test_bullets_are_as_long_as_their_share_of_capacity(run: float, change: float, capacity: float) -> None:
    drawing = bullet_chart([load("IT", run, change, capacity), load("HR", 100, 0, 100)], SHEET, 100, "T")
    hundred = widths(drawing, "run")[1]
    assert widths(drawing, "run")[0] / hundred == pytest.approx(run / capacity, abs=0.01)
    assert (widths(drawing, "change")[0] + 0.8) / hundred == pytest.approx(change / capacity, abs=0.01)


@few
@given(st.integers(-20, 60))
def test_a_slip_is_as_long_as_its_days_and_heavy_from_four_weeks(days: int) -> None:
    first = date(2026, 11, 15)
    ruler = Slip("R", "Ruler", "", first, first + timedelta(days=70))
    drawing = slip_chart([ruler, Slip("A", "Row", "", first, first + timedelta(days=days))], SHEET, "T", TODAY)
    marks = [
        one for one in fromstring(drawing).iter(f"{NS}g") if one.findtext(f"{NS}title", "").startswith(("R ", "A "))
    ]
    long, moved = (_line(one) for one in marks)
    if days:
        assert moved is not None
        assert long is not None
        assert _span(moved) / _span(long) == pytest.approx(days / 70, abs=0.01)
        assert (moved.get("stroke") == LIGHT["alert"]) == (round(days / 7) >= 4)
    else:
        assert moved is None


def _line(mark: Element) -> Element | None:
    """The level line of a slip."""
    return next((one for one in mark.iter(f"{NS}line") if one.get("y1") == one.get("y2")), None)


def _span(line: Element) -> float:
    return number(line, "x2") - number(line, "x1")


def test_squares_are_filled_one_by_one_and_few_are_bold() -> None:
    for count in range(9):
        drawing = squares(count, 8, SHEET, "T")
        assert len(rects(drawing, LIGHT["ink2"])) == count
        assert len(rects(drawing, LIGHT["bg"])) == 8 - count
        (label,) = labels(drawing)
        assert label.text == f"{count}/8"
        assert (label.bold, label.fill == LIGHT["alert"]) == (count < 5, count < 5)


def test_small_bars_are_as_long_as_their_share() -> None:
    assert widths(bar(30, 40, SHEET, "run", "T"), "run") == [378]
    assert widths(lean(-1, 2, SHEET), "run") == [125.5]
    assert widths(lean(2, 2, SHEET), "change") == [251]


def test_a_bar_torn_off_still_prints_its_load() -> None:
    drawing = bullet_chart([load("IT", 900, 0, 100), load("HR", 5000, 0, 1)], SHEET, 100, "T")
    assert {"900%", ">999%"} <= set(texts(drawing))


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("months", ["99%", "102%", "104%", "12,220 h", "Oct", "2027"]),
        ("months-rules", ["Rule set 3.2", "Rule set 4.1 from July", "22%", "27%", "28%"]),
        ("bullets", ["109%", "4,410 of 4,030 h", "97%", "243%", "1,460 h", "–"]),
        ("person", ["118%", "153 h", "126%", "164 h", "98%", "127 h", "130 h capacity"]),
        ("timeline", ["HR self-service", "7 Dec", "Timetable integration", "19 Apr", "5 in 15 days"]),
        ("slips", ["16 Nov", "+5 wk", "0", "–", "−2 wk", "19 Apr", "Today", "5 in 15 days"]),
        ("phases", ["14", "310 h", "one overdue", "7 overdue", "7", "240 h"]),
        ("wave", ["+520", "−170", "102%", "+940", "−690", "100.3%"]),
        ("trend", ["24%", "31%", "29%", "New rules"]),
        ("bands", ["215", "47", "18", "32", "86"]),
    ],
)  # fmt: skip
def test_values_are_printed(name: str, printed: list[str]) -> None:
    width, draw = SAMPLES[name]
    found = texts(draw(Sheet(width, 7.5, LIGHT)))
    assert [one for one in printed if one not in found] == []


def test_every_value_is_told_on_its_mark() -> None:
    width, draw = SAMPLES["months"]
    said = told(draw(Sheet(width, 7.5, LIGHT)))
    assert "October: 8,620 h run, 3,500 h change; 99% of 12,220 h capacity" in said
    assert "November: 8,800 h run, 3,670 h change; 102% of 12,220 h capacity (forecast)" in said
    assert len(said) == len(MONTHS)
    counts = {"bullets": PARTS, "person": PERSON, "timeline": (*GOLIVES, *WINDOWS), "slips": (*SLIPS, *WINDOWS),
              "phases": PHASES, "wave": WAVES, "bands": BANDS}  # fmt: skip
    for name, values in counts.items():
        width, draw = SAMPLES[name]
        assert len(told(draw(Sheet(width, 7.5, LIGHT)))) == len(values), name


def test_what_is_over_or_late_has_a_second_code() -> None:
    width, draw = SAMPLES["timeline"]
    drawing = draw(Sheet(width, 7.5, LIGHT))
    late = [one for one in GOLIVES if one.late]
    assert len(list(fromstring(drawing).iter(f"{NS}polygon"))) == len(late)
    for name in SAMPLES:
        width, draw = SAMPLES[name]
        alert = [one for one in labels(draw(Sheet(width, 7.5, LIGHT))) if one.fill == LIGHT["alert"]]
        assert all(one.bold for one in alert)


def test_forecast_is_hatched_and_a_reduced_capacity_breaks_at_new_rules() -> None:
    width, draw = SAMPLES["months-rules"]
    drawing = draw(Sheet(width, 7.5, LIGHT))
    lines = [one for one in fromstring(drawing).iter(f"{NS}polyline") if one.get("stroke") == LIGHT["ink"]]
    assert len(lines) == 2
    assert len(list(fromstring(drawing).iter(f"{NS}path"))) == 2 * sum(one.forecast for one in MONTHS)


def test_words_and_numbers_follow_the_reader() -> None:
    width, draw = SAMPLES["slips"]
    assert "14. Dez." in texts(draw(Sheet(width, 7.5, LIGHT, Language("de"))))
    width, draw = SAMPLES["months"]
    assert "12.220 h" in texts(draw(Sheet(width, 7.5, LIGHT, Language("de"))))


def test_without_values_there_is_no_drawing() -> None:
    nothing = [
        months_chart([], 0, SHEET, 200, "T"),
        person_chart([], 0, SHEET, 200, "T"),
        bullet_chart([], SHEET, 200, "T"),
        band_chart([replace(BANDS[0], count=0)], SHEET, "T"),
        timeline_chart(GOLIVES, date(2030, 1, 1), 6, SHEET, "T"),
        slip_chart([], SHEET, "T", TODAY),
        phase_chart([replace(PHASES[0], projects=0)], SHEET, "T"),
        wave_chart([replace(WAVES[0], added=0, freed=0)], SHEET, 100, "T"),
        trend_chart([], SHEET, 100, "T"),
        squares(0, 0, SHEET, "T"),
    ]
    assert not any(nothing)


def test_a_trend_is_drawn_from_zero_and_broken_where_a_month_is_not_known() -> None:
    drawing = trend_chart(POINTS, SHEET, 110, "T")
    lines = list(fromstring(drawing).iter(f"{NS}polyline"))
    assert len(lines) == 3
    tall = [float(one.get("cy", "0")) for one in fromstring(drawing).iter(f"{NS}circle")]
    foot = max(number(one, "y1") for one in fromstring(drawing).iter(f"{NS}line") if one.get("y1") == one.get("y2"))
    shares = [one.share for one in reversed(POINTS) if one.share is not None]
    assert [(foot - y) / (foot - tall[0]) for y in tall] == pytest.approx(
        [share / shares[0] for share in shares], rel=0.01
    )


def test_a_kind_of_work_is_named_only_where_it_can_be_seen() -> None:
    """One that the last column has nothing of has a mark of its own; one of a sliver has no name."""
    some = [replace(MONTHS[0], undecided=hours, month=one.month) for one, hours in zip(MONTHS, (900, 0), strict=False)]
    none = [replace(one, undecided=0.2) for one in some]
    shown, unseen = (months_chart(loads, 0, SHEET, 200, "t") for loads in (some, none))
    assert "Undecided" not in texts(unseen)
    word = next(one for one in labels(shown) if one.text == "Undecided")
    marks = [one for one in rects(shown, LIGHT["bg"]) if number(one, "width") == number(one, "height")]
    assert any(0 < word.box.left - number(one, "x") < 12 for one in marks)


def test_a_timeline_counts_all_go_lives_below_the_few_that_it_names() -> None:
    days = {date(2026, 12, 4): 3, date(2026, 12, 9): 1, date(2027, 9, 1): 1}
    drawn = timeline_chart(GOLIVES, date(2026, 11, 1), 6, SHEET, "t", every=days)
    said = [one for one in told(drawn) if "go-live" in one]
    assert said == ["4 Dec: 3 go-lives", "9 Dec: one go-live"]
