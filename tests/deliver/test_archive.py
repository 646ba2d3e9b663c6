"""Used files move to the archive and refused ones to quarantine; whatever fails, every file is whole in one place."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.answers.intake import intake_lines
from pipeline.deliver import archived_before, arrived, check_apart, file_away, intake_record, moves, publish, stamp
from pipeline.errors import SettingsError
from pipeline.filed import Intake
from pipeline.findings import finding
from pipeline.model import FileReading, Finding, Period, Report
from pipeline.settings import DeliverSettings

PERIOD = Period(2026, 10)
DROPPED = {"a.xlsx": "water", "finance/a.xlsx": "money", "bad.xlsx": "nonsense", "people.xlsx": "names"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with an input of four files, one of them to be refused."""
    drop(tmp_path, DROPPED)
    return tmp_path


def drop(home: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = home / "input" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def settings(home: Path) -> DeliverSettings:
    return DeliverSettings(output=home / "output", archive=home / "archive", quarantine=home / "quarantine")


def read(home: Path) -> tuple[Intake, tuple[Finding, ...]]:
    """The reading of the input and of what is in the archive of the period, published but not moved."""
    paths = (home / "input",)
    before = archived_before(paths, settings(home), PERIOD)
    found = [path for path in sorted(paths[0].rglob("*")) if path.is_file()]
    stamps = {path: stamp(path) for path in found}
    files = [reading(path) for path in (*found, *(one.path for one in before.again))]
    intake = arrived(files, paths, before, stamps)
    report = Report("organisation.pdf", "report", "", "pdf", " ".join(sorted(file.sha256 for file in files)).encode())
    publish((report,), {"intake": intake_record(intake)}, settings(home), PERIOD)
    refused = [file.name for file in files if file.status == "refused"]
    told = (finding("R01", file=name, reason="The file is no workbook.", advice="Save it again.") for name in refused)
    return intake, tuple(told)


def reading(path: Path) -> FileReading:
    name = f"{path.parent.name}/{path.name}" if path.name == "a.xlsx" else path.name
    status = "refused" if "bad" in path.name else "read"
    content = path.read_bytes()
    if path.name.startswith("bad unread"):
        return FileReading(str(path), name, status, "It is damaged.")
    return FileReading(str(path), name, status, "", hashlib.sha256(content).hexdigest(), len(content))


def run(home: Path) -> Intake:
    intake, told = read(home)
    return file_away(intake, told, settings(home), PERIOD)


def contents(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file()) if folder.exists() else iter(())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def counts(intake: Intake) -> tuple[int, int, int, int]:
    record = intake_record(intake)
    return record["in"], record["archived"], record["quarantined"], record["waiting"]


def everything(home: Path) -> list[str]:
    """The texts of every file that was dropped, wherever it lies; notes and records are none."""
    places = [contents(home / name) for name in ("input", "archive", "quarantine")]
    return sorted(text for place in places for name, text in place.items() if not name.endswith(".why.txt"))


def test_used_files_are_archived_and_refused_ones_quarantined_with_a_note(home: Path) -> None:
    intake = run(home)
    assert counts(intake) == (4, 3, 1, 0)
    assert contents(home / "input") == {}
    assert (home / "input" / "finance").is_dir(), "an emptied folder of the user stays"
    assert contents(home / "archive" / "2026-10") == {name: DROPPED[name] for name in DROPPED if name != "bad.xlsx"}
    quarantined = contents(home / "quarantine" / "2026-10")
    assert quarantined.pop("bad.xlsx") == "nonsense"
    assert "Why:        The file is no workbook." in quarantined["bad.xlsx.why.txt"]
    assert "What to do: Save it again." in quarantined["bad.xlsx.why.txt"]
    record = json.loads((home / "output" / "2026-10" / "run.json").read_text())["intake"]
    assert (record["in"], record["archived"], record["quarantined"], record["waiting"]) == (4, 3, 1, 0)
    assert {file["became"] for file in record["files"]} == {"archived", "quarantined"}


def test_the_fate_of_files_is_told_where_they_were_moved(home: Path) -> None:
    moved = run(home)
    assert list(intake_lines(moved, moved=True)) == ["Input   4 files = 3 archived + 1 quarantined + 0 waiting"]
    assert list(intake_lines(moved, moved=False)) == []


def test_a_second_run_reads_the_archive_of_the_period_again_and_moves_nothing(home: Path) -> None:
    run(home)
    report = (home / "output" / "2026-10" / "organisation.pdf").read_bytes()
    before = everything(home)
    for _ in range(2):
        drop(home, {})
        intake = run(home)
        assert counts(intake) == (0, 0, 0, 0)
        assert len(intake.again) == 3
    refused = hashlib.sha256(b"nonsense").hexdigest().encode()
    again = (home / "output" / "2026-10" / "organisation.pdf").read_bytes()
    assert again.split() == [one for one in report.split() if one != refused]
    assert everything(home) == before


def test_a_late_register_joins_those_in_the_archive(home: Path) -> None:
    run(home)
    drop(home, {"late.xlsx": "late"})
    intake = run(home)
    assert counts(intake) == (1, 1, 0, 0)
    assert len(intake.again) == 3
    assert len(run(home).again) == 4


def test_a_new_version_under_the_old_name_takes_the_place_of_the_archived_one(home: Path) -> None:
    run(home)
    drop(home, {"people.xlsx": "more names"})
    assert sorted(one.name for one in run(home).again) == ["a.xlsx", "finance/a.xlsx"]
    archived = contents(home / "archive" / "2026-10")
    assert (archived["people.xlsx"], archived["people-2.xlsx"]) == ("names", "more names")
    again = {one.name: one.path.name for one in run(home).again}
    assert again["people.xlsx"] == "people-2.xlsx", "only the version that the reports stand on is read again"


def test_the_same_bytes_under_the_same_name_are_archived_once(home: Path) -> None:
    run(home)
    drop(home, DROPPED)
    assert counts(run(home)) == (4, 3, 1, 0)
    assert everything(home) == sorted(DROPPED.values())
    assert sorted(contents(home / "quarantine" / "2026-10")) == ["bad.xlsx", "bad.xlsx.why.txt"]


def test_an_archived_register_that_was_taken_away_is_told(home: Path) -> None:
    run(home)
    (home / "archive" / "2026-10" / "people.xlsx").unlink()
    intake = run(home)
    assert len(intake.again) == 2
    assert "people.xlsx was archived for 2026-10 and is no longer in" in intake.problems[0]


def test_another_output_folder_knows_nothing_of_the_archive(home: Path) -> None:
    run(home)
    elsewhere = settings(home).model_copy(update={"output": home / "elsewhere"})
    assert archived_before((home / "input",), elsewhere, PERIOD) == Intake(())
    assert archived_before((home / "input",), settings(home), PERIOD.plus(1)) == Intake(())


def test_a_file_changed_since_it_was_read_waits(home: Path) -> None:
    intake, told = read(home)
    drop(home, {"people.xlsx": "changed"})
    (home / "input" / "a.xlsx").unlink()
    moved = file_away(intake, told, settings(home), PERIOD)
    assert counts(moved) == (4, 1, 1, 2)
    assert not moved.failed
    reasons = {file.name: file.reason for file in moved.of("waiting")}
    assert "changed after it was read" in reasons["people.xlsx"]
    assert "no longer where it was read" in reasons["a.xlsx"]
    assert contents(home / "input") == {"people.xlsx": "changed"}


def test_a_file_refused_before_it_was_read_is_quarantined_where_nobody_touched_it(home: Path) -> None:
    drop(home, {"bad unread.xlsx": "old", "bad unread too.xlsx": "old", "bad empty.xlsx": ""})
    intake, told = read(home)
    drop(home, {"bad unread too.xlsx": "new"})
    moved = file_away(intake, told, settings(home), PERIOD)
    assert sorted(contents(home / "input")) == ["bad empty.xlsx", "bad unread too.xlsx"]
    assert counts(moved) == (7, 3, 2, 2)
    reasons = {file.name: file.reason for file in moved.of("waiting")}
    assert "may still be arriving" in reasons["bad empty.xlsx"]
    assert "changed after it was read" in reasons["bad unread too.xlsx"]


def no_second_names(source: Path, target: Path) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("call", ["link", "rename"])
def test_a_file_that_is_saved_while_it_moves_comes_back(home: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    intake, told = read(home)
    real = getattr(os, call)

    def saved_meanwhile(source: Path, target: Path) -> None:
        if Path(source).name == "people.xlsx":
            Path(source).write_text("saved just now")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", no_second_names)
        patch.setattr(os, call, saved_meanwhile)
        moved = file_away(intake, told, settings(home), PERIOD)
    assert [file.name for file in moved.of("waiting")] == ["people.xlsx"]
    assert contents(home / "input") == {"people.xlsx": "saved just now"}
    assert "people.xlsx" not in contents(home / "archive" / "2026-10")


@pytest.mark.parametrize("disks", [1, 2])
def test_what_another_program_puts_into_the_archive_meanwhile_stays(
    home: Path, monkeypatch: pytest.MonkeyPatch, disks: int
) -> None:
    intake, told = read(home)
    link = across_disks(os.link) if disks == 2 else os.link

    def theirs_first(source: Path, target: Path) -> None:
        if Path(target).name in ("people.xlsx", "people-2.xlsx", "bad.xlsx.why.txt"):
            Path(target).write_text("theirs")
        link(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", theirs_first)
        patch.setattr(os, "rename", across_disks(os.rename) if disks == 2 else os.rename)
        moved = file_away(intake, told, settings(home), PERIOD)
    assert (counts(moved), moved.failed) == ((4, 3, 1, 0), False)
    archived = contents(home / "archive" / "2026-10")
    assert archived["people.xlsx"] == archived["people-2.xlsx"] == "theirs"
    assert archived["people-3.xlsx"] == "names"
    notes = contents(home / "quarantine" / "2026-10")
    assert notes["bad.xlsx.why.txt"] == "theirs"
    assert "no workbook" in notes["bad.xlsx.why-2.txt"]


def test_links_are_never_followed(home: Path) -> None:
    outside = home / "outside"
    outside.mkdir()
    (outside / "theirs.xlsx").write_text("theirs")
    intake, told = read(home)
    (home / "input" / "a.xlsx").unlink()
    (home / "input" / "a.xlsx").symlink_to(outside / "theirs.xlsx")
    (home / "input" / "finance").rename(outside / "finance")
    (home / "input" / "finance").symlink_to(outside / "finance")
    (home / "quarantine").mkdir()
    (home / "quarantine" / "2026-10").symlink_to(outside)
    moved = file_away(intake, told, settings(home), PERIOD)
    assert counts(moved) == (4, 1, 0, 3)
    assert moved.failed, "the folder of the quarantine is a link"
    assert contents(outside) == {"theirs.xlsx": "theirs", "finance/a.xlsx": "money"}
    assert not (home / "input" / "a.xlsx").resolve().is_relative_to(home / "input")


def test_a_second_name_of_the_archived_file_is_taken_out_of_the_input(home: Path) -> None:
    run(home)
    os.link(home / "archive" / "2026-10" / "people.xlsx", home / "input" / "people.xlsx")
    moved = run(home)
    assert counts(moved) == (1, 1, 0, 0)
    assert contents(home / "input") == {}
    assert contents(home / "archive" / "2026-10")["people.xlsx"] == "names"


def test_notes_of_people_are_not_written_over(home: Path) -> None:
    run(home)
    note = home / "quarantine" / "2026-10" / "bad.xlsx.why.txt"
    note.write_text("asked Ana")
    drop(home, {"bad.xlsx": "nonsense", "people.xlsx": "names"})
    run(home)
    assert note.read_text() == "asked Ana"
    assert "no workbook" in note.with_name("bad.xlsx.why-2.txt").read_text()


@pytest.mark.parametrize("name", ["x" * 240 + ".xlsx", "tab\tline\n.xlsx", "ünï (2).xlsx", "bad \x1b[2J\u202e.xlsx"])
def test_names_that_are_long_or_odd(tmp_path: Path, name: str) -> None:
    drop(tmp_path, {name: "odd", f"bad {name}"[-250:]: "odder"})
    moved = run(tmp_path)
    assert (len(moved.of("waiting")), moved.failed) == (0, False)
    assert everything(tmp_path) == ["odd", "odder"]
    notes = [text for path, text in contents(tmp_path / "quarantine").items() if path.endswith(".txt")]
    assert notes
    assert not any(letter in note for note in notes for letter in "\x1b\u202e\t")


@pytest.mark.parametrize(
    ("archive", "quarantine", "source"),
    [
        ("input/archive", "quarantine", "input"),
        ("archive", "input", "input"),
        ("archive", "quarantine", "archive/2026-10"),
        ("put/away", "put", "input"),
        ("archive", "quarantine", "."),
    ],
)
def test_folders_in_one_another_are_refused(tmp_path: Path, archive: str, quarantine: str, source: str) -> None:
    one = DeliverSettings(output=tmp_path / "output", archive=tmp_path / archive, quarantine=tmp_path / quarantine)
    with pytest.raises(SettingsError, match="lie in one another"):
        check_apart((tmp_path / source,), one)


@pytest.mark.parametrize(
    "intake", [{"files": 3}, [], {"files": [{"name": "../../secret", "status": "read"}], "again": []}]
)
def test_a_damaged_record_is_no_register(home: Path, intake: object) -> None:
    run(home)
    path = home / "output" / "2026-10" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "intake": intake}))
    assert archived_before((home / "input",), settings(home), PERIOD).again == ()


