"""The command that sends the mails that were approved: a trial by default."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.options import Config, Json, answer, chosen_period, chosen_settings, tell
from pipeline.errors import DeliveryError, SettingsError

if TYPE_CHECKING:
    from pipeline.deliver.ledger import Ledger, Row
    from pipeline.deliver.mail.sending import Tally
    from pipeline.settings import DeliverSettings


@app.command()
def send(
    really: Annotated[bool, typer.Option("--really", help="Send; without it, only show what would be sent.")] = False,
    period: Annotated[str | None, typer.Option("--period", help="Only mails of this month, YYYY-MM.")] = None,
    only: Annotated[str, typer.Option("--only", help="Only this report, such as 2026-10_executive.")] = "",
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="No more than so many mails.")] = None,
    drafts: Annotated[
        Path | None, typer.Option("--drafts", help="Write the mails that are due as drafts to this folder; send none.")
    ] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Show who would get which mail, or send what was approved: each once, and say what became of it.

    Example: pipeline send --really
    """
    from pipeline.answers import sending
    from pipeline.deliver.ledger import open_ledger
    from pipeline.deliver.mail.sending import not_due

    settings = chosen_settings(config)
    deliver = settings.deliver
    _check(deliver, really)
    month = str(chosen_period(period, settings.summarise.timezone)) if period else None
    ledger = open_ledger(deliver)
    ledger.recover()
    lost = ledger.untold()
    rows = sending.chosen(ledger, month, only, limit)
    if really:
        others = () if only or limit else not_due(ledger, rows, month)
        _send(ledger, deliver, rows, others, lost, json)
        return
    plan = sending.planned(ledger, deliver, rows, month, only)
    if drafts is not None:
        written = sending.write_drafts(plan, drafts, deliver.outbox)
        answer([str(path) for path in written] or ["No mail is due: `pipeline status` says how all stand."])
        return
    answer(sending.plan_object(plan) if json else sending.plan_lines(plan))


def _check(deliver: DeliverSettings, really: bool) -> None:
    if not deliver.mail.wanted:
        raise SettingsError("no mail is set up.", hint="Write sender and readers under [deliver.mail].")
    if really and not deliver.mail.host:
        hint = "Write host under [deliver.mail], or have drafts written: `pipeline send --drafts FOLDER`."
        raise SettingsError("no mail server is named.", hint=hint)


def _send(
    ledger: Ledger,
    deliver: DeliverSettings,
    rows: list[Row],
    others: tuple[Row, ...],
    lost: tuple[Row, ...],
    json: bool,
) -> None:
    """Send these and answer; `others` are the months' letters that are not due.

    Raises DeliveryError where not every one was sent, SystemExit where it was stopped.
    """
    from pipeline.answers import sending

    tally, problem, stopped = _sent(ledger, deliver, rows, others, lost)
    answer(sending.tally_object(tally, lost, problem) if json else list(sending.tally_lines(tally, lost, problem)))
    if stopped:
        raise SystemExit(128 + stopped)
    if lost or not tally.complete:
        raise DeliveryError("not every mail was sent.", hint="The answer above says which and why.")


def _sent(
    ledger: Ledger, deliver: DeliverSettings, rows: list[Row], others: tuple[Row, ...], lost: tuple[Row, ...]
) -> tuple[Tally, str, int]:
    """What became of them, why the operator could not be told, and the signal that stopped it, or 0."""
    from pipeline.deliver.mail.operator import tell_operator
    from pipeline.deliver.mail.sending import Sender, stopping
    from pipeline.deliver.mail.smtp import Server

    with Server(deliver.mail) as server, ledger.holding() as holder, stopping(server) as stopped:
        tally = Sender(ledger, deliver, server, holder, lambda: bool(stopped())).send(rows, tell)
        tally.others = others
        problem = "" if stopped() else tell_operator(tally, deliver.mail, server, lost)
        if not (problem or stopped()):
            problem = _told(ledger, [*lost, *tally.unknown], holder)
        return tally, problem, stopped()


def _told(ledger: Ledger, rows: list[Row], holder: str) -> str:
    """Note that the operator heard of these; why that could not be, or ""."""
    try:
        ledger.tell(rows, holder)
    except DeliveryError as problem:
        return str(problem)
    return ""
