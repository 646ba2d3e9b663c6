"""`pipeline check` and `pipeline run` leave marked copies where the user finds them."""

from __future__ import annotations

import json
from threading import Event

import pipeline.ingest.annotate
import pipeline.render
from pipeline.flow import Run
from pipeline.settings import Settings
from tests.conftest import PERIOD

TABLE = "ID|Title|Owner|Finish\nW-1|Replace pumps|Ana|2026-11-30\nW-2|Read meters|Bo|whenever"


def test_check_leaves_a_marked_copy_and_lists(ask, make_workbook, tmp_path):
    code, out, _ = ask("check", make_workbook(Register=TABLE), "--json")
    folder = tmp_path / "output" / "check"
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    assert code == 0
    assert names == {"register-marked.xlsx", "register.findings.csv", "register.findings.json"}
    answered = json.loads(out)["findings"]
    assert answered == json.loads((folder / "register.findings.json").read_text(encoding="utf-8"))["findings"]


def test_where_no_copy_is_made_both_commands_lead_to_the_list(ask, make_workbook, monkeypatch):
    monkeypatch.setattr(pipeline.ingest.annotate, "_too_long", lambda _: "it is long")
    path = make_workbook("input/register.xlsx", Register=TABLE)
    assert "Look at output/check/register.findings.csv: it lists all of this" in " ".join(ask("check", path)[1].split())
    out = ask("run", "--period", "2026-10", "--packs", "pmo")[1]
    assert "  marked/register.findings.csv  " in out
    assert "register.findings.json" not in out


def test_a_folder_that_cannot_be_written_stops_no_check(ask, make_workbook, tmp_path):
    (tmp_path / "taken").write_text("a file")
    code, out, err = ask("check", make_workbook(Register=TABLE), "--json", "--marked", "taken")
    assert (code, json.loads(out)["files"][0]["status"]) == (0, "read")
    assert "taken: cannot be written to" in err


def test_without_copies_nothing_is_written(ask, make_workbook, tmp_path):
    before = sorted(tmp_path.rglob("*")), make_workbook(Register=TABLE)
    assert ask("check", before[1], "--no-marked")[0] == 0
    assert sorted(tmp_path.rglob("*")) == sorted({*before[0], before[1]})


def test_registers_are_marked_while_reports_are_rendered(make_workbook, monkeypatch):
    begun, run = Event(), Run(Settings(), PERIOD, (make_workbook(Register=TABLE),))
    monkeypatch.setattr(pipeline.ingest.annotate, "annotate", lambda *_: begun.set() or "copies")
    monkeypatch.setattr(pipeline.render, "render", lambda *_: begun.wait(20))
    assert (run.reports, run.marked) == (True, "copies")
    assert list(run.seconds)[-2:] == ["render", "mark"]
