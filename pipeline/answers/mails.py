"""The answers of status, approve, resend and ledger: how each mail stands, and what a person can do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.answers.text import listing, wrapped
from pipeline.deliver.ledger.rows import STATES, Queued, Row, State, Without
from pipeline.deliver.mail.right import WORDS
from pipeline.findings import counted

if TYPE_CHECKING:
    from pipeline.deliver.outbox import Filled

_NEXT: Mapping[State, str] = {
    "queued": "waiting for approval: look at the files in the outbox, then `pipeline approve`.",
    "approved": "approved: `pipeline send` shows them, `pipeline send --really` sends them.",
    "sending": "being sent now.",
    "retry": "put off by the server: `pipeline send --really` tries again when it is time.",
    "failed": "not sent: mend what is said above, then run the month again.",
    "unknown": 'perhaps sent: ask their readers, then `pipeline resend NAME --because "..."`.',
    "drafted": "written as drafts: send them in your mail program, or `pipeline approve --drafted` where nobody did.",
}
"""What a person does about mails in a state."""
_REASONS: Mapping[str, str] = {
    "interrupted": "its sender died in the middle",
    "lost-after-data": "the server took it and did not answer",
    "lost-before-data": "the connection broke before it was sent",
}


def masked(row: Row, outbox: Path) -> str:
    """Whom a mail is for, as far as a screen needs to say: `b...@example.org`; "?" where its message is not there.

    The ledger does not know: it is read from the head of the message itself.
    """
    try:
        with open(outbox / row.message_path, "rb") as message:
            found = BytesHeaderParser(policy=SMTP).parse(message)["To"]
    except OSError:
        return "?"
    addresses = getattr(found, "addresses", ())
    return f"{addresses[0].username[:1]}...@{addresses[0].domain}" if addresses else "?"


def status_object(
    rows: Sequence[Row],
    period: str | None,
    outbox: Path,
    unbound: Container[int],
    running: str,
    without: Sequence[Without] = (),
) -> dict[str, Any]:
    """The answer of `pipeline status --json`: the mails of a period, and how many there are of each by state.

    `unbound` are those whose message is not as it was queued; `running` says who is at work, "" where nobody is;
    `without` are the reports of all periods that go to nobody.
    """
    shown = [row for row in rows if row.period == period]
    return {
        "running": running,
        "period": period,
        "expected": len(shown),
        "complete": all(row.state == "sent" for row in shown),
        "states": {state: sum(row.state == state for row in shown) for state in STATES},
        "mails": [_mail(row, outbox, row.id in unbound) for row in shown],
        "without": [{"report": one.report, "reason": one.reason} for one in without if one.period == period],
        "periods": {one: dict(Counter(row.state for row in rows if row.period == one)) for one in _periods(rows)},
    }


def _mail(row: Row, outbox: Path, unbound: bool) -> dict[str, Any]:
    return {
        "report": row.report, "to": masked(row, outbox), "state": row.state, "held": row.held,
        "message": row.message_path, "as_queued": not unbound, "files": [name for name, _ in row.attachments],
        "attempts": row.attempts, "next_at": row.next_at and _moment(row.next_at), "reply": row.reply,
        "approved_by": row.approved_by, "resent": row.number, "because": row.because,
        "made_anew": row.anew_path, "message_id": row.message_id, "changed_at": _moment(row.changed_at),
    }  # fmt: skip


def status_lines(
    rows: Sequence[Row],
    period: str | None,
    outbox: Path,
    unbound: Container[int],
    running: str,
    without: Sequence[Without] = (),
) -> Iterator[str]:
    """The mails of a period, each with its state; what is to be done; and earlier months that are not done."""
    if running:
        yield from wrapped(f"{running[:1].upper()}{running[1:]}")
    shown = [row for row in rows if row.period == period]
    if running and not rows:
        return
    if not shown:
        yield f"There are no mails of {period}." if period else "There are no mails yet: `pipeline run` prepares them."
    else:
        yield f"{period}: {counted(len(shown), 'mail')}, {_counts(shown)}"
        heads = ("  REPORT", "TO", "STATE", "WHAT")
        yield from listing([heads, *(_line(row, outbox, row.id in unbound) for row in shown)])
        yield from next_lines(shown)
    yield from _without_lines([one for one in without if one.period == period])
    for one in _periods(rows):
        others = [row for row in rows if row.period == one and row.state != "sent"]
        if one != period and others:
            yield f"{one}: {_counts(others)}; `pipeline status --period {one}` lists them"


def _without_lines(without: Sequence[Without]) -> Iterator[str]:
    """The reports that go to nobody, each with the reason."""
    if without:
        yield f"{counted(len(without), 'report goes', 'reports go')} to nobody:"
        yield from listing([(f"  {one.report}", one.reason) for one in without])


def next_lines(rows: Iterable[Row]) -> Iterator[str]:
    """How many mails wait for what, and what a person does about it."""
    counts = Counter(row.state for row in rows)
    for state, text in _NEXT.items():
        if counts[state]:
            yield from wrapped(f"{counted(counts[state], 'mail')} {text}")


def approved_lines(rows: Sequence[Row], left: Sequence[Row], unbound: Sequence[Row], outbox: Path) -> Iterator[str]:
    """What was approved, and what was not, with the reason."""
    yield f"{counted(len(rows), 'mail')} approved{':' if rows else '.'}"
    if rows:
        yield from listing([(f"  {row.report}", masked(row, outbox)) for row in rows])
    for row in left:
        yield from wrapped(f"Held: {row.report}. {row.held} Look at it, then `pipeline approve --only {row.report}`.")
    for row in unbound:
        yield from wrapped(f"Not approved: {row.report}. {_UNBOUND}")
    if rows:
        yield "`pipeline send` shows what would be sent, `pipeline send --really` sends it."


def approved_object(rows: Sequence[Row], left: Sequence[Row], unbound: Sequence[Row]) -> dict[str, Any]:
    """The answer of `pipeline approve --json`."""
    return {
        "approved": [row.report for row in rows],
        "held": [{"report": row.report, "why": row.held} for row in left],
        "not_as_queued": [row.report for row in unbound],
    }


def outbox_lines(filled: Filled) -> Iterator[str]:
    """What a run put into the outbox."""
    queued = filled.queued
    yield f"Outbox: {_fates(queued)}"
    for row in (*queued.new, *queued.replaced):
        if row.held:
            yield from wrapped(f"Held: {row.report}. {row.held}", "  ", "    ")
    for row in queued.kept:
        again = f'`pipeline resend {row.report} --because "..."` sends what was made now.'
        then = _WENT.get(row.state, _AGAIN)
        yield from wrapped(f"{then}: {row.report}. {'' if then == _AGAIN else again}", "  ", "    ")
    for row in queued.dropped:
        yield from wrapped(f"No longer made, and taken from the outbox: {row.report}.", "  ", "    ")
    for one in filled.without:
        yield from wrapped(f"No mail for {one.report}. {one.reason}", "  ", "    ")
    if any(row.state == "queued" for row in (*queued.new, *queued.replaced, *queued.same)):
        yield "  `pipeline status` lists them; `pipeline approve` lets them be sent."


def outbox_object(filled: Filled) -> dict[str, Any]:
    """The same as plain values."""
    fates = {fate: [row.report for row in getattr(filled.queued, fate)] for fate in _FATES}
    held = [row.report for row in (*filled.queued.new, *filled.queued.replaced, *filled.queued.same) if row.held]
    without = [{"report": one.report, "reason": one.reason} for one in filled.without]
    return {**fates, "held": held, "without": without}


_FATES: Mapping[str, str] = {
    "new": "new",
    "replaced": "replaced",
    "same": "as before",
    "kept": "kept as they are",
    "dropped": "dropped",
}
_WENT: Mapping[State, str] = {
    "sent": "Went out before with another message",
    "unknown": "Perhaps went out before with another message",
    "drafted": "Written as a draft before, with another message",
    "sending": "Is being sent with another message",
}
"""How a mail stands of which a run makes another message: other content, or another head such as the sender's."""
_AGAIN = "A person had it approved once more meanwhile, with the message from before"


