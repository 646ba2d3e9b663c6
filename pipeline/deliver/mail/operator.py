"""The mail to the operator where not everything could be sent: counts and names of reports, no address, no figure."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from pipeline.deliver.mail.message import dated
from pipeline.deliver.mail.right import WORDS
from pipeline.deliver.mail.sending import Tally
from pipeline.deliver.mail.smtp import Server, ServerProblem
from pipeline.findings import counted
from pipeline.mail_settings import MailSettings

if TYPE_CHECKING:
    from pipeline.deliver.ledger import Row

_HELD = "Look at it, then `pipeline approve --only"
NAMED = 20
"""Reports that are named of each kind."""


def outcome_lines(tally: Tally) -> list[str]:
    """`Expected 12, sent 10.`, what became of the others with what to do, and what stays open from before."""
    lines = [expected_and_sent(tally)]
    held = [row for row in tally.news_in("queued") if row.held]
    lines += [f"Held for a look: {row.report}: {row.held} {_HELD} {row.report}`." for row in held[:NAMED]]
    if len(held) > NAMED:
        lines.append(f"Held for a look: {len(held) - NAMED} more. `pipeline status` lists them.")
    if waiting := sum(not row.held for row in tally.others_in("queued")):
        lines.append(f"Wait for approval: {waiting}. Look at them in the outbox, then `pipeline approve`.")
    failed, doubts = all_failed(tally), doubtful(tally)
    for row, word in failed[:NAMED]:
        lines.append(f"Not sent: {row.report}: {WORDS.get(word, f'the server refused it ({word})')}.")
    if len(failed) > NAMED:
        lines.append(f"Not sent: {len(failed) - NAMED} more. `pipeline status` lists them.")
    for row in doubts[:NAMED]:
        lines.append(
            f"Not known: whether {row.report} arrived; the sending was cut off. Ask its reader; "
            f'`pipeline resend {row.report} --because "..."` sends it once more.'
        )
    if len(doubts) > NAMED:
        lines.append(f"Not known: {len(doubts) - NAMED} more. `pipeline status` lists them.")
    if put_off := len(tally.put_off) + len(tally.others_in("retry")):
        mails = counted(put_off, "mail", "mails")
        lines.append(f"Put off by the server: {mails}. `pipeline send --really` tries again when it is time.")
    if elsewhere := len(tally.elsewhere) + len(tally.others_in("sending")):
        lines.append(f"With another process that sends: {elsewhere}.")
    if drafts := len(tally.others_in("drafted")):
        lines.append(f"Written as drafts, for a person to send: {drafts}.")
    if tally.without:
        readers = counted(tally.without, "report goes to nobody, since", "reports go to nobody, since")
        lines.append(f"{readers} no address is known: `pipeline status` says why.")
    lines += _still_open(tally)
    if tally.stopped:
        lines.append(f"Not tried: {tally.not_tried}. {tally.stopped}")
    return lines


def _still_open(tally: Tally) -> list[str]:
    """What waits for a person beside what is said above: since before, as people were told then, or not chosen."""
    says = {"held": "held for a look", "queued": "waiting for approval", "failed": "not sent", "unknown": "in doubt"}
    expected = {row.id for row in tally.others}
    left = [row for row in tally.open if row.state != "queued" or row.held or row.id not in expected]
    counts = Counter("held" if row.held and row.state == "queued" else row.state for row in left)
    told = ", ".join(f"{counts[state]} {text}" for state, text in says.items() if counts[state])
    months = sorted({row.period for row in left})
    listed = " and ".join(f"`pipeline status --period {month}`" for month in months[-2:])
    return [f"Still open from before: {told}. {listed} says which and what to do."] if told else []


def expected_and_sent(tally: Tally) -> str:
    """`Expected 12, sent 10.`: the letters of the months, and how many of them are sent by now."""
    before = len(tally.others_in("sent"))
    counts = f"Expected {tally.expected + len(tally.others)}, sent {len(tally.sent) + before}"
    return f"{counts}, of these {before} before." if before else f"{counts}."


def all_failed(tally: Tally) -> list[tuple[Row, str]]:
    """The letters that could not be sent, now or since people were last told, each with the reason's word or code."""
    return [*tally.failed, *((row, row.reply) for row in tally.news_in("failed"))]


def doubtful(tally: Tally) -> list[Row]:
    """The letters of which nobody knows whether they arrived, and nobody was told that, each once."""
    return list({row.id: row for row in (*tally.unknown, *tally.news_in("unknown"))}.values())


def tell_operator(tally: Tally, settings: MailSettings, server: Server) -> str:
    """Tell the operator by mail; why that could not be, in a sentence, or "" where it could or nobody is named."""
    if not settings.operator:
        return ""
    try:
        server.ready(pauses=())
        outcome = server.send(settings.operator, _message(tally, settings))
    except ServerProblem as problem:
        return f"The operator could not be told by mail: {problem}"
    return "" if outcome.fate == "sent" else "The operator could not be told by mail."


def _message(tally: Tally, settings: MailSettings) -> bytes:
    sender, now = settings.sent_from, datetime.now(UTC)
    text = "\n".join([*outcome_lines(tally), "", "`pipeline status` lists every mail and its state.", ""])
    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="quoted-printable")
    message["From"] = str(Address(sender.name, addr_spec=sender.address))
    message["To"] = settings.operator
    message["Subject"] = f"Work register: e{expected_and_sent(tally)[1:-1]}"
    mark = hashlib.sha256(f"{now.isoformat()} {text}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{mark}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    return dated(message.as_bytes(), now)
