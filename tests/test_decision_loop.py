"""What a person decides in the workbook, or at the command line, holds in every later run until it is undone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.decisions import read_decisions
from pipeline.deliver.record import keep
from pipeline.flow import Run
from pipeline.model import Decision, Period
from pipeline.settings import Settings
from tests.conftest import fill

PERIOD = Period(2026, 10)
TABLE = """
ID|Title|Department|Owner|Start|Finish|Frequency
W-1|Zeta|Labs|Ana Roy|||
W-2|Read meters|Works|Bo Lee|||monthly
W-3|ERP support and enhancements|Works|Bo Lee|||
W-4|Replace pumps|Works|Bo Lee|2026-06-01|2026-11-13|
"""


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """Settings of an organisation with one register in its input folder; only the workbook is rendered."""
    book = Workbook()
    fill(book.active, TABLE)
    (tmp_path / "input").mkdir()
    book.save(tmp_path / "input" / "register.xlsx")
    return Settings.model_validate(
        {
            "ingest": {"input": tmp_path / "input"},
            "classify": {"decisions": tmp_path / "decisions.csv"},
            "render": {"formats": ["xlsx"], "departments": False},
            "deliver": {"output": tmp_path / "output"},
        }
    )


def verdict(run: Run, id: str) -> dict[str, object]:
    items = run.register.items
    (item,) = items.index[items["id"] == id]
    return dict(run.portfolio.verdicts.loc[item])


def answer_review(report: Path, into: Path, answers: dict[str, tuple[str, str, str]], until: object = None) -> Path:
    """Fill the Review sheet of a published workbook as a person would, and drop the file in."""
    book = load_workbook(report)
    sheet = book["Review"]
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[0].value == "ID")
    place = {cell.value: cell.column - 1 for cell in head if cell.value}
    for row in rows[head[0].row :]:
        if row[0].value in answers:
            for name, value in zip(("Decision", "Who", "Why"), answers[row[0].value], strict=True):
                row[place[name]].value = value
            row[place["Until"]].value = until
    book.save(into / report.name)
    return into / report.name


def published(run: Run) -> Path:
    return next(one.path for one in run.deliveries if one.path.suffix == ".xlsx")


def test_the_review_sheet_dropped_back_in_decides(office: Settings) -> None:
    first = Run(office, PERIOD)
    assert verdict(first, "W-1")["review"]
    dropped = answer_review(
        published(first),
        office.ingest.input,
        {"W-1": ("Project", "Ana Roy", "it ends\nin May"), "W-3": ("mixed", "", "")},
    )
    second = Run(office, PERIOD)
    assert list(second.register.items["id"]) == list(first.register.items["id"]), "a report is no register"
    one = verdict(second, "W-1")
    assert (one["kind"], one["decided_by"], one["review"], one["probability"]) == ("project", "decision", False, 1.0)
    assert "Ana Roy" in str(one["reasons"])
    assert "it ends" in str(one["reasons"])
    assert verdict(second, "W-3")["kind"] == "mixed"
    assert {one.code for one in second.findings} >= {"D01"}

    book = load_workbook(published(second))
    listed = {row[0]: row for row in book["Register"].iter_rows(values_only=True)}
    assert "decision" in listed["W-1"]
    assert "W-1" not in {row[0] for row in book["Review"].iter_rows(values_only=True)}

    dropped.unlink()
    third = Run(office, PERIOD)
    assert verdict(third, "W-1")["kind"] == "project", "it is kept"
    assert third.new_decisions == ()
    kept = read_decisions(office.classify.decisions)
    assert [(one.id, one.kind, one.who, one.why) for one in kept] == [
        ("W-1", "project", "Ana Roy", "it ends\nin May"),
        ("W-3", "mixed", "", ""),
    ]
    assert all(one.when for one in kept)
    assert kept[0].source.startswith(f"{dropped.name}, Review!")


def test_a_workbook_that_stays_does_not_undo_a_later_decision(office: Settings) -> None:
    report = published(Run(office, PERIOD))
    answer_review(report, office.ingest.input, {"W-1": ("project", "Ana", "")})
    _ = Run(office, PERIOD).deliveries
    (kept,) = read_decisions(office.classify.decisions)
    keep([replace(kept, kind="operation", who="Bo", source="")], office.classify.decisions)
    later = Run(office, PERIOD)
    assert verdict(later, "W-1")["kind"] == "operation"
    assert later.new_decisions == ()
    (told,) = [one for one in later.portfolio.findings if one.code == "D06"]
    assert "earlier 'project' by Ana" in told.message
    keep([replace(kept, kind="evidence", who="Bo", source="")], office.classify.decisions)
    undone = Run(office, PERIOD)
    assert verdict(undone, "W-1")["decided_by"] == "evidence"
    assert "D06" not in {one.code for one in undone.portfolio.findings}


def test_a_decision_with_a_last_day_ends(office: Settings) -> None:
    import datetime as dt

    report = published(Run(office, PERIOD))
    answer_review(report, office.ingest.input, {"W-1": ("operation", "Ana", "")}, until=dt.date(2026, 11, 30))
    assert verdict(Run(office, PERIOD), "W-1")["kind"] == "operation"
    assert verdict(Run(office, Period(2026, 11)), "W-1")["kind"] == "operation"
    december = Run(office, Period(2026, 12))
    assert verdict(december, "W-1")["decided_by"] == "evidence"
    assert [one.read for one in december.portfolio.findings if one.code == "D07"] == ["2026-11-30"]


def test_what_is_no_decision_is_told_with_its_cell(office: Settings) -> None:
    report = published(Run(office, PERIOD))
    answer_review(report, office.ingest.input, {"W-1": ("perhaps", "Ana", "")})
    run = Run(office, PERIOD)
    (told,) = [one for one in run.register.findings if one.code == "D02"]
    assert (told.file, told.sheet, told.read) == (report.name, "Review", "perhaps")
    assert load_workbook(office.ingest.input / report.name)["Review"][told.cell].value == "perhaps"
    assert run.register.decisions == ()
    answer_review(report, office.ingest.input, {"W-1": ("project", "Ana", "")}, until="next year")
    (told,) = [one for one in Run(office, PERIOD).register.findings if one.code == "D03"]
    assert told.read == "next year"


def test_a_copy_of_the_file_of_decisions_says_nothing_new(office: Settings) -> None:
    one = Decision("W-1", "Zeta", "Labs", "project", "Ana", "2026-10-02")
    keep([one, replace(one, kind="operation", when="2026-10-09")], office.classify.decisions)
    shutil.copyfile(office.classify.decisions, office.ingest.input / "decisions.csv")
    run = Run(office, PERIOD)
    assert len(run.register.items) == 4
    assert run.new_decisions == ()
    assert verdict(run, "W-1")["kind"] == "operation"
