"""The commands of a machine that works by itself: watch, schedule, doctor, tidy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import FOUND, UNDELIVERED, app
from pipeline.cli.options import Config, Json, Month, answer, chosen_period, chosen_settings, tell
from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.unattended.work import Work

Carrier = Annotated[
    str | None, typer.Argument(help="systemd, cron, launchd or windows; default: that of this machine.")
]


@app.command()
def watch(
    period: Month = None,
    once: Annotated[bool, typer.Option("--once", help="End when nothing waits to be taken.")] = False,
    config: Config = None,
) -> None:
    """Take registers as they arrive in the input folder, and make the reports of their month.

    Example: pipeline watch
    """
    from pipeline.settings import nearest_settings
    from pipeline.unattended.work import Work
    from pipeline.watch.watcher import Watcher

    settings = chosen_settings(config)
    month = chosen_period(period, settings.summarise.timezone) if period else None
    work = Work(settings, config or nearest_settings(), "watch", aloud=once or _person_looks())
    watcher = Watcher(settings, work, month, tell)
    with watcher.held():
        ends = "it ends when nothing waits to be taken" if once else "Ctrl+C ends it"
        tell(f"Watching {settings.ingest.input}; {ends}. A file is taken once it has not changed for a while.")
        try:
            watcher.watch(once=once)
        finally:
            work.log.note("stopped", by="watch")
    _tell_unsent(work)


schedule = typer.Typer(
    name="schedule",
    help="Run once a month by itself, on the day and at the time of the settings.\n\nExample: pipeline schedule show",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(schedule)


@schedule.command()
def show(config: Config = None, json: Json = False) -> None:
    """Show when the next months are due, and which are done.

    Example: pipeline schedule show
    """
    from pipeline.answers.schedule import schedule_lines, schedule_object
    from pipeline.schedule.record import read_record
    from pipeline.schedule.rule import rule_of

    settings = chosen_settings(config)
    rule, record = rule_of(settings), read_record(settings.deliver.output)
    told = schedule_object(rule, record, datetime.now(UTC))
    answer(told if json else schedule_lines(told))


@schedule.command("print")
def print_(carrier: Carrier = None, config: Config = None) -> None:
    """Print what makes the system of a machine ask whether a month is due.

    Example: pipeline schedule print cron
    """
    from pipeline.schedule.carriers import CARRIERS, asking

    files = CARRIERS[_carrier(carrier)](asking(_settings_file(config)))
    for name, text in files.items():
        if len(files) > 1:
            typer.echo(f"# {name}")
        typer.echo(text, nl=len(files) > 1)


@schedule.command()
def install(carrier: Carrier = None, config: Config = None) -> None:
    """Have the system of this machine ask, from now on.

    Example: pipeline schedule install
    """
    from pipeline.schedule.carriers import asking
    from pipeline.schedule.installing import install

    _warn_of_password(chosen_settings(config))
    answer(install(asking(_settings_file(config)), _carrier(carrier), Path.home()))


@schedule.command()
def remove(carrier: Carrier = None, config: Config = None) -> None:
    """Have the system of this machine ask no more.

    Example: pipeline schedule remove
    """
    from pipeline.schedule.carriers import asking
    from pipeline.schedule.installing import remove

    answer(remove(asking(_settings_file(config)), _carrier(carrier), Path.home()))


@schedule.command("run")
def run_due(config: Config = None) -> None:
    """Run the month that is due, if one is and it has not been run: what the system asks every 15 minutes.

    Example: pipeline schedule run
    """
    from pipeline.model import Period
    from pipeline.schedule.rule import rule_of
    from pipeline.schedule.turn import ask
    from pipeline.settings import nearest_settings
    from pipeline.unattended.work import Work

    settings = chosen_settings(config)
    work = Work(settings, config or nearest_settings(), "schedule", aloud=_person_looks())

    def run(period: Period) -> bool:
        outcome = work.run(period)
        for line in [work.why(period, outcome)] if outcome.code else work.made(period, outcome):
            tell(line)
        return not outcome.code

    turn = ask(rule_of(settings), settings.deliver.output, run, lambda: datetime.now(UTC))
    if turn.ahead:
        tell(f"The schedule was to begin at {turn.ahead:%Y-%m-%d %H:%M} UTC, by a clock that was ahead: it begins now.")
    for period in turn.missed:
        work.log.note("missed", period=str(period))
    if turn.missed:
        first, more = turn.missed[0], len(turn.missed) - 1
        named = f"{first} and {more} more" if more else str(first)
        tell(f"Due while nothing ran: {named}. `pipeline run --period {first}` makes its reports.")
    if turn.run is None:
        work.send_due()
    _tell_unsent(work)
    if not turn.succeeded:
        raise SystemExit(UNDELIVERED)


@app.command()
def doctor(config: Config = None, json: Json = False) -> None:
    """Check this machine and these settings: what is needed, what is missing, and what to do about it.

    Example: pipeline doctor
    """
    from pipeline.answers.doctor import doctor_lines, doctor_object
    from pipeline.doctor import examine

    checks = list(examine(lambda: chosen_settings(config)))
    answer(doctor_object(checks) if json else doctor_lines(checks))
    if any(one.state == "act" for one in checks):
        raise SystemExit(FOUND)


@app.command()
def tidy(
    really: Annotated[
        bool, typer.Option("--really", help="Remove it; without, only say what would be removed.")
    ] = False,
    config: Config = None,
    json: Json = False,
) -> None:
    """List the months that the settings no longer keep, and with --really remove them.

    Example: pipeline tidy
    """
    from pipeline.answers.tidy import tidy_lines, tidy_object
    from pipeline.cli.options import one_run
    from pipeline.deliver.tidy import old, remove
    from pipeline.log import Log

    settings = chosen_settings(config)
    log = Log(settings.unattended.log)
    found = old(settings, datetime.now(UTC))
    if really:
        with one_run(settings, "tidying"):
            remove(found)
            days = settings.tidy.log_days
            lines = log.shorten(days) if days else 0
        log.note("removed", files=found.files + lines, megabytes=round(found.size / 2**20, 1))
    answer(tidy_object(found, done=really) if json else tidy_lines(found, done=really))


def _warn_of_password(settings: Settings) -> None:
    """What the system runs by itself has none of the variables of a terminal."""
    name = settings.deliver.mail.password_env
    if settings.unattended.send and name:
        tell(
            f"Mails cannot be sent by it as it is: what this machine runs by itself does not have {name}. "
            "Use password_file or password_keyring under [deliver.mail], or give it the variable."
        )


def _tell_unsent(work: Work) -> None:
    if work.settings.unattended.send and work.sending.wanted:
        tell(f"Mails still wait; they are tried again from {work.sending.wanted.again:%Y-%m-%d %H:%M} UTC on.")


def _carrier(name: str | None) -> str:
    from pipeline.schedule.carriers import CARRIERS, usual

    if name is not None and name not in CARRIERS:
        raise SettingsError(f"'{name}' is nothing that can ask.", hint=f"Write one of: {', '.join(CARRIERS)}.")
    return name or usual()


def _settings_file(config: Path | None) -> Path:
    """The settings file, by which a machine that starts anew finds everything."""
    from pipeline.settings import nearest_settings

    found = config or nearest_settings()
    if found is None or not found.is_file():
        raise SettingsError(
            "there is no pipeline.toml here, and a schedule needs one.", hint="`pipeline init` writes one; or --config."
        )
    return found


def _person_looks() -> bool:
    import sys

    return sys.stderr.isatty()
