"""What a month's reports said at their head is read back by the month after, which says how each figure moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.classify import classify
from pipeline.deliver import figures_written, publish, remembered, snapshot_of, written
from pipeline.deliver.figures import FIGURES
from pipeline.ingest.identity import followed
from pipeline.model import Period, Report, Summary
from pipeline.settings import DeliverSettings, Settings
from pipeline.snapshots import Snapshot
from pipeline.summarise import summarise
from tests.factories import make_register

SEPTEMBER, OCTOBER = Period(2026, 9), Period(2026, 10)
PUMPS = {"id": "W-1", "title": "Replace pumps", "department": "Water", "owner": "Ana Roy", "finish": "2026-09-20"}
METERS = {"id": "W-2", "title": "Read meters", "department": "Water", "owner": "Bo Lee", "cadence": "monthly"}


def _month(rows: list[dict[str, str]], period: Period, previous: Snapshot | None = None) -> tuple[Summary, ...]:
    portfolio = classify(followed(make_register(rows), previous), Settings().classify, period)
    return summarise(portfolio, Settings().summarise, period, audiences=["department"], previous=previous)


def _published(output: Path, *, figures: bool = True) -> DeliverSettings:
    summaries = _month([PUMPS, METERS], SEPTEMBER)
    files = written(snapshot_of(summaries[0], ())) | (figures_written(summaries) if figures else {})
    settings = DeliverSettings(output=output)
    publish((Report("organisation.pdf", "report", "", "pdf", b"report"),), {}, settings, SEPTEMBER, files)
    return settings


def test_each_figure_knows_what_it_was(tmp_path: Path) -> None:
    previous, told = remembered(_published(tmp_path), OCTOBER)
    assert told == ()
    whole, water = _month([PUMPS], OCTOBER, previous)
    for summary in (whole, water):
        assert summary.previous == SEPTEMBER
        assert (summary.figures["operations"].previous, summary.figures["operations"].value) == (1.0, 0.0)
        assert summary.figures["overdue_projects"].previous == 1.0
        assert summary.figures["load"].previous is None, "not known then, so nothing to compare with"


def test_in_a_first_month_no_figure_has_a_past() -> None:
    summary = _month([PUMPS], OCTOBER)[0]
    assert summary.previous is None
    assert {figure.previous for figure in summary.figures.values()} == {None}


def test_a_month_that_an_earlier_version_published_is_used_without_figures(tmp_path: Path) -> None:
    previous, told = remembered(_published(tmp_path, figures=False), OCTOBER)
    assert told == ()
    assert previous is not None
    assert previous.figures == {}


@pytest.mark.parametrize("text", ["", "[]", '{"period": "2026-09", "said": []}'])
def test_figures_that_somebody_edited_are_told_and_not_used(tmp_path: Path, text: str) -> None:
    settings = _published(tmp_path)
    (tmp_path / "2026-09" / FIGURES).write_text(text)
    previous, told = remembered(settings, OCTOBER)
    assert previous is None
    assert FIGURES in told[0].message
