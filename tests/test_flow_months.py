"""Month after month through the command line: files are moved, items followed, findings known from before."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline import cli
from tests.conftest import fill

QUICK = '[render]\nformats = ["html"]\n[render.packs]\nexecutive = {make = false}\ndepartment = {make = false}\n'
SEPTEMBER = """
ID|Title|Department|Owner|Start|Finish|Frequency|Status
WO-17|Replace pumps at Weir Lane|Water|Ana Roy|2026-06-01|2026-11-30||In progress
WO-18|Read meters|Water|Bo Lee|||monthly|Live
WO-19|Paint the bridge|Roads|Bo Lee|2026-06-01|TBC||Open
WO-20|Close the depot|Roads|Bo Lee|2026-06-01|2026-12-01||Open
"""
OCTOBER = SEPTEMBER.replace("WO-17", "WO-017").replace("WO-20|Close the depot", "WO-21|Sell the land")


@pytest.fixture
def ask(monkeypatch, capsys, tmp_path, make_workbook):
    """Run the command line in a folder with settings; returns (exit code, answer, standard error)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pipeline.toml").write_text(QUICK)
    (tmp_path / "input").mkdir()

    def run(*arguments: str) -> tuple[int, dict, str]:
        monkeypatch.setattr("sys.argv", ["pipeline", *arguments, "--json"])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if printed.out else {}, printed.err

    return run


def run_json(period: str = "2026-09") -> dict:
    return json.loads(Path("output", period, "run.json").read_text())


def equation(answer: dict) -> list[int]:
    return [answer["intake"][name] for name in ("in", "archived", "quarantined", "waiting")]


def test_a_plain_run_touches_no_file_and_keeps_a_copy_of_what_it_used(ask, make_workbook):
    path = make_workbook("input/register.xlsx", Register=SEPTEMBER)
    Path("input/bad.xlsx").write_text("nonsense")
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in Path("input").iterdir()}
    code, answer, _ = ask("run", "--period", "2026-09")
    assert code == 0
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in Path("input").iterdir()} == before
    assert equation(answer) == equation(run_json()) == [2, 0, 0, 2]
    assert [file.name for file in Path("output/2026-09/registers").iterdir()] == ["register.xlsx"]
    assert Path("output/2026-09/registers/register.xlsx").read_bytes() == path.read_bytes()
    recorded = {one["name"]: one["sha256"] for one in run_json()["outputs"]}
    (used,) = [one["sha256"] for one in run_json()["inputs"] if one["status"] == "read"]
    assert recorded["registers/register.xlsx"] == used


def test_a_register_saved_during_the_run_stops_it(ask, make_workbook, monkeypatch):
    from pipeline import render

    path = make_workbook("input/register.xlsx", Register=SEPTEMBER)
    assert ask("run", "--period", "2026-09")[0] == 0
    published = run_json()["outputs"]
    real = render.render

    def saved_meanwhile(*arguments, **options):
        path.write_bytes(path.read_bytes() + b"more")
        return real(*arguments, **options)

    monkeypatch.setattr(render, "render", saved_meanwhile)
    code, answer, err = ask("run", "--period", "2026-09", "--archive")
    assert (code, answer) == (cli.UNDELIVERED, {})
    assert "register.xlsx: was changed while this run was at work, so nothing was published. Run again" in err
    assert run_json()["outputs"] == published
    assert path.exists()


def test_archive_twice_and_a_late_register(ask, make_workbook):
    make_workbook("input/register.xlsx", Register=SEPTEMBER)
    make_workbook("input/hr/staff.xlsx", People="Name|Department|Weekly hours\nAna Roy|Water|30")
    Path("input/bad.xlsx").write_text("nonsense")
    code, first, _ = ask("run", "--period", "2026-09", "--archive")
    assert code == 0
    assert equation(first) == equation(run_json()) == [3, 2, 1, 0]
    assert Path("archive/2026-09/hr/staff.xlsx").exists()
    assert "What to do:" in Path("quarantine/2026-09/bad.xlsx.why.txt").read_text()
    code, again, _ = ask("run", "--period", "2026-09", "--archive")
    assert (code, equation(again)) == (0, [0, 0, 0, 0])
    assert again["rows"] == first["rows"]
    assert len(again["intake"]["again"]) == 2
    make_workbook("input/late.xlsx", Register="ID|Title|Owner\nL-1|Mend the roof|Cy Fox\nL-2|Paint doors|Cy Fox")
    code, late, _ = ask("run", "--period", "2026-09")
    assert (code, equation(late)) == (0, [1, 0, 0, 1])
    assert late["rows"]["used"] == first["rows"]["used"] + 2
    assert {one.name for one in Path("output/2026-09/registers").iterdir()} == {
        "late.xlsx",
        "register.xlsx",
        "staff.xlsx",
    }
    assert [one["path"] for one in ask("check", "input/late.xlsx")[1]["files"]] == ["input/late.xlsx"]


