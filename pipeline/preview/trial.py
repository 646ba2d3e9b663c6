"""Filling every template once with the figures of a register, and telling what goes wrong."""

from __future__ import annotations

from pipeline.errors import TemplateError
from pipeline.flow import Run
from pipeline.render.environment import environment
from pipeline.render.formats import FORMATS
from pipeline.render.readers import Reader, readers


def trial(run: Run) -> tuple[TemplateError, ...]:
    """What is wrong in each pack's templates, one for each pack and format; nothing where all can be filled.

    Of each pack the first reader's report is drawn, but no PDF is laid out and nothing is written.
    """
    environment.cache_clear()
    found = (_tried(reader, form, run) for reader in _first_of_each(run) for form in reader.formats)
    told = {str(problem): problem for problem in found if problem is not None}
    return tuple(told.values())


def _first_of_each(run: Run) -> list[Reader]:
    first = {reader.pack.id: reader for reader in reversed(readers(run.summaries, run.settings.render))}
    return list(first.values())[::-1]


def _tried(reader: Reader, form: str, run: Run) -> TemplateError | None:
    draw = next(one.draw for one in FORMATS if one.id == form)
    try:
        draw(reader, run.settings.render)
    except TemplateError as problem:
        return problem
    return None
