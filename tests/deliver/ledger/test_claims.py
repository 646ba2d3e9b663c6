"""Eight senders at once: each mail is claimed by one, on both databases."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from typing import Any

from pipeline.deliver.ledger import open_ledger
from pipeline.settings import DeliverSettings
from tests.deliver.ledger.book import approved, states

SENDERS = 8
READERS = "abcdefghijkl"
_FORK = multiprocessing.get_context("fork")  # what the parent has imported need not be imported eight times


def _claim_all(settings: DeliverSettings, barrier: Any, won: Any) -> None:
    """Look at the same rows as everybody, wait until everybody has, then claim each."""
    ledger = open_ledger(settings)
    with ledger.holding() as holder:
        rows = ledger.rows(states=["approved"])
        barrier.wait(60)
        won.put((holder, [row.id for row in rows if ledger.claim(row, holder)]))
        barrier.wait(60)  # nobody is dead before everybody has claimed


def test_eight_senders_claim_each_mail_once(settings: DeliverSettings) -> None:
    ledger = open_ledger(settings)
    rows = approved(ledger, READERS)
    barrier, won = _FORK.Barrier(SENDERS), _FORK.Queue()
    senders = [_FORK.Process(target=_claim_all, args=(settings, barrier, won)) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    told = dict(won.get(timeout=60) for _ in senders)
    for sender in senders:
        sender.join(60)
    assert [sender.exitcode for sender in senders] == [0] * SENDERS
    assert Counter(id for ids in told.values() for id in ids) == Counter(row.id for row in rows)
    assert {row.id: row.holder for row in ledger.rows()} == {id: name for name, ids in told.items() for id in ids}
    assert len(ledger.recover()) == len(rows)
    assert set(states(ledger).values()) == {"unknown"}


def _open(settings: DeliverSettings, barrier: Any, keys: Any) -> None:
    barrier.wait(60)
    keys.put(open_ledger(settings).hashed("a@example.org"))


def test_eight_processes_make_one_ledger_with_one_key(settings: DeliverSettings) -> None:
    barrier, keys = _FORK.Barrier(SENDERS), _FORK.Queue()
    openers = [_FORK.Process(target=_open, args=(settings, barrier, keys)) for _ in range(SENDERS)]
    for opener in openers:
        opener.start()
    found = {keys.get(timeout=60) for _ in openers}
    for opener in openers:
        opener.join(60)
    assert found == {open_ledger(settings).hashed("a@example.org")}
