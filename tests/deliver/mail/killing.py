"""Senders that are killed at any moment, and what must hold after each: none lost, none doubled, each doubt told."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.deliver.ledger import Ledger, open_ledger
from pipeline.deliver.mail.sending import Sender
from pipeline.deliver.mail.smtp import Server
from pipeline.settings import DeliverSettings
from tests.deliver.faulting import faulted
from tests.deliver.mail.server import Box, deliver_settings, mail_settings, page_for, queue_mails, serving

READERS = tuple(f"reader-{letter}-end" for letter in "abcdef")
MOMENTS = ("rcpt kill", "data kill", "data kill taken")
"""Where the server itself kills the sender: before the message, with it in hand, and with it stored."""


def killed_sends(folder: Path, kills: int, seed: int = 11, database: Callable[[], str] = lambda: "") -> Counter[str]:
    """Kill so many senders, each going on where the one before died; what became of all mails in the end.

    `database` gives the URL of an empty one for each round, "" for a file. Half are killed at a random moment, half at one that is hard. Raises AssertionError where a mail is lost, doubled
    or in a state that is not what the server knows.
    """
    chance, ends, rounds = random.Random(seed), Counter[str](), 0
    with serving(box := Box()) as port:
        while kills > 0:
            rounds += 1
            settings = deliver_settings(folder / str(rounds), mail_settings(port)).model_copy(
                update={"ledger_url": database()}
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
                random_moment = kills > 0 and not box.faults
                kills -= _one_sender(settings, box, chance.uniform(0, 0.6) if random_moment else None)
                box.faults = {}
                ledger.recover()
                _check(ledger, box, READERS)
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


def faulted_sends(
    folder: Path,
    calls: Sequence[str],
    faults: Sequence[str],
    points: Iterable[int],
    url: Callable[[], str] = lambda: "",
) -> Counter[str]:
    """Send two mails with a fault at the nth of these system calls, for each nth; how often each end came about.

    After each, what waits is sent by a sender at which nothing fails. Raises AssertionError where a mail is lost,
    doubled, or in a state that is not what the server knows.
    """
    ends = Counter[str]()
    for call in calls:
        for nth in points:
            before = ends["points"]
            for fault in faults:
                ends += _faulted_send(folder / f"{call}-{nth}-{fault[-3:]}", url(), call, fault, nth)
            if ends["points"] == before:
                break
    return ends


def _faulted_send(home: Path, url: str, call: str, fault: str, nth: int) -> Counter[str]:
    """The states in which two mails end whose sender met this fault; none where it did not get that far."""
    readers = READERS[:2]
    home.mkdir(parents=True)
    with serving(box := Box()) as port:
        settings = deliver_settings(home, mail_settings(port)).model_copy(update={"ledger_url": url})
        queue_mails(settings, open_ledger(settings), {reader: page_for(reader) for reader in readers})
        _, reached = faulted(lambda: _send(settings), call, fault, nth, home / "trace")
        ledger = open_ledger(settings)
        ledger.recover()
        _check(ledger, box, readers)
        waiting = [row.id for row in ledger.rows() if row.state == "approved"]
        _one_sender(settings, box, None)
        _check(ledger, box, readers)
        left = {row.id: row.state for row in ledger.rows()}
    assert {left[id] for id in waiting} <= {"sent"}, (call, nth, fault, left)
    assert {*left.values()} <= {"sent", "unknown", "retry"}, (call, nth, fault, left)
    return Counter([*left.values(), "points"]) if reached else Counter()


def _check(ledger: Ledger, box: Box, readers: Sequence[str]) -> None:
    """Every mail is in the ledger, and the server has it as often as its state says."""
    rows, taken = ledger.rows(), box.counts()
    assert len(rows) == len(readers)
    for row in rows:
        count = taken[f"{row.report.rpartition('_')[2]}@example.org"]
        may_be = {"sent": (1,), "unknown": (0, 1), "approved": (0,), "retry": (0,), "failed": (0,)}[row.state]
        assert count in may_be, (row.report, row.state, count)
