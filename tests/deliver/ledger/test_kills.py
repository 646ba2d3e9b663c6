"""A sender killed at any moment: no mail is lost, none is sent twice, and the one in doubt is told."""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from pathlib import Path

from pipeline.deliver.ledger import open_ledger
from pipeline.settings import DeliverSettings
from tests.deliver.kills import events_of, killed_after, needs_fork
from tests.deliver.ledger.book import PERIOD, approved, entry, queued

KILLS = int(os.environ.get("PIPELINE_KILLS", "8"))
"""Of each test on each database; set the variable to 200 to see more of them."""
READERS = "abcdefghij"


def _send_all(settings: DeliverSettings, wire: Path) -> None:
    """Claim, deliver and settle all that may be sent. A delivery is a line on the disk."""
    ledger = open_ledger(settings)
    ledger.recover()
    with ledger.holding() as holder, open(wire, "ab", buffering=0) as delivered:
        for row in ledger.rows(states=["approved"]):
            if ledger.claim(row, holder):
                delivered.write(b"%d\n" % row.id)
                ledger.settle(row.id, holder, "sent", "250")


def _look(settings: DeliverSettings) -> None:
    """What goes before the first claim."""
    ledger = open_ledger(settings)
    ledger.recover()
    ledger.rows(states=["approved"])


def _whole(settings: DeliverSettings) -> None:
    if not settings.ledger_url:
        with sqlite3.connect(settings.ledger) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@needs_fork
def test_no_kill_loses_or_doubles_a_mail(settings: DeliverSettings, tmp_path: Path) -> None:
    chance, wire = random.Random(7), tmp_path / "wire"
    ledger = open_ledger(settings)
    measured = approved(ledger, "xyz")
    for_one = (events_of(_send_all, settings, wire) - events_of(_look, settings)) // len(measured)
    rows = measured + approved(ledger, [f"r{number}" for number in range(2 * KILLS)])
    before = events_of(_look, settings)
    for _ in range(KILLS):
        killed_after(before + chance.randrange(for_one * 3), _send_all, settings, wire)
        _whole(settings)
    in_doubt = len(open_ledger(settings).rows(states=["sending", "unknown"]))
    _send_all(settings, wire)
    delivered = [int(line) for line in wire.read_text().split()]
    after = {row.id: row.state for row in open_ledger(settings).rows()}
    assert len(delivered) == len(set(delivered)), "a mail went out twice"
    assert after.keys() == {row.id for row in rows}, "a mail was lost"
    assert Counter(after.values()) == {"sent": len(rows) - in_doubt, "unknown": in_doubt}
    assert {id for id, state in after.items() if state == "sent"} <= set(delivered) <= after.keys()
    assert in_doubt, "no kill hit a sending"


@needs_fork
def test_a_killed_run_has_queued_all_its_mails_or_none(settings: DeliverSettings) -> None:
    chance = random.Random(8)
    queued(open_ledger(settings), READERS)
    events = events_of(_queue, settings, "second")
    for number in range(KILLS):
        killed_after(chance.randrange(events), _queue, settings, f"content {number}")
        _whole(settings)
        rows = open_ledger(settings).rows()
        assert len(rows) == len(READERS)
        assert len({row.sha256 for row in rows}) == 1


def _queue(settings: DeliverSettings, content: str) -> None:
    ledger = open_ledger(settings)
    ledger.queue(PERIOD, [entry(ledger, reader, content) for reader in READERS])


@needs_fork
def test_a_ledger_whose_making_was_killed_is_made_by_the_next(tmp_path: Path) -> None:
    chance = random.Random(9)
    events = events_of(open_ledger, DeliverSettings(ledger=tmp_path / "first" / "ledger.sqlite"))
    for number in range(KILLS):
        settings = DeliverSettings(ledger=tmp_path / str(number) / "ledger.sqlite")
        killed_after(chance.randrange(events), open_ledger, settings)
        queued(open_ledger(settings))
