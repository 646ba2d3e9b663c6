"""Every summary in every wanted format: PDFs, which take the longest, are laid out in other processes meanwhile."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Future

from pipeline.errors import PipelineError
from pipeline.executor import Here, cores, executor
from pipeline.model import Report, Summary
from pipeline.render.formats import FORMATS, Format
from pipeline.render.pdf import PdfEngineMissing
from pipeline.render.text import slug
from pipeline.settings import RenderSettings

PACK = "report"
"""The set of templates that reports are drawn with."""


def every_report(
    summaries: tuple[Summary, ...], settings: RenderSettings, preload: tuple[str, ...]
) -> tuple[Report, ...]:
    """Every summary in every wanted format, in the order of `summaries` and FORMATS.

    `preload` names what the processes that lay out PDFs have imported. Raises TemplateError.
    """
    wanted = [form for form in FORMATS if form.id in settings.formats]
    try:
        contents = _draw(summaries, wanted, settings, preload)
    except BrokenExecutor as problem:
        hint = "It may have run out of memory: free some, or leave pdf out of the formats under [render]."
        raise PipelineError("The process that lays out the PDFs stopped.", hint=hint) from problem
    names = file_names(summaries)
    return tuple(
        Report(f"{names[place]}.{form.id}", PACK, summary.scope, form.id, content)
        for place, summary in enumerate(summaries)
        for form in wanted
        if (content := contents[place, form.id]) is not None
    )


def _draw(
    summaries: tuple[Summary, ...], wanted: list[Format], settings: RenderSettings, preload: tuple[str, ...]
) -> dict[tuple[int, str], bytes | None]:
    """Place of the summary and format -> the bytes; None where the format's engine is missing."""
    slow = sum(form.slow for form in wanted) * len(summaries)
    futures: dict[tuple[int, str], Future[bytes]] = {}
    with executor(min(cores(), slow), preload) as pool, Here() as here:
        for form in sorted(wanted, key=lambda form: not form.slow):
            for place, summary in enumerate(summaries):
                where = pool if form.slow else here
                futures[place, form.id] = where.submit(form.finish, form.draw(summary, settings))
        return {key: _content(future) for key, future in futures.items()}


def file_names(summaries: tuple[Summary, ...]) -> tuple[str, ...]:
    """`2026-10_organisation`, `2026-10_department_it-services`: ASCII, each once, whatever a department is called."""
    names: list[str] = []
    for summary in summaries:
        name = f"{summary.period}_" + (f"department_{slug(summary.scope)}" if summary.scope else "organisation")
        twins = sum(other == name or other.startswith(f"{name}--") for other in names)
        names.append(f"{name}--{twins + 1}" if twins else name)
    return tuple(names)


def _content(future: Future[bytes]) -> bytes | None:
    try:
        return future.result()
    except PdfEngineMissing:
        return None
