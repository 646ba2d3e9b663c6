"""What a template sees: one Summary as sentences, figures, the few rows a page shows, and drawings.

This is the interface of the templates: they get one value, `report`, and print its fields. Nothing is computed in
a template, and nothing here knows a format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import PurePath
from typing import Literal

import pandas as pd
from markupsafe import Markup

from pipeline.model import Figure
from pipeline.render import changes, charts, fit, messages, method, palette, problems, verdicts, words
from pipeline.render.charts import Point, trend_chart
from pipeline.render.exhibits import EXHIBITS
from pipeline.render.exhibits.exhibit import Shown
from pipeline.render.facts import Facts, plain_rows
from pipeline.render.heat import Heat, heatmap
from pipeline.render.language import language
from pipeline.render.method import DEFINITIONS, Definition
from pipeline.render.packs import Page
from pipeline.render.problems import Group
from pipeline.render.readers import Reader
from pipeline.render.rows import BARS, LIMITS, LINE, SHEETS, Rows
from pipeline.render.shipped import shipped
from pipeline.render.text import one_line
from pipeline.render.verdicts import Verdict
from pipeline.settings import RenderSettings

Medium = Literal["paper", "screen"]


class View:
    """One report, drawn for one medium. Read by templates as `report`."""

    def __init__(self, reader: Reader, settings: RenderSettings, medium: Medium) -> None:
        self.reader, self.pack, self.settings, self.medium = reader, reader.pack, settings, medium
        self.summary = reader.summary
        self.language = language(reader.language, settings.templates, shipped())
        self.facts = Facts(self.summary, self.language)
        self.message = messages.compose(self.facts)

    def exhibit(self, name: str) -> Shown:
        """An exhibit by its id. Raises KeyError for one there is not."""
        return Shown(EXHIBITS[name], self.facts, self.medium, self._colours)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The parts of the report in their order, those of the annex last."""
        return (*self.pack.pages, *self.pack.annex)

    @property
    def organisation(self) -> str:
        """The organisation's name, or nothing."""
        return self.settings.organisation

    @property
    def paper(self) -> str:
        """Paper of the PDF."""
        return self.settings.paper

    @property
    def scope(self) -> str:
        """Whose work it is: the organisation's or one department's."""
        return self.summary.scope or self.organisation or "Whole organisation"

    @property
    def period(self) -> str:
        """`October 2026`."""
        return self.facts.period

    @property
    def year(self) -> int:
        """Year of the period."""
        return self.facts.year

    @property
    def month(self) -> str:
        """`October`."""
        return words.month(self.facts.first_day)

    @property
    def title(self) -> str:
        """`Executive report, October 2026`."""
        say = self.language
        return say.gettext("{report}, {period}", report=say.gettext(self.pack.title), period=self.period)

    @property
    def heading(self) -> str:
        """Organisation, whose work it is and title, as at the head of every page."""
        owner = ", ".join(dict.fromkeys(part for part in (self.organisation, self.summary.scope) if part))
        return "  ·  ".join(part for part in (one_line(owner, 56), self.title) if part)

    @property
    def covers(self) -> str:
        """Whose work it is and for which day its figures hold, as at the foot of every page."""
        say = self.language
        whole = say.gettext("Whole organisation")
        scope = one_line(self.summary.scope or self.organisation or whole, 60)
        day = say.full_day(self.facts.last_day)
        return say.gettext("{scope}. As at {day}.", scope=scope, day=day)

    @property
    def stands_on(self) -> str:
        """The files and rules it stands on, as at the foot of every page."""
        say = self.language
        return say.gettext("Source: {source}, {rules}.", source=one_line(self.source, 84), rules=self.rules)

    @property
    def readers(self) -> str:
        """How confidential it is, and whom it is for."""
        say, mark = self.language, one_line(self.settings.confidentiality, 24)
        whom = {
            "organisation": "",
            "executive": one_line(self.summary.scope, 20) or say.gettext("executives"),
            "department": one_line(self.summary.scope, 20),
            "person": one_line(self.summary.scope, 20),
        }[self.pack.audience]
        return say.gettext("{confidentiality}: {readers}", confidentiality=mark, readers=whom) if whom else mark

    @property
    def whole(self) -> bool:
        """Whether it covers the whole organisation."""
        return self.facts.whole

    @property
    def rules(self) -> str:
        """`rule set 1.0 (1a2b3c4d)`."""
        rule_set = self.summary.portfolio.rule_set
        return self.language.gettext("rule set {version} ({hash})", version=rule_set.version, hash=rule_set.sha256[:8])

    @property
    def source(self) -> str:
        """The files it stands on, with their rows."""
        say = self.language
        files = [file for file in self.summary.portfolio.register.files if file.status == "read"]
        sheets = [sheet for file in files for sheet in file.sheets]
        used = sum(sheet.rows_used for sheet in sheets)
        rows = say.ngettext("one row", "{count} rows", used)
        names = [PurePath(file.name).name for file in files]
        if len(names) == 1 and len(sheets) == 1:
            return say.gettext("{file}, sheet {sheet}, {rows}", file=names[0], sheet=sheets[0].sheet, rows=rows)
        if not names:
            return say.gettext("no file")
        count = say.ngettext("one sheet", "{count} sheets", len(sheets))
        return say.gettext("{files}, {sheets}, {rows}", files=say.first_few(names, 2), sheets=count, rows=rows)

    @property
    def panel(self) -> tuple[Figure, ...]:
        """The headline figures."""
        return self.facts.panel

    def letters(self, paper: int) -> int:
        """How many letters of a text are shown where paper has room for so many; a screen wraps and has more."""
        return paper if self.medium == "paper" else 3 * paper

    @property
    def line(self) -> int:
        """Letters that a line of a list holds."""
        return LINE

    def filled(self, name: str, column: str) -> bool:
        """Whether any row of a table has a text in this column."""
        return bool((self.facts.table(name)[column] != "").any())

    def table(self, name: str) -> Rows:
        """The rows of a table that this page shows. Raises KeyError for a table without a limit."""
        return Rows(self.facts.rows(name, LIMITS[name]), self.facts.count(name), SHEETS.get(name, name.title()))

    @cached_property
    def decisions(self) -> Rows:
        """The gravest decisions wanted, the most urgent of them first."""
        chosen = self.table("decisions")
        return replace(chosen, rows=tuple(sorted(chosen.rows, key=lambda row: (row["by"] is None, row["by"]))))

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """What the words mean and how figures come about."""
        return (*DEFINITIONS, method.unknown_effort(self.unknown_effort, self.period), method.rules(self.rules))

    @property
    def method(self) -> tuple[str, ...]:
        """The definitions as sentences."""
        return tuple(f"{one.term}: {one.meaning}" for one in self.definitions)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was assumed."""
        return self.summary.assumptions

    @property
    def unknown_effort(self) -> int:
        """Active items whose effort is unknown."""
        figure = self.facts.figure("unknown_effort")
        return int(figure.value or 0) if figure else 0

    @cached_property
    def heat(self) -> Heat:
        """The workload heatmap."""
        return heatmap(self.facts)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Data problems by kind."""
        return problems.groups(self.facts)

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The first few verdicts that somebody should settle, explained."""
        return verdicts.explained(self.facts)

    @property
    def new_rules(self) -> str:
        """That the rules changed since the last published period; "" where they did not."""
        return changes.new_rules(self.facts)

    @cached_property
    def trend(self) -> tuple[Point, ...]:
        """The share of change month by month."""
        return changes.points(self.facts)

    @cached_property
    def others_to_review(self) -> Rows:
        """The rows to review that are not explained one by one."""
        review = self.facts.table("review")
        rest = review[~review["item"].isin([one.row["item"] for one in self.verdicts])]
        return Rows(plain_rows(rest.head(LIMITS["review"])), len(rest), "Review")

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The summary's tables as the workbook shows them: decisions by date, rows to review with what turns them."""
        own = self.summary.tables
        return {
            **own,
            "decisions": own["decisions"].sort_values("by", kind="stable"),
            "review": verdicts.with_turns(own["review"], self.summary.explained),
        }

    @cached_property
    def bands(self) -> tuple[charts.Band, ...]:
        """Rows by certainty, from clear operation to clear project."""
        table = self.facts.table("register")
        pairs = table.groupby(["kind", "certainty"]).size().to_dict()
        left = [("Clear operation", "operation", "clear", False), ("Likely operation", "operation", "likely", True)]
        right = [("Likely project", "project", "likely", True), ("Clear project", "project", "clear", False)]
        sides = [
            [charts.Band(name, pairs.get((kind, certainty), 0), "run" if kind == "operation" else "change", hatched)
             for name, kind, certainty, hatched in side]
            for side in (left, right)
        ]  # fmt: skip
        placed = sum(band.count for side in sides for band in side)
        return (*sides[0], charts.Band("To review", len(table) - placed, ""), *sides[1])

    def chart(self, name: str, narrow: bool = False) -> Markup:
        """A drawing by name: `months`, `parts`, `bands` or `trend`; `narrow` is the one for phones."""
        sheet = self._sheet(name, narrow)
        height = self._chart_height if self.medium == "paper" else (230 if narrow else 330)
        if name == "trend":
            tall = 110 if self.medium == "paper" else 200
            return trend_chart(self.trend[-6 if narrow else 0 :], sheet, tall, self.message["trend"])
        if name == "bands":
            return charts.band_chart(self.bands, sheet, self.message["bands"])
        if name == "parts":
            return charts.bullet_chart(self.facts.parts[1][:BARS], sheet, height, self.message["parts"])
        months = self.facts.months
        now = next(place for place, one in enumerate(months) if one.month == self.facts.first_day)
        return charts.months_chart(months, now, sheet, height, self.message["months"])

    def bar(self, value: float | None, most: float, colour: str) -> Markup:
        """A small bar for a table's cell."""
        sheet = charts.Sheet(64, 7, self._colours)
        return charts.bar(value or 0, most, sheet, colour, "Hours")

    def lean(self, one: Verdict, points: float) -> Markup:
        """A small bar for one reason of a verdict, in scale with its others."""
        return charts.lean(points, one.most, charts.Sheet(96, 7, self._colours))

    def strip(self, one: Verdict) -> Markup:
        """Where a verdict stands between clear operation and clear project."""
        title = f"Verdict on {one.told.title}" if one.told.title else "Verdict"
        return charts.strip(one.told.kind, one.told.certainty, charts.Sheet(112, 7, self._colours), title)

    @property
    def parts_rest(self) -> str:
        """Which parts the load chart leaves out."""
        noun, loads = self.facts.parts
        sheet = "Workload" if noun == "person" else "Summary"
        rest = len(loads) - BARS
        return f"and {rest:,} more in the workbook, sheet {sheet}" if rest > 0 else ""

    @property
    def _colours(self) -> Mapping[str, str]:
        return palette.LIGHT if self.medium == "paper" else palette.VARIABLES

    def _sheet(self, name: str, narrow: bool) -> charts.Sheet:
        if narrow:
            return charts.Sheet(358, 12, self._colours)
        wide = {"months": (286, 660), "parts": (202, 470), "bands": (504, 1200), "trend": (504, 1200)}[name]
        return (
            charts.Sheet(wide[0], 7.5, self._colours)
            if self.medium == "paper"
            else charts.Sheet(wide[1], 13, self._colours)
        )

    @property
    def _chart_height(self) -> float:
        decisions = self.facts.table("decisions")["decision"]
        shown = decisions.head(LIMITS["decisions"]).tolist()
        seconds = [self.message[name] for name in ("overdue", "handover")]
        notes = (len(decisions) > len(shown)) + 2 * (self.facts.inactive > 0)
        return fit.chart_height(self.paper, self.message["headline"], seconds, shown, notes=notes)
