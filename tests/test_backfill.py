"""Old registers become months that history and trends know, and a published month stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline import cli

HEAD = "ID|Title|Department|Owner|Start|Finish|Frequency|Effort|Status\n"
PUMPS = "P1|Replace the pumps|Water|Ana Roy|2026-06-01|2026-11-30||600 h|In progress\n"
METERS = "O1|Read meters|Water|Bo Lee|||monthly|20 h|Live\n"
RATES = "O2|Send bills|Finance|Cy Fox|||monthly|30 h|Live\n"
PEOPLE = "Name|Department|Weekly hours|E-mail\nAna Roy|Water|20|ana@example.org"
QUICK = '[render]\nformats = ["html"]\n[render.packs]\nexecutive = {make = false}\ndepartment = {make = false}\n'


@pytest.fixture
def old(ask, make_workbook) -> Path:
    """A folder of old registers: by file name, by folder, by tabs, and staff without a month."""
    Path("pipeline.toml").write_text(QUICK)
    make_workbook("old/register 2026-06.xlsx", Register=HEAD + PUMPS)
    make_workbook("old/2026-07/list.xlsx", Register=HEAD + PUMPS + METERS)
    tabs = {"August 2026": HEAD + PUMPS + METERS, "September 2026": HEAD + PUMPS + METERS + RATES}
    make_workbook("old/monthly.xlsx", **tabs)
    make_workbook("old/staff.xlsx", People=PEOPLE)
    make_workbook("old/wishes.xlsx", Register=HEAD + RATES)
    return Path("old")


def test_each_old_register_becomes_the_month_it_names(ask, old, make_workbook):
    code, out, err = ask("backfill", old, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)["months"]
    assert [(one["month"], one["kept"], one["items"]) for one in told] == [
        ("2026-06", True, 1), ("2026-07", True, 2), ("2026-08", True, 2), ("2026-09", True, 3), (None, False, 0),
    ]  # fmt: skip
    assert told[0]["files"] == ["register 2026-06.xlsx", "staff.xlsx"]
    assert told[4]["files"] == ["wishes.xlsx"]
    assert told[4]["reason"].startswith("neither its name, its folder nor a tab says a month; name it for its month")
    months = json.loads(ask("history", "--json")[1])["months"]
    assert [(one["period"], one["items"], one["projects"], one["operations"]) for one in months] == [
        ("2026-06", 1, 1, 0), ("2026-07", 2, 1, 1), ("2026-08", 2, 1, 1), ("2026-09", 3, 1, 2),
    ]  # fmt: skip
    assert all(one["backfilled"] for one in months)
    lines = ask("history")[1].splitlines()
    assert lines[1].endswith("backfilled, first month")
    assert len({one["rule_set"] for one in months}) == 1

    published = {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}
    code, out, _ = ask("backfill", old)
    assert code == 0
    assert out.count("it is published already, and stays as it is") == 4
    assert {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()} == published

    later = make_workbook("input/register.xlsx", Register=HEAD + PUMPS + METERS + RATES.replace("30 h", "50 h"))
    code, out, _ = ask("table", "trend", later, "--period", "2026-10", "--json")
    assert code == 0
    rows = [row for row in json.loads(out)["rows"] if row["level"] == "organisation"]
    assert [(row["month"], row["run_hours"]) for row in rows] == [
        ("2026-06", 0.0), ("2026-07", 20.0), ("2026-08", 20.0), ("2026-09", 50.0), ("2026-10", 70.0),
    ]  # fmt: skip
    assert not any(row["rules_changed"] for row in rows)
    ana = [row for row in json.loads(out)["rows"] if row["name"] == "Ana Roy"]
    assert [row["month"] for row in ana] == [row["month"] for row in rows]


def test_a_register_with_a_people_sheet_and_no_month_is_told(ask, make_workbook):
    make_workbook("old/unnamed.xlsx", Register=HEAD + PUMPS + METERS, People=PEOPLE)
    code, out, _ = ask("backfill", "old")
    assert code == 0
    assert "- unnamed.xlsx: left out: neither its name, its folder nor a tab says a month" in " ".join(out.split())


def test_a_folder_without_a_month_does_not_end_in_silence(ask, make_workbook):
    make_workbook("old/staff.xlsx", People=PEOPLE)
    out = ask("backfill", "old")[1]
    assert "staff.xlsx: left out: it lists people only, and no register in the folder says a month" in out
    Path("none").mkdir()
    code, out, err = ask("backfill", "none")
    assert (code, out) == (cli.STOPPED, "")
    assert "none: holds no register." in err


def test_no_month_yet_is_said(ask):
    assert ask("history")[1].startswith("No month is published yet.")


def test_a_folder_that_is_not_there_stops_with_its_name(ask):
    code, out, err = ask("backfill", "nowhere")
    assert (code, out) == (cli.STOPPED, "")
    assert "nowhere: there is no such file or folder." in err


def test_a_table_is_written_in_the_form_asked_for(ask, make_workbook):
    path = make_workbook("input/register.xlsx", Register=HEAD + PUMPS + METERS.replace("Read meters", "=1+1 meters"))
    month = ("--period", "2026-10")
    code, out, _ = ask("table", "people", path, *month, "--csv")
    assert code == 0
    assert out.splitlines()[0].startswith("person,team,department,executive,run_hours,change_hours")
    assert ask("table", "register", path, *month, "--output", "r.csv")[0] == 0
    assert ",'=1+1 meters," in Path("r.csv").read_text("utf-8-sig")
    assert ask("table", "people", path, *month, "--parquet", "--output", "p.parquet")[0] == 0
    people = pd.read_parquet("p.parquet").set_index("person")
    assert people.loc["Bo Lee", "run_hours"] == 20.0
    assert ask("table", "people", path, *month)[1].split()[0] == "PERSON"


def test_a_table_that_cannot_be_given_is_told(ask, make_workbook):
    path = make_workbook("input/register.xlsx", Register=HEAD + PUMPS)
    for arguments, words in (
        (["table", "poeple", path], "Did you mean 'people'?"),
        (["table", "people", path, "--parquet"], "Name a file: --output people.parquet."),
        (["table", "people", path, "--csv", "--json"], "Choose one."),
        (["table", "people", path, "--output", "x.txt"], "Add --csv, --json or --parquet"),
        (["table", "people", path, "--department", "Moon"], "There are: Water."),
    ):
        code, out, err = ask(*arguments)
        assert (code, out) == (cli.USAGE, "")
        assert words in err


def test_a_figure_is_followed_to_its_rows(ask, make_workbook):
    path = make_workbook("input/register.xlsx", Register=HEAD + PUMPS + METERS)
    code, out, _ = ask("trace", "people/Bo Lee/hours", path, "--period", "2026-10", "--json")
    assert code == 0
    found = json.loads(out)
    assert (found["value"], found["sums"]) == (20.0, {"hours": 20.0})
    (row,) = found["rows"]
    assert (row["file"], row["sheet"], row["row"], row["id"]) == ("register.xlsx", "Register", 3, "O1")
    shown = ask("trace", "hours", path, "--period", "2026-10")[1]
    assert "hours: 2 rows, sum " in shown
    names = ask("trace", "figures", path, "--period", "2026-10")[1].splitlines()
    assert any(line.startswith("people_over") and "People over capacity" in line for line in names)
