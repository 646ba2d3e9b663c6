"""Every reader's report in every format: drawn here, laid out and read back in other processes meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from pipeline.errors import ClusterError, TemplateError
from pipeline.executor import Here, breadth, cores, executor
from pipeline.model import Report, Summary
from pipeline.render.excel.detail import detail_reports
from pipeline.render.finished import Finished, finished
from pipeline.render.formats import FORMATS, Format
from pipeline.render.pdf import PdfEngineMissing
from pipeline.render.readers import Reader, readers
from pipeline.render.scope_marks import Marks
from pipeline.render.time_limit import TooLong, allowed, within
from pipeline.render_settings import RenderSettings
from pipeline.spool import Spool

Progress = Callable[[int, int, str], None]
"""Told of each report that is over: how many are, of how many, and the name of its file."""
AHEAD = 2
"""Drawn reports that wait for each process: enough to keep it busy, few enough to keep memory flat."""


def every_report(
    summaries: tuple[Summary, ...],
    settings: RenderSettings,
    preload: tuple[str, ...],
    address: str = "",
    beside: Callable[[Reader], None] = lambda _: None,
    progress: Progress = lambda *_: None,
) -> tuple[Report, ...]:
    """Every pack for every reader in each of its formats; one that cannot be made says why and stops no other.

    `preload` names what the processes that lay out PDFs have imported; `address` is that of the cluster they are part
    of, "" for this machine. `beside` is called with each reader while the tables of their report are at hand,
    `progress` with each report that is over. Raises TemplateError where it stops all of them, ClusterError where the
    cluster does.
    """
    wanted = readers(summaries, settings)
    tasks = [_Task(one, form, beside) for one in wanted for form in FORMATS if form.id in one.formats]
    in_turn = sorted(tasks, key=_place(summaries))
    marks = Marks(summaries[0], settings.templates)
    spool = Spool()
    told: dict[_Task, Report] = {}
    for over, (task, made) in enumerate(_some(_every(in_turn, settings, preload, address)), start=1):
        if not isinstance(made, PdfEngineMissing):
            told[task] = _aside(_report(task, made, marks), spool)
        progress(over, len(tasks), task.name)
    return (
        *(told[task] for task in tasks if task in told),
        *(_aside(beside, spool) for one in wanted if "xlsx" in one.formats for beside in detail_reports(one)),
    )


def _place(summaries: tuple[Summary, ...]) -> Callable[[_Task], int]:
    """Reports of one summary are made one after another, whatever their pack: its tables are kept only meanwhile.

    The organisation's come last: its workbook is written here, while other processes lay out the last of the PDFs.
    """
    places = {id(summary): -place for place, summary in enumerate(summaries)}
    return lambda task: places[id(task.reader.summary)]


@dataclass(frozen=True, eq=False)
class _Task:
    """One report in one format."""

    reader: Reader
    form: Format
    beside: Callable[[Reader], None]

    @property
    def name(self) -> str:
        """That of its file."""
        return f"{self.reader.name}.{self.form.id}"

    @property
    def bounded(self) -> bool:
        """Whether its reader may not see everything, so that the finished file is looked through."""
        return self.reader.summary.seen.items is not None

    def drawn(self, settings: RenderSettings) -> Any:
        """What its format makes bytes of; what is to be done beside that is done."""
        with self._in_time(settings):
            found = self.form.draw(self.reader, settings)
        self.beside(self.reader)
        return found

    def submitted(self, settings: RenderSettings, pool: Executor) -> Future[Finished]:
        """Drawn here and handed to a process; a future of what went wrong where it cannot be drawn or handed on."""
        try:
            return pool.submit(finished, self.form.finish, self.drawn(settings), self.form.id, self.bounded)
        except Exception as problem:
            future: Future[Finished] = Future()
            future.set_exception(problem)
            return future

    def _in_time(self, settings: RenderSettings) -> AbstractContextManager[None]:
        items = len(self.reader.summary.portfolio.register.items)
        return within(allowed(settings.report_seconds, items))


_Made = tuple[_Task, Finished | Exception]
"""A report, and what became of it."""


def _every(tasks: list[_Task], settings: RenderSettings, preload: tuple[str, ...], address: str) -> Iterator[_Made]:
    """The bytes of each, or what went wrong.

    Where a process broke down, those that may have broken it are made each in a process of its own, the others by new
    ones.
    """
    left = tasks
    while left:
        broken: list[_Task] = []
        slow = sum(task.form.slow for task in left)
        with executor(min(cores(), slow), preload, settings.report_memory_mb, address) as pool:
            for task, made in _made(left, settings, pool, AHEAD * breadth(address if slow else "")):
                if address and isinstance(made, PdfEngineMissing):
                    raise ClusterError(f"a worker cannot lay out PDFs. {made}", address)
                if isinstance(made, BrokenExecutor):
                    broken.append(task)
                else:
                    yield task, made
        under_way = (AHEAD + 1) * cores()
        yield from ((task, _alone(task, settings, preload, address)) for task in broken[:under_way])
        left = broken[under_way:]


def _made(tasks: list[_Task], settings: RenderSettings, pool: Executor, ahead: int) -> Iterator[_Made]:
    """What became of each; no more than so many drawn reports wait for a process at a time.

    Once a process has broken down, whatever was to be handed to one has a BrokenExecutor.
    """
    waiting: deque[tuple[_Task, Future[Finished]]] = deque()
    over: BrokenExecutor | None = None
    for task in tasks:
        if not (task.form.slow or task.bounded):
            yield task, _result(task.submitted(settings, Here()))
        elif over:
            yield task, over
        else:
            waiting.append((task, task.submitted(settings, pool)))
        while len(waiting) > ahead or (waiting and waiting[0][1].done()):
            done, made = _taken(waiting)
            over = made if isinstance(made, BrokenExecutor) else over
            yield done, made
    while waiting:
        yield _taken(waiting)


def _taken(waiting: deque[tuple[_Task, Future[Finished]]]) -> _Made:
    task, future = waiting.popleft()
    return task, _result(future)


def _alone(task: _Task, settings: RenderSettings, preload: tuple[str, ...], address: str) -> Finished | Exception:
    """A report whose process broke down, perhaps through another's fault, in a process of its own."""
    with executor(1, preload, settings.report_memory_mb, address) as pool:
        return _result(task.submitted(settings, pool))