def test_a_record_cannot_name_files_outside_the_archive(home: Path) -> None:
    run(home)
    (home / "secret.xlsx").write_text("secret")
    path = home / "output" / "2026-10" / "run.json"
    record = json.loads(path.read_text())
    record["intake"]["files"][0] |= {"name": "../../secret.xlsx", "sha256": hashlib.sha256(b"secret").hexdigest()}
    path.write_text(json.dumps(record))
    assert len(archived_before((home / "input",), settings(home), PERIOD).again) == 2


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_an_archive_that_may_not_be_written_leaves_the_files_waiting(home: Path) -> None:
    (home / "archive").mkdir(mode=0o500)
    moved = run(home)
    assert counts(moved) == (4, 0, 1, 3)
    assert moved.failed


def test_a_file_in_place_of_the_archive_leaves_the_files_waiting_and_the_reports_published(home: Path) -> None:
    (home / "archive").write_text("a file")
    moved = run(home)
    assert counts(moved) == (4, 0, 1, 3)
    assert moved.failed
    assert all("could not be moved" in file.reason for file in moved.of("waiting"))
    assert (home / "output" / "2026-10" / "organisation.pdf").exists()
    (home / "archive").unlink()
    assert counts(run(home)) == (3, 3, 0, 0)


CALLS = ("link", "rename", "replace", "fsync", "unlink", "mkdir")


