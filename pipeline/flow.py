"""The whole product on one screen: the five verbs in a line, each value computed once, when it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.errors import RegisterError
from pipeline.model import Decision, Delivery, Finding, Period, Portfolio, Register, Report, Summary

if TYPE_CHECKING:
    from pipeline.settings import Settings


class Run:
    """One run over some paths for one period. Ask for a value, and what it stands on is computed once."""

    def __init__(
        self,
        settings: Settings,
        period: Period,
        paths: tuple[Path, ...] = (),
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.settings, self.period, self.say = settings, period, say
        self.paths = paths or (settings.ingest.input,)
        self.seconds: dict[str, float] = {}

    @cached_property
    def register(self) -> Register:
        """What stands in the registers."""
        from pipeline.ingest import ingest

        with self._stage("ingest", "Reading registers"):
            return ingest(self.paths, self.settings.ingest, self.period)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What people decided, in order: what is kept, then what is new on Review sheets."""
        return (*self._kept, *self.new_decisions)

    @cached_property
    def new_decisions(self) -> tuple[Decision, ...]:
        """What people decided on Review sheets and no file keeps yet, as of today."""
        from pipeline.decisions import fresh

        today = datetime.now(ZoneInfo(self.settings.summarise.timezone)).date().isoformat()
        return fresh(self.register.decisions, self._kept, today)

    @cached_property
    def _kept(self) -> tuple[Decision, ...]:
        from pipeline.decisions import read_decisions

        return read_decisions(self.settings.classify.decisions)

    @cached_property
    def portfolio(self) -> Portfolio:
        """What each item is, and why."""
        from pipeline.classify import classify

        register = self.register
        with self._stage("classify", f"Classifying {len(register.items):,} work items"):
            return classify(register, self.settings.classify, self.period, self.decisions)

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """The figures: of the organisation first, then of each department."""
        from pipeline.summarise import summarise

        portfolio = self.portfolio
        with self._stage("summarise", "Adding up"):
            departments = self.settings.render.departments
            return summarise(portfolio, self.settings.summarise, self.period, departments=departments)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The rendered files, in memory. Raises RegisterError where there is no work item to report on."""
        from pipeline.render import render

        if not len(self.register.items):
            raise no_work_items(self.register, self.paths)
        summaries = self.summaries
        with self._stage("render", f"Rendering reports for {len(summaries)} readers"):
            return render(summaries, self.settings.render)

    @cached_property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The reports, published to the output folder: all of them or none."""
        from pipeline.deliver import publish
        from pipeline.deliver.record import keep
        from pipeline.manifest import manifest

        reports = self.reports
        record = manifest(self.portfolio, self.findings, self.settings, self.period, self.seconds)
        with self._stage("deliver", "Publishing"):
            published = publish(reports, record, self.settings.deliver, self.period)
            keep(self.new_decisions, self.settings.classify.decisions)
            return published

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every problem that was found, up to the organisation's summary."""
        return (*self.register.findings, *self.portfolio.findings, *self.summaries[0].findings)

    @contextmanager
    def _stage(self, verb: str, message: str) -> Iterator[None]:
        self.say(message)
        begun = time.perf_counter()
        yield
        self.seconds[verb] = round(time.perf_counter() - begun, 3)


def no_work_items(register: Register, paths: tuple[Path, ...]) -> RegisterError:
    """Why there is nothing to report on, with the first refusal's reason."""
    refused = [file for file in register.files if file.status == "refused"]
    where = ", ".join(str(path) for path in paths)
    if refused:
        return RegisterError(f"no work items could be read. {refused[0].name}: {refused[0].reason}", where)
    if register.files:
        names = ", ".join(file.name for file in register.files[:3])
        return RegisterError(
            f"{names} hold no work item.", where, "Put one in each row, under headings such as ID, Title, Owner."
        )
    return RegisterError(
        "there are no work items here.", where, "Drop a register (.xlsx, .xls, .ods, .csv) into this folder."
    )
