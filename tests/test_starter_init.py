"""`pipeline init`: what it leaves, what it keeps, and what it says is next."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from pipeline import cli

REGISTER, EXAMPLE = "input/register.xlsx", "example/input/example-register.xlsx"


def test_a_register_in_ones_own_language_and_an_example_apart_from_it(ask, tmp_path):
    code, out, err = ask("init", "work", "--language", "de")
    assert (code, err) == (0, "")
    assert load_workbook(tmp_path / "work" / REGISTER).sheetnames == ["Anleitung", "Register", "Personen", "Listen"]
    assert [path.name for path in (tmp_path / "work" / "input").iterdir()] == ["register.xlsx"]
    assert (tmp_path / "work" / EXAMPLE).exists()
    assert (tmp_path / "work" / "output").is_dir()
    assert f"made  {REGISTER}" in out
    assert "cd work" in out
    assert max(map(len, out.splitlines())) <= 100
    assert "pipeline run --input example/input --output example/output --period 2026-10" in out


def test_what_is_there_stays_as_it_is(ask, tmp_path):
    ask("init")
    for name in ("pipeline.toml", REGISTER, EXAMPLE):
        (tmp_path / name).write_text("mine")
    _, out, _ = ask("init")
    assert out.count("kept  ") == 3
    assert {(tmp_path / name).read_text() for name in ("pipeline.toml", REGISTER, EXAMPLE)} == {"mine"}


def test_no_register_is_added_to_those_of_the_user(ask, tmp_path):
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "ours.xlsx").write_bytes(b"")
    _, out, _ = ask("init")
    assert "it holds ours.xlsx: no other register is added" in out
    assert not (tmp_path / REGISTER).exists()


def test_a_language_without_a_register_is_told(ask, tmp_path):
    code, out, err = ask("init", "--language", "sv")
    assert (code, out) == (cli.USAGE, "")
    assert "Write one of: en, de, fr, es, pt, it, nl." in err
    assert not (tmp_path / "input").exists()


def test_a_folder_that_cannot_be_made_is_told(ask, tmp_path):
    (tmp_path / "work").write_text("a file")
    code, _, err = ask("init", "work")
    assert code == cli.UNDELIVERED
    assert "work: cannot be made" in err


@pytest.mark.parametrize("words", [["check"], ["run", "--period", "2026-10"]])
def test_before_anything_is_filled_in_the_next_step_is_said(ask, words):
    ask("init")
    code, out, err = ask(*words)
    assert code == (0 if words == ["check"] else cli.STOPPED)
    assert "no work item yet" in out + err
