"""A machine that works by itself, from the command line: stopped at any time it takes up again, and tells no cell."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.answers.doctor import doctor_lines
from pipeline.doctor import Check
from pipeline.model import Period
from pipeline.settings import Settings
from pipeline.unattended.child import Outcome
from pipeline.unattended.sending import Sending
from pipeline.unattended.work import Work
from tests.test_flow_months import QUICK

ROOT = Path(__file__).parents[1]
STOP_SECONDS = 10
CELL, ADDRESS = "Kanarienvogel-4711", "canary@example.org"
REGISTER = f"""
ID|Title|Department|Owner|Start|Finish|Frequency|Status
WO-17|{CELL}|Water|{ADDRESS}|2026-06-01|{CELL}||In progress
WO-18|Read meters|Water|Bo Lee|||monthly|Live
"""
SETTINGS = f"{QUICK}owner = {{make = false}}\n[watch]\nevery_seconds = 0.1\nquiet_seconds = 0.2\n"
FAILS = "import sys; sys.stderr.write('{cell}'); raise ValueError('{cell} {address}')"


def started(home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-P", "-m", "pipeline.cli", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=home, env=environment, stdout=pipe, stderr=pipe, text=True)


def events(home: Path) -> list[str]:
    log = home / "pipeline.log"
    return [json.loads(line)["event"] for line in log.read_text().splitlines()] if log.exists() else []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")
def test_watching_stops_within_seconds_and_takes_up_again(tmp_path: Path, make_workbook: Callable[..., Path]) -> None:
    (tmp_path / "pipeline.toml").write_text(SETTINGS)
    path = make_workbook("input/register.xlsx", Register=REGISTER)
    content = path.read_bytes()
    watching = started(tmp_path, "watch", "--period", "2026-10")
    while "begun" not in events(tmp_path):
        assert watching.poll() is None, watching.communicate()
        time.sleep(0.02)
    time.sleep(0.5)
    asked = time.monotonic()
    watching.send_signal(signal.SIGTERM)
    told = "".join(watching.communicate(timeout=60))
    assert time.monotonic() - asked < STOP_SECONDS
    assert watching.returncode == 143, told
    assert path.read_bytes() == content
    assert not list((tmp_path / "output").glob("2026-10*"))

    again = started(tmp_path, "watch", "--once", "--period", "2026-10")
    told += "".join(again.communicate(timeout=300))
    assert again.returncode == 0, told
    assert events(tmp_path)[-2:] == ["done", "stopped"]
    assert not path.exists()
    assert (tmp_path / "archive" / "2026-10" / "register.xlsx").read_bytes() == content
    assert (tmp_path / "output" / "2026-10" / "run.json").exists()
    assert {one.name for one in (tmp_path / "output").iterdir() if one.name.endswith((".new", ".old"))} == set()
    for text in (told, (tmp_path / "pipeline.log").read_text()):
        assert CELL not in text
        assert ADDRESS not in text


def test_a_run_that_breaks_is_told_without_what_it_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.unattended import child

    settings = Settings()
    unattended = settings.unattended.model_copy(update={"log": tmp_path / "log", "ping": "https://ping.example/s"})
    called: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        "pipeline.unattended.work.ping", lambda address, well: called.append((address, well)) or "URLError"
    )
    breaks = FAILS.format(cell=CELL, address=ADDRESS)
    monkeypatch.setattr(child, "ours", lambda arguments: (sys.executable, "-c", breaks))
    work = Work(settings.model_copy(update={"unattended": unattended}), None, "schedule", aloud=False)
    outcome = work.run(Period(2026, 10))
    text = (tmp_path / "log").read_text() + work.why(Period(2026, 10), outcome)
    assert (outcome.code, CELL in text, ADDRESS in text) == (1, False, False)
    assert "`pipeline run --period 2026-10` says more" in text
    assert [json.loads(line)["event"] for line in (tmp_path / "log").read_text().splitlines()] == [
        "begun",
        "failed",
        "unpinged",
    ]
    assert called == [("https://ping.example/s", False)]


def test_the_schedule_is_shown_and_printed(ask: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    code, _, err = ask("schedule", "print", "cron")
    assert (code, "needs one" in err) == (2, True)
    (tmp_path / "pipeline.toml").write_text('[schedule]\nwhen = "day 5"\ntimezone = "Asia/Kolkata"\n')
    code, out, _ = ask("schedule", "show", "--json")
    shown = json.loads(out)
    assert (code, len(shown["next"]), shown["begun"]) == (0, 3, False)
    assert all(one["at"].endswith("-05 07:00+0530") for one in shown["next"])
    assert "schedule install" in ask("schedule", "show")[1]
    assert str(tmp_path / "pipeline.toml") in ask("schedule", "print", "cron")[1]
    assert ask("schedule", "print", "sundial")[0] == 2


def test_what_is_due_is_run_once(
    ask: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pipeline.toml").write_text('[schedule]\nwhen = "day 1"\ntime = "00:00"\n')
    (tmp_path / "output").mkdir()
    record = {"since": "2020-01-01T00:00:00+00:00", "done": {}, "tried": None}
    (tmp_path / "output" / ".schedule.json").write_text(json.dumps(record))
    asked: list[list[str]] = []
    codes = [3, 0]
    apart = lambda arguments, **_: asked.append(arguments) or Outcome(codes.pop(0))  # noqa: E731
    monkeypatch.setattr("pipeline.unattended.work.run_apart", apart)
    code, _, err = ask("schedule", "run")
    assert (code, "the run could not go on" in err) == (4, True)
    assert "Due while nothing ran: 2020-01 and " in err
    assert ask("schedule", "run")[0] == 0
    assert len(asked) == 1, "what failed is tried again later"


def test_doctor_lines_say_what_to_do() -> None:
    lines = list(doctor_lines([Check("Disk", "act", "0.1 GB free", "Make room."), Check("Clock", "well", "2026")]))
    assert lines == ["ACT  Disk   0.1 GB free", "      Make room.", "ok   Clock  2026", "1 of 2 asks you to act."]


def test_a_month_whose_mails_were_not_prepared_is_taken_again(
    ask: Callable[..., tuple[int, str, str]], make_workbook: Callable[..., Path], tmp_path: Path
) -> None:
    from pipeline.deliver.folder import digest
    from pipeline.settings import load_settings
    from pipeline.watch.watcher import known_of

    mail = '[deliver.mail]\nsender = "a@example.org"\nreaders = {organisation = ["b@example.org"]}\n'
    (tmp_path / "pipeline.toml").write_text(f"{SETTINGS}{mail}")
    path = make_workbook("input/register.xlsx", Register=REGISTER)
    october, sha256 = Period(2026, 10), digest(path)
    deliver = load_settings(tmp_path / "pipeline.toml").deliver.model_copy(update={"output": tmp_path / "output"})
    (tmp_path / "ledger").mkdir()
    key = tmp_path / "ledger" / "ledger.key"  # without its ledger: nothing can be queued
    key.write_text("00" * 32)
    assert ask("run", "--period", "2026-10", "--archive")[0] == 4
    assert (tmp_path / "output" / "2026-10" / "run.json").exists()
    assert path.exists()
    assert known_of(deliver, october, chosen=True) == frozenset()
    key.unlink()
    assert ask("run", "--period", "2026-10", "--archive")[0] == 0
    assert not path.exists()
    assert list((tmp_path / "outbox" / "2026-10").glob("*.eml"))
    assert known_of(deliver, october, chosen=True) == {sha256}
    assert known_of(deliver, october.plus(1), chosen=False) == frozenset()


class Posting:
    """Work whose sendings end with these codes; what waits in the ledger after each."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, codes: list[int], left: list[bool]) -> None:
        self.home, self.asked, self.now = home, [], datetime(2026, 11, 2, 7, tzinfo=UTC)
        (home / "output").mkdir(exist_ok=True)

        def apart(arguments: list[str], **_: object) -> Outcome:
            self.asked.append(arguments[0])
            return Outcome(codes.pop(0) if arguments[0] == "send" else 0)

        monkeypatch.setattr("pipeline.unattended.work.run_apart", apart)
        monkeypatch.setattr(Sending, "_left", lambda _: left.pop(0))

    def work(self) -> Work:
        """A process anew."""
        made = Settings()
        deliver = made.deliver.model_copy(update={"output": self.home / "output"})
        unattended = made.unattended.model_copy(update={"log": self.home / "log", "send": True})
        settings = made.model_copy(update={"deliver": deliver, "unattended": unattended})
        work = Work(settings, None, "schedule", aloud=False)
        work.sending._clock = lambda: self.now
        return work


