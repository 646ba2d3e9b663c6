"""The whole product on one screen: the five verbs in a line, each value computed once, when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.errors import SettingsError
from pipeline.model import Delivery, Finding, Period, Portfolio, Register, Report, Summary

if TYPE_CHECKING:
    from pipeline.settings import Settings


class Run:
    """One run over some paths for one period. Ask for a value and what it stands on is computed once."""

    def __init__(
        self, settings: Settings, period: Period, paths: tuple[Path, ...] = (), say: Callable[[str], None] = lambda _: None
    ) -> None:
        self.settings, self.period, self.say = settings, period, say
        self.paths = paths or (settings.ingest.input,)
        self.seconds: dict[str, float] = {}

    @cached_property
    def register(self) -> Register:
        """What stands in the registers."""
        from pipeline.ingest import ingest

        with self._stage("ingest"):
            return ingest(self.paths, self.settings.ingest, self.period)

    @cached_property
    def portfolio(self) -> Portfolio:
        """What each item is, and why."""
        from pipeline.classify import classify

        register = self.register
        with self._stage("classify"):
            return classify(register, self.settings.classify, self.period)

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """The figures: of the organisation first, then of each department."""
        from pipeline.summarise import summarise

        portfolio = self.portfolio
        with self._stage("summarise"):
            return summarise(portfolio, self.settings.summarise, self.period, departments=self.settings.render.departments)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The rendered files, in memory."""
        from pipeline.render import render

        summaries = self.summaries
        with self._stage("render"):
            return render(summaries, self.settings.render)

    def deliver(self) -> tuple[Delivery, ...]:
        """Publish the reports to the output folder, all of them or none."""
        from pipeline.deliver import publish

        reports = self.reports
        with self._stage("deliver"):
            return publish(reports, self.manifest, self.settings.deliver, self.period)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every problem that was found up to the summary of the organisation."""
        return (*self.register.findings, *self.portfolio.findings, *self.summaries[0].findings)
