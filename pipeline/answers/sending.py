"""The answers of `pipeline send`: what would go to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.answers.text import table
from pipeline.deliver.ledger import Ledger, Row
from pipeline.deliver.mail.message import draft
from pipeline.deliver.mail.operator import all_failed, doubtful, outcome_lines
from pipeline.deliver.mail.right import WORDS, NotRight, checked
from pipeline.deliver.mail.sending import Tally, due, not_due
from pipeline.deliver.outbox import take_back
from pipeline.deliver.private import write_private
from pipeline.errors import DeliveryError
from pipeline.findings import counted

if TYPE_CHECKING:
    from pipeline.settings import DeliverSettings


@dataclass(frozen=True)
class Planned:
    """One mail that is due: to whom, what its subject is, and why it would not go; "" where nothing speaks against."""

    row: Row
    to: str
    subject: str
    size: int
    problem: str = ""


@dataclass(frozen=True)
class Plan:
    """What `send` would do now, and how many mails of the same choice it would not touch, by state."""

    mails: tuple[Planned, ...]
    others: dict[str, int]


def planned(
    ledger: Ledger, settings: DeliverSettings, rows: Sequence[Row], period: str | None = None, only: str = ""
) -> Plan:
    """What would become of these rows. Nothing is changed, and no server is asked."""
    chosen = {row.id for row in rows}
    others: dict[str, int] = {}
    for row in ledger.rows(period):
        if row.id not in chosen and only in ("", row.report):
            others[row.state] = others.get(row.state, 0) + 1
    return Plan(tuple(_planned(row, ledger, settings) for row in rows), others)


def _planned(row: Row, ledger: Ledger, settings: DeliverSettings) -> Planned:
    try:
        content, read = checked(row, settings.outbox, settings.output, settings.mail, ledger.hashed)
    except NotRight as problem:
        return Planned(row, "", "", 0, WORDS[str(problem)])
    return Planned(row, read.address, read.says("Subject"), len(content))


def plan_lines(plan: Plan) -> Iterator[str]:
    """Who would get what, as text."""
    going = [one for one in plan.mails if not one.problem]
    yield f"{counted(len(going), 'mail')} would be sent{':' if going else '.'}"
    yield from table([(f"  {one.to}", one.subject, _files(one)) for one in going])
    yield from (f"Would not be sent: {one.row.report}: {one.problem}." for one in plan.mails if one.problem)
    yield from waiting_lines(plan.others)
    yield "Nothing was sent. `pipeline send --really` sends." if going else "Nothing was sent."


def _files(one: Planned) -> str:
    names = ", ".join(name for name, _ in one.row.attachments) or "no file"
    return f"{names}; a mail of {one.size / 1024:,.0f} kB"


def waiting_lines(others: dict[str, int]) -> Iterator[str]:
    """What is not due, by state, with what to do."""
    says = {
        "queued": "Wait for approval, `pipeline approve`",
        "approved": "Approved, not chosen",
        "retry": "Put off by the server until later",
        "sending": "Being sent by another process",
        "failed": "Could not be sent, `pipeline status` says why",
        "unknown": "In doubt, ask their readers, then `pipeline resend`",
        "drafted": "Written as drafts, for a person to send; `pipeline approve --drafted` takes them back",
    }
    yield from (f"{text}: {others[state]}." for state, text in says.items() if others.get(state))


def plan_object(plan: Plan) -> dict[str, Any]:
    """The same as plain values."""
    mails = [
        {
            "period": one.row.period, "report": one.row.report, "to": one.to, "subject": one.subject,
            "files": [name for name, _ in one.row.attachments], "size": one.size, "problem": one.problem,
        }
        for one in plan.mails
    ]  # fmt: skip
    return {"really": False, "mails": mails, "others": plan.others}


def tally_lines(tally: Tally, problem: str = "") -> Iterator[str]:
    """What became of the mails, as text."""
    yield from outcome_lines(tally)
    if problem:
        yield problem


def tally_object(tally: Tally, problem: str = "") -> dict[str, Any]:
    """The same as plain values: names of reports, no addresses."""
    return {
        "really": True,
        "expected": tally.expected + len(tally.others),
        "sent_before": [row.report for row in tally.others_in("sent")],
        "waiting": [row.report for row in tally.others_in("queued") if not row.held],
        "held": [{"report": row.report, "why": row.held} for row in tally.held],
        "sent": [row.report for row in tally.sent],
        "put_off": [row.report for row in (*tally.put_off, *tally.others_in("retry"))],
        "failed": [{"report": row.report, "why": word} for row, word in all_failed(tally)],
        "unknown": [row.report for row in doubtful(tally)],
        "open": [{"report": row.report, "state": row.state} for row in tally.open],
        "drafted": [row.report for row in tally.others_in("drafted")],
        "without": tally.without,
        "elsewhere": [row.report for row in tally.elsewhere],
        "not_tried": tally.not_tried,
        "stopped": tally.stopped,
        "problem": problem,
    }


def chosen(ledger: Ledger, period: str | None, only: str, limit: int | None) -> list[Row]:
    """The mails that are due now."""
    return due(ledger, datetime.now(UTC), period, only, limit)


def begun(ledger: Ledger, rows: Sequence[Row], period: str | None, *, chosen: bool) -> Tally:
    """What there is beside the rows that are due: the months' other letters, and what is open in any month.

    Where a person has `chosen` a few, those are what is expected; of the others only what is newly in doubt is told.
    """
    news = ledger.untold()
    ids = {row.id for row in news}
    needed = ledger.rows(states=["failed", "unknown", "queued"])
    still = tuple(row for row in needed if row.id not in ids and (row.held or row.state != "queued"))
    if chosen:
        return Tally(len(rows), news=tuple(row for row in news if row.state == "unknown"))
    others = not_due(ledger, rows, period)
    months = {row.period for row in (*rows, *others)}
    without = sum(one.period in months for one in ledger.without())
    return Tally(len(rows), others=others, news=news, open=still, without=without)


def write_drafts(
    plan: Plan, folder: Path, ledger: Ledger, settings: DeliverSettings, by: str
) -> list[tuple[Planned, Path]]:
    """A copy of each message as a draft that mail programs open for sending; the ledger knows of each first.

    What is due and is written is in a person's hands from then on; what cannot be written waits as it did. Raises
    DeliveryError.
    """
    written = []
    for one in plan.mails:
        if one.problem or not ledger.draft(one.row, by):
            continue
        place = folder / Path(one.row.message_path).name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_private(place, draft((settings.outbox / one.row.message_path).read_bytes()))
        except OSError as problem:
            take_back(one.row, by, settings, ledger)
            what = f"drafts cannot be written there: {(problem.strerror or str(problem)).lower()}."
            raise DeliveryError(what, str(folder), "Choose another folder with --drafts.") from problem
        written.append((one, place))
    return written


def draft_lines(written: Sequence[tuple[Planned, Path]], folder: Path) -> Iterator[str]:
    """Which drafts were written, for whom, and what is to be done with them."""
    if not written:
        yield "No mail is due: `pipeline status` says how all stand."
        return
    yield f"{counted(len(written), 'draft')} written to {folder}, none sent:"
    yield from table([(f"  {one.to}", one.subject, place.name) for one, place in written])
    yield (
        "Open each in your mail program and send it there. `pipeline send --really` leaves these alone from now on; "
        "`pipeline approve --drafted` lets it send those that nobody sent by hand."
    )


def drafts_object(written: Sequence[tuple[Planned, Path]]) -> dict[str, Any]:
    """The same as plain values."""
    mails = [
        {"period": one.row.period, "report": one.row.report, "to": one.to, "draft": str(place)}
        for one, place in written
    ]  # fmt: skip
    return {"really": False, "drafts": mails}