def test_what_was_put_off_is_sent_again_without_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posting = Posting(tmp_path, monkeypatch, [4, 4, 0], [True, True, False])
    assert posting.work().run(Period(2026, 10)).code == 0, "the reports are made, whatever becomes of their mails"
    work = posting.work()
    tries: list[int] = []
    for minute in range(1, 10):
        posting.now += timedelta(minutes=1)
        before = len(posting.asked)
        work.send_due()
        tries += [minute] * (len(posting.asked) - before)
    assert (posting.asked, tries) == (["run", "send", "send", "send"], [1, 3])
    assert work.sending.wanted is posting.work().sending.wanted is None


def test_what_was_refused_is_left_to_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posting = Posting(tmp_path, monkeypatch, [4], [False])
    work = posting.work()
    assert (work.run(Period(2026, 10)).code, work.sending.wanted) == (0, None)


def test_a_process_that_died_between_run_and_sending_sends_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = Posting(tmp_path, monkeypatch, [0], [False])
    monkeypatch.setattr(Work, "send", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        posting.work().run(Period(2026, 10))
    monkeypatch.undo()
    posting = Posting(tmp_path, monkeypatch, [0], [False])
    assert posting.work().send_due()
    assert posting.asked == ["send"]


def test_installing_warns_of_a_password_that_the_system_does_not_have(
    ask: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mail = 'sender = "a@example.org"\nhost = "localhost"\nuser = "a"\npassword_env = "MAIL_PASSWORD"\n'
    monkeypatch.setattr("pipeline.schedule.installing.install", lambda *_: iter(["Installed."]))
    for send in ("true", "false"):
        (tmp_path / "pipeline.toml").write_text(f"[unattended]\nsend = {send}\n[deliver.mail]\n{mail}")
        code, _, err = ask("schedule", "install", "cron")
        assert (code, "MAIL_PASSWORD" in err) == (0, send == "true")
