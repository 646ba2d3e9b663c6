"""Every verb of the ledger, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.answers.mails import outbox_lines
from pipeline.deliver.ledger import STATES, Ledger, open_ledger
from pipeline.deliver.ledger.rows import code_of, reason_of
from pipeline.deliver.outbox import Filled
from pipeline.errors import DeliveryError
from pipeline.settings import DeliverSettings
from tests.deliver.ledger.book import PERIOD, approved, entry, queued, states

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ledger(settings: DeliverSettings) -> Ledger:
    opened = open_ledger(settings)
    opened.clock = lambda: NOON
    return opened


def test_a_message_is_queued_once(ledger: Ledger) -> None:
    (row,) = queued(ledger)
    assert (row.state, row.period, row.report, row.attempts) == ("queued", PERIOD, "2026-10_owner_a", 0)
    assert row.attachments == (("2026-10_owner_a.pdf", row.sha256),)
    again = ledger.queue(PERIOD, [entry(ledger)])
    assert (again.same, again.new, ledger.rows()) == ((row,), (), (row,))


def test_only_what_was_approved_is_claimed_and_by_one(ledger: Ledger) -> None:
    (row,) = queued(ledger)
    with ledger.holding() as ada, ledger.holding() as bo:
        assert not ledger.claim(row, ada)
        (row,) = ledger.approve([row], "Ada")
        assert ledger.claim(row, ada)
        assert not ledger.claim(row, bo)
        assert not ledger.settle(row.id, bo, "sent")
        assert ledger.settle(row.id, ada, "sent", "250 2.0.0 queued as a@example.org")
        assert not ledger.claim(row, ada)
    (row,) = ledger.rows()
    assert (row.state, row.reply, row.attempts, row.approved_by) == ("sent", "250 2.0.0", 1, "Ada")
    assert [event["event"] for event in ledger.events()] == ["queued", "approved", "sending", "sent"]


def test_what_was_put_off_is_claimed_when_it_is_due(ledger: Ledger) -> None:
    (row,) = approved(ledger)
    with ledger.holding() as ada:
        assert ledger.claim(row, ada)
        assert ledger.settle(row.id, ada, "retry", "450", NOON + timedelta(hours=1))
        (row,) = ledger.rows(states=["retry"])
        assert row.next_at == NOON + timedelta(hours=1)
        assert not ledger.claim(row, ada)
        ledger.clock = lambda: NOON + timedelta(hours=1)
        assert ledger.claim(row, ada)
        assert ledger.settle(row.id, ada, "approved")
    assert [(row.state, row.attempts, row.next_at) for row in ledger.rows()] == [("approved", 2, None)]


def test_approval_falls_away_where_the_bytes_differ(ledger: Ledger) -> None:
    before, _ = approved(ledger, "ab")
    done = ledger.queue(PERIOD, [entry(ledger, "a", "other"), entry(ledger, "b")])
    assert [row.report[-1] for row in done.replaced + done.same] == ["a", "b"]
    assert states(ledger) == {"a": "queued", "b": "approved"}
    with ledger.holding() as ada:
        ledger.approve(ledger.rows(), "Ada")
        assert not ledger.claim(before, ada), "it would send the message of the run before"
        assert ledger.claim(ledger.rows()[0], ada)


def test_an_approval_is_of_the_bytes_that_were_looked_at(ledger: Ledger) -> None:
    (looked_at,) = queued(ledger)
    ledger.queue(PERIOD, [entry(ledger, content="other")])
    assert ledger.approve([looked_at], "Ada") == ()
    assert states(ledger) == {"a": "queued"}


def test_what_is_held_is_approved_by_name_only(ledger: Ledger) -> None:
    ledger.queue(PERIOD, [entry(ledger, held="Hours moved by 80 % since 2026-09.")])
    assert ledger.approve(ledger.rows(), "Ada") == ()
    (row,) = ledger.approve(ledger.rows(), "Ada", held=True)
    assert row.state == "approved"


def test_what_is_held_or_let_go_while_it_waits_is_noted_and_told_anew(ledger: Ledger) -> None:
    queued(ledger)
    for held in ("Hours moved by 80 % since 2026-09.", ""):
        for _ in "twice":
            (row,) = ledger.queue(PERIOD, [entry(ledger, held=held)]).same
        assert row.held == held
        assert [one.id for one in ledger.untold()] == [row.id]
        ledger.tell([row], "Ada")
    assert [one["event"] for one in ledger.events()] == ["queued", "queued", "told", "queued", "told"]


def test_what_is_held_of_late_must_be_approved_again(ledger: Ledger) -> None:
    approved(ledger)
    done = ledger.queue(PERIOD, [entry(ledger, held="Hours moved by 80 % since 2026-09.")])
    assert [row.state for row in done.replaced] == ["queued"]


@pytest.mark.parametrize("end", ["sent", "unknown", "sending"])
def test_what_may_have_gone_out_is_never_replaced(ledger: Ledger, end: str) -> None:
    (row,) = approved(ledger)
    with ledger.holding() as ada:
        assert ledger.claim(row, ada)
        if end != "sending":
            ledger.settle(row.id, ada, end)  # type: ignore[arg-type]
        same = ledger.queue(PERIOD, [entry(ledger)])
        assert [one.state for one in same.same] == [end]
        (kept,) = ledger.queue(PERIOD, [entry(ledger, content="other")]).kept
        assert (kept.state, kept.sha256) == (end, row.sha256)
        assert kept.anew_sha256 == entry(ledger, content="other").sha256
        ledger.queue(PERIOD, [])
        assert states(ledger) == {"a": end}
        ledger.queue(PERIOD, [entry(ledger)])
        assert ledger.rows()[0].anew_sha256 == ""


@pytest.mark.parametrize("end", ["queued", "approved", "retry", "failed"])
def test_what_surely_did_not_go_out_and_is_no_longer_made_is_dropped(ledger: Ledger, end: str) -> None:
    (row,) = queued(ledger)
    with ledger.holding() as ada:
        if end != "queued":
            ledger.approve([row], "Ada")
        if end in ("retry", "failed"):
            ledger.claim(row, ada)
            ledger.settle(row.id, ada, end)  # type: ignore[arg-type]
    (dropped,) = ledger.queue(PERIOD, []).dropped
    assert (dropped.id, ledger.rows()) == (row.id, ())
    assert ledger.events()[-1]["event"] == "dropped"


def test_what_failed_waits_for_approval_again_when_it_is_made_again(ledger: Ledger) -> None:
    (row,) = approved(ledger)
    with ledger.holding() as ada:
        ledger.claim(row, ada)
        ledger.settle(row.id, ada, "failed", "550 5.1.1")
    (row,) = ledger.queue(PERIOD, [entry(ledger)]).replaced
    assert (row.state, row.attempts, row.reply) == ("queued", 0, "")


def test_other_periods_stay(ledger: Ledger) -> None:
    queued(ledger)
    ledger.queue("2026-11", [])
    assert states(ledger) == {"a": "queued"}
    assert ledger.rows("2026-11") == ()


def test_a_dead_senders_mail_is_unknown_at_once(ledger: Ledger) -> None:
    first, second = approved(ledger, "ab")
    with ledger.holding() as living:
        with ledger.holding() as dying:
            assert ledger.claim(first, dying)
        assert ledger.claim(second, living)
        assert [row.report[-1] for row in ledger.recover()] == ["a"]
        assert states(ledger) == {"a": "unknown", "b": "sending"}
        assert ledger.recover() == ()
        assert not ledger.claim(first, living)


def test_a_sender_that_was_taken_for_dead_still_knows_best(ledger: Ledger) -> None:
    (row,) = approved(ledger)
    with ledger.holding() as ada:
        assert ledger.claim(row, ada)
    ledger.recover()
    assert ledger.settle(row.id, ada, "sent", "250")
    assert states(ledger) == {"a": "sent"}


def test_a_person_has_it_sent_once_more(ledger: Ledger) -> None:
    (row,) = approved(ledger)
    with ledger.holding() as ada:
        ledger.claim(row, ada)
    (row,) = ledger.recover()
    again = entry(ledger, content="again", number=1)
    with pytest.raises(DeliveryError, match="say why"):
        ledger.resend(row, again, " \n", "Ada")
    row = ledger.resend(row, again, "Bo (bo@example.org)\nhas none", "Ada")
    assert (row.state, row.number, row.message_id) == ("approved", 1, again.message_id)
    assert (row.because, row.approved_by) == ("Bo (address) has none", "Ada")
    assert not ledger.settle(row.id, ada, "sent"), "whoever sent it first must not close the second sending"
    with pytest.raises(DeliveryError, match="once more only after"):
        ledger.resend(row, again, "twice", "Ada")
    with ledger.holding() as bo:
        assert ledger.claim(row, bo)


@pytest.mark.parametrize("state", ["queued", "approved"])
def test_what_waits_anyway_is_not_resent(ledger: Ledger, state: str) -> None:
    row = (approved if state == "approved" else queued)(ledger)[0]
    with pytest.raises(DeliveryError, match="once more only after"):
        ledger.resend(row, entry(ledger, number=1), "please", "Ada")


def test_a_message_made_before_a_resend_does_not_take_its_place(ledger: Ledger) -> None:
    (row,) = approved(ledger)
    with ledger.holding() as ada:
        ledger.claim(row, ada)
        ledger.settle(row.id, ada, "sent")
    ledger.resend(row, entry(ledger, content="again", number=1), "lost", "Ada")
    (kept,) = ledger.queue(PERIOD, [entry(ledger, content="other")]).kept
    assert (kept.state, kept.number, kept.message_id) == ("approved", 1, "<a-1@example.org>")


def test_rows_are_found_by_period_and_state(ledger: Ledger) -> None:
    first, _ = approved(ledger, "ab")
    with ledger.holding() as ada:
        ledger.claim(first, ada)
    assert [len(ledger.rows(PERIOD, [state])) for state in STATES] == [0, 1, 1, 0, 0, 0, 0, 0]
    assert ledger.row(first.id) == ledger.rows(states=["sending"])[0]
    assert ledger.row(99) is None


def test_people_are_told_once_how_a_mail_stands(ledger: Ledger) -> None:
    row, other = approved(ledger, "ab")
    with ledger.holding() as ada:
        for end in ("failed", "unknown"):
            assert ledger.claim(ledger.row(row.id), ada)  # type: ignore[arg-type]
            ledger.settle(row.id, ada, end, "550")  # type: ignore[arg-type]
            (news,) = ledger.untold()
            assert (news.id, news.state) == (row.id, end)
            ledger.tell([news], ada)
            assert ledger.untold() == ()
            if end == "failed":
                ledger.approve(ledger.queue(PERIOD, [entry(ledger, "a", "mended"), entry(ledger, "b")]).replaced, "Ada")
    assert [one.id for one in ledger.untold([other, row])] == [other.id]
    ledger.tell([other], "Ada")
    assert ledger.untold([other]) == ()


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        ("250", "250"),
        ("250 2.0.0 Ok: queued as 4F", "250 2.0.0"),
        ("550-5.1.1 <bo@example.org> unknown", "550 5.1.1"),
        ("550 bo@example.org unknown", "550"),
        ("lost-after-data", "lost-after-data"),
        ("bo@example.org", ""),
        ("Bo Smith is away", ""),
        ("2501", ""),
        ("", ""),
    ],
)
def test_of_a_reply_its_code_is_kept(reply: str, kept: str) -> None:
    assert code_of(reply) == kept


def test_a_reason_is_one_short_line() -> None:
    assert reason_of("a\x1b[31m\nb " + "c" * 300) == ("a [31m b " + "c" * 300)[:200]


def test_a_run_of_some_packs_leaves_what_waits_of_others(settings: DeliverSettings) -> None:
    ledger = open_ledger(settings)
    other = replace(entry(ledger, "x"), report=f"{PERIOD}_department_it")
    ledger.queue(PERIOD, [other, entry(ledger, "a"), entry(ledger, "b")])
    done = ledger.queue(PERIOD, [entry(ledger, "a")], ["owner"])
    assert [row.report for row in done.dropped] == [f"{PERIOD}_owner_b"]
    assert [row.report for row in ledger.rows()] == [f"{PERIOD}_department_it", f"{PERIOD}_owner_a"]
    (told,) = [line for line in outbox_lines(Filled(done)) if "No longer made" in line]
    assert f"{PERIOD}_owner_b" in told
