"""What stands around the pages of a report: whose work it is, for which day, on what it stands and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from weakref import WeakKeyDictionary

from markupsafe import Markup

from pipeline.model import Summary
from pipeline.render.brand import brand
from pipeline.render.facts import Facts, Kept, Medium
from pipeline.render.language import Language, language
from pipeline.render.messages import Messages
from pipeline.render.readers import Reader
from pipeline.render.shipped import shipped
from pipeline.render.text import one_line
from pipeline.render.workbooks import workbook_of
from pipeline.render_settings import RenderSettings

GIVEN: Mapping[str, str] = {
    "reader": "Whom the report is for: `pack`, `summary`, `language`, and `name`, of which its files are called.",
    "pack": "The pack: `id`, `title`, `audience`, `formats`, `pages`.",
    "settings": "`[render]` of `pipeline.toml`, such as `settings.paper`.",
    "medium": "`paper` or `screen`.",
    "summary": "What the report is made of: `figures`, `tables`, `period`, `assumptions`, `portfolio`.",
    "language": "The reader's language: `code`; its numbers, dates and lists.",
    "brand": "Colours by role, the logo, and fonts of your own.",
    "facts": "The figures and tables as the report words them.",
    "message": "The computed sentences by their ids.",
}
"""What every report is given when it is begun -> what it is; the rest of it is computed from these."""


_KEPT: WeakKeyDictionary[Summary, dict[tuple[Language, str], Kept]] = WeakKeyDictionary()


def _kept(summary: Summary, say: Language, paper: str) -> Kept:
    """What all reports of one summary share in a language; that of the summary before is let go, so that memory stays
    flat.
    """
    if summary not in _KEPT:
        _KEPT.clear()
        _KEPT[summary] = {}
    return _KEPT[summary].setdefault((say, paper), Kept())


class Imprint:
    """The head and foot of one report, drawn for one medium."""

    def __init__(self, reader: Reader, settings: RenderSettings, medium: Medium) -> None:
        self.reader, self.pack, self.settings, self.medium = reader, reader.pack, settings, medium
        self.summary = reader.summary
        self.language = language(reader.language, settings.templates, shipped())
        self.brand = brand(settings.brand)
        book, kept = (lambda: workbook_of(self)), _kept(self.summary, self.language, settings.paper)
        self.facts = Facts(self.summary, self.language, settings.paper, medium, book, kept)
        self.message = Messages(self.facts)

    @property
    def logo(self) -> Markup:
        """The organisation's logo as an address that needs no network; empty where there is none."""
        return Markup(self.brand.logo)

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
        return self.summary.scope or self.organisation or self.language.gettext("Whole organisation")

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
        return self.language.month(self.facts.first_day)

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
        say = self.language
        mark = one_line(say.word(self.settings.confidentiality), 24)
        whom = {
            "organisation": "",
            "executive": one_line(self.summary.scope, 28) or say.gettext("executives"),
            "department": one_line(self.summary.scope, 28),
            "person": one_line(self.summary.scope, 28),
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
