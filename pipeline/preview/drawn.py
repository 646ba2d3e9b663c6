"""The reports of one state of the files, each drawn once in the background, and anew when a file is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, Future, wait
from pathlib import Path

from pipeline.errors import PipelineError, TemplateError
from pipeline.executor import executor
from pipeline.flow import Run
from pipeline.render import PRELOAD
from pipeline.render.formats import FORMATS, Format
from pipeline.render.memory import forget
from pipeline.render.packs import Pack
from pipeline.render.read_back import read
from pipeline.render.readers import Reader, readers
from pipeline.render.scope_marks import Marks

Stamp = frozenset[tuple[str, int, int]]


class NoSuchReport(Exception):
    """No report of the run is called so."""


class Drawn:
    """Reports by the names of their files. `again` begins the run anew; `watched` are the files it depends on, besides
    the logo and the fonts of its settings.
    """

    def __init__(self, again: Callable[[], Run], watched: Iterable[Path]) -> None:
        self._again, self._watched = again, tuple(watched)
        self._at_work, self._asking = threading.Lock(), threading.Lock()
        forget()
        self._run, self._reports = again(), dict[str, Future[bytes]]()
        self._asked_for, self._begun_for = self.stamp(), self.stamp()
        self._marks = self._marked()

    def stamp(self) -> Stamp:
        """What tells one state of the watched files from another; a file that vanishes meanwhile is not there."""
        found: set[tuple[str, int, int]] = set()
        for path in (path for root in self._roots() for path in (root.rglob("*") if root.is_dir() else [root])):
            try:
                status = path.stat()
            except OSError:
                continue
            if path.is_file():
                found.add((str(path), status.st_mtime_ns, status.st_size))
        return frozenset(found)

    def _roots(self) -> list[Path]:
        look = self._run.settings.render.brand
        return [*self._watched, *(path for path in (look.logo, look.sans, look.serif) if path is not None)]

    def ready(self, name: str, seconds: float) -> bytes | None:
        """A report by the name of its file, "" being the list of all names; None: not drawn within so many seconds.

        Raises NoSuchReport for another name, and whatever reading the register or drawing raises.
        """
        report = self._asked(name)
        wait([report], seconds)
        return report.result() if report.done() else None

    def _asked(self, name: str) -> Future[bytes]:
        """The report, which is begun once for each state of the files however often it is asked for."""
        with self._asking:
            now = self.stamp()
            if now != self._asked_for:
                self._asked_for, self._reports = now, {}
            if name not in self._reports:
                self._reports[name] = Future()
                # A thread that ends with the program: nobody waits for a drawing after Ctrl+C.
                threading.Thread(target=self._make, args=(self._reports[name], name, now), daemon=True).start()
            return self._reports[name]

    def _make(self, report: Future[bytes], name: str, stamp: Stamp) -> None:
        try:
            with self._at_work:
                report.set_result(self._drawn(name, self._readers(stamp)))
        except BaseException as problem:  # whoever asks gets it
            report.set_exception(problem)

    def _readers(self, stamp: Stamp) -> tuple[Reader, ...]:
        if stamp != self._begun_for:
            forget()
            if not self._of_look(stamp ^ self._begun_for):
                self._run = self._again()
            self._marks = self._marked()
            self._begun_for = stamp
        return readers(self._run.summaries, self._run.settings.render)

    def _of_look(self, changed: Stamp) -> bool:
        """Whether only templates, wordings, the logo or fonts were saved: for them the register is not read again."""
        render = self._run.settings.render
        look = (render.templates, render.brand.logo, render.brand.sans, render.brand.serif)
        return all(any(one and Path(path).is_relative_to(one) for one in look) for path, *_ in changed)

    def _names(self, whom: tuple[Reader, ...]) -> list[str]:
        """Every report: first those of the pack whose own templates were saved last, and of each the page, which is
        drawn fastest.
        """
        saved = {pack: self._saved(pack) for pack in {one.pack for one in whom}}
        ranked = sorted(whom, key=lambda one: saved[one.pack], reverse=True)
        return [f"{one.name}.{form}" for one in ranked for form in sorted(one.formats, key="html".__ne__)]

    def _saved(self, pack: Pack) -> tuple[int, int]:
        """When a file in a folder of the pack's was saved last, and how near the folder is to the pack."""
        folders = [self._run.settings.render.templates / one for one in pack.folders]
        times = (
            (time, -at)
            for at, folder in enumerate(folders)
            for path, time, _ in self._begun_for
            if Path(path).is_relative_to(folder)
        )
        return max(times, default=(0, 0))

    def _drawn(self, name: str, whom: tuple[Reader, ...]) -> bytes:
        if not name:
            return "\n".join(self._names(whom)).encode()
        stem, _, ending = name.rpartition(".")
        for reader in whom:
            if reader.name == stem and ending in reader.formats:
                form = next(one for one in FORMATS if one.id == ending)
                content = self._finished(form, reader)
                problem = self._marks.problem(reader, read(content, form.id))
                if problem:
                    raise TemplateError(f"a run would not publish it. {problem}", name)
                return content
        raise NoSuchReport(name)

    def _finished(self, form: Format, reader: Reader) -> bytes:
        """The report within the limits of a run: of time and memory where it is laid out in a process of its own."""
        settings = self._run.settings.render
        made = form.draw(reader, settings)
        if not form.slow:
            return form.finish(made)
        try:
            with executor(1, PRELOAD, settings.report_memory_mb) as pool:
                return pool.submit(form.finish, made).result()
        except (MemoryError, BrokenExecutor) as problem:
            what = "laying it out took more memory than it may."
            raise PipelineError(what, reader.name, "Raise report_memory_mb under [render].") from problem

    def _marked(self) -> Marks:
        """What reports are searched for, as a run does."""
        return Marks(self._run.summaries[0], self._run.settings.render.templates)
