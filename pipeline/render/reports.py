"""Every reader's report in every format: PDFs, which take the longest, are laid out in other processes meanwhile."""

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
from pipeline.render.formats import FORMATS, Format
from pipeline.render.pdf import PdfEngineMissing
from pipeline.render.read_back import read
from pipeline.render.readers import Reader, readers
from pipeline.render.scope_marks import Marks
from pipeline.render.time_limit import TooLong, allowed, within
from pipeline.render_settings import RenderSettings
from pipeline.spool import Spool

AHEAD = 2
"""Reports that wait for each process: enough to keep it busy, few enough to keep memory flat."""


def every_report(
    summaries: tuple[Summary, ...],
    settings: RenderSettings,
    preload: tuple[str, ...],
    address: str = "",
    beside: Callable[[Reader], None] = lambda _: None,
) -> tuple[Report, ...]:
    """Every pack for every reader in each of its formats; one that cannot be made says why and stops no other.

    `preload` names what the processes that lay out PDFs have imported; `address` is that of the cluster they are part
    of, "" for this machine. `beside` is called with each reader while the tables of their report are at hand. Raises
    TemplateError where it stops all of them, ClusterError where the cluster does.
    """
    wanted = readers(summaries, settings)
    tasks = [_Task(one, form, beside) for one in wanted for form in FORMATS if form.id in one.formats]
    in_turn = sorted(tasks, key=_place(summaries))
    marks = Marks(summaries[0], settings.templates)
    spool = Spool()
    told = {
        task: _aside(_report(task, content, marks), spool)
        for task, content in _some(_every(in_turn, settings, preload, address))
        if not isinstance(content, PdfEngineMissing)
    }
    return (
        *(told[task] for task in tasks if task in told),
        *(_aside(beside, spool) for one in wanted if "xlsx" in one.formats for beside in detail_reports(one)),
    )


def _place(summaries: tuple[Summary, ...]) -> Callable[[_Task], int]:
    """Reports of one summary are made one after another, whatever their pack: its tables are kept only meanwhile."""
    places = {id(summary): place for place, summary in enumerate(summaries)}
    return lambda task: places[id(task.reader.summary)]


@dataclass(frozen=True, eq=False)
class _Task:
    """One report in one format."""

    reader: Reader
    form: Format
    beside: Callable[[Reader], None]

    def drawn(self, settings: RenderSettings) -> Any:
        """What its format makes bytes of; what is to be done beside that is done."""
        with self._in_time(settings):
            found = self.form.draw(self.reader, settings)
        self.beside(self.reader)
        return found

    def finished(self, settings: RenderSettings) -> bytes:
        """The bytes, made in this process."""
        drawn = self.drawn(settings)
        with self._in_time(settings):
            return self.form.finish(drawn)

    def _in_time(self, settings: RenderSettings) -> AbstractContextManager[None]:
        items = len(self.reader.summary.portfolio.register.items)
        return within(allowed(settings.report_seconds, items))


def _every(
    tasks: list[_Task], settings: RenderSettings, preload: tuple[str, ...], address: str
) -> Iterator[tuple[_Task, bytes | Exception]]:
    """The bytes of each, or what went wrong.

    Where a process broke down, those that may have broken it are made each in a process of its own, the others by new
    ones.
    """
    left = tasks
    while left:
        broken: list[_Task] = []
        slow = sum(task.form.slow for task in left)
        with executor(min(cores(), slow), preload, settings.report_memory_mb, address) as pool:
            for task, content in _made(left, settings, pool, AHEAD * breadth(address if slow else "")):
                if address and isinstance(content, PdfEngineMissing):
                    raise ClusterError(f"a worker cannot lay out PDFs. {content}", address)
                if isinstance(content, BrokenExecutor):
                    broken.append(task)
                else:
                    yield task, content
        under_way = (AHEAD + 1) * cores()
        yield from ((task, _alone(task, settings, preload, address)) for task in broken[:under_way])
        left = broken[under_way:]


def _made(
    tasks: list[_Task], settings: RenderSettings, pool: Executor, ahead: int
) -> Iterator[tuple[_Task, bytes | Exception]]:
    """The bytes of each, or what went wrong; no more than so many drawn reports wait for a process at a time.

    Once a process has broken down, whatever was to be laid out has a BrokenExecutor.
    """
    waiting: deque[tuple[_Task, Future[bytes]]] = deque()
    over: BrokenExecutor | None = None
    for task in tasks:
        if not task.form.slow:
            yield task, _result(Here().submit(task.finished, settings))
        elif over:
            yield task, over
        else:
            waiting.append((task, _submitted(task, settings, pool)))
        while len(waiting) > ahead or (waiting and waiting[0][1].done()):
            done, content = _taken(waiting)
            over = content if isinstance(content, BrokenExecutor) else over
            yield done, content
    while waiting:
        yield _taken(waiting)


def _submitted(task: _Task, settings: RenderSettings, pool: Executor) -> Future[bytes]:
    """Drawn here and handed to a process; a future of what went wrong where it cannot be drawn or handed on."""
    try:
        return pool.submit(task.form.finish, task.drawn(settings))
    except Exception as problem:
        future: Future[bytes] = Future()
        future.set_exception(problem)
        return future


def _taken(waiting: deque[tuple[_Task, Future[bytes]]]) -> tuple[_Task, bytes | Exception]:
    task, future = waiting.popleft()
    return task, _result(future)


def _alone(task: _Task, settings: RenderSettings, preload: tuple[str, ...], address: str) -> bytes | Exception:
    """A report whose process broke down, perhaps through another's fault, in a process of its own."""
    with executor(1, preload, settings.report_memory_mb, address) as pool:
        return _result(_submitted(task, settings, pool))


def _result(future: Future[bytes]) -> bytes | Exception:
    try:
        return future.result()
    except Exception as problem:
        return problem


def _some(made: Iterator[tuple[_Task, bytes | Exception]]) -> Iterator[tuple[_Task, bytes | Exception]]:
    """The same. Raises TemplateError at the end where templates stopped every report: it is told once, and what was
    published before stays.
    """
    stopped: TemplateError | None = None
    others = False
    for task, content in made:
        if isinstance(content, TemplateError):
            stopped = stopped or content
        elif not isinstance(content, PdfEngineMissing):
            others = True
        yield task, content
    if stopped and not others:
        raise stopped


def _report(task: _Task, content: bytes | Exception, marks: Marks) -> Report:
    one = task.reader
    name = f"{one.name}.{task.form.id}"
    problem = _foreign(task, content, marks) if isinstance(content, bytes) else _said(content)
    kept = content if isinstance(content, bytes) and not problem else b""
    return Report(name, one.pack.id, one.summary.scope, task.form.id, kept, one.language, problem)


def _foreign(task: _Task, content: bytes, marks: Marks) -> str:
    """What the finished file holds that its reader may not see. Who may see everything has a file that is not read."""
    bounded = task.reader.summary.seen.items is not None
    return marks.problem(task.reader, read(content, task.form.id)) if bounded else ""


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
