"""What a person decides in the workbook, or at the command line, holds in every later run until it is undone."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline import cli
from pipeline.answers import run_lines
from pipeline.decisions import read_decisions
from pipeline.deliver.record import keep
from pipeline.findings import counted
from pipeline.flow import Run
from pipeline.model import Decision, Period
from pipeline.settings import Settings, load_settings
from tests.conftest import fill

PERIOD = Period(2026, 10)
Ask = Callable[..., tuple[int, str, str]]
TABLE = """
ID|Title|Department|Owner|Start|Finish|Frequency
W-1|Zeta|Labs|Ana Roy|||
W-2|Read meters|Works|Bo Lee|||monthly
W-3|ERP support and enhancements|Works|Bo Lee|||
W-4|Replace pumps|Works|Bo Lee|2026-06-01|2026-11-13|
"""


def office_in(folder: Path, table: str = TABLE) -> Settings:
    """Settings of an organisation with one register in its input folder; only the workbook is rendered."""
    book = Workbook()
    fill(book.active, table)
    (folder / "input").mkdir()
    book.save(folder / "input" / "register.xlsx")
    return Settings.model_validate(
        {
            "ingest": {"input": folder / "input"},
            "classify": {"decisions": folder / "decisions.csv"},
            "render": {"formats": ["xlsx"], "packs": {"department": {"make": False}}},
            "deliver": {"output": folder / "output"},
        }
    )


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    return office_in(tmp_path)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook that is published before anybody decided anything."""
    return published(Run(office_in(tmp_path_factory.mktemp("office")), PERIOD))


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


def codes(run: Run) -> set[str]:
    return {one.code for one in run.portfolio.findings}


def test_the_review_sheet_dropped_back_in_decides(office: Settings, report: Path) -> None:
    answers = {"W-1": ("Project", "Ana Roy", "it ends\nin May"), "W-3": ("mixed", "", "")}
    dropped = answer_review(report, office.ingest.input, answers)
    second = Run(office, PERIOD)
    assert list(second.register.items["id"]) == ["W-1", "W-2", "W-3", "W-4"], "a report is no register"
    one = verdict(second, "W-1")
    assert (one["kind"], one["decided_by"], one["review"], one["probability"]) == ("project", "decision", False, 1.0)
    assert "Ana Roy" in str(one["reasons"])
    assert "it ends" in str(one["reasons"])
    assert verdict(second, "W-3")["kind"] == "mixed"
    assert "D01" in {one.code for one in second.findings}

    book = load_workbook(published(second))
    lines = list(run_lines(second))
    assert "2 decisions are kept in decisions.csv" in lines
    (found,) = (line for line in lines if "problems in the data" in line)
    assert found.endswith("(sheet Findings of 2026-10_pmo.xlsx)")
    assert any("marked/register-marked.xlsx" in line for line in lines)
    (read,) = (line for line in lines if "of them in reading" in line)
    notes = sum(one.level == "note" for one in second.register.findings)
    assert f"{counted(notes, 'note')}, as `pipeline check` lists them" in read
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


def test_a_workbook_that_stays_does_not_undo_a_later_decision(office: Settings, report: Path) -> None:
    answer_review(report, office.ingest.input, {"W-1": ("project", "Ana", "")})
    keep(Run(office, PERIOD).new_decisions, office.classify.decisions)
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
    assert "D06" not in codes(undone)


def test_a_last_day_on_the_sheet_is_kept(office: Settings, report: Path) -> None:
    answer_review(report, office.ingest.input, {"W-1": ("operation", "Ana", "")}, until=dt.date(2026, 11, 30))
    (one,) = Run(office, PERIOD).new_decisions
    assert one.until == "2026-11-30"


@pytest.mark.parametrize(
    ("decision", "until", "code", "read"),
    [("perhaps", None, "D02", "perhaps"), ("project", "next year", "D03", "next year")],
)
def test_what_is_no_decision_is_told_with_its_cell(
    office: Settings, report: Path, decision: str, until: str | None, code: str, read: str
) -> None:
    answer_review(report, office.ingest.input, {"W-1": (decision, "Ana", "")}, until=until)
    register = Run(office, PERIOD).register
    (told,) = [one for one in register.findings if one.code == code]
    assert (told.file, told.sheet, told.read) == (report.name, "Review", read)
    assert load_workbook(office.ingest.input / report.name)["Review"][told.cell].value == read
    assert register.decisions == ()


def test_a_report_without_its_review_sheet_is_no_register(office: Settings, report: Path) -> None:
    book = load_workbook(report)
    del book["Review"]
    book.save(office.ingest.input / report.name)
    register = Run(office, PERIOD).register
    assert list(register.items["id"]) == ["W-1", "W-2", "W-3", "W-4"]
    assert ["0 decisions are read" in one.message for one in register.findings if one.code == "D01"] == [True]


def test_a_copy_of_the_file_of_decisions_says_nothing_new(office: Settings) -> None:
    one = Decision("W-1", "Zeta", "Labs", "project", "Ana", "2026-10-02", "=1+1")
    keep([one, replace(one, kind="operation", when="2026-10-09")], office.classify.decisions)
    shutil.copyfile(office.classify.decisions, office.ingest.input / "decisions.csv")
    run = Run(office, PERIOD)
    assert len(run.register.items) == 4
    assert run.new_decisions == ()
    assert verdict(run, "W-1")["kind"] == "operation"


