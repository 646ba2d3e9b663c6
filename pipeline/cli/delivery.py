"""The commands between a run and its sending: status, approve, resend, ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.options import Config, Json, answer, chosen_period, chosen_settings, tell
from pipeline.errors import DeliveryError, SettingsError
from pipeline.findings import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.deliver.ledger import Ledger, Row, Without
    from pipeline.settings import DeliverSettings, Settings

Months = Annotated[str | None, typer.Option("--period", help="Month of the mails, YYYY-MM; default: the latest.")]


@app.command()
def status(period: Months = None, config: Config = None, json: Json = False) -> None:
    """List the mails of a month: for whom, in which state, and what is to be done.

    Example: pipeline status
    """
    from pipeline.answers.mails import status_lines, status_object
    from pipeline.deliver.locks import RUNNING, holder
    from pipeline.deliver.mail.misnamed import misnamed_since
    from pipeline.deliver.outbox import missing
    from pipeline.render.text import slug

    settings = chosen_settings(config)
    rows: tuple[Row, ...] = ()
    without: tuple[Without, ...] = ()
    if settings.deliver.ledger_url or settings.deliver.ledger.exists():
        ledger = _ledger(settings.deliver)
        rows, without = ledger.rows(), ledger.without()
    month = _month((*rows, *without), period, settings)
    shown = [row for row in rows if row.period == month]
    unbound = {row.id for row in missing(shown, settings.deliver.outbox)}
    running = holder(settings.deliver.output, RUNNING)
    told = status_object if json else status_lines
    answer(told(rows, month, settings.deliver.outbox, unbound, running, without))
    for line in misnamed_since(settings.deliver.mail, settings.deliver.output, slug):
        tell(line)


@app.command()
def approve(
    period: Months = None,
    only: Annotated[str, typer.Option("--only", help="Only this report, also where it is held.")] = "",
    held: Annotated[bool, typer.Option("--held", help="Also those that are held for a look.")] = False,
    drafted: Annotated[
        bool, typer.Option("--drafted", help="Instead, those that were written as drafts and that nobody sent by hand.")
    ] = False,
    config: Config = None,
    json: Json = False,
) -> None:
    """Let the mails of a month be sent, once you have looked at them in the outbox.

    Example: pipeline approve --period 2026-10
    """
    from pipeline.answers.mails import approved_lines, approved_object
    from pipeline.deliver.outbox import missing

    settings = chosen_settings(config)
    outbox, ledger = settings.deliver.outbox, _ledger(settings.deliver)
    month = _month(ledger.rows(), period, settings)
    waiting = [row for row in ledger.rows(month, ["drafted" if drafted else "queued"]) if only in ("", row.report)]
    if only and not waiting:
        state = "is written as a draft" if drafted else "waits for approval"
        raise SettingsError(f"no mail of {month} with '{only}' {state}.", "--only", _nearest(ledger, only))
    if drafted:
        unbound, done, left = _taken_back(waiting, settings.deliver, ledger)
    else:
        unbound = missing(waiting, outbox)
        done = ledger.approve([row for row in waiting if row not in unbound], person(), held=held or bool(only))
        approved = {row.id for row in done}
        left = [row for row in waiting if row.held and row.id not in approved and row not in unbound]
    answer(approved_object(done, left, unbound) if json else approved_lines(done, left, unbound, outbox))
    if unbound:
        raise DeliveryError("not every mail could be approved.", hint="The answer above says which and why.")


@app.command()
def resend(
    name: Annotated[str, typer.Argument(help="The report, as `pipeline status` names it.")],
    because: Annotated[str, typer.Option("--because", help="Why; it is kept in the ledger. Needed.")] = "",
    to: Annotated[str, typer.Option("--to", help="The address, where the report went to several.")] = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Approve a mail once more that was sent, refused, or perhaps sent: nothing else ever sends it again.

    Example: pipeline resend 2026-10_executive --because "She deleted it"
    """
    from pipeline.answers.mails import approved_lines, approved_object
    from pipeline.deliver.outbox import resend as again

    deliver = chosen_settings(config).deliver
    if not because.strip():
        raise SettingsError(
            "a mail goes out once; to send it once more, say why: whoever asks later finds the reason in the ledger.",
            "--because",
            f'Such as: pipeline resend {name} --because "She deleted it".',
        )
    ledger = _ledger(deliver)
    row = again(_one(ledger, name, to), because, person(), deliver, ledger)
    answer(approved_object([row], [], []) if json else approved_lines([row], [], [], deliver.outbox))


