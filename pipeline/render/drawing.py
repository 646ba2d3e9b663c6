"""Draws the reports of parts of an organisation in processes of their own, while those of the whole are drawn here."""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager
from functools import partial
from itertools import groupby
from pathlib import Path
from types import TracebackType

from pipeline.executor import cores, holding
from pipeline.handed import Handed, handed
from pipeline.model import Summary
from pipeline.render.shipped import shipped
from pipeline.render.tasks import Beside, Drawn, Task, each_drawn, tasks_of
from pipeline.render.time_limit import TooLong
from pipeline.render_settings import RenderSettings

_log = logging.getLogger(__name__)
MANY_ROWS = 20_000
"""Work items from which on drawing reports takes longer than laying them out."""
MOST_ROWS = 200_000 if sys.platform == "linux" else 20_000
"""Work items beyond which reports are drawn here alone: the tables of several readers would have to be held at a time,
and the register itself where processes cannot share it."""
AHEAD = 2
"""Readers whose reports wait for each process: enough to keep it busy, few enough to keep memory flat."""
TAKEN = 1
"""Processors that laying out PDFs keeps busy beside this process: with two of them, one more that draws only waits.

It is begun none the less for a large register, and for templates of the user's own, which it keeps within the limits of
time and memory."""
_Waiting = deque[tuple[Sequence[Task], Future[list[Drawn]]]]
"""Groups of tasks that other processes draw, in the order in which they were handed out."""

AtOnce = Callable[[Task, Drawn], None]
"""Told of a report that another process has drawn."""


class Drawers(AbstractContextManager["Drawers"]):
    """The processes that draw; none where no processor is left, nothing is to be shared out, or the register is large.

    `address` is that of the cluster that lays out PDFs, "" for this machine.
    """

    def __init__(
        self,
        summaries: tuple[Summary, ...],
        settings: RenderSettings,
        beside: Beside,
        preload: tuple[str, ...],
        address: str = "",
    ) -> None:
        self._settings, self._beside = settings, beside
        self.tasks = tasks_of(summaries, settings)
        self._places = {task: place for place, task in enumerate(self.tasks)}
        parts = len({id(task.reader.summary) for task in self.tasks if task.reader.summary is not summaries[0]})
        laid_out = not address and any(task.form.slow for task in self.tasks)
        rows = len(summaries[0].portfolio.register.items)
        least = int(cores() > 1 and (rows >= MANY_ROWS or _has_own(settings.templates)))
        left = max(cores() - 1 - (TAKEN if laid_out else 0), least)
        self._workers = min(parts, left) if rows <= MOST_ROWS else 0
        self._pool: Executor | None = None
        self._begun: list[Executor] = []
        if self._workers > 0:
            held = handed((summaries, settings, beside))
            self._pool = holding(self._workers, preload, _hold, held, settings.report_memory_mb)
            self._begun.append(self._pool)

    def drawn(
        self, tasks: Sequence[Task], meanwhile: Callable[[], None], at_once: AtOnce = lambda *_: None
    ) -> Iterator[tuple[Task, Drawn]]:
        """Each of these tasks, which stand in turn by summary, with what was drawn of it.

        `meanwhile` is done here before others are waited for. `at_once` is told, in a thread, of what another process
        has drawn that is to be laid out, as soon as it is there. What a process that draws cannot do, because it breaks
        down or may hold too little, is done here.
        """
        groups = deque(tuple(group) for _, group in groupby(tasks, lambda task: id(task.reader.summary)))
        here = groups.pop() if self._pool and groups and not groups[-1][0].bounded else ()
        waiting: _Waiting = deque()
        self._hand_out(groups, waiting, at_once)
        for done in self._here(here):
            yield done
            while waiting and waiting[0][1].done():
                yield from self._next(groups, waiting, at_once)
        if waiting:
            meanwhile()
        while waiting:
            yield from self._next(groups, waiting, at_once)
        for group in groups:
            yield from self._here(group)

    def _next(
        self, groups: deque[tuple[Task, ...]], waiting: _Waiting, at_once: AtOnce
    ) -> Iterator[tuple[Task, Drawn]]:
        """What was drawn of the group that waits the longest; another is handed out in its place."""
        group, future = waiting.popleft()
        self._hand_out(groups, waiting, at_once)
        yield from self._taken(group, future)

    def _hand_out(self, groups: deque[tuple[Task, ...]], waiting: _Waiting, at_once: AtOnce) -> None:
        while self._pool and groups and len(waiting) < AHEAD * self._workers:
            places = [self._places[task] for task in groups[0]]
            try:
                future = self._pool.submit(_draw, places)
            except (BrokenExecutor, OSError, EOFError) as problem:  # a process is gone, or none can be begun
                self._give_up(problem)
            else:
                group, told = groups.popleft(), Future[list[Drawn]]()
                future.add_done_callback(partial(_pass_on, group, at_once, told))
                waiting.append((group, told))

    def _taken(self, group: Sequence[Task], future: Future[list[Drawn]]) -> Iterator[tuple[Task, Drawn]]:
        """What was drawn elsewhere; drawn anew here where it failed, but for want of time."""
        try:
            told = future.result()
        except Exception as problem:
            if isinstance(problem, BrokenExecutor):
                self._give_up(problem)
            yield from self._here(group)
            return
        for task, drawn in zip(group, told, strict=True):
            failed = isinstance(drawn.became, Exception) and not isinstance(drawn.became, TooLong)
            yield from self._here([task]) if failed else [(task, drawn)]

    def _give_up(self, problem: Exception) -> None:
        _log.warning("reports are drawn one after another: %s", type(problem).__name__)
        self._pool = None

    def _here(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Drawn]]:
        yield from zip(tasks, each_drawn(tasks, self._settings, self._beside), strict=True)

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in self._begun:
            pool.shutdown(cancel_futures=True)


def _pass_on(group: Sequence[Task], at_once: AtOnce, told: Future[list[Drawn]], future: Future[list[Drawn]]) -> None:
    """Tell what was drawn elsewhere: first of what is to be laid out, whatever is drawn here meanwhile."""
    try:
        found = future.result()
        for task, drawn in zip(group, found, strict=True):
            if drawn.became is None:
                at_once(task, drawn)
    except BaseException as problem:  # nobody hears of what a callback raises: who waits for it would wait for ever
        told.set_exception(problem)
    else:
        told.set_result(found)


def _has_own(templates: Path) -> bool:
    """Whether there are templates of the user's own, of which nobody knows how much memory they take."""
    return templates.resolve() != shipped().resolve() and any(templates.rglob("*.j2"))


_held: tuple[list[Task], RenderSettings, Beside]
"""In a process that draws: every task of the run, and what it is drawn with."""


def _hold(held: Handed) -> None:
    global _held
    summaries, settings, beside = held.taken()
    _held = tasks_of(summaries, settings), settings, beside


def _draw(places: Sequence[int]) -> list[Drawn]:
    """The tasks at these places of all, which are one summary's."""
    tasks, settings, beside = _held
    return list(each_drawn([tasks[place] for place in places], settings, beside))
