"""What published months said: read back as written, never changed, and told where one cannot be used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.deliver import earlier_snapshots, history, levels_written, past_levels, publish, snapshot_of, written
from pipeline.deliver.months import LEVELS
from pipeline.model import Period, Summary
from pipeline.settings import DeliverSettings, SummariseSettings
from pipeline.summarise import summarise
from tests.summarise.conftest import make_portfolio
from tests.summarise.test_levels import ITEMS, PEOPLE

OCTOBER = Period(2026, 10)


@pytest.fixture(scope="module")
def summary() -> Summary:
    portfolio = make_portfolio(ITEMS, PEOPLE)
    portfolio.register.items.insert(0, "key", portfolio.register.items["id"])
    return summarise(portfolio, SummariseSettings(), OCTOBER, departments=False)[0]


@pytest.fixture
def published(summary: Summary, tmp_path: Path) -> DeliverSettings:
    settings = DeliverSettings(output=tmp_path)
    files = written(snapshot_of(summary, ())) | levels_written(summary)
    publish((), {"rule_set": {"version": "7"}}, settings, OCTOBER, files)
    return settings


def test_a_month_says_later_what_it_said(published: DeliverSettings, summary: Summary):
    (month,) = history(published)
    assert (month.period, month.items, month.projects, month.operations, month.undecided) == (OCTOBER, 5, 2, 3, 0)
    assert (month.hours, month.unknown_effort, month.version) == (285.0, 1, "7")
    assert month.run_share == pytest.approx(205 / 285)
    levels = past_levels(published, Period(2026, 11), 11)
    assert set(levels["month"]) == {pd.Timestamp("2026-10-01")}
    said = summary.tables["run_change"]
    pd.testing.assert_frame_equal(
        levels[["level", "name", "run_hours", "run_items"]], said[["level", "name", "run_hours", "run_items"]]
    )


def test_the_same_month_gives_the_same_bytes(summary: Summary):
    assert levels_written(summary) == levels_written(summary)


def test_only_months_within_reach_before_the_period_are_read(published: DeliverSettings):
    assert past_levels(published, OCTOBER, 11).empty
    assert past_levels(published, Period(2027, 10), 11).empty
    assert len(past_levels(published, Period(2027, 9), 11))
    assert list(past_levels(published, OCTOBER, 11).columns) == list(
        past_levels(published, Period(2026, 11), 11).columns
    )


def test_a_month_that_was_edited_is_a_gap_and_is_told(published: DeliverSettings):
    for name in (LEVELS, "snapshot/items.parquet"):
        path = published.output / "2026-10" / name
        path.write_bytes(path.read_bytes() + b" ")
    assert past_levels(published, Period(2026, 11), 11).empty
    (month,) = history(published)
    assert month.problem == "snapshot/items.parquet is not what was published"


def test_levels_of_another_month_are_not_taken(published: DeliverSettings):
    other = published.output / "2026-09"
    (published.output / "2026-10").rename(other)
    record = json.loads((other / "run.json").read_text())
    assert hashlib.sha256((other / LEVELS).read_bytes()).hexdigest() in str(record)
    assert past_levels(published, OCTOBER, 11).empty


def test_a_month_run_again_keeps_what_it_said_before(published: DeliverSettings, summary: Summary):
    first = published.output / "2026-10" / "snapshot" / "items.parquet"
    said = first.read_bytes()

    def again(kind: str) -> list[str]:
        snapshot = snapshot_of(summary, ())
        files = written(replace(snapshot, items=snapshot.items.assign(kind=kind))) | levels_written(summary)
        publish((), {}, published, OCTOBER, files | earlier_snapshots(published, OCTOBER, files))
        return sorted(path.name for path in first.parent.glob("items*"))

    assert earlier_snapshots(published, OCTOBER, written(snapshot_of(summary, ())) | levels_written(summary)) == {}
    assert again("project") == ["items.1.parquet", "items.parquet"]
    assert again("project") == ["items.1.parquet", "items.parquet"], "the same again adds nothing"
    assert again("operation") == ["items.1.parquet", "items.2.parquet", "items.parquet"]
    assert (first.parent / "items.1.parquet").read_bytes() == said
