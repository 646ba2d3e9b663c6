"""The whole product on one screen: the five verbs in a line, each value computed once, when it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.errors import DeliveryError
from pipeline.filed import Intake
from pipeline.findings import counted, with_items
from pipeline.model import Decision, Delivery, Finding, Period, Portfolio, Register, Report, Summary
from pipeline.no_items import no_work_items
from pipeline.snapshots import Snapshot

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pandas import DataFrame

    from pipeline.deliver.outbox import Filled
    from pipeline.ingest.annotate import Marked
    from pipeline.render.letters import Writer
    from pipeline.settings import Settings


class Run:
    """One run over some paths for one period. Ask for a value, and what it stands on is computed once.

    `whole`: these paths are all the input there is, so what the period has in its archive is read with them.
    `fallback`: where no paths are named and the input folder holds no work item, what is in the archive is read.
    `archive`: the input files are moved once the reports are published.
    `chosen`: a person named the period, so files that are new to it are meant for it.
    `only`: of the files behind the paths only these are read, as their stamps say; others are still arriving.
    """

    def __init__(
        self,
        settings: Settings,
        period: Period,
        paths: tuple[Path, ...] = (),
        say: Callable[[str], None] = lambda _: None,
        *,
        whole: bool = False,
        fallback: bool = False,
        archive: bool = False,
        chosen: bool = True,
        only: Mapping[Path, tuple[int, ...]] | None = None,
    ) -> None:
        self.settings, self.period, self.say = settings, period, say
        self.paths = paths or (settings.ingest.input,)
        self.only = only
        self.joins, self.fallback, self.archive, self.chosen = whole, fallback and not paths, archive, chosen
        self.all_input = whole or not paths
        self.seconds: dict[str, float] = {}

    @cached_property
    def register(self) -> Register:
        """What stands in the registers, each item followed from the month before."""
        from pipeline.deliver import check_apart, check_unpublished, long_ago
        from pipeline.ingest import ingest

        if self.archive:
            check_apart(self.paths, self.settings.deliver)
        if self.joins and not self.chosen:
            check_unpublished(self.stamps, self.settings.deliver, self.period)
        _ = self.stamps
        with self._stage("ingest", "Reading registers"):
            again = tuple(file.path for file in self.archived.again)
            register = ingest((*self._read, *again), self.settings.ingest, self.period) if again else self._brought
            from pipeline.ingest.history import with_history
            from pipeline.ingest.identity import followed  # heavy: imported after the files were parsed beside it

            before, told = self.remembered
            everything = self.all_input and self.archived == self._in_archive
            register = followed(register, before, whole=everything)
            register = with_history(register, long_ago(self.settings.deliver, self.period), self.period)
            return replace(register, findings=self._marked((*told, *self.past[1], *register.findings)))

    @cached_property
    def _brought(self) -> Register:
        """What stands in the files that the paths name, without what is in the archive."""
        from pipeline.ingest import ingest

        return ingest(self._read, self.settings.ingest, self.period)

    @property
    def _read(self) -> tuple[Path, ...]:
        """What is read: the paths, or those of the files behind them that have arrived."""
        return self.paths if self.only is None else tuple(self.stamps)

    @cached_property
    def stamps(self) -> Mapping[Path, tuple[int, ...]]:
        """What tells each input file from a later one, taken before any is read."""
        from pipeline.deliver import stamp
        from pipeline.ingest.discover import discover

        found = {path: stamp(path) for path in discover(self.paths)}
        return {path: one for path, one in found.items() if self.only is None or self.only.get(path) == one}

    @cached_property
    def archived(self) -> Intake:
        """What the reports of this period stand on and is read again from the archive; nothing where it is not."""
        joined = self.joins or (self.fallback and not (self.stamps and len(self._brought.items)))
        return self._in_archive if joined else Intake(())

    @cached_property
    def _in_archive(self) -> Intake:
        """What the reports of this period stand on and is in the archive since; nothing where only a part is read."""
        from pipeline.deliver import archived_before

        return archived_before(self.paths, self.settings.deliver, self.period) if self.all_input else Intake(())

    @cached_property
    def remembered(self) -> tuple[Snapshot | None, tuple[Finding, ...]]:
        """What the latest month published before this one left; None in a first month. And what was wrong with it."""
        from pipeline.deliver import remembered

        return remembered(self.settings.deliver, self.period)

    @cached_property
    def past(self) -> tuple[DataFrame, tuple[Finding, ...]]:
        """What the published months of the year before this one said at every level, and what was wrong with them."""
        from pipeline.deliver import past_levels
        from pipeline.summarise.trend import MONTHS

        return past_levels(self.settings.deliver, self.period, MONTHS - 1)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What people decided, in order: what is kept, then what is new on Review sheets."""
        return (*self.kept_decisions, *self.new_decisions)

    @cached_property
    def new_decisions(self) -> tuple[Decision, ...]:
        """What people decided on Review sheets and no file keeps yet, as of the day their workbook was saved."""
        from pipeline.decisions import fresh

        decided = {one.source.rpartition(", ")[0] for one in self.register.decisions}
        files = [(file.name, Path(file.path)) for file in self.register.files if file.name in decided]
        saved = {name: self._day_of(path.stat().st_mtime) for name, path in files if path.exists()}
        return fresh(self.register.decisions, self.kept_decisions, self.today, saved)

    @property
    def today(self) -> str:
        """The day on which decisions are dated, in the zone of the settings."""
        return self._day_of(time.time())

    def _day_of(self, seconds: float) -> str:
        """The day of a moment, given in seconds since 1970, in the zone of the settings."""
        return datetime.fromtimestamp(seconds, ZoneInfo(self.settings.summarise.timezone)).date().isoformat()

    @cached_property
    def kept_decisions(self) -> tuple[Decision, ...]:
        """What the file of decisions holds."""
        from pipeline.decisions import read_decisions

        return read_decisions(self.settings.classify.decisions)

    @cached_property
    def portfolio(self) -> Portfolio:
        """What each item is, and why."""
        from pipeline.classify import classify
        from pipeline.classify.stability import tell_of_new_rules

        register = self.register
        with self._stage("classify", f"Classifying {counted(len(register.items), 'work item')}"):
            portfolio = classify(register, self.settings.classify, self.period, self.decisions)
            told = (*portfolio.findings, *tell_of_new_rules(portfolio, self.remembered[0]))
            return replace(portfolio, findings=self._marked(with_items(told, register)))

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """The figures: of the organisation first, then of each executive, department and person that gets a report."""
        from pipeline.summarise import summarise

        portfolio = self.portfolio
        with self._stage("summarise", "Adding up"):
            from pipeline.render.packs import audiences

            found = summarise(
                portfolio,
                self.settings.summarise,
                self.period,
                audiences=audiences(self.settings.render),
                previous=self.remembered[0],
                past=self.past[0],
            )
        with self._stage("explain", "Trying what would turn verdicts"):
            return self._explained(found)

    def _explained(self, summaries: tuple[Summary, ...]) -> tuple[Summary, ...]:
        """The summaries, each with the verdicts that its readers should settle explained."""
        from pipeline.classify import explain_each
        from pipeline.summarise.questions import to_settle

        asked = to_settle(summaries)
        items = dict.fromkeys(item for one in asked for item in one)
        told = explain_each(self.portfolio, items, self.settings.classify, self.period)
        return tuple(
            replace(summary, explained={item: told[item] for item in one})
            for summary, one in zip(summaries, asked, strict=True)
        )

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The rendered files, in memory. Raises RegisterError where there is no work item to report on."""
        from pipeline.render import prepare, render

        prepare(self.settings.render)
        if not len(self.register.items):
            raise no_work_items(self.register, self.paths, self._quarantined())
        summaries = self.summaries
        with self._stage("render", f"Rendering reports for {counted(len(summaries), 'reader')}"):
            _ = self._marking  # begun here, waited for when the reports are there
            beside = self._writer.write if self.settings.deliver.mail.wanted else lambda _: None
            return render(summaries, self.settings.render, self.settings.run.executor, beside)

    @cached_property
    def _writer(self) -> Writer:
        """Who writes the letters, each beside its report."""
        from pipeline.render.letters import Writer

        return Writer(self.settings.render, self.settings.deliver.mail)

    @property
    def unmade(self) -> tuple[Report, ...]:
        """The reports that could not be made, each with its problem; no other is kept back for them."""
        return tuple(report for report in self.reports if report.problem)

    @cached_property
    def unsought(self) -> tuple[str, ...]:
        """What finished reports are not searched for before they are published, and why, in sentences."""
        from pipeline.render import unsought

        return unsought(self.summaries, self.settings.render)

    @cached_property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The reports that could be made, published to the output folder: all of them or none."""
        from pipeline.deliver import (
            earlier_snapshots,
            figures_written,
            levels_written,
            originals,
            publish,
            snapshot_of,
            written,
        )
        from pipeline.deliver.record import keep
        from pipeline.manifest import manifest

        reports, marked = tuple(report for report in self.reports if not report.problem), self.marked
        record = manifest(self.portfolio, self.findings, self.settings, self.period, self.seconds, self.waiting)
        said = snapshot_of(self.summaries[0], self.findings, self.remembered[0])
        enclosed = originals(self.register.files) | written(said) | levels_written(self.summaries[0])
        enclosed |= figures_written([one for one in self.summaries if one.audience != "person"])
        enclosed |= earlier_snapshots(self.settings.deliver, self.period, enclosed)
        enclosed |= {f"marked/{name}": content for name, content in marked.files.items()}
        with self._stage("deliver", "Publishing"):
            published = publish(reports, record, self.settings.deliver, self.period, enclosed)
            keep(self.new_decisions, self.settings.classify.decisions)
            return published

    @cached_property
    def outbox(self) -> Filled | None:
        """The mails that take the published reports to their readers, put into the outbox; None where none are wanted.

        Nothing is sent: the mails wait for a person. Raises DeliveryError where they cannot be put there.
        """
        if not self.settings.deliver.mail.wanted:
            return None
        deliveries = self.deliveries
        with self._stage("mail", "Putting mails into the outbox"):
            try:
                return self._filled(deliveries)
            except DeliveryError as problem:
                what = f"the reports are published, but their mails are not in the outbox: {problem.what}"
                raise DeliveryError(what, problem.where, problem.hint) from problem

    def _filled(self, deliveries: tuple[Delivery, ...]) -> Filled:
        from pipeline.deliver.ledger import open_ledger
        from pipeline.deliver.mail.recipients import addressed
        from pipeline.deliver.outbox import fill
        from pipeline.deliver.publish import Published
        from pipeline.render.packs import packs

        deliver, files = self.settings.deliver, Published(deliveries)
        told = tuple(self._writer.letters(self.summaries, files))
        found = addressed(told, self.register.people, deliver.mail)
        made = {pack.id for pack in packs(self.settings.render)}
        return fill(found.pairs, files, deliver, self.period, open_ledger(deliver), made, found.without)

    @property
    def misnamed_readers(self) -> tuple[str, ...]:
        """What is to be said of names in the settings of mail that neither a report nor the register has."""
        mail, register = self.settings.deliver.mail, self.register
        if not mail.wanted:
            return ()
        from pipeline.deliver.mail.misnamed import misnamed, misnamed_people
        from pipeline.render.readers import readers

        reports = {(one.pack.id, one.summary.scope) for one in readers(self.summaries, self.settings.render)}
        names = {*register.items["department"], *register.people["name"]}
        people = sorted(set(register.people["name"]) - {""})
        return misnamed(mail, sorted(reports), sorted(names)) + misnamed_people(mail, people)

    @cached_property
    def waiting(self) -> Intake:
        """The input files before any is moved, and those of kinds that are not read."""
        from pipeline.deliver import arrived

        return arrived(self.register.files, self.paths, self.archived, self.stamps, self.unread)

    @cached_property
    def unread(self) -> tuple[Path, ...]:
        """The input files that are passed over because of their ending."""
        from pipeline.ingest.discover import unread

        return unread(self.paths)

    @cached_property
    def intake(self) -> Intake:
        """What became of the input files. With `archive` they are moved, after the reports are published."""
        from pipeline.deliver import file_away

        if not self.archive:
            return self.waiting
        _ = self.deliveries
        self.say("Moving what was read to the archive")
        return file_away(self.waiting, self.register.findings, self.settings.deliver, self.period)

    def _quarantined(self) -> str:
        """What became of the refused files where there is nothing to report on; "" where none was to move."""
        from pipeline.deliver import quarantine

        if not self.archive:
            return ""
        done = quarantine(self.waiting, self.register.findings, self.settings.deliver, self.period)
        moved = ", ".join(one.name for one in done.of("quarantined"))
        told = [f"Moved to {self.settings.deliver.quarantine.name}, with a note each: {moved}."] if moved else []
        return " ".join((*told, *(f"{one.name} waits. {one.reason}" for one in done.files if one.reason)))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every problem that was found, up to the organisation's summary."""
        summed = self._marked(with_items(self.summaries[0].findings, self.register))
        return (*self.register.findings, *self.portfolio.findings, *summed)

    @cached_property
    def marked(self) -> Marked:
        """The registers' marked copies and lists of findings, up to the organisation's summary."""
        with self._stage("mark", "Marking registers"):
            return self._marking.result()

    @cached_property
    def _marking(self) -> Future[Marked]:
        """The marked copies on their way: processes of their own write them beside the rendering."""
        from pipeline.executor import beside
        from pipeline.ingest.annotate import annotate

        return beside(annotate, self.register, self.findings, self.settings.ingest)

    def mark(self, findings: tuple[Finding, ...]) -> Marked:
        """A marked copy of each register, with these findings, and the same as lists."""
        from pipeline.ingest.annotate import annotate

        with self._stage("mark", "Marking registers"):
            return annotate(self.register, findings, self.settings.ingest)

    def _marked(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings, with those that the month before had too marked as repeats."""
        from pipeline.repeats import mark_repeats

        before, _ = self.remembered
        return findings if before is None else mark_repeats(findings, before.findings)

    @contextmanager
    def _stage(self, verb: str, message: str) -> Iterator[None]:
        self.say(message)
        begun = time.perf_counter()
        yield
        self.seconds[verb] = round(time.perf_counter() - begun, 3)
