"""What there is to make: each report in each of its formats, drawn with its letter while its tables are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline.model import Summary
from pipeline.render.finished import Finished, finished
from pipeline.render.formats import FORMATS, Format
from pipeline.render.readers import Reader, readers
from pipeline.render.time_limit import allowed, within
from pipeline.render_settings import RenderSettings


class Beside(Protocol):
    """What is made beside a report while its tables are at hand, which later would have to be computed again."""

    def write(self, reader: Reader) -> Any:
        """Something plain, made of a reader in whatever process draws their report."""

    def keep(self, reader: Reader, made: Any) -> None:
        """Take it over, in the process of the run."""


class Nothing:
    """Nothing beside a report."""

    def write(self, reader: Reader) -> None:
        """Nothing."""

    def keep(self, reader: Reader, made: Any) -> None:
        """Nothing."""


@dataclass(frozen=True, eq=False)
class Task:
    """One report in one format."""

    reader: Reader
    form: Format

    @property
    def name(self) -> str:
        """That of its file."""
        return f"{self.reader.name}.{self.form.id}"

    @property
    def bounded(self) -> bool:
        """Whether its reader may not see everything, so that the finished file is looked through."""
        return self.reader.summary.seen.items is not None

    def drawn(self, settings: RenderSettings) -> Any:
        """What its format makes bytes of. Raises TemplateError, and TooLong past the time it may take."""
        with self._in_time(settings):
            return self.form.draw(self.reader, settings)

    def _in_time(self, settings: RenderSettings) -> AbstractContextManager[None]:
        items = len(self.reader.summary.portfolio.register.items)
        return within(allowed(settings.report_seconds, items))


@dataclass(frozen=True)
class Drawn:
    """What became of a report where it was drawn; where it is not yet laid out, what its format makes bytes of.

    `beside`: what was made beside it.
    """

    became: Finished | Exception | None = None
    content: Any = None
    beside: Any = None


def tasks_of(summaries: tuple[Summary, ...], settings: RenderSettings) -> list[Task]:
    """Every report in every format, in the order of the packs."""
    wanted = readers(summaries, settings)
    return [Task(one, form) for one in wanted for form in FORMATS if form.id in one.formats]


def in_turn(summaries: tuple[Summary, ...]) -> Callable[[Task], int]:
    """Reports of one summary are made one after another, whatever their pack: its tables are kept only meanwhile.

    Those of the whole organisation come last: its workbook is drawn while the last PDFs of others are laid out.
    """
    places = {id(summary): place for place, summary in enumerate((*summaries[1:], *summaries[:1]))}
    return lambda task: places[id(task.reader.summary)]


def each_drawn(tasks: Sequence[Task], settings: RenderSettings, beside: Beside) -> Iterator[Drawn]:
    """What became of each when it was drawn; with the first of a reader's, what is made beside them.

    What is quick to finish is finished, and read back, right here.
    """
    written: set[Reader] = set()
    for task in tasks:
        try:
            content = task.drawn(settings)
            became = None if task.form.slow else finished(task.form.finish, content, task.form.id, task.bounded)
        except Exception as problem:
            yield Drawn(problem)
        else:
            first = task.reader not in written
            written.add(task.reader)
            yield Drawn(became, None if became else content, beside.write(task.reader) if first else None)
