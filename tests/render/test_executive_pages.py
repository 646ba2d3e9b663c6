"""The first two pages of the executives' pack: one sheet of paper each, whatever the register; facts that agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from pypdf import PdfReader

from pipeline.model import Figure, Period, Summary
from pipeline.render.attention import attention
from pipeline.render.charts import Sheet
from pipeline.render.charts.measure import text_width
from pipeline.render.exhibits import EXHIBITS
from pipeline.render.exhibits import change as change_exhibits
from pipeline.render.exhibits.month import height, months_shown, rule_change
from pipeline.render.exhibits.phases import phases_shown
from pipeline.render.facts import Facts
from pipeline.render.formats import FORMATS, page
from pipeline.render.go_lives import fullest, go_lives
from pipeline.render.language import ENGLISH, LANGUAGES
from pipeline.render.language import language as said_in
from pipeline.render.readers import Reader
from pipeline.render.shipped import shipped
from pipeline.render.tiles import tiles
from pipeline.render_settings import RenderSettings
from tests.render.conftest import SETTINGS, needs_pdf, pages_of, reader_of
from tests.render.sample import make_summary

SIZES = {"nothing": (0, 0), "three rows": (3, 0), "typical": (150, 40), "large": (5_000, 500)}
SEPTEMBER = Period(2026, 9)


@pytest.fixture(scope="module")
def sizes() -> dict[str, Summary]:
    return {name: make_summary(items=items, people=people) for name, (items, people) in SIZES.items()}


def _without(summary: Summary, table: str, **columns: object) -> Summary:
    """The summary with these columns of a table set to one value."""
    frame = summary.tables[table].copy()
    for name, value in columns.items():
        frame[name] = pd.Series(value, index=frame.index, dtype=frame[name].dtype)
    return replace(summary, tables={**summary.tables, table: frame})


def _reader(summary: Summary, settings: RenderSettings = SETTINGS) -> Reader:
    """The pack cut down to its first two pages."""
    reader = reader_of(summary, settings=settings)
    return replace(reader, pack=replace(reader.pack, pages=reader.pack.pages[:2], annex=()))


def _page(summary: Summary) -> str:
    return page(_reader(summary), SETTINGS, "paper")


def _sheets(summary: Summary, paper: str = "A4", language: str = "en") -> list[str]:
    """The sheets of paper as text."""
    settings = SETTINGS.model_copy(update={"paper": paper, "language": language})
    pdf = next(one for one in FORMATS if one.id == "pdf")
    return pages_of(PdfReader(BytesIO(pdf.finish(pdf.draw(_reader(summary, settings), settings)))))


@needs_pdf
@pytest.mark.parametrize(
    ("size", "paper", "language"),
    [("three rows", "Letter", "de"), ("typical", "A4", "de"), ("large", "Letter", "de")],
)  # fmt: skip
def test_each_page_is_one_sheet_and_none_is_bare(sizes: dict[str, Summary], size: str, paper: str, language: str):
    first, second = _sheets(sizes[size], paper, language)
    say = said_in(language, SETTINGS.templates, shipped()).gettext
    assert say("The month on a page") in first
    assert say("Change portfolio") in second
    assert min(len(first), len(second)) > 350


@needs_pdf
def test_a_register_without_dates_or_phases_still_fills_its_sheet(sizes: dict[str, Summary]):
    bare = _without(sizes["typical"], "projects", finish=None, days_late=None, phase="", status="")
    _, second = _sheets(bare)
    assert "The register names neither phase nor status of its projects." in second
    assert second.count("R-") > 30, "the table takes the room of what cannot be drawn"


@needs_pdf
def test_the_pdf_holds_every_figure_of_the_panel(sizes: dict[str, Summary]):
    first = _sheets(sizes["typical"])[0].replace(" ", "")
    for tile in tiles(Facts(sizes["typical"])):
        assert f"{tile.value}{':' + tile.other if tile.other else ''}{tile.whole}".replace(" ", "") in first


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_each_figure_is_called_has_room_above_it(sizes: dict[str, Summary], code: str):
    facts = Facts(sizes["typical"], said_in(code, SETTINGS.templates, shipped()))
    for tile in tiles(facts):
        assert text_width(tile.title, 8) <= 124, tile.title


def test_projects_without_a_phase_are_said_to_name_none(sizes: dict[str, Summary]):
    table = sizes["typical"].tables["projects"].copy()
    table["phase"] = pd.Series(["Build"] + [""] * (len(table) - 1), index=table.index, dtype=table["phase"].dtype)
    facts = Facts(replace(sizes["typical"], tables={**sizes["typical"].tables, "projects": table}))
    assert [one.name for one in phases_shown(facts)] == ["Build", "Without a phase"]
    assert "name no phase" in EXHIBITS["phases"].message(facts)


def _texts(html: str) -> Iterator[float]:
    for size in re.findall(r"font(?:-size)?:[^;}]*?([\d.]+)pt", html):
        yield float(size)
    for drawing in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        yield from (float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing))


def test_no_type_is_smaller_than_seven_and_a_half_points(sizes: dict[str, Summary]):
    found = list(_texts(_page(sizes["typical"])))
    assert len(found) > 50
    assert min(found) == 7.5


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "name", [one.id for one in change_exhibits.EXHIBITS] + ["months", "parts", "decisions", "bands"]
)
def test_every_exhibit_says_something_of_every_register(sizes: dict[str, Summary], size: str, name: str):
    said = EXHIBITS[name].message(Facts(sizes[size]))
    assert said or name in ("briefs", "change_silent")
    assert "{" not in said


def test_pages_and_exhibits_say_the_same(sizes: dict[str, Summary]):
    facts = Facts(sizes["typical"])
    late = len(facts.overdue)
    found = attention(facts, 10, 400)
    assert found.late == late == facts.summary.figures["overdue_projects"].value == 3
    assert sum(one.overdue for one in phases_shown(facts)) == late
    assert sum(one.projects for one in phases_shown(facts)) == facts.count("projects")
    html = _page(sizes["typical"])
    assert f"{ENGLISH.number(len(go_lives(facts)))} projects go live by April 2027" in html
    assert f"{len(go_lives(facts))} go-lives by April 2027" in html


def test_the_worst_come_first_with_their_reasons(sizes: dict[str, Summary]):
    facts = Facts(_without(sizes["typical"], "projects", accountable=""))
    named = attention(Facts(sizes["typical"]), 10, 400)
    assert [row["days_late"] for row in named.rows[: named.late]] == [73, 60, 43]
    assert all(row["reason"] for row in named.rows[: named.needing])
    nobody = attention(facts, 10, 400)
    assert not any("accountable" in row["reason"] for row in nobody.rows), (
        "a role that nobody has is no one row's fault"
    )


def test_reasons_fit_their_column(sizes: dict[str, Summary]):
    several = Facts(_without(sizes["typical"], "projects", finish=pd.NaT, certainty="to review"))
    narrow, wide = (attention(several, 40, room) for room in (60.0, 400.0))
    assert any("; " in row["reason"] for row in wide.rows)
    assert not any("; " in row["reason"] for row in narrow.rows)


def test_a_crowd_of_go_lives_is_the_fullest_half_month():
    days = ["2026-11-02", "2026-11-20", "2026-11-21", "2026-11-30", "2026-12-04", "2026-12-05"]
    summary = make_summary(items=len(days) * 3, people=2)
    projects = summary.tables["projects"]
    rows = pd.concat([projects.head(1)] * len(days), ignore_index=True).assign(
        item=range(len(days)), finish=pd.to_datetime(days).astype("datetime64[s]")
    )
    facts = Facts(replace(summary, tables={**summary.tables, "projects": rows}))
    crowd = fullest(facts)
    assert crowd is not None
    assert (crowd.first.isoformat(), crowd.last.isoformat(), crowd.count) == ("2026-11-20", "2026-12-04", 4)
    assert fullest(Facts(replace(summary, tables={**summary.tables, "projects": rows.head(3)}))) is None


def _figures(summary: Summary, **previous: float) -> Facts:
    changed = {name: replace(summary.figures[name], previous=value) for name, value in previous.items()}
    return Facts(replace(summary, figures={**summary.figures, **changed}, previous=SEPTEMBER))


def test_each_figure_says_how_it_moved(sizes: dict[str, Summary]):
    figures = sizes["typical"].figures
    values = {name: float(figures[name].value or 0) for name in figures}
    before = {
        "active_projects": values["active_projects"] - 3, "overdue_projects": values["overdue_projects"] - 2,
        "run_share": values["run_share"] + 0.01, "cells_filled": values["cells_filled"] + 0.03,
        "review_rows": values["review_rows"] + 9, "operations": values["operations"],
    }  # fmt: skip
    said = {one.title: (one.change, one.since, one.worse) for one in tiles(_figures(sizes["typical"], **before))}
    assert said["Active projects"] == ("+3", "on September", False)
    assert said["Projects past their finish"] == ("+2", "on September, worse", True)
    assert said["Run to change, share of hours"] == ("−1 pt run", "on September", False)
    assert said["Wanted cells filled"] == ("−3 pts", "on September, worse", True)
    assert said["Verdicts to review"] == ("−9", "on September", False)
    assert said["Active operations"] == ("", "as in September", False)
    assert said["Load of capacity"] == ("", "", False), "not known then, so nothing is said"


def test_an_unknown_figure_is_no_zero():
    facts = Facts(make_summary(items=3, people=0))
    assert next(one.value for one in tiles(facts) if one.title == "Load of capacity") == "–"


def _with_trend(summary: Summary, months: list[str], changed: str = "") -> Facts:
    rows = [
        {"level": "organisation", "name": "", "month": pd.Timestamp(f"{month}-01"), "run_hours": 700.0,
         "change_hours": 300.0, "undecided_hours": 0.0, "hours": 1000.0, "rules_changed": month == changed}
        for month in months
    ]  # fmt: skip
    empty = summary.tables["trend"]
    trend = pd.DataFrame(rows).reindex(columns=empty.columns)
    return Facts(replace(summary, tables={**summary.tables, "trend": trend}))


def test_published_months_are_drawn_as_they_were_published(sizes: dict[str, Summary]):
    months = ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
    shown = months_shown(_with_trend(sizes["typical"], months))
    assert len(shown) == 12
    assert [one.hours for one in shown[:5]] == [1000.0] * 5
    assert shown[0].month is not None
    assert (shown[0].month.month, shown[5].month, shown[5].hours != 1000.0) == (
        5,
        Facts(sizes["typical"]).first_day,
        True,
    )
    assert shown[0].capacity is None, "what nobody recorded is unknown"


def test_a_month_that_is_missing_ends_the_past(sizes: dict[str, Summary]):
    shown = months_shown(_with_trend(sizes["typical"], ["2026-05", "2026-07", "2026-08", "2026-09"]))
    assert shown[0].month is not None
    assert shown[0].month.month == 7


def test_new_rules_are_marked_at_their_first_month(sizes: dict[str, Summary]):
    months = ["2026-07", "2026-08", "2026-09", "2026-10"]
    change = rule_change(_with_trend(sizes["typical"], months, "2026-09"))
    assert change is not None
    assert change.month.month == 9
    assert rule_change(_with_trend(sizes["typical"], months)) is None
    assert "Rule set 2026.1" in _page(_with_trend(sizes["typical"], months, "2026-09").summary)


def test_register_text_in_a_table_reads_in_its_own_direction():
    html = _page(make_summary(items=30, people=8, title="תוכנית עבודה"))
    assert '<td class="first" dir="auto">תוכנית עבודה' in html


def test_a_figure_without_a_past_has_no_line_below():
    assert not any(one.since for one in tiles(Facts(make_summary())))
    assert Figure("x", "X", 1.0).previous is None


@needs_pdf
def test_the_first_page_is_one_sheet_in_every_language():
    """Texts are longer in some languages; the charts give way."""
    title = "Replacement of the chlorine dosing at Otterford, western catchment"
    summary = make_summary(60, 14, title=title)
    counts = {
        (language, paper): len(_first_sheets(summary, paper, language))
        for at, language in enumerate(("en", "de", "fr", "es", "pt"))
        for paper in (("A4", "Letter") if language == "de" else (("A4", "Letter")[at % 2],))
    }
    assert set(counts.values()) == {1}, counts


def _first_sheets(summary: Summary, paper: str, language: str) -> list[str]:
    settings = SETTINGS.model_copy(update={"paper": paper, "language": language})
    reader = reader_of(summary, settings=settings)
    reader = replace(reader, pack=replace(reader.pack, pages=reader.pack.pages[:1], annex=()))
    pdf = next(one for one in FORMATS if one.id == "pdf")
    return pages_of(PdfReader(BytesIO(pdf.finish(pdf.draw(reader, settings)))))


@pytest.mark.parametrize("undecided", [0.0, 26.0])
def test_what_the_bars_hold_is_in_their_key(sizes: dict[str, Summary], undecided: float) -> None:
    summary = _without(sizes["typical"], "departments", undecided_hours=undecided)
    assert ("undecided" in EXHIBITS["parts"].rows(Facts(summary))) == (undecided > 0)
    assert ('<i class="undecided"></i>Undecided' in _page(summary)) == (undecided > 0)


def test_the_decisions_of_page_1_are_said_to_be_one_of_each_kind(sizes: dict[str, Summary]) -> None:
    assert (
        EXHIBITS["decisions"]
        .message(Facts(sizes["typical"]))
        .endswith("; the five here are the gravest of their kinds")
    )


def test_a_key_of_long_words_takes_its_second_line_from_the_charts(sizes: dict[str, Summary]) -> None:
    german = said_in("de", SETTINGS.templates, shipped())
    plain, white = (_without(sizes["large"], "departments", undecided_hours=hours) for hours in (0.0, 26.0))
    assert _room(Facts(plain)) == _room(Facts(white)), "the English words have room"
    assert _room(Facts(plain, german)) > _room(Facts(white, german))


def _room(facts: Facts) -> float:
    return height(facts, Sheet(202, 7.5, {}, facts.language))
