"""The command that sends the mails that were approved: a trial by default."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.delivery import person
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
    from pipeline.answers import drafts as writing
    from pipeline.answers import sending
    from pipeline.deliver.ledger import open_ledger

    settings = chosen_settings(config)
    deliver = settings.deliver
    _check(deliver, really)
    month = str(chosen_period(period, settings.summarise.timezone)) if period else None
    ledger = open_ledger(deliver)
    ledger.recover()
    _check_only(ledger, month, only)
    rows = sending.chosen(ledger, month, only, limit)
    if really:
        _send(ledger, deliver, rows, sending.begun(ledger, rows, month, only, limit), json)
        return
    plan = sending.planned(ledger, deliver, rows, month, only)
    if drafts is not None:
        written = writing.write_drafts(plan, drafts, ledger, deliver, person())
        answer(writing.drafts_object(written) if json else writing.draft_lines(written, drafts))
        return
    answer(sending.plan_object(plan) if json else sending.plan_lines(plan))


def _check(deliver: DeliverSettings, really: bool) -> None:
    if not deliver.mail.wanted:
        raise SettingsError("no mail is set up.", hint="Write sender and readers under [deliver.mail].")
    if really and not deliver.mail.host:
        hint = "Write host under [deliver.mail], or have drafts written: `pipeline send --drafts FOLDER`."
        raise SettingsError("no mail server is named.", hint=hint)


def _check_only(ledger: Ledger, period: str | None, only: str) -> None:
    """Raises SettingsError where no mail is that of the report that was asked for, naming those that are called so."""
    from difflib import get_close_matches

    known = {row.report for row in ledger.rows(period)}
    if only and only not in known:
        near = get_close_matches(only, sorted(known), n=3, cutoff=0.4)
        hint = f"The nearest: {', '.join(near)}." if near else "`pipeline status` lists them."
        raise SettingsError(f"no mail{f' of {period}' if period else ''} is that of '{only}'.", "--only", hint)


def _send(ledger: Ledger, deliver: DeliverSettings, rows: list[Row], tally: Tally, json: bool) -> None:
    """Send these and answer; `tally` knows what else there is.

    Raises DeliveryError where not every letter that is expected is sent or somebody must be told of another,
    SystemExit where it was stopped.
    """
    from pipeline.answers import sending

    tally, problem, stopped = _sent(ledger, deliver, rows, tally)
    answer(sending.tally_object(tally, problem) if json else list(sending.tally_lines(tally, problem)))
    if stopped:
        raise SystemExit(128 + stopped)
    if problem or not tally.complete:
        raise DeliveryError("not every mail was sent.", hint="The answer above says which and why.")


def _sent(ledger: Ledger, deliver: DeliverSettings, rows: list[Row], begun: Tally) -> tuple[Tally, str, int]:
    """What became of them, why the operator could not be told, and the signal that stopped it, or 0."""
    from pipeline.deliver.mail.operator import tell_operator
    from pipeline.deliver.mail.sending import Sender, stopping, worth_telling
    from pipeline.deliver.mail.smtp import Server

    with Server(deliver.mail) as server, ledger.holding() as holder, stopping(server) as stopped:
        done = Sender(ledger, deliver, server, holder, lambda: bool(stopped())).send(rows, tell)
        tally = replace(done, others=begun.others, news=begun.news, open=begun.open, without=begun.without)
        if stopped():
            return tally, "", stopped()
        try:
            news = worth_telling(tally, rows, ledger)
            problem = tell_operator(tally, deliver.mail, server) if news else ""
            if deliver.mail.operator and not problem:
                ledger.tell(news, holder)
        except DeliveryError as failure:
            problem = str(failure)
        return tally, problem, stopped()