def _fates(queued: Queued) -> str:
    counts = {words: len(getattr(queued, fate)) for fate, words in _FATES.items()}
    return ", ".join(f"{count:,} {words}" for words, count in counts.items() if count) or "no mails"


def _line(row: Row, outbox: Path, unbound: bool) -> tuple[str, str, str, str]:
    told = [_UNBOUND] if unbound else [_says(row)]
    if row.number:
        told.append(f"{_ONCE_MORE.get(row.state, 'to be sent once more')}: {row.because}")
    if row.anew_path:
        told.append("a later run made another message, which was not sent")
    return f"  {row.report}", masked(row, outbox), row.state, "; ".join(one for one in told if one)


_ONCE_MORE: Mapping[State, str] = {
    "sent": "sent once more",
    "unknown": "perhaps sent once more",
    "sending": "being sent once more",
    "failed": "was to be sent once more",
}
"""What a resend has come to."""
_UNBOUND = "Its message is not in the outbox as it was queued: run the month again."


def _says(row: Row) -> str:
    """What is to be said of a mail in its state."""
    if row.state == "queued":
        return f"held: {row.held}" if row.held else "waits for a look"
    if row.state == "retry" and row.next_at:
        return f"from {_moment(row.next_at)}; the server said {_reason(row.reply)}"
    if row.state in ("failed", "unknown"):
        return _reason(row.reply)
    if row.state == "drafted":
        return f"{_moment(row.changed_at)}; whether a person sent it is not known here"
    return f"by {row.approved_by}" if row.state == "approved" else _moment(row.changed_at)


def _reason(reply: str) -> str:
    return WORDS.get(reply) or _REASONS.get(reply) or reply or "nothing"


def _counts(rows: Iterable[Row]) -> str:
    counts = Counter(row.state for row in rows)
    return ", ".join(f"{counts[state]:,} {state}" for state in STATES if counts[state])


def _periods(rows: Iterable[Row]) -> list[str]:
    return sorted({row.period for row in rows})


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