def test_an_archive_that_cannot_be_written_is_told_and_the_reports_stay(ask, make_workbook):
    make_workbook("input/register.xlsx", Register=SEPTEMBER)
    Path("archive").write_text("a file")
    code, answer, err = ask("run", "--period", "2026-09", "--archive")
    assert code == cli.UNDELIVERED
    assert equation(answer) == equation(run_json()) == [1, 0, 0, 1]
    assert "register.xlsx waits. It could not be moved" in answer["problems"][0]
    assert "run again with --archive" in err
    assert Path("output/2026-09/2026-09_pmo.html").exists()


def test_an_archive_inside_the_input_is_refused_before_anything_is_read(ask, make_workbook):
    make_workbook("input/register.xlsx", Register=SEPTEMBER)
    Path("pipeline.toml").write_text(QUICK + '[deliver]\narchive = "input/done"\n')
    code, _, err = ask("run", "--period", "2026-09", "--archive")
    assert code == cli.USAGE
    assert "the archive and the input lie in one another" in err
    assert not Path("output").exists()


def test_the_month_after_knows_its_items_and_findings(ask, make_workbook):
    make_workbook("input/register-sep.xlsx", Register=SEPTEMBER)
    code, first, _ = ask("run", "--period", "2026-09", "--archive")
    assert (code, first["repeats"]) == (0, 0)
    make_workbook("input/register-oct.xlsx", Register=OCTOBER)
    found = ask("check", "--period", "2026-10")[1]["findings"]
    told = {one["code"]: one for one in found if one["code"].startswith("H")}
    assert sorted(told) == ["H01", "H02"]
    assert (told["H01"]["file"], told["H01"]["cell"]) == ("register-oct.xlsx", "A2")
    assert "'WO-017' was 'WO-17' in 2026-09" in told["H01"]["message"]
    assert "'WO-20' (Close the depot) was active in 2026-09" in told["H02"]["message"]
    code, second, _ = ask("run", "--period", "2026-10", "--archive")
    assert code == 0
    assert second["repeats"] == run_json("2026-10")["repeats"] > 0
    findings = json.loads(Path("output/2026-10/snapshot/findings.json").read_text())["findings"]
    repeated = {one["code"] for one in findings if one["repeat"]}
    assert "R30" in repeated, "the finish of WO-19 is still 'TBC'"
    assert not repeated & {"H01", "H02"}
    rerun = {one["name"]: one["sha256"] for one in run_json("2026-10")["outputs"]}
    ask("run", "--period", "2026-10", "--archive")
    assert {one["name"]: one["sha256"] for one in run_json("2026-10")["outputs"]} == rerun


def test_a_damaged_month_is_a_finding_and_one_moved_elsewhere_none(ask, make_workbook):
    make_workbook("input/register.xlsx", Register=SEPTEMBER)
    assert ask("run", "--period", "2026-09")[0] == 0
    make_workbook("input/register.xlsx", Register=OCTOBER)
    Path("output/2026-09/snapshot/items.parquet").write_bytes(b"PAR1")
    code, answer, _ = ask("check", "--period", "2026-10")
    (told,) = [one for one in answer["findings"] if one["code"].startswith("H")]
    assert (code, told["code"]) == (0, "H03")
    assert "snapshot/items.parquet is not what was published" in told["message"]
    shutil.move("output/2026-09", "elsewhere")
    assert not [one for one in ask("check", "--period", "2026-10")[1]["findings"] if one["code"].startswith("H")]


