"""Every reader's report in every format: drawn, laid out and read back in several processes at a time."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from typing import Any

from pipeline.errors import ClusterError, TemplateError
from pipeline.executor import breadth, cores, executor
from pipeline.model import Report, Summary
from pipeline.render.drawing import Drawers
from pipeline.render.excel.detail import Details
from pipeline.render.finished import Finished, finished
from pipeline.render.pdf import PdfEngineMissing
from pipeline.render.read_back import read
from pipeline.render.scope_marks import Marks
from pipeline.render.tasks import Beside, Drawn, Nothing, Task, in_turn
from pipeline.render.time_limit import TooLong
from pipeline.render_settings import RenderSettings
from pipeline.spool import Spool

_log = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]
"""Told of each report that is over: how many are, of how many, and the name of its file."""
AHEAD = 2
"""Drawn reports that wait for each process: enough to keep it busy, few enough to keep memory flat."""
_Made = tuple[Task, Finished | Exception]
"""A report, and what became of it."""


def every_report(
    summaries: tuple[Summary, ...],
    settings: RenderSettings,
    preload: tuple[str, ...],
    address: str = "",
    beside: Beside | None = None,
    progress: Progress = lambda *_: None,
    marks: Marks | None = None,
) -> tuple[Report, ...]:
    """Every pack for every reader in each of its formats; one that cannot be made says why and stops no other.

    `preload` names what other processes have imported; `address` is that of the cluster that lays out PDFs, "" for this
    machine. `beside` is made with each reader's reports, `progress` told of each report that is over; `marks` are those
    of these summaries, made here where they are not at hand. Raises TemplateError where it stops all of them,
    ClusterError where the cluster does.
    """
    marks, spool, keeper = marks or Marks(summaries[0], settings.templates), Spool(), beside or Nothing()
    told: dict[Task, Report] = {}
    files: dict[Task, tuple[Report, ...]] = {}
    with Drawers(summaries, settings, keeper, preload, address) as drawers:
        order = sorted(drawers.tasks, key=in_turn(summaries))
        making = _Making(settings, drawers, marks, keeper, preload, address)
        for over, (task, made) in enumerate(_some(making.every(order)), start=1):
            if not isinstance(made, PdfEngineMissing):
                told[task] = _aside(_report(task, made, marks), spool)
            files[task] = tuple(_aside(one, spool) for one in _files(task, made))
            progress(over, len(order), task.name)
    return (
        *(told[task] for task in drawers.tasks if task in told),
        *(file for task in drawers.tasks for file in files[task]),
    )


@dataclass(frozen=True)
class _Making:
    """What all reports of a run are made with."""

    settings: RenderSettings
    drawers: Drawers
    marks: Marks
    beside: Beside
    preload: tuple[str, ...]
    address: str

    def every(self, tasks: list[Task]) -> Iterator[_Made]:
        """What became of each.

        Where a process broke down, those that may have broken it are made each in a process of its own, the others by
        new ones.
        """
        left = tasks
        while left:
            broken: list[Task] = []
            slow = sum(task.form.slow for task in left)
            ahead = AHEAD * breadth(self.address if slow else "")
            with self._processes(min(cores(), slow)) as pool:
                for task, made in self._made(left, pool, ahead):
                    if self.address and isinstance(made, PdfEngineMissing):
                        raise ClusterError(f"a worker cannot lay out PDFs. {made}", self.address)
                    if isinstance(made, BrokenExecutor):
                        broken.append(task)
                    else:
                        yield task, made
            under_way = (AHEAD + 1) * cores()
            yield from ((task, self._alone(task)) for task in broken[:under_way])
            left = broken[under_way:]

    def _processes(self, workers: int) -> Executor:
        return executor(workers, self.preload, self.settings.report_memory_mb, self.address)

    def _made(self, tasks: list[Task], pool: Executor, ahead: int) -> Iterator[_Made]:
        """What became of each; no more than so many drawn reports wait at a time.

        Once a process has broken down, whatever is left has a BrokenExecutor.
        """
        waiting: deque[tuple[Task, Future[Finished]]] = deque()
        over: BrokenExecutor | None = None
        left = dict.fromkeys(tasks)
        begun: dict[Task, Future[Finished]] = {}

        def at_once(task: Task, drawn: Drawn) -> None:
            begun[task] = self._submitted(task, drawn.content, pool)

        for task, drawn in self.drawers.drawn(tasks, self.marks.prepare, at_once):
            del left[task]
            if drawn.beside is not None:
                self.beside.keep(task.reader, drawn.beside)
            if drawn.became is not None:
                yield task, drawn.became
            else:
                under_way = begun.pop(task, None)
                waiting.append((task, under_way or self._submitted(task, drawn.content, pool)))
            while len(waiting) > ahead or (waiting and waiting[0][1].done()):
                done, made = _taken(waiting)
                over = made if isinstance(made, BrokenExecutor) else over
                yield done, made
            if over:
                break
        while waiting:
            yield _taken(waiting)
        if over:
            yield from ((task, over) for task in left)

    def _alone(self, task: Task) -> Finished | Exception:
        """A report whose process broke down, perhaps through another's fault, in a process of its own."""
        try:
            drawn = task.drawn(self.settings)
        except Exception as problem:
            return problem
        with self._processes(1) as pool:
            return _result(self._submitted(task, drawn, pool))

    def _submitted(self, task: Task, drawn: Any, pool: Executor) -> Future[Finished]:
        """What was drawn, handed to a process; a future of what went wrong where it cannot be.

        What another machine made is read back here: nobody's word is taken for what stands in it.
        """
        looked_through = task.bounded and not self.address
        try:
            return pool.submit(finished, task.form.finish, drawn, task.form.id, looked_through)
        except Exception as problem:
            future: Future[Finished] = Future()
            future.set_exception(problem)
            return future


def _taken(waiting: deque[tuple[Task, Future[Finished]]]) -> _Made:
    task, future = waiting.popleft()
    return task, _result(future)


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


def _report(task: Task, made: Finished | Exception, marks: Marks) -> Report:
    """The report; without its bytes where it could not be made, or holds what its reader may not see."""
    one = task.reader
    if isinstance(made, Finished):
        says = made.says or (read(made.content, task.form.id) if task.bounded else None)
        problem = marks.problem(one, says) if says else ""
        content = b"" if problem else made.content
    else:
        problem, content = _said(made), b""
    return Report(task.name, one.pack.id, one.summary.scope, task.form.id, content, one.language, problem)


def _files(task: Task, made: Finished | Exception) -> tuple[Report, ...]:
    """The files that come with a report; those of a workbook come even where it could not be made itself."""
    if isinstance(made, Finished):
        return made.beside
    if task.form.id != "xlsx":
        return ()
    try:
        return Details(task.reader).reports()
    except Exception as problem:  # perhaps what stopped the workbook, whose report says so
        _log.warning("the files beside %s are missing: %s", task.name, type(problem).__name__)
        return ()


def _aside(report: Report, spool: Spool) -> Report:
    """The report with its bytes put aside until it is published."""
    return replace(report, kept=spool.put(report.kept)) if isinstance(report.kept, bytes) else report


def _said(problem: Exception) -> str:
    """What went wrong, without what stood in a cell."""
    if isinstance(problem, TemplateError | ClusterError):
        return str(problem)
    if isinstance(problem, TooLong):
        return f"{problem} Raise report_seconds under [render], or shorten the longest texts."
    if isinstance(problem, MemoryError | BrokenExecutor):
        return "Laying it out took more memory than it may. Raise report_memory_mb under [render]."
    return f"It could not be laid out ({type(problem).__name__})."
