"""Filling every template once with the figures of a register, and telling what goes wrong."""

from __future__ import annotations

from pipeline.errors import TemplateError
from pipeline.flow import Run
from pipeline.render.environment import environment
from pipeline.render.formats import FORMATS
from pipeline.render.packs import packs
from pipeline.render.pdf import Paper
from pipeline.render.read_back import Read, read
from pipeline.render.readers import Reader, readers
from pipeline.render.scope_marks import Marks
from pipeline.render_settings import RenderSettings


def trial(run: Run) -> tuple[TemplateError, ...]:
    """What is wrong in each pack that the user's own templates have a part in, one for each pack and format.

    Of each such pack the first reader's report is drawn, and that of the first who may see a part only, in which what
    they may not see is looked for; but no PDF is laid out and nothing is written. What is tried is said by `run.say`.
    """
    if not changed_packs(run.settings.render):
        return ()
    environment.cache_clear()
    marks = Marks(run.summaries[0], run.settings.render.templates)
    found = (_tried(reader, form, run, marks) for reader in _first_of_each(run) for form in reader.formats)
    told = {str(problem): problem for problem in found if problem is not None}
    return tuple(told.values())


def changed_packs(settings: RenderSettings) -> frozenset[str]:
    """The packs that the user's own templates have a part in: by a folder of theirs, or all by what packs share."""
    own = settings.templates
    touched = {path.relative_to(own).parts[0] for path in own.rglob("*") if path.is_file()}
    every = touched & {"shared", "languages"}
    return frozenset(pack.id for pack in packs(settings) if every or touched.intersection(pack.folders))


def _first_of_each(run: Run) -> list[Reader]:
    changed = changed_packs(run.settings.render)
    every = [one for one in readers(run.summaries, run.settings.render) if one.pack.id in changed]
    first = {(one.pack.id, one.summary.seen.items is None): one for one in reversed(every)}
    return list(first.values())[::-1]


def _tried(reader: Reader, form: str, run: Run, marks: Marks) -> TemplateError | None:
    run.say(f"Filling {reader.name}.{form}")
    draw = next(one.draw for one in FORMATS if one.id == form)
    try:
        drawn = draw(reader, run.settings.render)
    except TemplateError as problem:
        return problem
    told = marks.problem(reader, _read(drawn))
    return TemplateError(f"a run would not publish it. {told}", f"{reader.name}.{form}") if told else None


def _read(drawn: Paper | str | bytes) -> Read:
    """What is drawn, before it is laid out."""
    if isinstance(drawn, bytes):
        return read(drawn, "xlsx")
    return read((drawn.html if isinstance(drawn, Paper) else drawn).encode(), "html")
