"""FORMATS: every format a report comes in. To add one is to add an entry and the functions that draw it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from pipeline.render import excel
from pipeline.render.brand import brand
from pipeline.render.environment import fill
from pipeline.render.facts import Medium
from pipeline.render.pdf import Enclosure, Paper, write_pdf
from pipeline.render.readers import Reader
from pipeline.render.view import View
from pipeline.render.workbooks import has_workbook
from pipeline.render_settings import RenderSettings
from pipeline.seal import META

PAGE = "report.html.j2"
"""The template of PDF and HTML alike, in a pack's folder; the medium chooses its style sheet."""


_OPENING = re.compile(
    r"(?:\s*(?:<!doctype\b[^>]*>|<!--.*?-->|<html\b[^>]*>|<head\b[^>]*>))*", re.IGNORECASE | re.DOTALL
)
"""What a page may begin with up to where its head has begun."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """One format. `draw` hands one plain value to `finish`, which makes the bytes.

    Where `slow`, `finish` runs in another process than `draw` if there is one.
    """

    id: str
    title: str
    draw: Callable[[Reader, RenderSettings], Any]
    finish: Callable[[Any], bytes]
    slow: bool = False


def page(reader: Reader, settings: RenderSettings, medium: Medium) -> str:
    """The report as one self-contained HTML document for paper or screen. Raises TemplateError."""
    view = View(reader, settings, medium)
    return fill(reader.pack.candidates(PAGE), settings.templates, view.language, report=view)


def _paper(reader: Reader, settings: RenderSettings) -> Paper:
    archive = settings.pdf == "archive"
    look = brand(settings.brand)
    return Paper(
        page(reader, settings, "paper"),
        pictures=(look.logo,) if look.logo else (),
        fonts=look.fonts,
        archive=archive,
        enclosed=_workbook(reader, settings) if archive else (),
        seconds=settings.report_seconds,
        seal=reader.seal,
    )


def _workbook(reader: Reader, settings: RenderSettings) -> tuple[Enclosure, ...]:
    """The workbook of the same rows, inside the PDF; none where the pack has none."""
    if not has_workbook(reader.pack, settings.templates):
        return ()
    first = date(reader.summary.period.year, reader.summary.period.month, 1)
    dated = (first - date(1970, 1, 1)).days * 86_400
    content = excel.workbook(reader, settings)
    return (Enclosure(f"{reader.name}.xlsx", _XLSX, "The figures and rows of this report", dated, content),)


def _screen(reader: Reader, settings: RenderSettings) -> str:
    return with_seal(page(reader, settings, "screen"), reader.seal)


def with_seal(html: str, seal: str) -> str:
    """The page with its seal in its head; a page of one's own that writes no head has it where its head begins."""
    opening = _OPENING.match(html)
    place = opening.end() if opening else 0
    return f'{html[:place]}\n<meta name="{META}" content="{seal}"/>{html[place:]}'


FORMATS: tuple[Format, ...] = (
    Format("pdf", "PDF for reading and printing", _paper, write_pdf, slow=True),
    Format("xlsx", "Excel workbook with every row", excel.book, attrgetter("content")),
    Format("html", "Web page in one file", _screen, str.encode),
)