@pytest.fixture(scope="module")
def september(tmp_path_factory) -> Path:
    """A folder in which September is published and archived, to be copied."""
    folder = tmp_path_factory.mktemp("september")
    book = Workbook()
    book.active.title = "Register"
    fill(book.active, SEPTEMBER)
    (folder / "input").mkdir()
    book.save(folder / "input" / "register.xlsx")
    (folder / "pipeline.toml").write_text(QUICK)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("sys.argv", ["pipeline", "run", "--period", "2026-09", "--archive"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert not ended.value.code
    return folder


@pytest.fixture
def last_month(ask, monkeypatch, make_workbook, september):
    """September is the last full month, published and archived; a register has come since."""
    from pipeline.cli import options
    from pipeline.model import Period

    chosen = options.chosen_period
    monkeypatch.setattr(options, "chosen_period", lambda text, zone: chosen(text, zone) if text else Period(2026, 9))
    shutil.copytree(september, Path.cwd(), dirs_exist_ok=True)
    return lambda name="new.xlsx": make_workbook(f"input/{name}", Register=OCTOBER)


def test_only_a_run_reads_the_archive_beside_the_input(ask, last_month):
    last_month()
    code, checked, _ = ask("check")
    assert (code, [Path(file["path"]).name for file in checked["files"]]) == (0, ["new.xlsx"])
    assert not {"R03", "R20", "H02"} & {one["code"] for one in checked["findings"]}
    assert {one["file"] for one in ask("classify")[1]["items"]} == {"new.xlsx"}
    code, _, err = ask("explain", "WO-20")
    assert code == cli.USAGE, "it is in the archive alone"
    assert "no item has the ID 'WO-20'" in err


def test_where_nothing_has_come_items_are_found_in_the_archive(ask, last_month):
    assert ask("check")[1]["files"] == []
    assert ask("explain", "WO-17")[1]["items"]
    assert ask("decide", "WO-17", "project", "--because", "It ends")[1]["decision"]["title"].startswith("Replace")
    assert ask("reclassified")[0] == 0


@pytest.mark.parametrize("name", ["new.xlsx", "register.xlsx"])
def test_a_new_register_is_not_added_to_a_published_month_unasked(ask, last_month, name):
    published = run_json()["outputs"]
    last_month(name)
    code, answer, err = ask("run")
    assert (code, answer) == (cli.USAGE, {})
    assert f"2026-09 is published already, from registers that are in archive; new in the input: {name}." in err
    assert "--period 2026-10 for the next month, or --period 2026-09 to add" in err
    assert run_json()["outputs"] == published
    assert ask("run", "--period", "2026-09")[0] == 0


def test_files_that_the_published_month_knows_may_be_archived_later(ask, last_month):
    shutil.copy("archive/2026-09/register.xlsx", "input/register.xlsx")
    code, answer, _ = ask("run", "--archive")
    assert (code, equation(answer)) == (0, [1, 1, 0, 0])
    assert ask("run")[0] == 0


def test_where_there_is_no_register_no_id_is_looked_for(ask):
    code, _, err = ask("explain", "WO-17")
    assert code == cli.STOPPED
    assert "Drop a register" in err


def test_refused_files_alone_are_quarantined_and_the_run_stops_as_before(ask):
    Path("input/bad.xlsx").write_text("nonsense")
    code, answer, err = ask("run", "--period", "2026-09", "--archive")
    assert (code, answer) == (cli.STOPPED, {})
    assert "no work items could be read. bad.xlsx:" in err
    assert "Moved to quarantine, with a note each: bad.xlsx." in err
    assert Path("quarantine/2026-09/bad.xlsx").read_text() == "nonsense"
    assert "What to do:" in Path("quarantine/2026-09/bad.xlsx.why.txt").read_text()
    assert not list(Path("input").iterdir())
    assert not Path("output/2026-09").exists()


def test_a_file_of_another_kind_is_named_counted_and_left(ask, make_workbook, capsys, monkeypatch):
    make_workbook("input/register.xlsx", Register=SEPTEMBER)
    Path("input/other.tsv").write_text("ID\tTitle")
    code, answer, _ = ask("run", "--period", "2026-09", "--archive")
    assert (code, equation(answer), equation(run_json())) == (0, [2, 1, 0, 1], [2, 1, 0, 1])
    assert Path("input/other.tsv").exists()
    for command in (["check"], ["run", "--period", "2026-09"]):
        monkeypatch.setattr("sys.argv", ["pipeline", *command])
        with pytest.raises(SystemExit):
            cli.main()
        assert "Not read: other.tsv." in capsys.readouterr().out
