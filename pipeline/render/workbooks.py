"""Which workbook holds the rows that a page leaves out, so that nobody is sent to one that they do not get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from pipeline.errors import TemplateError
from pipeline.render.environment import exists, fill
from pipeline.render.language import Language, language
from pipeline.render.packs import Pack, packs
from pipeline.render.shipped import shipped

if TYPE_CHECKING:
    from pipeline.render.imprint import Imprint
    from pipeline.render_settings import RenderSettings

TEMPLATE = "workbook.j2"
"""The layout of a pack's workbook, in the pack's folder."""
FILES = ("report.xlsx", "workbook.xlsx")
"""What a user's own workbook is called, in the folder of a pack."""


@dataclass(frozen=True)
class Workbook:
    """The workbook that comes with a report: the reader's `own` or the PMO's, its language, and its sheets' names."""

    own: bool
    language: Language
    sheets: frozenset[str]
    of_departments: bool = False
    """Whether it is each department's own, which the reader may ask for; its sheets are not known here."""

    def sheet(self, name: str) -> str:
        """What it calls a sheet; "" where it has none of this name."""
        called = self.language.gettext(name)
        return called if called in self.sheets else ""


def workbook_of(view: Imprint) -> Workbook | None:
    """The reader's own workbook, else for whoever reads about the whole organisation the PMO's, for a person the
    departments'; None where there is none. One that lies inside an archived PDF is the reader's own.
    """
    pack, settings = view.pack, view.settings
    enclosed = settings.pdf == "archive" and "pdf" in pack.formats and view.medium == "paper"
    if "xlsx" in pack.formats or (enclosed and has_workbook(pack, settings.templates)):
        return Workbook(True, view.language, _sheets(pack, view, view.language))
    if pack.audience == "person":
        made = any(one.audience == "department" and "xlsx" in one.formats for one in packs(settings))
        return Workbook(False, view.language, frozenset(), of_departments=True) if made else None
    pmo = next((one for one in packs(settings) if one.audience == "organisation" and "xlsx" in one.formats), None)
    if pmo is None or not view.whole:
        return None
    code = pmo.languages[0] if pmo.languages else settings.languages.get("") or settings.language
    say = language(code, settings.templates, shipped())
    return Workbook(False, say, _sheets(pmo, view, say))


def has_workbook(pack: Pack, templates: Path) -> bool:
    """Whether a workbook can be made of a pack: it has a layout, or the user has a workbook for it."""
    return own_workbook(pack, templates) is not None or exists(pack.candidates(TEMPLATE), templates)


def own_workbook(pack: Pack, templates: Path) -> Path | None:
    """The user's workbook for a pack; None where they have none."""
    paths = (templates / folder / name for folder in pack.folders for name in FILES)
    return next((path for path in paths if path.is_file()), None)


def problems_of_used(settings: RenderSettings) -> tuple[str, ...]:
    """What cannot be filled, followed or kept of every workbook of the user's that reports are made with."""
    found = (own_workbook(pack, settings.templates) for pack in packs(settings))
    used = dict.fromkeys(path for path in found if path is not None)
    if not used:
        return ()
    from pipeline.render.own_workbook import own_workbook_problems  # heavy, and few have one

    return tuple(said for path in used for said in own_workbook_problems(path))


def _sheets(pack: Pack, view: Imprint, say: Language) -> frozenset[str]:
    """The names of the sheets of a pack's layout; none for a workbook of the user's own, whose sheets are theirs.

    None for a layout at fault, too: the workbook that is made of it says what is wrong.
    """
    templates = view.settings.templates
    if own_workbook(pack, templates):
        return frozenset()
    try:
        root = fromstring(fill(pack.candidates(TEMPLATE), templates, say, report=view).strip(), forbid_dtd=True)
    except (TemplateError, ParseError, ValueError):
        return frozenset()
    return frozenset(sheet.get("name", "") for sheet in root)


def rest_in(workbook: Workbook | None, count: int, sheet: str, say: Language) -> str:
    """`and 12 more in the workbook, sheet Projects`, where that sheet is; else `and 12 more`; "" for none."""
    if count <= 0:
        return ""
    named = workbook.sheet(sheet) if workbook else ""
    if workbook is None or not named:
        return say.ngettext("and one more", "and {count} more", count)
    if workbook.own:
        return say.ngettext(
            "and one more in the workbook, sheet {sheet}",
            "and {count} more in the workbook, sheet {sheet}",
            count,
            sheet=named,
        )
    return say.ngettext(
        "and one more in the PMO workbook, sheet {sheet}",
        "and {count} more in the PMO workbook, sheet {sheet}",
        count,
        sheet=named,
    )
