"""Copies of the registers are the bytes that were read, in a folder that is replaced as safely as the reports."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.deliver import originals, publish
from pipeline.deliver.names import is_plain, plain
from pipeline.deliver.originals import Original
from pipeline.errors import DeliveryError
from pipeline.model import FileReading, Period, Report, SheetReading
from pipeline.settings import DeliverSettings

PERIOD = Period(2026, 10)
SHEET = SheetReading("Register", 1, 1, 1, 0, {}, {})


def original(path: Path, text: str) -> Original:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return Original(path, hashlib.sha256(text.encode()).hexdigest(), len(text.encode()))


def put(home: Path, text: str, *names: str) -> None:
    """Publish a report and copies of these registers, all of them saying `text`."""
    enclosed: dict[str, bytes | Original] = {
        f"registers/{name}": original(home / "input" / name, f"{name} {text}") for name in names
    }
    enclosed["snapshot/items.parquet"] = f"items {text}".encode()
    report = Report("organisation.pdf", "report", "", "pdf", f"report {text}".encode())
    publish((report,), {}, DeliverSettings(output=home / "output"), PERIOD, enclosed)


def published(home: Path) -> dict[str, str]:
    folder = home / "output" / "2026-10"
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "run.json"
    }


def expected(text: str, *names: str) -> dict[str, str]:
    copies = {f"registers/{name}": f"{name} {text}" for name in names}
    return {"organisation.pdf": f"report {text}", "snapshot/items.parquet": f"items {text}", **copies}


def leftovers(home: Path) -> list[str]:
    return [path.name for path in (home / "output").iterdir() if path.name not in {"2026-10", ".publishing.lock"}]


def test_copies_lie_beside_the_reports_and_in_the_record(tmp_path: Path) -> None:
    put(tmp_path, "one", "a.xlsx", "b.csv")
    assert published(tmp_path) == expected("one", "a.xlsx", "b.csv")
    outputs = json.loads((tmp_path / "output" / "2026-10" / "run.json").read_text())["outputs"]
    for one in outputs:
        content = (tmp_path / "output" / "2026-10" / one["name"]).read_bytes()
        assert (one["sha256"], one["size"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert len(outputs) == 4


@pytest.mark.parametrize(
    ("meddle", "words"),
    [
        (lambda path: path.write_text("saved again"), "was changed"),
        (lambda path: path.unlink(), "was moved or deleted"),
    ],
)
def test_a_register_that_changed_meanwhile_stops_the_run(
    tmp_path: Path, meddle: Callable[[Path], object], words: str
) -> None:
    put(tmp_path, "old", "a.xlsx")
    changed = original(tmp_path / "input" / "a.xlsx", "a.xlsx new")
    meddle(changed.path)
    report = Report("organisation.pdf", "report", "", "pdf", b"report new")
    with pytest.raises(DeliveryError, match=words) as caught:
        publish((report,), {}, DeliverSettings(output=tmp_path / "output"), PERIOD, {"registers/a.xlsx": changed})
    assert "Run again" in caught.value.hint
    assert caught.value.where == str(changed.path)
    assert published(tmp_path) == expected("old", "a.xlsx")
    assert leftovers(tmp_path) == []


def test_files_of_people_among_the_copies_are_kept(tmp_path: Path) -> None:
    put(tmp_path, "one", "a.xlsx", "b.xlsx")
    registers = tmp_path / "output" / "2026-10" / "registers"
    (registers / "notes").mkdir()
    (registers / "notes" / "ours.txt").write_text("ours")
    (registers / "a.xlsx").write_text("edited")
    put(tmp_path, "two", "a.xlsx")
    kept = {"registers/notes/ours.txt": "ours", "registers/a.kept-1.xlsx": "edited"}
    assert published(tmp_path) == expected("two", "a.xlsx") | kept
    put(tmp_path, "three")
    assert published(tmp_path) == expected("three") | kept
    assert leftovers(tmp_path) == []


def test_a_link_in_place_of_a_subfolder_is_kept_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "one", "a.xlsx")
    registers = tmp_path / "output" / "2026-10" / "registers"
    registers.rename(tmp_path / "elsewhere")
    registers.symlink_to(tmp_path / "elsewhere")
    put(tmp_path, "two", "a.xlsx")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["a.xlsx"]
    assert (tmp_path / "output" / "2026-10" / "registers" / "a.xlsx").read_text() == "a.xlsx two"
    assert (tmp_path / "output" / "2026-10" / "registers.kept-1").is_symlink()


def readings() -> tuple[FileReading, ...]:
    return (
        FileReading("in/a/q4.xlsx", "a/q4.xlsx", "read", sha256="1", sheets=(SHEET,)),
        FileReading("in/b/q4.xlsx", "b/q4.xlsx", "read", sha256="2", sheets=(SHEET,)),
        FileReading("in/people.xlsx", "people.xlsx", "read", sha256="3"),
        FileReading("in/old.xlsx", "old.xlsx", "read", "All its tables are versions of others.", sha256="4"),
        FileReading("in/bad.xlsx", "bad.xlsx", "refused", "It is damaged.", sha256="5"),
    )


def test_what_was_used_is_copied_and_nothing_else() -> None:
    copies = {name: one.sha256 for name, one in originals(readings()).items() if isinstance(one, Original)}
    assert copies == {"registers/a-q4.xlsx": "1", "registers/b-q4.xlsx": "2", "registers/people.xlsx": "3"}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Größe (2).XLSX", "Grosse-2.xlsx"), ("../../etc/passwd.csv", "etc-passwd.csv"), ("con.xlsx", "register-con.xlsx"),
        ("登録.ods", "register.ods"), ("=cmd|'/c calc'!A1.csv", "cmd-c-calc-A1.csv"), ("x" * 300 + ".xlsx", "x" * 80 + ".xlsx"),
    ],
)  # fmt: skip
def test_names_of_copies(name: str, safe: str) -> None:
    assert plain(name, ()) == safe
    assert plain(name, (safe.casefold(),)) == safe.replace(".", "-2.")


@given(st.lists(st.text(min_size=1), max_size=5))
def test_names_of_copies_are_plain_and_differ(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        safe = plain(f"{name}.xlsx", taken)
        assert is_plain(f"registers/{safe}")
        assert safe.casefold() not in taken
        taken.add(safe.casefold())


CALLS = ("fsync", "replace", "unlink", "rmdir", "mkdir")


def before_call(patch: pytest.MonkeyPatch, nth: int, then: Callable[[], None]) -> Callable[[], int]:
    """Let `then` happen before the nth change to the disk; returns how many there were so far."""
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
    return lambda: seen[0]


def begun(home: Path) -> dict[str, str]:
    """An old folder of reports and copies, with files of people in it; what these are."""
    put(home, "old", "a.xlsx", "b.xlsx")
    (home / "output" / "2026-10" / "minutes.txt").write_text("ours")
    (home / "output" / "2026-10" / "registers" / "list.txt").write_text("ours too")
    return {"minutes.txt": "ours", "registers/list.txt": "ours too"}


def finished(home: Path, ours: dict[str, str]) -> None:
    put(home, "next", "c.xlsx")
    assert published(home) == expected("next", "c.xlsx") | ours
    assert leftovers(home) == []


def full_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_at_any_step_leaves_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = set()
    for nth in range(1, 100):
        home = tmp_path / str(nth)
        ours = begun(home)
        with monkeypatch.context() as patch:
            calls = before_call(patch, nth, full_disk)
            with suppress(DeliveryError):
                put(home, "new", "a.xlsx")
            reached = calls() >= nth
        states.add(_state(home))
        finished(home, ours)
        if not reached:
            break
    assert states == {"old", "new"}
    assert nth > 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no SIGKILL")
def test_a_run_killed_at_any_step_leaves_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = []
    for fatal in range(1, 100):
        home = tmp_path / str(fatal)
        ours = begun(home)
        child = os.fork()
        if not child:
            before_call(monkeypatch, fatal, lambda: os.kill(os.getpid(), signal.SIGKILL))
            try:
                put(home, "new", "a.xlsx")
            finally:
                os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        states.append(_state(home))
        finished(home, ours)
        if not killed:
            break
    assert states == sorted(states, key=["old", "between", "new"].index)
    assert states.count("between") == 1
    assert fatal > 20


def _state(home: Path) -> str:
    if not (home / "output" / "2026-10").exists():
        return "between"
    theirs = {name for name in published(home) if name.endswith(".txt")}
    seen = {name: text for name, text in published(home).items() if name not in theirs}
    states = {"old": expected("old", "a.xlsx", "b.xlsx"), "new": expected("new", "a.xlsx")}
    return next(state for state, whole in states.items() if seen == whole)
