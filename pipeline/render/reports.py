"""Every reader's report in every format: PDFs, which take the longest, are laid out in other processes meanwhile."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Future

from pipeline.errors import PipelineError
from pipeline.executor import Here, cores, executor
from pipeline.model import Report, Summary
from pipeline.render.formats import FORMATS
from pipeline.render.pdf import PdfEngineMissing
from pipeline.render.readers import Reader, readers
from pipeline.settings import RenderSettings


def every_report(
    summaries: tuple[Summary, ...], settings: RenderSettings, preload: tuple[str, ...]
) -> tuple[Report, ...]:
    """Every pack for every reader in each of its formats.

    `preload` names what the processes that lay out PDFs have imported. Raises TemplateError.
    """
    wanted = readers(summaries, settings)
    try:
        contents = _draw(wanted, settings, preload)
    except BrokenExecutor as problem:
        hint = "It may have run out of memory: free some, or leave pdf out of the formats under [render]."
        raise PipelineError("The process that lays out the PDFs stopped.", hint=hint) from problem
    return tuple(
        Report(f"{one.name}.{form}", one.pack.id, one.summary.scope, form, content, one.language)
        for one in wanted
        for form in one.formats
        if (content := contents[one.name, form]) is not None
    )


def _draw(
    wanted: tuple[Reader, ...], settings: RenderSettings, preload: tuple[str, ...]
) -> dict[tuple[str, str], bytes | None]:
    """Name of the reader's file and format -> the bytes; None where the format's engine is missing."""
    slow = sum(form.slow and form.id in one.formats for one in wanted for form in FORMATS)
    futures: dict[tuple[str, str], Future[bytes]] = {}
    with executor(min(cores(), slow), preload) as pool, Here() as here:
        for form in sorted(FORMATS, key=lambda form: not form.slow):
            for one in wanted:
                if form.id in one.formats:
                    where = pool if form.slow else here
                    futures[one.name, form.id] = where.submit(form.finish, form.draw(one, settings))
        return {key: _content(future) for key, future in futures.items()}


def _content(future: Future[bytes]) -> bytes | None:
    try:
        return future.result()
    except PdfEngineMissing:
        return None
