"""Watching on a real clock: the month of a file, waking, and what is known already."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.deliver import locks
from pipeline.errors import DeliveryError
from pipeline.model import Period
from pipeline.settings import DeliverSettings, Settings, WatchSettings
from pipeline.unattended.child import Outcome
from pipeline.unattended.work import Work
from pipeline.watch.rounds import month_at
from pipeline.watch.waking import Waking
from pipeline.watch.watcher import Watcher, known_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "turns_on", "period"),
    [
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), 25, Period(2026, 9)),
        (datetime(2026, 10, 24, 22, 1, tzinfo=UTC), 25, Period(2026, 10)),  # the 25th in Berlin
        (datetime(2026, 10, 31, 23, 30, tzinfo=UTC), 25, Period(2026, 10)),  # November in Berlin: for October
        (datetime(2026, 10, 31, 12, 0, tzinfo=UTC), 1, Period(2026, 9)),
        (datetime(2027, 1, 3, tzinfo=UTC), 25, Period(2026, 12)),
    ],
)
def test_a_file_is_for_the_month_that_ends_or_has_ended(now: datetime, turns_on: int, period: Period) -> None:
    assert month_at(now, BERLIN, turns_on) == period


def settings_of(home: Path) -> Settings:
    made = Settings(watch=WatchSettings(every_seconds=0.05, quiet_seconds=0.1))
    beside = {"output": home / "output", "ledger": home / "ledger" / "ledger.sqlite"}
    deliver = made.deliver.model_copy(update=beside)
    ingest = made.ingest.model_copy(update={"input": home / "input"})
    unattended = made.unattended.model_copy(update={"log": home / "log"})
    return made.model_copy(update={"deliver": deliver, "ingest": ingest, "unattended": unattended})


def test_once_takes_what_lies_there_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(tmp_path)
    settings.ingest.input.mkdir()
    (settings.ingest.input / "a.csv").write_text("ID,Title")
    asked: list[tuple[tuple[str, ...], str]] = []

    def apart(arguments: list[str], *, aloud: bool, text: str = "") -> Outcome:
        asked.append((tuple(arguments), text))
        made = [{"name": "2026-10_executive.pdf"}, {"name": "2026-10_pmo.xlsx"}]
        outbox = {"new": ["2026-10_executive", "2026-10_pmo"], "held": ["2026-10_pmo"], "same": []}
        return Outcome(0, {"rows": {"used": 3}, "intake": {"archived": 1}, "reports": made, "outbox": outbox})

    monkeypatch.setattr("pipeline.unattended.work.run_apart", apart)
    said: list[str] = []
    watcher = Watcher(
        settings, Work(settings, tmp_path / "pipeline.toml", "watch", aloud=False), Period(2026, 10), said.append
    )
    with watcher.held(), pytest.raises(DeliveryError, match="another run is watching here: process"), watcher.held():
        pass
    watcher.watch(once=True)
    ((arguments, text),) = asked
    assert arguments == (
        "run",
        "--period",
        "2026-10",
        "--json",
        "--archive",
        "--arrived",
        "--config",
        str(tmp_path / "pipeline.toml"),
    )
    assert list(json.loads(text)) == [str(settings.ingest.input / "a.csv")]
    events = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [one["event"] for one in events] == ["watching", "arrived", "begun", "done"]
    assert (events[3]["rows"], events[3]["archived"]) == (3, 1)
    assert said == [
        "Making the reports of 2026-10 from a.csv. This takes some minutes.",
        f"The reports of 2026-10 are made, in {tmp_path}/output/2026-10: 2026-10_executive.pdf, 2026-10_pmo.xlsx.",
        "Mails in the outbox: 2 new, 1 held for a look. `pipeline status` lists them.",
    ]


def test_once_says_that_nothing_is_new_and_how_many_mails_were_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(tmp_path)
    settings.ingest.input.mkdir()
    said: list[str] = []
    work = Work(settings, None, "watch", aloud=False)
    Watcher(settings, work, Period(2026, 10), said.append).watch(once=True)
    assert said == [f"Nothing new to take lies in {settings.ingest.input}."]
    answers = {"run": {"outbox": {"new": ["a"]}}, "send": {"expected": 3, "sent": ["a"], "sent_before": ["b"]}}
    monkeypatch.setattr("pipeline.unattended.work.run_apart", lambda given, **_: Outcome(0, answers[given[0]]))
    unattended = settings.unattended.model_copy(update={"send": True})
    work.settings = settings.model_copy(update={"unattended": unattended})
    outcome = work.run(Period(2026, 10))
    lines = work.made(Period(2026, 10), outcome)
    assert lines == ["The reports of 2026-10 are made.", "Mails: expected 3, sent 2. `pipeline status` lists them."]


def published(deliver: DeliverSettings, month: str, *files: tuple[str, str], **more: bool) -> None:
    """The record of a month: each file as its hash and what became of it."""
    (deliver.output / month).mkdir(parents=True)
    told = [{"sha256": sha256, "name": "a", "became": became} for sha256, became in files]
    (deliver.output / month / "run.json").write_text(json.dumps({"intake": {"files": told, "again": []}, **more}))


def test_what_a_month_was_made_of_is_known_for_that_month(tmp_path: Path) -> None:
    deliver = settings_of(tmp_path).deliver
    september, october = Period(2026, 9), Period(2026, 10)
    assert known_of(deliver, october, chosen=False) == frozenset()
    published(deliver, "2026-09", ("aa", "archived"), ("left", "waiting"), ("", "waiting"), finished=True)
    published(deliver, "2026-10", ("bb", "archived"), finished=True)
    (deliver.output / "2026-08").mkdir()
    assert known_of(deliver, september, chosen=False) == {"aa", "left"}
    assert known_of(deliver, october, chosen=False) == {"bb", "left"}, "aa lies there again: it was handed in again"
    assert known_of(deliver, october, chosen=True) == {"bb"}


def test_a_month_whose_run_did_not_end_knows_nothing_and_one_of_an_earlier_version_all(tmp_path: Path) -> None:
    deliver = settings_of(tmp_path).deliver
    published(deliver, "2026-09", ("aa", "archived"))
    published(deliver, "2026-10", ("bb", "waiting"), finished=False)
    assert known_of(deliver, Period(2026, 9), chosen=False) == {"aa"}
    assert known_of(deliver, Period(2026, 10), chosen=False) == frozenset()


def test_a_change_wakes_and_without_events_nothing_is_lost_but_seconds(tmp_path: Path) -> None:
    waking, begun = Waking(), time.monotonic()
    with waking.events(tmp_path, wanted=True):
        time.sleep(0.5)
        threading.Timer(0.1, (tmp_path / "a.csv").touch).start()
        waking.pause(60)
    assert time.monotonic() - begun < 50
    with waking.events(tmp_path / "none", wanted=True):
        waking.pause(0.01)


def test_locks_name_their_holder_and_go_with_it(tmp_path: Path) -> None:
    assert locks.holder(tmp_path, locks.RUNNING) == ""
    with locks.locked(tmp_path, locks.RUNNING, "making the reports of 2026-10"):
        assert "another run is making the reports of 2026-10 here: process" in locks.holder(tmp_path, locks.RUNNING)
    assert locks.holder(tmp_path, locks.RUNNING) == ""
    (tmp_path / locks.RUNNING).write_text("\x1b[31m")
    with locks.locked(tmp_path, locks.RUNNING, "x"), open(tmp_path / locks.RUNNING, "w"):
        assert locks.holder(tmp_path, locks.RUNNING) == "another run is at work here."