def _result(future: Future[Finished]) -> Finished | Exception:
    try:
        return future.result()
    except Exception as problem:
        return problem


def _some(made: Iterator[_Made]) -> Iterator[_Made]:
    """The same. Raises TemplateError at the end where templates stopped every report: it is told once, and what was
    published before stays.
    """
    stopped: TemplateError | None = None
    others = False
    for task, one in made:
        if isinstance(one, TemplateError):
            stopped = stopped or one
        elif not isinstance(one, PdfEngineMissing):
            others = True
        yield task, one
    if stopped and not others:
        raise stopped


def _report(task: _Task, made: Finished | Exception, marks: Marks) -> Report:
    """The report; without its bytes where it could not be made, or holds what its reader may not see."""
    one = task.reader
    if isinstance(made, Finished):
        problem = marks.problem(one, made.says) if made.says else ""
        content = b"" if problem else made.content
    else:
        problem, content = _said(made), b""
    return Report(task.name, one.pack.id, one.summary.scope, task.form.id, content, one.language, problem)


def _aside(report: Report, spool: Spool) -> Report:
    """The report with its bytes put aside until it is published."""
    return replace(report, kept=spool.put(report.content))


def _said(problem: Exception) -> str:
    """What went wrong, without what stood in a cell."""
    if isinstance(problem, TemplateError | ClusterError):
        return str(problem)
    if isinstance(problem, TooLong):
        return f"{problem} Raise report_seconds under [render], or shorten the longest texts."
    if isinstance(problem, MemoryError | BrokenExecutor):
        return "Laying it out took more memory than it may. Raise report_memory_mb under [render]."
    return f"It could not be laid out ({type(problem).__name__})."
