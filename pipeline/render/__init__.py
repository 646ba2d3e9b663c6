"""Summary -> Reports, pure: bytes in memory.

For each summary, one report in each format of the settings. Only the PDF's own module is imported with this room, so
that a process that lays out PDFs needs nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.executor import cores, warmed
from pipeline.render.pdf import PdfEngineMissing, pdf_engine_problem

if TYPE_CHECKING:
    from pipeline.model import Report, Summary
    from pipeline.render.reports import Progress
    from pipeline.render.scope_marks import Marks
    from pipeline.render.tasks import Beside
    from pipeline.render_settings import RenderSettings

__all__ = ["PdfEngineMissing", "marks_of", "pdf_engine_problem", "prepare", "render", "unsought"]

_LAY_OUT = (f"{__name__}.pdf", f"{__name__}.finished", f"{__name__}.engine")
PRELOAD = (*_LAY_OUT, f"{__name__}.drawing")
"""What the processes that lay reports out and draw them have imported."""
_TWO = 2
"""Processors that are busy without any process that draws beside this one."""


def prepare(settings: RenderSettings) -> None:
    """Load what other processes need for PDFs beside what is done before rendering."""
    if "pdf" in settings.formats:
        warmed(PRELOAD if cores() > _TWO else _LAY_OUT)


def render(
    summaries: tuple[Summary, ...],
    settings: RenderSettings,
    address: str = "",
    beside: Beside | None = None,
    progress: Progress = lambda *_: None,
    marks: Marks | None = None,
) -> tuple[Report, ...]:
    """Every summary in every wanted format, in the order of `summaries` and FORMATS.

    Reports are drawn, laid out and read back by several processes, or PDFs laid out by the cluster at `address`.
    `beside` is made with each reader's reports; `progress` is told of each report that is over; `marks` are those of
    these summaries, made here where they are not at hand.
    Where the PDF engine cannot be loaded the PDFs are left out; `pdf_engine_problem()` then says why and what to
    install. Raises TemplateError, and ClusterError where the cluster cannot do it.
    """
    from pipeline.render.reports import every_report

    preload = _LAY_OUT if address else PRELOAD
    return every_report(summaries, settings, preload, address, beside, progress, marks)


def marks_of(summaries: tuple[Summary, ...], settings: RenderSettings) -> Marks:
    """What tells the rows of a run's register apart; the organisation's summary is the first."""
    from pipeline.render.scope_marks import Marks

    return Marks(summaries[0], settings.templates)


def unsought(summaries: tuple[Summary, ...], settings: RenderSettings, marks: Marks) -> tuple[str, ...]:
    """What finished reports are not searched for before they are published, and why, in sentences; empty for nothing.

    `summaries` are those of a run, the organisation's first; `marks` are theirs.
    """
    from pipeline.render.readers import readers

    wanted = readers(summaries, settings)
    bounded = any(one.summary.seen.items is not None for one in wanted)
    return marks.unsought(wanted) if bounded else ()  # nothing is searched where everybody may see everything