def across_disks(rename: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """A renaming or linking that refuses to leave or enter the input folder, as between two disks."""

    def call(source: Path, target: Path) -> None:
        if ("input" in Path(source).parts) != ("input" in Path(target).parts):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        rename(source, target)

    return call


def counted_calls(patch: pytest.MonkeyPatch, nth: int, then: Callable[[], None]) -> Iterator[int]:
    """Let `then` happen before the nth of all calls that change the disk; yields how many there were."""
    seen = [0]

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            seen[0] += 1
            if seen[0] == nth:
                then()
            return real(*arguments, **options)

        return call

    for name in CALLS:
        patch.setattr(os, name, wrap(getattr(os, name)))
    while True:
        yield seen[0]


def full_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("disks", [1, 2])
def test_a_full_disk_at_any_step_loses_no_file_and_the_next_run_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disks: int
) -> None:
    for nth in range(1, 200):
        home = tmp_path / str(nth)
        drop(home, DROPPED)
        with monkeypatch.context() as patch:
            if disks == 2:
                patch.setattr(os, "rename", across_disks(os.rename))
                patch.setattr(os, "link", across_disks(os.link))
            intake, told = read(home)
            steps = counted_calls(patch, nth, full_disk)
            next(steps)
            moved = file_away(intake, told, settings(home), PERIOD)
            done = next(steps) < nth
        _nothing_is_lost(home, moved)
        if done:
            assert not moved.failed
            break
        after = run(home)
        assert (len(after.of("waiting")), after.failed) == (0, False), f"step {nth}"
        assert everything(home) == sorted(DROPPED.values()), f"step {nth}"
        assert not [path for path in home.rglob("*") if path.name.startswith(".moving")]
    assert nth > 15


