"""Is everything here that a month needs? Each check says what was found and, where that is not enough, what to do."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from pipeline.errors import DeliveryError, PipelineError

if TYPE_CHECKING:
    from pipeline.settings import Settings

State = Literal["well", "look", "act", "none"]
_MAIL_SAFE = ((3, 11, 15), (3, 12, 13), (3, 13, 12), (3, 14, 3))
"""From these on, Python itself keeps line breaks out of the headers of mails (CVE-2026-1299)."""
_LITTLE_GB = 1.0
_EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)
"""No machine that runs this has an earlier date."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `state`: well; look: worth a look; act: needs a person; none: not used here."""

    what: str
    state: State
    found: str
    do: str = ""


def examine(settings_of: Callable[[], Settings]) -> Iterator[Check]:
    """Every check in turn; those that need settings are left out where the settings cannot be used."""
    yield _python()
    yield _text()
    yield _engine()
    yield _fonts()
    yield _clock()
    try:
        settings = settings_of()
    except PipelineError as problem:
        yield Check("Settings", "act", str(problem).removesuffix(problem.hint).strip(), problem.hint or "Mend it.")
        return
    yield Check("Settings", "well", "they can be used")
    yield _input(settings.ingest.input)
    for name in ("output", "archive", "quarantine"):
        yield _writable(name.capitalize(), getattr(settings.deliver, name))
    yield _writable("Log", settings.unattended.log.parent)
    yield _locks(settings.deliver.output)
    yield _room(settings.deliver.output)
    yield _months_clock(settings)
    yield _holidays(settings)
    yield _schedule(settings)
    yield _cluster(settings.run.executor)
    yield from _mail(settings)


def _python() -> Check:
    version, running = sys.version_info[:3], sys.version.split()[0]
    safe = next((one for one in _MAIL_SAFE if one[:2] == version[:2]), None)
    if safe and version < safe:
        wanted = ".".join(map(str, safe))
        return Check(
            "Python", "look", running, f"Nothing must be done; {wanted} is a safer version of Python for mail."
        )
    return Check("Python", "well", running)


def _text() -> Check:
    encoding = sys.getfilesystemencoding().lower()
    if encoding != "utf-8":
        return Check("File names", "look", encoding, "Set PYTHONUTF8=1, so that names with accents are found.")
    return Check("File names", "well", encoding)


def _engine() -> Check:
    from pipeline.render import pdf_engine_problem

    problem = pdf_engine_problem()
    if problem:
        first, _, rest = problem.partition(" Install ")
        return Check("PDF engine (Pango)", "act", first, f"Install {rest}")
    return Check("PDF engine (Pango)", "well", "it can be loaded")


def _fonts() -> Check:
    from pipeline.render.fonts import FONTS

    try:
        read = sum(bool(font.content) for font in FONTS)
    except (ImportError, OSError):
        return Check("Fonts", "act", "some cannot be read", "Install the program anew: its fonts come with it.")
    return Check("Fonts", "well", f"{read} can be read")


def _clock() -> Check:
    now = datetime.now(UTC)
    found = f"{now:%Y-%m-%d %H:%M} UTC"
    if now < _EARLIEST:
        return Check("Clock", "act", found, "Set the date: it is before this program was made.")
    return Check("Clock", "well", found)


def _months_clock(settings: Settings) -> Check:
    """The clock against what was published: one that went back would run a month again."""
    from pipeline.deliver.snapshot import published_folders

    zone = settings.summarise.timezone
    local = f"{datetime.now(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"
    output = settings.deliver.output
    times = [folder.stat().st_mtime for _, folder in published_folders(output)] if output.is_dir() else []
    latest = datetime.fromtimestamp(max(times), UTC) if times else None
    if latest and latest > datetime.now(UTC):
        return Check(
            "Time zone", "act", local, f"Set the clock: reports were published at {latest:%Y-%m-%d %H:%M} UTC."
        )
    return Check("Time zone", "well", local)


def _input(folder: Path) -> Check:
    from pipeline.findings import counted

    if not folder.exists():
        return Check("Input", "act", f"{folder} does not exist", "Make the folder, or set input under [ingest].")
    try:
        count = len(list(folder.iterdir())) if folder.is_dir() else 1
    except OSError as problem:
        return Check("Input", "act", f"{folder}: {_said(problem)}", "Let this user read it.")
    return Check("Input", "well", f"{folder}, {counted(count, 'entry', 'entries')}")


def _writable(what: str, folder: Path) -> Check:
    """Whether a file can be written where one must be; the folder need not be there yet."""
    there = next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        return Check(
            what, "act", f"{folder}: {_said(problem)}", f"Let this user write to {there}, or set another folder."
        )
    return Check(what, "well", f"{folder} can be written to")


def _locks(output: Path) -> Check:
    from pipeline.deliver.ledger.place import share_of
    from pipeline.deliver.locks import RUNNING, holder

    held = holder(output, RUNNING)
    if held:
        return Check("Runs", "look", held, "Nothing to do, unless it has been at it for hours.")
    share = share_of(output)
    if share:
        do = "It works where its locks do. Watch and schedule from one machine only."
        return Check("Runs", "look", f"none; the output lies on a network share ({share})", do)
    return Check("Runs", "well", "none is at work")


