"""Every mail that is due ends in one state, and what the server has is what the ledger says."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.deliver.ledger import Ledger, open_ledger
from pipeline.deliver.locks import RUNNING, locked
from pipeline.deliver.mail.message import opened
from pipeline.deliver.mail.operator import outcome_lines, tell_operator
from pipeline.deliver.mail.sending import Sender, Tally, due, stopping
from pipeline.deliver.mail.smtp import Server
from pipeline.errors import DeliveryError
from pipeline.settings import DeliverSettings
from tests.deliver.mail.server import (
    PERIOD,
    Box,
    deliver_settings,
    free_port,
    mail_settings,
    page_for,
    queue_mails,
    seal_of,
    serving,
)

NOW = datetime(2026, 11, 2, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Box, int]]:
    with serving(box := Box()) as port:
        yield box, port


@pytest.fixture
def at_work(running: tuple[Box, int], tmp_path: Path) -> tuple[Box, DeliverSettings, Ledger]:
    box, port = running
    box.faults, box.taken = {}, []
    settings = deliver_settings(tmp_path, mail_settings(port, operator="pmo@example.org"))
    return box, settings, open_ledger(settings)


def send(settings: DeliverSettings, ledger: Ledger, now: datetime = NOW, stop_after: int = 10_000) -> Tally:
    asked = iter(range(stop_after))
    with Server(settings.mail, lambda _: None) as server, ledger.holding() as holder:
        sender = Sender(ledger, settings, server, holder, lambda: next(asked, None) is None, lambda: now)
        return sender.send(due(ledger, now))


def states(ledger: Ledger) -> dict[str, str]:
    return {row.report.rpartition("_")[2]: row.state for row in ledger.rows()}


def test_what_was_put_off_is_tried_again_when_it_is_time(at_work: tuple[Box, DeliverSettings, Ledger]) -> None:
    box, settings, ledger = at_work
    ledger.clock = lambda: NOW
    box.faults = {"ada-lovelace": ["rcpt 450 4.2.0"] * 100}
    queue_mails(settings, ledger, {"ada-lovelace": page_for("ada-lovelace")})
    moments = []
    now = NOW
    while rows := ledger.rows(states=("approved", "retry")):
        now = rows[0].next_at or now
        moments.append(now)
        ledger.clock = lambda now=now: now
        assert len(send(settings, ledger, now).sent) == 0
    pauses = [round((after - before) / timedelta(minutes=1)) for before, after in pairwise(moments)]
    assert all(least <= pause <= least * 1.2 + 1 for least, pause in zip((1, 4, 16, 60, 60), pauses, strict=False))
    assert timedelta(hours=22) < moments[-1] - NOW < timedelta(hours=29)
    assert states(ledger) == {"ada-lovelace": "failed"}
    assert ledger.rows()[0].reply == "450 4.2.0"


def test_a_server_that_is_gone_leaves_all_as_it_was(at_work: tuple[Box, DeliverSettings, Ledger]) -> None:
    _, settings, ledger = at_work
    queue_mails(settings, ledger, {"ada-lovelace": page_for("ada-lovelace"), "bo-diddley": page_for("bo-diddley")})
    gone = settings.model_copy(update={"mail": settings.mail.model_copy(update={"port": free_port()})})
    tally = send(gone, ledger)
    assert (tally.expected, tally.not_tried) == (2, 2)
    assert set(states(ledger).values()) == {"approved"}
    assert outcome_lines(tally)[0] == "Expected 2, sent 0."
    assert "cannot be reached" in outcome_lines(tally)[-1]


def test_a_ledger_that_fails_stops_the_batch_and_is_told(
    at_work: tuple[Box, DeliverSettings, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, settings, ledger = at_work
    queue_mails(settings, ledger, {one: page_for(one) for one in ("ada-lovelace", "bo-diddley", "cy-young")})
    settle, tries = ledger.settle, []

    def failing(id: int, *given: Any) -> bool:
        tries.append(id)
        if len(tries) in (1, 3, 4, 5):
            raise DeliveryError("the ledger cannot be used: the disk is full.")
        return settle(id, *given)

    monkeypatch.setattr(ledger, "settle", failing)
    tally = send(settings, ledger)
    assert (len(tally.sent), len(tally.unknown), tally.not_tried) == (1, 1, 1)
    assert "the disk is full" in tally.stopped
    assert [row.report for row in ledger.recover()] == ["2026-10_owner_bo-diddley"]


def test_what_the_ledger_did_not_take_is_not_counted_as_sent(
    at_work: tuple[Box, DeliverSettings, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, settings, ledger = at_work
    queue_mails(settings, ledger, {"ada-lovelace": page_for("ada-lovelace")})
    monkeypatch.setattr(ledger, "settle", lambda *_: False)
    tally = send(settings, ledger)
    assert (tally.sent, len(tally.elsewhere), tally.complete) == ([], 1, False)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("waits", ["for the rate", "for a greeting"])
def test_a_signal_ends_every_wait_and_no_mail_goes_after_it(
    at_work: tuple[Box, DeliverSettings, Ledger], waits: str
) -> None:
    box, settings, ledger = at_work
    queue_mails(settings, ledger, {one: page_for(one) for one in ("ada-lovelace", "bo-diddley")})
    with socket.create_server(("127.0.0.1", 0)) as silent:
        changes: dict[str, Any] = {"per_minute": 1}
        if waits == "for a greeting":
            changes = {"port": silent.getsockname()[1], "timeout_seconds": 60.0}
        mail = settings.mail.model_copy(update=changes)
        timer = threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGTERM))
        began = time.monotonic()
        with Server(mail) as server, ledger.holding() as holder, stopping(server) as stopped:
            timer.start()
            tally = Sender(ledger, settings, server, holder, lambda: bool(stopped())).send(due(ledger, NOW))
        assert time.monotonic() - began < 5
    sent = 1 if waits == "for the rate" else 0
    assert (len(tally.sent), len(box.taken), tally.stopped) == (sent, sent, "It was asked to stop.")
    assert sorted(states(ledger).values()) == ["approved"] * (2 - sent) + ["sent"] * sent


def test_asked_to_stop_it_ends_after_the_mail_on_its_way(at_work: tuple[Box, DeliverSettings, Ledger]) -> None:
    _, settings, ledger = at_work
    queue_mails(settings, ledger, {one: page_for(one) for one in ("ada-lovelace", "bo-diddley", "cy-young")})
    tally = send(settings, ledger, stop_after=2)  # it asks before and after the server is ready
    assert (len(tally.sent), tally.not_tried) == (1, 2)
    assert sorted(states(ledger).values()) == ["approved", "approved", "sent"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("message", "message-changed"),
        ("published", "report-changed"),
        ("reader", "reader-not-named"),
        ("seal", "another-report"),
        ("domain", "recipient-not-allowed"),
        ("key", "recipient-changed"),
    ],
)
def test_the_last_look_keeps_back_what_is_not_as_it_was_queued(
    at_work: tuple[Box, DeliverSettings, Ledger], monkeypatch: pytest.MonkeyPatch, change: str, word: str
) -> None:
    box, settings, ledger = at_work
    other = change in ("reader", "seal")
    content = page_for("somebody-else" if other else "ada-lovelace")
    if change == "reader":
        content = content.replace(seal_of("somebody-else").encode(), seal_of("ada-lovelace").encode())
    elif change == "seal":
        content = content.replace(b"<p>somebody-else", b"<p>ada-lovelace")
    (row,) = queue_mails(settings, ledger, {"ada-lovelace": content})
    message, published = settings.outbox / row.message_path, settings.output / PERIOD / row.attachments[0][0]
    if change in ("message", "published"):
        place = message if change == "message" else published
        place.write_bytes(place.read_bytes().replace(b"ada-lovelace", b"bo-diddley.."))
    elif change == "domain":
        settings = settings.model_copy(
            update={"mail": settings.mail.model_copy(update={"domains": ["elsewhere.example"]})}
        )
    elif change == "key":
        monkeypatch.setattr(ledger, "hashed", lambda address: "0" * 64)
    tally = send(settings, ledger)
    assert [why for _, why in tally.failed] == [word]
    assert (box.taken, states(ledger)) == ([], {"ada-lovelace": "failed"})


def test_the_operator_is_told_counts_and_names_of_reports(at_work: tuple[Box, DeliverSettings, Ledger]) -> None:
    box, settings, ledger = at_work
    box.faults = {"ada-lovelace": ["rcpt 550 5.1.1"], "bo-diddley": ["data drop"]}
    queue_mails(settings, ledger, {one: page_for(one) for one in ("ada-lovelace", "bo-diddley", "cy-young")})
    tally = send(settings, ledger)
    with Server(settings.mail) as server:
        assert tell_operator(tally, settings.mail, server) == ""
    address, content = box.taken[-1]
    assert address == "pmo@example.org"
    assert opened(content).says("Subject") == "Work register: expected 3, sent 1"
    text = content.decode()
    assert "Not sent: 2026-10_owner_ada-lovelace: the server refused it (550 5.1.1)." in text
    assert "ada-lovelace@" not in text


def test_only_one_of_two_senders_sends_a_mail(at_work: tuple[Box, DeliverSettings, Ledger]) -> None:
    box, settings, ledger = at_work
    rows = queue_mails(settings, ledger, {"ada-lovelace": page_for("ada-lovelace")})
    assert len(send(settings, ledger).sent) == 1
    with Server(settings.mail) as server, ledger.holding() as holder:
        late = Sender(ledger, settings, server, holder).send(rows)
    assert (len(late.elsewhere), len(box.taken)) == (1, 1)


def test_what_is_expected_are_all_letters_of_the_month(at_work: tuple[Box, DeliverSettings, Ledger]) -> None:
    _, settings, ledger = at_work
    readers = ("ada-lovelace", "bo-diddley", "cy-young", "di-ana", "ed-eames", "fay-fox", "gus-grey")
    rows = queue_mails(settings, ledger, {one: page_for(one) for one in readers})
    given = (
        ("sent", ""), ("retry", ""), ("failed", ""), ("unknown", ""), ("queued", "Hours doubled."), ("queued", ""),
        ("drafted", ""),
    )  # fmt: skip
    stood = tuple(replace(row, state=state, held=held) for row, (state, held) in zip(rows, given, strict=True))
    lines = outcome_lines(Tally(0, others=stood, news=stood[2:5], without=2))
    assert lines[0] == "Expected 7, sent 1, of these 1 before."
    said = (
        "Held for a look: 2026-10_owner_ed-eames: Hours doubled.",
        "Wait for approval: 1.",
        "Not sent: ",
        "Not known: ",
        "Put off by the server: 1 mail.",
        "Written as drafts, for a person to send: 1.",
        "2 reports go to nobody, since no address is known",
    )
    assert all(any(line.startswith(one) for line in lines) for one in said)
    assert not Tally(0, others=stood, news=stood[2:5]).complete
    told = Tally(0, others=stood, open=stood[2:5])
    assert not told.complete, "it was told before, and is open still"
    for row in stood:
        assert Tally(0, others=(row,)).complete == (row.state in ("sent", "drafted")), row.state
    (line,) = [one for one in outcome_lines(told) if "open" in one]
    assert line.startswith("Still open from before: 1 held for a look, 1 not sent, 1 in doubt. `pipeline status")


@pytest.mark.parametrize("gone", ["a message", "a published file", "the month", "the outbox", "the output"])
def test_what_cannot_be_reached_stops_the_batch_and_fails_no_mail(
    at_work: tuple[Box, DeliverSettings, Ledger], gone: str
) -> None:
    box, settings, ledger = at_work
    (_, last) = queue_mails(settings, ledger, {one: page_for(one) for one in ("ada-lovelace", "bo-diddley")})
    away = {
        "a message": settings.outbox / last.message_path,
        "a published file": settings.output / PERIOD / last.attachments[0][0],
        "the month": settings.output / PERIOD,
        "the outbox": settings.outbox,
        "the output": settings.output,
    }[gone]
    away.rename(f"{away}.away")
    tally = send(settings, ledger)
    assert (box.taken, tally.failed, tally.not_tried) == ([], [], 2)
    assert str(away) in tally.stopped
    assert set(states(ledger).values()) == {"approved"}
    Path(f"{away}.away").rename(away)
    assert len(send(settings, ledger).sent) == 2


def test_a_share_that_goes_away_in_between_leaves_the_rest_as_it_was(
    at_work: tuple[Box, DeliverSettings, Ledger],
) -> None:
    _, settings, ledger = at_work
    queue_mails(settings, ledger, {one: page_for(one) for one in ("ada-lovelace", "bo-diddley", "cy-young")})
    month = settings.output / PERIOD
    with Server(settings.mail) as server, ledger.holding() as holder:
        tally = Sender(ledger, settings, server, holder).send(
            due(ledger, NOW), lambda _: month.rename(settings.output / "away")
        )
    assert (len(tally.sent), tally.failed, tally.not_tried) == (1, [], 2)
    assert sorted(states(ledger).values()) == ["approved", "approved", "sent"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no shared lock")
def test_nobody_publishes_while_mails_are_sent_and_others_send(at_work: tuple[Box, DeliverSettings, Ledger]) -> None:
    _, settings, ledger = at_work
    queue_mails(settings, ledger, {"ada-lovelace": page_for("ada-lovelace")})
    met: list[str] = []

    def meanwhile(_: str) -> None:
        with locked(settings.output, RUNNING, "sending mails", shared=True):
            met.append("another sender")
        try:
            with locked(settings.output, RUNNING):
                met.append("a run")
        except DeliveryError as problem:
            met.append(str(problem))

    with Server(settings.mail) as server, ledger.holding() as holder:
        assert len(Sender(ledger, settings, server, holder).send(due(ledger, NOW), meanwhile).sent) == 1
    assert met[0] == "another sender"
    assert "another run is sending mails here" in met[1]
    with locked(settings.output, RUNNING, "making the reports of 2026-10"):
        queue_mails(settings, ledger, {"bo-diddley": page_for("bo-diddley")})
        assert "another run is making the reports of 2026-10" in send(settings, ledger).stopped