def _nothing_is_lost(home: Path, moved: Intake) -> None:
    whole, archived, quarantined, waiting = counts(moved)
    assert whole == len(DROPPED) == archived + quarantined + waiting
    for file in moved.files:
        assert file.path.read_text() == DROPPED[file.name]
    assert set(everything(home)) == set(DROPPED.values())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no SIGKILL")
@pytest.mark.parametrize("disks", [1, 2])
def test_a_run_killed_at_any_step_loses_no_file_and_the_next_one_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disks: int
) -> None:
    for fatal in range(1, 200):
        home = tmp_path / str(fatal)
        drop(home, DROPPED)
        child = os.fork()
        if not child:
            _killed(home, monkeypatch, fatal, disks)
        status = os.waitpid(child, 0)[1]
        assert set(everything(home)) >= set(DROPPED.values()), f"killed before step {fatal}"
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        after = run(home)
        assert (len(after.of("waiting")), after.failed) == (0, False), f"killed before step {fatal}"
        assert everything(home) == sorted(DROPPED.values()), f"killed before step {fatal}"
        assert set(contents(home / "input")) == set()
        used = {hashlib.sha256(DROPPED[name].encode()).hexdigest() for name in DROPPED if name != "bad.xlsx"}
        report = (home / "output" / "2026-10" / "organisation.pdf").read_text()
        assert used <= set(report.split()), "the reports of the next run stand on every register"
    assert fatal > 15


def _killed(home: Path, monkeypatch: pytest.MonkeyPatch, fatal: int, disks: int) -> None:
    """In a child: read, publish and move, killed before the nth change to the disk."""
    code = 1
    try:
        if disks == 2:
            monkeypatch.setattr(os, "rename", across_disks(os.rename))
            monkeypatch.setattr(os, "link", across_disks(os.link))
        intake, told = read(home)
        next(counted_calls(monkeypatch, fatal, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        code = int(file_away(intake, told, settings(home), PERIOD).failed)
    finally:
        os._exit(code)


def test_a_copy_across_disks_is_the_same_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(home / "input" / "people.xlsx", (1, 2))
    monkeypatch.setattr(os, "rename", across_disks(os.rename))
    monkeypatch.setattr(os, "link", across_disks(os.link))
    assert counts(run(home)) == (4, 3, 1, 0)
    assert (home / "archive" / "2026-10" / "people.xlsx").stat().st_mtime == 2
    assert contents(home / "input") == {}


def test_half_made_copies_are_cleared_away(home: Path) -> None:
    left = home / "archive" / "2026-10" / "finance" / f"{moves.UNFINISHED}0123"
    left.parent.mkdir(parents=True)
    left.write_text("half")
    run(home)
    assert not left.exists()