def test_a_decision_at_the_command_line_holds_until_it_is_taken_back(ask: Ask, tmp_path: Path) -> None:
    office_in(tmp_path)
    code, out, err = ask(
        "decide", "w-1", "project", "--because", "it ends in May", "--who", "Ana", "--until", "2026-12-31"
    )
    assert (code, out) == (0, "")
    assert "W-1 'Zeta' is decided 'project' by Ana until 2026-12-31" in err
    _, told, _ = ask("explain", "W-1", "--period", "2026-10")
    assert "Zeta: project, clear (decided by decision" in told
    assert "until 2026-12-31: it ends in May." in told
    listed = json.loads(ask("decide", "--list", "--json")[1])["decisions"]
    assert [(one["id"], one["kind"], one["who"]) for one in listed] == [("W-1", "project", "Ana")]
    assert "it ends in May" in ask("decide", "--list")[1]
    assert ask("decide", "W-1", "evidence", "--because", "asked again")[0] == 0
    answer = json.loads(ask("explain", "W-1", "--json", "--period", "2026-10")[1])["items"][0]
    assert (answer["decided_by"], answer["decision"]) == ("evidence", None)
    assert answer["turning"]["turns"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["W-1", "projct", "--because", "x"], "'projct' is no kind of work"),
        (["W-1", "project"], "say why"),
        (["W-9", "project", "--because", "x"], "no item has the ID 'W-9'"),
        (["W-1", "project", "--because", "x", "--until", "May"], "'May' is not a day"),
    ],
)
def test_what_no_decision_can_be_made_of_is_refused(ask: Ask, tmp_path: Path, arguments: list[str], words: str) -> None:
    office_in(tmp_path)
    code, _, err = ask("decide", *arguments)
    assert code == cli.USAGE
    assert words in err
    assert not (tmp_path / "decisions.csv").exists()


def test_what_was_decided_in_the_workbook_teaches_a_word(ask: Ask, tmp_path: Path) -> None:
    """Register, report, answers on the Review sheet, proposal, acceptance, and other verdicts for rows not decided."""
    spots = ("north", "south", "east", "west", "upper", "lower", "inner")
    lines = [f"Z-{at}|{spot} zorbing|Ana" for at, spot in enumerate(spots)]
    lines += [f"F-{at}|{spot} flimping|Bo" for at, spot in enumerate(spots)]
    settings = office_in(tmp_path, "ID|Title|Owner\n" + "\n".join([*lines, "N-1|grassy zorbing|Cy"]))
    (tmp_path / "pipeline.toml").write_text("# ours\n[render.packs.department]\nmake = false\n")
    workbook = published(Run(settings, PERIOD))
    answers = {line.partition("|")[0]: ("project" if line[0] == "Z" else "operation", "Ana", "") for line in lines}
    answer_review(workbook, settings.ingest.input, answers)
    code, out, _ = ask("learn", "--period", "2026-10")
    assert code == 0
    assert "'zorbing' goes with rows judged project (7 titles, none judged otherwise" in out
    assert "N-1 grassy zorbing: undecided, to review -> project" in out
    assert (tmp_path / "pipeline.toml").read_text() == "# ours\n[render.packs.department]\nmake = false\n", (
        "nothing unasked"
    )
    code, _, err = ask("learn", "--period", "2026-10", "--accept", "zorbing")
    assert (code, "1 verdict changes" in err) == (0, True)
    text = (tmp_path / "pipeline.toml").read_text()
    assert text.startswith("# ours\n")
    assert 'zorbing = "develop"' in text
    changed = Run(load_settings(tmp_path / "pipeline.toml"), PERIOD)
    assert (verdict(changed, "N-1")["kind"], verdict(changed, "N-1")["decided_by"]) == ("project", "evidence")

    _, out, _ = ask("reclassified", "--period", "2026-11")
    assert "N-1" in out


def test_an_answer_in_an_old_report_does_not_undo_a_later_decision(office: Settings, report: Path) -> None:
    later = Decision("W-1", "Zeta", "Labs", "project", "Ana Roy", "2026-11-20", "it ends", "", "command line")
    keep((later,), office.classify.decisions)
    old = answer_review(report, office.ingest.input, {"W-1": ("operation", "Bo Lee", "it runs")})
    moment = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC).timestamp()
    os.utime(old, (moment, moment))
    run = Run(office, PERIOD)
    assert verdict(run, "W-1")["kind"] == "project"
    assert [one.when for one in run.new_decisions] == ["2026-11-03"]
    assert "D06" in codes(run)


def test_a_report_alone_in_the_input_is_read_with_the_archived_register(office: Settings, report: Path) -> None:
    away = office.ingest.input.parent / "archive"
    settings = office.model_copy(update={"deliver": office.deliver.model_copy(update={"archive": away})})
    first = Run(settings, PERIOD, whole=True, archive=True)
    _ = first.deliveries, first.intake
    assert not list(settings.ingest.input.glob("*.xlsx"))
    answer_review(report, settings.ingest.input, {"W-1": ("operation", "Bo Lee", "it runs")})
    assert not len(Run(settings, PERIOD).register.items)
    assert verdict(Run(settings, PERIOD, fallback=True), "W-1")["decided_by"] == "decision"
