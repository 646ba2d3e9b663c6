"""FORMATS: every format a report comes in. To add one is to add an entry and the functions that draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.model import Summary
from pipeline.render import excel
from pipeline.render.environment import fill
from pipeline.render.pdf import write_pdf
from pipeline.render.view import Medium, View
from pipeline.settings import RenderSettings

PAGE = "report/report.html.j2"
"""The template of PDF and HTML alike; the medium chooses its style sheet."""


@dataclass(frozen=True)
class Format:
    """One format. `draw` runs here and hands one plain value to `finish`, which makes the bytes.

    Where `slow`, `finish` runs in another process if there is one.
    """

    id: str
    title: str
    draw: Callable[[Summary, RenderSettings], Any]
    finish: Callable[[Any], bytes]
    slow: bool = False


def page(summary: Summary, settings: RenderSettings, medium: Medium) -> str:
    """The report as one self-contained HTML document for paper or screen. Raises TemplateError."""
    return fill(PAGE, settings.templates, report=View(summary, settings, medium))


def _paper(summary: Summary, settings: RenderSettings) -> str:
    return page(summary, settings, "paper")


def _screen(summary: Summary, settings: RenderSettings) -> str:
    return page(summary, settings, "screen")


FORMATS: tuple[Format, ...] = (
    Format("pdf", "PDF for reading and printing", _paper, write_pdf, slow=True),
    Format("xlsx", "Excel workbook with every row", excel.workbook, bytes),
    Format("html", "Web page in one file", _screen, str.encode),
)
