"""Senders that are killed at any moment, and what must hold after each: none lost, none doubled, each doubt told."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

from pipeline.deliver.ledger import Ledger, open_ledger
from pipeline.deliver.mail.sending import Sender
from pipeline.deliver.mail.smtp import Server
from pipeline.settings import DeliverSettings
from tests.deliver.mail.server import Box, deliver_settings, mail_settings, page_for, queue_mails, serving

READERS = tuple(f"reader-{letter}-end" for letter in "abcdef")
MOMENTS = ("rcpt kill", "data kill", "data kill taken")
"""Where the server itself kills the sender: before the message, with it in hand, and with it stored."""


def killed_sends(folder: Path, kills: int, seed: int = 11, url: str = "") -> Counter[str]:
    """Kill so many senders, each going on where the one before died; what became of all mails in the end.

    Half are killed at a random moment, half at one that is hard. Raises AssertionError where a mail is lost, doubled
    or in a state that is not what the server knows.
    """
    chance, ends, rounds = random.Random(seed), Counter[str](), 0
    with serving(box := Box()) as port:
        while kills > 0:
            rounds += 1
            settings = deliver_settings(folder / str(rounds), mail_settings(port)).model_copy(
                update={"ledger_url": url}
            )
            ledger = open_ledger(settings)
            queue_mails(settings, ledger, {reader: page_for(reader) for reader in READERS})
            box.taken, box.faults = [], {}
            while any(row.state in ("approved", "sending") for row in ledger.rows()):
                if kills > 0 and chance.random() < 0.5:
                    waiting = [row for row in ledger.rows() if row.state == "approved"]
                    if waiting:
                        reader = chance.choice(waiting).report.rpartition("_")[2]
                        box.faults = {reader: [chance.choice(MOMENTS)]}
                kills -= _one_sender(settings, box, chance.uniform(0, 0.6) if kills > 0 else None)
                box.faults = {}
                ledger.recover()
                _check(ledger, box)
            ends.update(row.state for row in ledger.rows())
    return ends


def _one_sender(settings: DeliverSettings, box: Box, seconds: float | None) -> bool:
    """A process that sends; it is killed after so many seconds, or by the server. Whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            _send(settings)
        finally:
            os._exit(0)
    box.sender = child
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def _send(settings: DeliverSettings) -> None:
    ledger = open_ledger(settings)
    ledger.recover()
    with Server(settings.mail) as server, ledger.holding() as holder:
        Sender(ledger, settings, server, holder).send(ledger.rows(states=["approved"]))


def _check(ledger: Ledger, box: Box) -> None:
    """Every mail is in the ledger, and the server has it as often as its state says."""
    rows, taken = ledger.rows(), box.counts()
    assert len(rows) == len(READERS)
    for row in rows:
        count = taken[f"{row.report.rpartition('_')[2]}@example.org"]
        may_be = {"sent": (1,), "unknown": (0, 1), "approved": (0,), "retry": (0,), "failed": (0,)}[row.state]
        assert count in may_be, (row.report, row.state, count)