ledger_app = typer.Typer(
    name="ledger",
    help="The ledger, which knows what became of each mail.\n\nExample: pipeline ledger check",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(ledger_app)


@ledger_app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; its key goes beside it. Keep both private.")],
    config: Config = None,
) -> None:
    """Write the ledger as it is now to a new file, that can take its place.

    Example: pipeline ledger backup ledger-2026-11.sqlite
    """
    from pipeline.deliver.ledger.key import key_path

    ledger = _ledger(chosen_settings(config).deliver)
    ledger.backup(file)
    answer([f"{counted(len(ledger.rows()), 'mail')} written to {file}, and their key to {key_path(file).name}."])


@ledger_app.command()
def check(config: Config = None, json: Json = False) -> None:
    """Check that the ledger is whole, and that every message that waits is in the outbox as it was queued.

    Example: pipeline ledger check
    """
    from pipeline.deliver.outbox import missing

    deliver = chosen_settings(config).deliver
    ledger = _ledger(deliver)
    rows = ledger.rows()
    unbound = [row.report for row in missing(rows, deliver.outbox)]
    told = {"ledger": ledger.where, "whole": True, "mails": len(rows), "not_as_queued": unbound}
    answer(told if json else [f"{ledger.where} is whole: {counted(len(rows), 'mail')}."])
    if unbound:
        hint = "Run their month again."
        raise DeliveryError(f"messages are not in the outbox as they were queued: {', '.join(unbound)}.", hint=hint)


def _taken_back(
    rows: Sequence[Row], settings: DeliverSettings, ledger: Ledger
) -> tuple[tuple[Row, ...], tuple[Row, ...], list[Row]]:
    """The drafts, as nobody sent them, for sending: those whose message is not as it was, the approved, the held."""
    from pipeline.deliver.outbox import take_back

    unbound, ids = [], []
    for row in rows:
        try:
            ids += [row.id] if take_back(row, person(), settings, ledger) else []
        except DeliveryError:
            unbound.append(row)
    now = [row for row in ledger.rows() if row.id in ids]
    approved = tuple(row for row in now if row.state == "approved")
    return tuple(unbound), approved, [row for row in now if row.state == "queued"]


def person() -> str:
    """Who is at this machine, as the system calls them; where that is an address, the name in it."""
    import getpass

    try:
        return getpass.getuser().partition("@")[0]
    except (OSError, KeyError):
        return "somebody"


def approve_new(settings: Settings, month: str) -> Sequence[Row]:
    """Approve the mails of a month that wait and are not held, without anybody's look."""
    from pipeline.deliver.outbox import missing

    ledger = _ledger(settings.deliver)
    waiting = ledger.rows(month, ["queued"])
    unbound = missing(waiting, settings.deliver.outbox)
    return ledger.approve([row for row in waiting if row not in unbound], f"{person()}, automatically")


def _ledger(settings: DeliverSettings) -> Ledger:
    """The ledger, with the mails of senders that died called unknown."""
    from pipeline.deliver.ledger import open_ledger

    if not (settings.mail.wanted or settings.ledger_url or settings.ledger.exists()):
        raise SettingsError("no mail is set up.", hint="Write sender and readers under [deliver.mail].")
    ledger = open_ledger(settings)
    ledger.recover()
    return ledger


def _month(rows: Sequence[Row | Without], period: str | None, settings: Settings) -> str | None:
    """The month that was asked for, else the latest with mails; None where there is none."""
    if period is not None:
        return str(chosen_period(period, settings.summarise.timezone))
    return max((row.period for row in rows), default=None)


def _one(ledger: Ledger, name: str, to: str) -> Row:
    """The one mail of a report. Raises SettingsError where there is none, or several and no address."""
    found = [row for row in ledger.rows() if row.report == name and _is_for(row, to, ledger)]
    if not found:
        whom = f" to {to}" if to else ""
        raise SettingsError(f"there is no mail with '{name}'{whom}.", hint=_nearest(ledger, name))
    if len(found) > 1:
        raise SettingsError(f"'{name}' went to {len(found)} addresses.", hint="Say to which one with --to ADDRESS.")
    return found[0]


def _is_for(row: Row, to: str, ledger: Ledger) -> bool:
    return not to or row.recipient_hash == ledger.hashed(to)


def _nearest(ledger: Ledger, name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, {row.report for row in ledger.rows()}, n=1, cutoff=0.5)
    return f"Did you mean {near[0]}?" if near else "`pipeline status` lists them."
