"""Whatever the values, sizes and names: no text meets another or leaves the drawing, and none is too small to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.render.charts import (
    Band,
    GoLive,
    Phase,
    Point,
    RuleChange,
    Sheet,
    Slip,
    Wave,
    Window,
    band_chart,
    bullet_chart,
    months_chart,
    person_chart,
    phase_chart,
    slip_chart,
    squares,
    timeline_chart,
    trend_chart,
    wave_chart,
)
from pipeline.render.facts import Load
from pipeline.render.language import Language
from pipeline.render.palette import LIGHT
from tests.render.charts.reading import faults, labels
from tests.render.charts.samples import SAMPLES, TODAY

GERMAN = Language("de")
PAPER = [Sheet(width, 7.5, LIGHT, say) for width in (504, 286, 202) for say in (Language("en"), GERMAN)]
PHONE = [Sheet(358, 12, LIGHT, say) for say in (Language("en"), GERMAN)]
SCREEN = [Sheet(660, 13, LIGHT)]
SHEETS = st.sampled_from([*PAPER, *PHONE, *SCREEN])
WIDE = st.sampled_from([sheet for sheet in (*PAPER, *PHONE, *SCREEN) if sheet.width > 202])

quick = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Stage.explicit, Stage.generate),
    suppress_health_check=list(HealthCheck),
)

NAMES = st.one_of(
    st.sampled_from(
        [
            "",
            "IT",
            "Estates and Facilities Management",
            "x" * 32_000,
            "A\u202eB\u2066",
            "<b>&\"'",
            "מחלקת מחשוב",
            "信息技术部" * 20,
        ]
    ),
    st.text(max_size=60),
)
HOURS = st.one_of(st.just(0.0), st.floats(0, 1e6), st.floats(0, 200))
SHARES = st.one_of(st.none(), st.floats(0, 3))
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def month(at: int) -> date:
    return date(2025 + at // 12, at % 12 + 1, 1)


@st.composite
def loads(draw: st.DrawFn, dated: bool) -> list[Load]:
    made = []
    for at in range(draw(st.integers(1, 40))):
        run, change, undecided = draw(HOURS), draw(HOURS), draw(HOURS)
        capacity = draw(st.one_of(st.none(), HOURS))
        hours = run + change + undecided
        name = f"{month(at):%B}" if dated else draw(NAMES)
        share = hours / capacity if capacity else None
        made.append(Load(name, run, change, undecided, hours, capacity, share, month(at) if dated else None, at > 20))
    return made


def within(days: Sequence[date]) -> tuple[Window, ...]:
    """Two windows, one over the first half of the days and one over the rest."""
    days, half = sorted(days), (len(days) + 1) // 2
    return tuple(Window(some[0], some[-1], len(some)) for some in (days[:half], days[half:]) if some)


def check(drawing: Markup, sheet: Sheet) -> None:
    if not drawing:
        return
    assert faults(drawing) == []
    assert all(one.size >= sheet.text_size - 0.001 for one in labels(drawing))


@quick
@given(loads(dated=True), st.data(), SHEETS, st.booleans())
def test_months(them: list[Load], data: st.DataObject, sheet: Sheet, share: bool) -> None:
    now = data.draw(st.integers(0, len(them) - 1))
    rules = data.draw(st.one_of(st.none(), st.builds(RuleChange, st.just(month(len(them) // 2)), NAMES, NAMES)))
    check(months_chart(them, now, sheet, sheet.text_size * 26, "Title", rules, share), sheet)


@quick
@given(loads(dated=True), SHEETS)
def test_person(them: list[Load], sheet: Sheet) -> None:
    check(person_chart(them, 0, sheet, sheet.text_size * 17, "Title"), sheet)


@quick
@given(loads(dated=False), SHEETS, st.floats(50, 600))
def test_bullets(them: list[Load], sheet: Sheet, height: float) -> None:
    check(bullet_chart(them, sheet, height, "Title"), sheet)


@quick
@given(
    st.lists(
        st.builds(Band, NAMES, st.integers(0, 5000), st.sampled_from(["run", "change", ""]), st.booleans()),
        min_size=1,
        max_size=5,
    ),
    SHEETS,
)
def test_bands(bands: list[Band], sheet: Sheet) -> None:
    if any(band.count for band in bands):
        check(band_chart(bands, sheet, "Title"), sheet)


@quick
@given(
    st.lists(
        st.builds(GoLive, NAMES, st.dates(date(2026, 11, 1), date(2027, 4, 30)), st.booleans()), min_size=1, max_size=40
    ),
    SHEETS,
)
def test_timeline(golives: list[GoLive], sheet: Sheet) -> None:
    windows = within([one.day for one in golives])
    check(timeline_chart(golives, date(2026, 11, 1), 6, sheet, "Title", date(2026, 11, 22), windows), sheet)


@quick
@given(st.lists(st.builds(Slip, NAMES, NAMES, NAMES, st.one_of(st.none(), DAYS), DAYS), min_size=1, max_size=40), WIDE)
def test_slips(slips: list[Slip], sheet: Sheet) -> None:
    check(slip_chart(slips, sheet, "Title", TODAY, within([one.now for one in slips])), sheet)


@quick
@given(
    st.lists(
        st.builds(Phase, NAMES, st.integers(0, 900), st.integers(0, 9), st.one_of(st.none(), HOURS)),
        min_size=1,
        max_size=8,
    ),
    SHEETS,
)
def test_phases(phases: list[Phase], sheet: Sheet) -> None:
    if any(one.projects for one in phases):
        check(phase_chart(phases, sheet, "Title"), sheet)


@quick
@given(st.lists(st.tuples(HOURS, HOURS, SHARES), min_size=1, max_size=24), SHEETS)
def test_wave(values: list[tuple[float, float, float | None]], sheet: Sheet) -> None:
    waves = [Wave(month(at), *one) for at, one in enumerate(values)]
    check(wave_chart(waves, sheet, sheet.text_size * 20, "Title"), sheet)


@quick
@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 1)), st.booleans()), min_size=1, max_size=40), SHEETS)
def test_trend(values: list[tuple[float | None, bool]], sheet: Sheet) -> None:
    points = [Point(month(at), *one) for at, one in enumerate(values)]
    check(trend_chart(points, sheet, sheet.text_size * 14, "Title"), sheet)


@quick
@given(st.integers(0, 12), st.integers(1, 12))
def test_cells(count: int, of: int) -> None:
    sheet = Sheet(90, 7.5, LIGHT)
    check(squares(count, of, sheet, "Title"), sheet)


@pytest.mark.parametrize("code", ["en", "de", "fr", "es", "pt"])
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_in_every_language_on_paper_and_phone(name: str, code: str) -> None:
    width, draw = SAMPLES[name]
    for sheet in (Sheet(width, 7.5, LIGHT, Language(code)), Sheet(358, 12, LIGHT, Language(code))):
        check(draw(sheet), sheet)
