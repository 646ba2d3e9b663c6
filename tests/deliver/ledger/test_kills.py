"""A sender killed at any moment: no mail is lost, none is sent twice, and the one in doubt is told."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from pipeline.deliver.ledger import open_ledger
from pipeline.settings import DeliverSettings
from tests.deliver.ledger.book import PERIOD, approved, entry, queued

KILLS = int(os.environ.get("PIPELINE_KILLS", "12"))
"""Of each test on each database; set the variable to 200 to see more of them."""
READERS = "abcdefghijklmnopqrst"


def _send_all(settings: DeliverSettings, wire: Path) -> None:
    """Claim, deliver and settle all that may be sent. A delivery is a line on the disk."""
    ledger = open_ledger(settings)
    ledger.recover()
    with ledger.holding() as holder, open(wire, "ab", buffering=0) as delivered:
        for row in ledger.rows(states=["approved"]):
            if ledger.claim(row, holder):
                delivered.write(b"%d\n" % row.id)
                ledger.settle(row.id, holder, "sent", "250")


def _killed_within(seconds: float, work: object, *arguments: object) -> None:
    """Do work in a process that is killed after so long, whatever it is at."""
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)  # type: ignore[operator]
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _whole(settings: DeliverSettings) -> None:
    if not settings.ledger_url:
        with sqlite3.connect(settings.ledger) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_kill_loses_or_doubles_a_mail(settings: DeliverSettings, tmp_path: Path) -> None:
    chance, wire = random.Random(7), tmp_path / "wire"
    rows = approved(open_ledger(settings), READERS)
    begun = time.perf_counter()
    open_ledger(settings).recover()
    to_open = time.perf_counter() - begun
    for _ in range(KILLS):
        _killed_within(to_open * chance.uniform(0.2, 3), _send_all, settings, wire)
        _whole(settings)
    _send_all(settings, wire)
    ledger = open_ledger(settings)
    delivered = [int(line) for line in wire.read_text().split()]
    after = {row.id: row.state for row in ledger.rows()}
    assert len(delivered) == len(set(delivered)), "a mail went out twice"
    assert after.keys() == {row.id for row in rows}, "a mail was lost"
    assert set(after.values()) <= {"sent", "unknown"}
    assert {id for id, state in after.items() if state == "sent"} <= set(delivered)
    assert set(delivered) <= after.keys()


def _queue_twice(settings: DeliverSettings) -> None:
    ledger = open_ledger(settings)
    for content in ("first", "second") * 20:
        ledger.queue(PERIOD, [entry(ledger, reader, content) for reader in READERS])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_run_has_queued_all_its_mails_or_none(settings: DeliverSettings) -> None:
    chance = random.Random(8)
    queued(open_ledger(settings), READERS)
    for _ in range(KILLS // 2):
        _killed_within(chance.uniform(0.05, 0.4), _queue_twice, settings)
        _whole(settings)
        rows = open_ledger(settings).rows()
        assert len(rows) == len(READERS)
        assert len({row.sha256 for row in rows}) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_ledger_whose_making_was_killed_is_made_by_the_next(tmp_path: Path) -> None:
    chance = random.Random(9)
    for number in range(KILLS):
        settings = DeliverSettings(ledger=tmp_path / str(number) / "ledger.sqlite")
        _killed_within(chance.uniform(0.001, 0.08), open_ledger, settings)
        queued(open_ledger(settings))
