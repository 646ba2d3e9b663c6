"""What a template sees: one Summary as sentences, figures, the few rows a page shows, and drawings.

This is the interface of the templates: they get one value, `report`, and print its fields. Nothing is computed in
a template, and nothing here knows a format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import takewhile

import pandas as pd
from markupsafe import Markup

from pipeline.errors import TemplateError
from pipeline.model import Figure
from pipeline.render import changes, charts, method, palette, verdicts
from pipeline.render.charts import Point, trend_chart
from pipeline.render.charts.measure import fitted, fitted_id, text_width
from pipeline.render.exhibits import EXHIBITS
from pipeline.render.exhibits.exhibit import Shown
from pipeline.render.exhibits.held import bands
from pipeline.render.exhibits.listing import rest_of
from pipeline.render.facts import Row, plain_rows
from pipeline.render.imprint import Imprint
from pipeline.render.method import Definition
from pipeline.render.old import latest_date
from pipeline.render.packs import Page
from pipeline.render.reader_tables import ReaderTables
from pipeline.render.rows import LIMITS, LINE, SHEETS, Rows
from pipeline.render.said import in_language
from pipeline.render.text import one_line
from pipeline.render.tiles import Tile, tiles
from pipeline.render.undefined import nearest
from pipeline.render.verdicts import Verdict
from pipeline.render.workbooks import Workbook

FOOT = 340.0
"""Points that a line at the foot of a sheet of paper may take, beside the number of the page."""


class View(Imprint):
    """One report, drawn for one medium. Read by templates as `report`."""

    def exhibit(self, name: str) -> Shown:
        """An exhibit by its id. Raises TemplateError for one there is not."""
        if name not in self._shown:
            _ask("exhibit", name, EXHIBITS)
            self._shown[name] = Shown(EXHIBITS[name], self.facts, self.medium, self._colours)
        return self._shown[name]

    @cached_property
    def _shown(self) -> dict[str, Shown]:
        """The exhibits that were asked for, each with what was made of it."""
        return {}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The parts of the report that have something to show, in their order, those of the annex last."""
        return tuple(page for page in self._every_page if self._speaks(page))

    def quiet(self, page: Page) -> tuple[str, ...]:
        """The sentences of the pages that are left out after this one; those that would open the annex come after its
        first page.
        """
        part = self.pack.annex if page in self.pack.annex else self.pack.pages
        opens = page in self.pack.annex and page is self._annex[0]
        after = part[part.index(page) + 1 :]
        before = part[: part.index(page)] if opens else ()
        silent = (*before, *takewhile(lambda one: one not in self.pages, after))
        said = (self.exhibit(name).message for one in silent for name in one.exhibits)
        return tuple(f"{text.rstrip('.')}." for text in said)

    def flows(self, page: Page) -> bool:
        """Whether a part follows the one before it on the same sheet of paper."""
        small = self.facts.count("register") < self.pack.flows_below
        return page in self._annex[1:] or (small and page is not self.pages[0])

    @cached_property
    def _annex(self) -> tuple[Page, ...]:
        """The parts of the annex that are shown."""
        return tuple(page for page in self.pages if page in self.pack.annex)

    @property
    def _every_page(self) -> tuple[Page, ...]:
        return (*self.pack.pages, *self.pack.annex)

    def _speaks(self, page: Page) -> bool:
        return not page.exhibits or any(self.exhibit(name).speaks for name in page.exhibits)

    @property
    def footer(self) -> str:
        """The organisation's own line at the foot of every page, as long as the foot shows it; empty: none."""
        return self.cut(self.settings.brand.footer, FOOT, 7.5)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The headline figures, each with how it moved since the month before."""
        return tiles(self.facts)

    @property
    def panel(self) -> tuple[Figure, ...]:
        """The headline figures."""
        return self.facts.panel

    def letters(self, paper: int) -> int:
        """How many letters of a text are shown where paper has room for so many; a screen wraps and has more."""
        return paper if self.medium == "paper" else 3 * paper

    def cut(self, text: str, points: float, size: float = 8) -> str:
        """The text as long as a column of so many points shows it in type of this size; a screen wraps it."""
        return fitted(text, points, size) if self.medium == "paper" else one_line(text, 300)

    def cut_id(self, id: str, points: float, size: float = 8) -> str:
        """An ID as long as a column of so many points shows it, its beginning and its end; a screen wraps it."""
        return fitted_id(id, points, size) if self.medium == "paper" else one_line(id, 40)

    def wide(self, rows: Sequence[Row], column: str, least: float, most: float, size: float = 8) -> float:
        """Points that a column of these rows takes with its gap, between these two."""
        return self.widest((row[column] for row in rows), least, most, size)

    def widest(self, texts: Iterable[str], least: float, most: float, size: float = 8) -> float:
        """Points that the widest of these texts takes with its gap, between these two."""
        return min(most, max(least, max((text_width(one, size) for one in texts), default=0.0) + 6.5))

    @property
    def line(self) -> int:
        """Letters that a line of a list holds."""
        return LINE

    @property
    def workbook(self) -> Workbook | None:
        """The workbook that comes with the report; None where its reader gets none."""
        return self.facts.workbook

    def more(self, count: int, sheet: str) -> str:
        """`and 12 more in the workbook, sheet Findings`, as far as the reader gets one that has it; "" for none."""
        return rest_of(count, sheet, self.facts)

    def filled(self, name: str, column: str) -> bool:
        """Whether any row of a table has a text in this column."""
        return bool((self.facts.table(name)[column] != "").any())

    def table(self, name: str) -> Rows:
        """The rows of a table that this page shows. Raises TemplateError for a table without a limit."""
        _ask("table", name, LIMITS)
        return Rows(
            self.facts.rows(name, LIMITS[name]), self.facts.count(name), SHEETS.get(name, name.title()), self.facts
        )

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """What the words mean and how figures come about."""
        return method.definitions(self.facts, self.unknown_effort, self.rules)

    @property
    def method(self) -> tuple[str, ...]:
        """The definitions as sentences."""
        say = self.language.gettext
        return tuple(say("{term}: {meaning}", term=one.term, meaning=one.meaning) for one in self.definitions)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was assumed."""
        return tuple(map(self.language.sentence, self.summary.assumptions))

    @property
    def unknown_effort(self) -> int:
        """Active items whose effort is unknown."""
        figure = self.facts.figure("unknown_effort")
        return int(figure.value or 0) if figure else 0

    @property
    def old(self) -> bool:
        """Whether the register describes a time long gone, so that lateness is no alarm."""
        return self.facts.shared(latest_date) is not None

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
        review, told = self.facts.table("review"), [one.row["item"] for one in self.verdicts]
        first = review.head(LIMITS["review"] + len(told))
        rest = first[~first["item"].isin(told)].head(LIMITS["review"])
        others = len(review) - int(review["item"].isin(told).sum())
        return Rows(plain_rows(in_language("review", rest, self.language)), others, "Review", self.facts)

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The summary's tables as the workbook shows them."""
        return ReaderTables(self.summary, self.language)

    @property
    def bands(self) -> tuple[charts.Band, ...]:
        """Rows by certainty, from clear operation to clear project."""
        return bands(self.facts)

    def chart(self, name: str, narrow: bool = False) -> Markup:
        """A drawing by name: `bands` or `trend`; `narrow` is the one for phones."""
        sheet = self._sheet(narrow)
        if name == "bands":
            return charts.band_chart(self.bands, sheet, self.message["bands"])
        tall = 110 if self.medium == "paper" else 200
        return trend_chart(self.trend[-6 if narrow else 0 :], sheet, tall, self.message["trend"])

    def bar(self, value: float | None, most: float, colour: str, points: float = 64) -> Markup:
        """A small bar for a table's cell that gives it so many points, so that it stands as tall in every one."""
        sheet = charts.Sheet(points, 7, self._colours, self.language)
        return charts.bar(value or 0, most, sheet, colour, self.language.gettext("Hours"))

    def squares(self, met: int, applicable: int) -> Markup:
        """Conditions met of those that apply, as squares for a table's cell."""
        return charts.squares(
            met, applicable, charts.Sheet(90, 7.5, self._colours, self.language), self.language.gettext("Readiness")
        )

    def lean(self, one: Verdict, points: float) -> Markup:
        """A small bar for one reason of a verdict, in scale with its others."""
        return charts.lean(points, one.most, charts.Sheet(96, 7, self._colours, self.language))

    def strip(self, one: Verdict) -> Markup:
        """Where a verdict stands between clear operation and clear project."""
        return charts.strip(
            one.told.kind, one.told.certainty, charts.Sheet(112, 7, self._colours, self.language), one.title
        )

    @property
    def _colours(self) -> Mapping[str, str]:
        return self.brand.light if self.medium == "paper" else palette.VARIABLES

    def _sheet(self, narrow: bool) -> charts.Sheet:
        width, text_size = (504, 7.5) if self.medium == "paper" else (358, 12) if narrow else (1200, 13)
        return charts.Sheet(width, text_size, self._colours, self.language)


def _ask(kind: str, name: str, known: Iterable[str]) -> None:
    """Raises TemplateError for a name that is not known, with the nearest one that is."""
    if name not in known:
        what = f"there is no {kind} '{name}'{nearest(name, known)}"
        raise TemplateError(
            what if what.endswith("?") else f"{what}.", hint="`pipeline template names` lists what there is."
        )
