"""Eight senders at once: each mail is claimed by one, on both databases."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from pipeline.deliver.ledger import open_ledger
from pipeline.deliver.ledger.database import _encryption
from pipeline.errors import DeliveryError
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


def test_a_sender_whose_session_is_lost_claims_nothing_more(database: str, tmp_path: Path) -> None:
    ledger = open_ledger(DeliverSettings(ledger=tmp_path / "ledger.sqlite", ledger_url=database))
    first, second = approved(ledger, "ab")
    with ledger.holding() as holder:
        assert ledger.claim(first, holder)
        with ledger._engine.begin() as connection:
            locks = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            connection.execute(text(locks))
        with pytest.raises(DeliveryError, match="its session was lost"):
            ledger.claim(second, holder)
    assert states(ledger)["b"] == "approved"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("postgresql://a@db.example.org/x", {"sslmode": "verify-full", "sslrootcert": "system"}),
        ("postgresql://a@db.example.org/x?sslrootcert=own.pem", {"sslmode": "verify-full"}),
        ("postgresql://a@db.example.org/x?sslmode=require", {}),
        ("postgresql://a@/x?host=/run/postgresql", {}),
        ("postgresql://a@localhost/x", {}),
    ],
)
def test_another_machine_is_reached_by_tls_that_is_checked(
    url: str, wanted: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGHOST", "PGSSLMODE", "PGSSLROOTCERT"):
        monkeypatch.delenv(name, raising=False)
    assert _encryption(make_url(url)) == wanted
