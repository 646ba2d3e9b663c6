"""The answers of `pipeline send`: what would go to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.answers.text import table
from pipeline.deliver.ledger import WAITING, Ledger, Row
from pipeline.deliver.mail.operator import outcome_lines
from pipeline.deliver.mail.right import WORDS, NotRight, checked
from pipeline.deliver.mail.sending import Tally, due, not_due
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
        "waiting": [row.report for row in tally.waiting_in("queued") if not row.held],
        "held": [{"report": row.report, "why": row.held} for row in tally.held],
        "sent": [row.report for row in tally.sent],
        "put_off": [row.report for row in (*tally.put_off, *tally.others_in("retry"))],
        "failed": [*_failed(tally.failed), *_failed((row, row.reply) for row in tally.waiting_in("failed"))],
        "unknown": [row.report for row in (*tally.unknown, *tally.waiting_in("unknown"))],
        "open": [{"report": row.report, "state": row.state} for row in tally.open],
        "drafted": [row.report for row in tally.others_in("drafted")],
        "without": tally.without,
        "elsewhere": [row.report for row in tally.elsewhere],
        "not_tried": tally.not_tried,
        "stopped": tally.stopped,
        "problem": problem,
    }


def _failed(rows: Iterable[tuple[Row, str]]) -> list[dict[str, str]]:
    return [{"report": row.report, "why": word} for row, word in rows]


def chosen(ledger: Ledger, period: str | None, only: str, limit: int | None) -> list[Row]:
    """The mails that are due now."""
    return due(ledger, datetime.now(UTC), period, only, limit)


def begun(ledger: Ledger, rows: Sequence[Row], period: str | None, only: str = "", limit: int | None = None) -> Tally:
    """What there is beside the rows that are due: the other letters that are expected, and what is open in any month.

    Where a person chose one report or a number, those are what is expected; of the others only doubts are news.
    """
    others = () if limit else not_due(ledger, rows, period, only)
    mine, few = {row.id for row in others}, bool(only or limit)
    news = tuple(
        row
        for row in ledger.untold()
        if row.id in mine or row.state == "unknown" or (not few and (row.held or row.state == "failed"))
    )
    known = {row.id for row in news}
    still = tuple(row for row in ledger.rows(states=WAITING) if row.id not in known)
    months = set() if few else {row.period for row in (*rows, *others)}
    without = sum(one.period in months for one in ledger.without())
    return Tally(len(rows), others=others, news=news, open=still, without=without)
