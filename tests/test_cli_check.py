"""`pipeline check` for people: columns and how certain they are, findings in groups, questions that are remembered."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from typer.testing import CliRunner

from pipeline import cli
from pipeline.answers import check_lines, check_object
from pipeline.answers.groups import group_lines
from pipeline.answers.text import WIDTH, escaped, harmless, shortened, width, wrapped
from pipeline.cli import confirm
from pipeline.findings import finding, with_items
from pipeline.ingest import ingest
from pipeline.model import LEVELS
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD, fill

MESS = """
Vorhaben 2026
|
Nr.|Vorhaben|Verantwrtlich|Beginn|Farbe|Turnus
1|Replace pumps|Ana Roy|'3.4.2026|red|monthly
2|Read meters|Bo Lee|'5.6.2026|blue|now and then
3|Paint lifts|Cy Dunn|'30.6.2026|red|now and then
"""


@pytest.fixture(scope="module")
def mess(tmp_path_factory):
    """The mess, read."""
    book = Workbook()
    fill(book.active, MESS)
    book.active.title = "Register"
    path = tmp_path_factory.mktemp("mess") / "register.xlsx"
    book.save(path)
    return ingest((path,), IngestSettings(), PERIOD)


@pytest.fixture(scope="module")
def lines(mess):
    """What is said of the mess."""
    return list(check_lines(replace(mess, findings=with_items(mess.findings, mess))))


def test_each_column_is_listed_with_its_field_and_how_certain_it_is(lines):
    assert "  Sheet 'Register', headings in row 3: 3 of 3 rows usable" in lines
    columns = {line.split()[1]: line for line in lines if line.startswith("    ") and len(line.split()) > 2}
    assert columns["Vorhaben"].endswith("Title       exact")
    assert columns["Verantwrtlich"].endswith("Owner       close match, please confirm")
    assert columns["Farbe"].endswith("not read    holds red, blue")


def test_findings_come_in_groups_the_gravest_first_with_what_to_do(lines):
    assert "note     R31  Date written as text in 'Beginn' 3 times: Register!D4, D5, D6" in lines
    assert "note     R43  Cadence not understood in 'Turnus' 2 times: Register!F5, F6" in lines
    assert sum(line.strip() == "-> Enter it as a date." for line in lines) == 1
    levels = [level for line in lines if (level := line[:7].strip()) in LEVELS]
    assert levels == sorted(levels, key=LEVELS.index, reverse=True)


def test_findings_of_the_period_before_are_marked():
    old, new = (finding("R30", sheet="Register", cell=cell, read="TBC", field="Start") for cell in ("D4", "D5"))
    said = "\n".join(group_lines([replace(old, repeat=True), new], files=1))
    assert "Not a date 2 times: Register!D4, D5 (1 of them in the period before, too)" in said


def test_every_line_fits_the_terminal(lines):
    assert max(map(width, lines)) <= WIDTH


def test_the_next_step_is_named(lines, mess, tmp_path):
    assert (
        "  `pipeline check --interactive` settles once what each is: 1 heading to confirm, 1 column not read." in lines
    )
    assert any("Look at marked.xlsx" in line for line in check_lines(mess, copies=(tmp_path.cwd() / "marked.xlsx",)))
    assert not any("not read)" in line for line in check_lines(mess, ["Farbe"]))


def test_the_next_step_for_refused_files_is_their_remedy(ask, tmp_path):
    (tmp_path / "bad.xlsx").write_bytes(b"nonsense")
    remedy = json.loads(ask("check", "bad.xlsx", "--json")[1])["findings"][0]["remedy"]
    steps = " ".join(ask("check", "bad.xlsx")[1].partition("Next:")[2].split())
    assert steps == f"bad.xlsx: {remedy}"


def test_a_list_of_findings_is_no_marked_copy(mess, tmp_path):
    assert not any("coloured" in line for line in check_lines(mess, copies=(tmp_path / "register.findings.csv",)))


def test_an_empty_folder_wants_a_register(ask, tmp_path):
    (tmp_path / "input").mkdir()
    out = ask("check", "input")[1]
    assert "Drop a register" in out
    assert "no work item yet" not in out


def test_the_answer_for_programs_says_how_certain_each_heading_is(mess):
    answer = check_object(mess)
    (sheet,) = answer["files"][0]["sheets"]
    assert sheet["basis"]["Verantwrtlich"] == "close"
    assert 0 < sheet["certainty"]["Verantwrtlich"] < 1
    assert sheet["unread"] == {"Farbe": "E"}
    assert {"code", "level", "file", "sheet", "cell", "message", "count", "ranges", "repeat", "remedy"} <= set(
        answer["findings"][0]
    )


def test_nothing_in_a_cell_moves_the_terminal(ask, tmp_path):
    text = "ID,Title,Owner,Start\n1,\x1b[31mred\u202e,Ana\x9b2J,\x1b]0;x\x07\n2,Plain,Bo,2026-01-01\n"
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")
    for words in (["check", "bad.csv", "--no-marked"], ["check", "bad.csv", "--no-marked", "--json"]):
        _, out, err = ask(*words)
        assert not set("\x1b\x9b\u202e\x07") & set(out + err)


def test_questions_need_a_terminal(ask):
    code, out, err = ask("check", "--interactive")
    assert (code, out) == (cli.USAGE, "")
    assert "only be asked at a terminal" in err


@pytest.fixture
def settle(monkeypatch, make_workbook, tmp_path):
    """Check with questions, answered by these lines; returns (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(confirm, "is_watched", lambda: True)

    def run(*lines: str) -> tuple[int, str, str]:
        words = ["check", str(make_workbook(Register=MESS)), "--no-marked", "--interactive"]
        done = CliRunner().invoke(cli.app, words, input="\n".join(lines) + "\n")
        return done.exit_code, done.stdout, done.stderr

    return run


def test_a_confirmed_heading_is_remembered_and_read_as_the_users_own(settle, tmp_path):
    code, out, err = settle("", "")
    assert code == 0
    assert "'Verantwrtlich'" in err
    assert "holds Ana Roy, Bo Lee, Cy Dunn" in err
    assert "your own heading" in out
    assert "to confirm" not in out
    kept = tomllib.loads((tmp_path / "pipeline.toml").read_text(encoding="utf-8"))
    assert kept == {"ingest": {"synonyms": {"owner": ["Verantwrtlich"]}}}


def test_another_field_or_none_may_be_named(settle, tmp_path):
    _, out, _ = settle("Deputy", "-")
    kept = tomllib.loads((tmp_path / "pipeline.toml").read_text(encoding="utf-8"))
    assert kept == {"ingest": {"ignore": ["Farbe"], "synonyms": {"deputy": ["Verantwrtlich"]}}}
    assert "Deputy      your own heading" in out
    assert "--interactive" not in out, "nothing is left to settle"


def test_an_uncertain_heading_may_be_left_unread_for_good(settle):
    _, out, _ = settle("-", "q")
    assert "Verantwrtlich  not read    holds Ana Roy, Bo Lee, Cy Dunn" in out


def test_what_is_no_field_is_asked_again_with_the_nearest(settle, tmp_path):
    _, _, err = settle("?", "sponsr", "sponsor", "q")
    assert "There is no field 'sponsr'. Did you mean sponsor?" in err
    assert "Who wants the item and pays for it." in err
    assert "sponsor" in (tmp_path / "pipeline.toml").read_text(encoding="utf-8")


def test_comments_and_order_of_the_settings_stay(settle, tmp_path):
    before = '# ours\n[ingest]\ninput = "in" # where they lie\n\n[render] # colours\npaper = "Letter"\n'
    (tmp_path / "pipeline.toml").write_text(before, encoding="utf-8")
    settle("", "-")
    after = (tmp_path / "pipeline.toml").read_text(encoding="utf-8")
    assert [line for line in after.splitlines() if line in before.splitlines()] == before.splitlines()
    assert tomllib.loads(after)["render"] == {"paper": "Letter"}


def test_nothing_settled_saves_nothing(settle, tmp_path):
    _, _, err = settle("q")
    assert "nothing is saved" in err
    assert not (tmp_path / "pipeline.toml").exists()


@given(st.text(st.characters(), max_size=60))
def test_any_text_becomes_harmless_lines_of_some_width(text):
    assert harmless(text).isprintable()
    assert width(shortened(text, 20)) <= 20
    assert all(width(line) <= 30 for line in wrapped(text, "- ", "  ", 30))
    shown = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(shown) == text
    assert shown.encode("utf-8")


def test_half_a_character_in_json_is_escaped():
    assert escaped('"\udcff\x9b"') == '"\\udcff\\u009b"'
