"""The command line: answers on standard output, everything else on standard error, exit codes as documented."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from pipeline import cli
from pipeline.findings import RECORDED

TABLE = """
North Water
|
ID|Title|Owner|Start|Finish|Frequency|Status|Effort
W-1|Replace pumps|Ana Roy|2026-06-01|2026-11-30||In progress|300 h
W-2|Read meters|Bo Lee|||monthly|Live|12 h
W-3|=cmd|Bo Lee||TBC||Open|
"""


def test_check_answers_as_the_contract_says(ask, make_workbook):
    code, out, err = ask("check", make_workbook(Register=TABLE), "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    (file,) = answer["files"]
    assert file["status"] == "read"
    (sheet,) = file["sheets"]
    assert sheet["header_row"] == 3
    assert (sheet["rows_in"], sheet["rows_used"], sheet["rows_refused"]) == (3, 3, 0)
    assert sheet["mapping"]["Frequency"] == "cadence"
    told = next(one for one in answer["findings"] if one["code"] == "R30")
    assert set(told) == set(RECORDED)
    assert told["cell"] == "E6"


def test_check_in_words_names_headings_and_findings(ask, make_workbook):
    code, out, _ = ask("check", make_workbook(Register=TABLE))
    assert code == 0
    assert "headings in row 3: 3 of 3 rows usable" in out
    assert "F       Frequency  Cadence     exact" in out
    assert "'TBC' is not a date" in out


def test_a_refused_file_is_an_answer_not_an_error(ask, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"nonsense")
    code, out, _ = ask("check", "broken.xlsx", "--json")
    assert code == 0
    assert json.loads(out)["files"][0]["status"] == "refused"


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("note", 1)])
def test_fail_on_a_level_of_findings(ask, make_workbook, level, code):
    assert ask("check", make_workbook(Register=TABLE), "--json", "--fail-on", level)[0] == code


def test_classify_writes_one_line_for_every_used_row(ask, make_workbook, tmp_path):
    code, out, err = ask("classify", make_workbook(Register=TABLE), "--csv", "verdicts.csv")
    assert (code, out) == (0, "")
    assert "3 verdicts written" in err
    lines = list(csv.DictReader(io.StringIO((tmp_path / "verdicts.csv").read_text(encoding="utf-8"))))
    assert list(lines[0]) == [
        "file",
        "sheet",
        "row",
        "id",
        "title",
        "kind",
        "probability",
        "review",
        "decided_by",
        "reasons",
    ]
    assert [line["row"] for line in lines] == ["4", "5", "6"]
    assert [line["kind"] for line in lines[:2]] == ["project", "operation"]
    assert all(0 <= float(line["probability"]) <= 1 for line in lines)
    assert lines[2]["title"] == "'=cmd", "text must not become a formula in a spreadsheet"


def test_explain_quotes_the_rows_cells(ask, make_workbook):
    path = make_workbook(Register=TABLE)
    code, out, _ = ask("explain", "w-2", path)
    assert code == 0
    assert "Read meters: operation" in out
    assert "[F5]" in out
    assert ask("explain", "Register!5", path)[1] == out


def test_explain_names_the_nearest_id(ask, make_workbook):
    code, _, err = ask("explain", "W-21", make_workbook(Register=TABLE))
    assert code == cli.USAGE
    assert "no item has the ID 'W-21'" in err
    assert "Did you mean W-2" in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["check", "nowhere.xlsx"], cli.STOPPED, "no such file or folder"),
        (["run", "--period", "2026-13"], cli.USAGE, "'2026-13' is not a month"),
        (["check", "--fail-on", "grave"], cli.USAGE, "no level of findings"),
        (["check", "--config", "none.toml"], cli.USAGE, "none.toml"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(ask, arguments, code, words):
    got, out, err = ask(*arguments)
    assert (got, out) == (code, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_an_unknown_setting_is_named_with_the_nearest(ask, tmp_path):
    (tmp_path / "pipeline.toml").write_text('[summarise]\ntimezne = "UTC"\n')
    code, _, err = ask("check")
    assert code == cli.USAGE
    assert "no setting 'summarise.timezne'" in err
    assert "Did you mean 'timezone'?" in err


def test_an_empty_input_folder_says_what_to_do(ask, tmp_path):
    (tmp_path / "input").mkdir()
    code, out, err = ask("run", "--input", "input", "--output", "output", "--period", "2026-10")
    assert (code, out) == (cli.STOPPED, "")
    assert "Drop a register" in err
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("listing", ["fields", "criteria", "findings", "tables"])
def test_listings_as_text_and_as_json(ask, listing):
    _, text, _ = ask(listing)
    _, answer, _ = ask(listing, "--json")
    rows = json.loads(answer)
    assert len(rows) >= 15
    assert max(map(len, text.splitlines())) <= 100
    words = " ".join(text.split())
    assert all(" ".join(str(value).split()) in words for row in rows for value in list(row.values())[-2:])


def test_every_command_has_help_and_an_example():
    runner = CliRunner()
    for command in cli.app.registered_commands:
        name = command.callback.__name__
        shown = runner.invoke(cli.app, [name, "--help"]).output
        assert f"Example: pipeline {name}" in shown
