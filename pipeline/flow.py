"""The whole product on one screen: the five verbs in a line, each value computed once, when it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.filed import Intake
from pipeline.findings import counted, with_items
from pipeline.inputs import Inputs, Stamps
from pipeline.mailing import fill_outbox, misnamed_readers
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

    `say` is told what is begun, `progress` of each report that is over: how many are, of how many, and its file's name.
    `archive`: the input files are moved once the reports are published. The other flags are those of `Inputs`.
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
        only: Stamps | None = None,
        progress: Callable[[int, int, str], None] = lambda *_: None,
    ) -> None:
        self.settings, self.period, self.say, self.progress, self.archive = settings, period, say, progress, archive
        self.inputs = Inputs(
            paths or (settings.ingest.input,),
            settings.deliver,
            period,
            whole=whole,
            all_input=whole or not paths,
            fallback=fallback and not paths,
            moved=archive,
            chosen=chosen,
            only=only,
        )
        self.seconds: dict[str, float] = {}

    @cached_property
    def register(self) -> Register:
        """What stands in the registers, each item followed from the month before."""
        from pipeline.deliver import long_ago
        from pipeline.ingest import ingest

        self.inputs.check()
        with self._stage("ingest", "Reading registers"):
            again = tuple(file.path for file in self.archived.again)
            register = (
                ingest((*self.inputs.read, *again), self.settings.ingest, self.period) if again else self._brought
            )
            from pipeline.ingest.history import with_history
            from pipeline.ingest.identity import followed  # heavy: imported after the files were parsed beside it

            before, told = self.remembered
            everything = self.inputs.all_input and self.archived == self.inputs.in_archive
            register = followed(register, before, whole=everything)
            register = with_history(register, long_ago(self.settings.deliver, self.period), self.period)
            return replace(register, findings=self._marked((*told, *self.past[1], *register.findings)))

    @cached_property
    def _brought(self) -> Register:
        """What stands in the files that the paths name, without what is in the archive."""
        from pipeline.ingest import ingest

        return ingest(self.inputs.read, self.settings.ingest, self.period)

    @cached_property
    def archived(self) -> Intake:
        """What the reports of this period stand on and is read again from the archive; nothing where it is not."""
        inputs = self.inputs
        joined = inputs.whole or (inputs.fallback and not (inputs.stamps and len(self._brought.items)))
        return inputs.in_archive if joined else Intake(())

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

    @property
    def reports(self) -> tuple[Report, ...]:
        """The rendered files, in memory. Raises RegisterError where there is no work item to report on."""
        return self._rendered[0]

    @property
    def unsought(self) -> tuple[str, ...]:
        """What finished reports are not searched for before they are published, and why, in sentences."""
        return self._rendered[1]

    @cached_property
    def _rendered(self) -> tuple[tuple[Report, ...], tuple[str, ...]]:
        """The reports and what they are not searched for: both by the same marks, which are large."""
        from pipeline.render import marks_of, prepare, render, unsought

        self._reach_cluster()
        prepare(self.settings.render)
        if not len(self.register.items):
            raise no_work_items(self.register, self.inputs.paths, self._quarantined())
        summaries = self.summaries
        with self._stage("render", f"Rendering reports for {counted(len(summaries), 'reader')}"):
            _ = self._marking  # begun here, waited for when the reports are there
            beside = self._writer if self.settings.deliver.mail.wanted else None
            settings = self.settings.render
            marks = marks_of(summaries, settings)
            made = render(summaries, settings, self.settings.run.executor, beside, self.progress, marks)
            return made, unsought(summaries, settings, marks)

    def _reach_cluster(self) -> None:
        """Raise ClusterError before anything is read where the cluster that is to lay out PDFs does not answer."""
        from pipeline.render.packs import packs

        address = self.settings.run.executor
        if address and any("pdf" in pack.formats for pack in packs(self.settings.render)):
            from pipeline.cluster import reach

            reach(address)

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
            return fill_outbox(deliveries, self.summaries, self._writer, self.register, self.settings, self.period)

    @property
    def misnamed_readers(self) -> tuple[str, ...]:
        """What is to be said of names in the settings of mail that neither a report nor the register has."""
        return misnamed_readers(self.summaries, self.register, self.settings)

    @cached_property
    def waiting(self) -> Intake:
        """The input files before any is moved, and those of kinds that are not read."""
        from pipeline.deliver import arrived

        inputs = self.inputs
        return arrived(self.register.files, inputs.paths, self.archived, inputs.stamps, inputs.unread)

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