def _room(output: Path) -> Check:
    there = next((one for one in (output, *output.absolute().parents) if one.exists()), output)
    try:
        free = shutil.disk_usage(there).free / 2**30
    except OSError as problem:
        return Check("Disk", "look", f"{there}: {_said(problem)}", "Look at the disk.")
    if free < _LITTLE_GB:
        return Check("Disk", "act", f"{free:.1f} GB free at {there}", "Make room; `pipeline tidy` lists old months.")
    return Check("Disk", "well", f"{free:.1f} GB free at {there}")


def _holidays(settings: Settings) -> Check:
    from pipeline.schedule.rule import holidays_of

    country, region = settings.summarise.country, settings.summarise.region
    if not country:
        do = "Set country under [summarise], so that working days leave out its public holidays."
        return Check("Holidays", "look", "no country is set", do)
    try:
        count = len(holidays_of(country, region)(datetime.now(UTC).year))
    except PipelineError as problem:
        return Check("Holidays", "act", problem.what, problem.hint)
    return Check("Holidays", "well", f"{country} {region}".strip() + f", {count} days this year")


def _schedule(settings: Settings) -> Check:
    from pipeline.schedule.record import read_record
    from pipeline.schedule.rule import rule_of

    try:
        record, following = read_record(settings.deliver.output), rule_of(settings).following(datetime.now(UTC))
    except PipelineError as problem:
        return Check("Schedule", "act", problem.what, problem.hint)
    due = f"{following[0].period} is due at {following[0].at:%Y-%m-%d %H:%M} UTC"
    if record is None:
        return Check("Schedule", "none", f"nothing has asked; {due}", "`pipeline schedule install`, if it is wanted.")
    if record.since > datetime.now(UTC):
        found = f"first asked by a clock that was ahead; it begins at {record.since:%Y-%m-%d %H:%M} UTC"
        return Check("Schedule", "look", found, "If the clock is right now: the next asking lets it begin at once.")
    if record.tried:
        do = f"`pipeline run --period {record.tried.period}` says why."
        return Check("Schedule", "act", f"{record.tried.period} did not succeed", do)
    return Check("Schedule", "well", due)


def _cluster(address: str) -> Check:
    """The cluster's scheduler, its workers, and what they run."""
    if not address:
        return Check("Cluster", "none", "no executor is set under [run]: this machine's cores do the work")
    from pipeline.cluster import connected, reach
    from pipeline.findings import counted

    try:
        reach(address)
        threads = connected(address).threads
    except PipelineError as problem:
        return Check("Cluster", "act", f"{address}: {problem.what}", problem.hint)
    return Check("Cluster", "well", f"{address}, {counted(threads, 'task')} at a time")


def _mail(settings: Settings) -> Iterator[Check]:
    """The mail server, without a mail; and the ledger."""
    if not settings.deliver.mail.sender:
        yield Check("Mail", "none", "no sender is set under [deliver.mail]")
        return
    from pipeline.deliver.mail.smtp import Server, ServerProblem

    mail = settings.deliver.mail
    if not mail.host:
        yield Check("Mail", "none", "no server is set: mails are written as drafts")
    else:
        try:
            with Server(mail, sleep=lambda _: None) as server:
                server.ready()
            yield Check("Mail server", "well", f"{mail.host} {'lets us in' if mail.user else 'answers'}")
        except (ServerProblem, PipelineError) as problem:
            yield Check("Mail server", "act", f"{mail.host}: {problem.what}", problem.hint or "Look at [deliver.mail].")
    yield _readers(settings)
    yield _ledger(settings)


def _readers(settings: Settings) -> Check:
    """The names of readers, held against the reports that were published last."""
    from pipeline.deliver.mail.misnamed import misnamed_since
    from pipeline.render.text import slug

    mail = settings.deliver.mail
    wrong = misnamed_since(mail, settings.deliver.output, slug)
    if wrong:
        return Check(
            "Mail readers", "look", " ".join(wrong), "Correct the name, or leave it where its report is to come."
        )
    if not (mail.readers or mail.people):
        return Check("Mail readers", "look", "none is named", "Write readers, or people, under [deliver.mail].")
    return Check("Mail readers", "well", f"{len(mail.readers)} in the settings")


def _ledger(settings: Settings) -> Check:
    deliver = settings.deliver
    if not deliver.ledger_url and not deliver.ledger.exists():
        return Check("Ledger", "none", "the first run that queues mail makes it")
    from pipeline.deliver.ledger import open_ledger

    try:
        open_ledger(deliver)
    except DeliveryError as problem:
        return Check("Ledger", "act", problem.what, problem.hint)
    return Check("Ledger", "well", "it is whole")


def _said(problem: OSError) -> str:
    return (problem.strerror or str(problem)).lower()
