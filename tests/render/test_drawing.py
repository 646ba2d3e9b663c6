"""Reports that other processes draw are those that are drawn here, and so are the letters beside them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.flow import Run
from pipeline.model import Period, Summary
from pipeline.render import drawing
from pipeline.render.drawing import Drawers, _pass_on
from pipeline.render.finished import Finished
from pipeline.render.readers import Reader
from pipeline.render.reports import every_report
from pipeline.render.tasks import Drawn
from pipeline.render_settings import PackSettings, RenderSettings
from pipeline.settings import Settings
from tests import life
from tests.conftest import fill

REGISTER = life.register("2026-10").replace("|Office|Web|", "|Studio|Web|")
"""Eleven items of three departments."""
SETTINGS = RenderSettings(
    templates=Path("no such folder"),
    formats=["html"],
    packs={
        name: PackSettings(make=name == "department", formats=["html"])
        for name in ("executive", "department", "owner", "pmo")
    },
)


class Written:
    """Says of each reader which process drew their report."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}

    def write(self, reader: Reader) -> int:
        return os.getpid()

    def keep(self, reader: Reader, made: int) -> None:
        self.kept[reader.name] = made


@pytest.fixture(scope="module")
def summaries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Summary, ...]:
    book, path = Workbook(), tmp_path_factory.mktemp("drawing") / "register.xlsx"
    fill(book.active, REGISTER)
    book.save(path)
    found = Run(Settings(), Period(2026, 10), (path,)).summaries
    return (found[0], *[one for one in found if one.audience == "department"])


def test_what_other_processes_draw_is_what_is_drawn_here(
    summaries: tuple[Summary, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = Written(), Written()
    monkeypatch.setattr(drawing, "cores", lambda: 2)
    by_others = every_report(summaries[:3], SETTINGS, (), beside=there)
    monkeypatch.setattr(drawing, "MOST_ROWS", 0)
    alone = every_report(summaries[:3], SETTINGS, (), beside=here)
    assert [(one.name, one.content) for one in by_others] == [(one.name, one.content) for one in alone]
    assert len(alone) == 2
    assert all(one.content and not one.problem for one in alone)
    assert set(here.kept.values()) == {os.getpid()}
    assert os.getpid() not in there.kept.values()
    assert there.kept.keys() == here.kept.keys() == {one.name[:-5] for one in alone}


@pytest.mark.parametrize("when", ["before", "under way"])
def test_where_they_break_down_it_is_drawn_here(
    summaries: tuple[Summary, ...], monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    monkeypatch.setattr(drawing, "cores", lambda: 2)
    written = Written()
    with Drawers(summaries[:3], SETTINGS, written, ()) as drawers:
        pool = drawers._begun[0]
        pool.submit(os.getpid).result()

        def kill() -> None:
            for process in pool._processes.values():  # type: ignore[attr-defined]
                process.kill()
                process.join()

        if when == "before":
            kill()
        told = list(drawers.drawn(drawers.tasks, kill))
    assert [task.name for task, _ in told] == [task.name for task in drawers.tasks]
    assert all(isinstance(drawn.became, Finished) and drawn.became.says for _, drawn in told)
    assert os.getpid() in {drawn.beside for _, drawn in told}


def test_a_process_that_draws_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, time\n"
        "from pipeline.executor import executor\n"
        "if __name__ == '__main__':\n"
        "    pool = executor(1)\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    time.sleep(60)\n"
    )
    (tmp_path / "run.py").write_text(script, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(tmp_path / "run.py")], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        worker = int(run.stdout.readline())
        run.kill()
    ends = time.monotonic() + 10
    while Path(f"/proc/{worker}").exists() and time.monotonic() < ends:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()


def test_a_report_that_cannot_be_drawn_there_stops_no_other(
    summaries: tuple[Summary, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(drawing, "cores", lambda: 2)
    (tmp_path / "department").mkdir()
    wrong = (
        f"{{% if report.scope == {summaries[2].scope!r} %}}{{{{ report.nothing }}}}{{% endif %}}{{{{ report.scope }}}}"
    )
    (tmp_path / "department" / "report.html.j2").write_text(wrong, encoding="utf-8")
    made = every_report(summaries, SETTINGS.model_copy(update={"templates": tmp_path}), ())
    assert [bool(one.content) for one in made] == [True, False, True]
    assert "nothing" in made[1].problem


@pytest.mark.parametrize(("rows", "processes"), [(12, 0), (11, 1)])
def test_beside_layout_on_two_processors_only_a_large_register_is_drawn_by_another_process(
    summaries: tuple[Summary, ...], monkeypatch: pytest.MonkeyPatch, rows: int, processes: int
) -> None:
    on_paper = SETTINGS.packs | {"department": PackSettings(formats=["pdf"])}
    paper = SETTINGS.model_copy(update={"formats": ["pdf"], "packs": on_paper})
    monkeypatch.setattr(drawing, "cores", lambda: 2)
    monkeypatch.setattr(drawing, "MANY_ROWS", rows)
    with Drawers(summaries, paper, Written(), ()) as drawers:
        assert len(drawers._begun) == processes


def test_what_is_to_be_laid_out_is_told_before_it_is_taken_over() -> None:
    paper, screen = object(), object()
    elsewhere: Future[list[Drawn]] = Future()
    taken: Future[list[Drawn]] = Future()
    told = []
    pass_on = partial(_pass_on, [paper, screen], lambda task, drawn: told.append((task, drawn.content, taken.done())))
    elsewhere.add_done_callback(partial(pass_on, taken))  # type: ignore[arg-type]
    elsewhere.set_result([Drawn(content="a page"), Drawn(Finished(b"done"))])
    assert told == [(paper, "a page", False)]
    assert [one.content for one in taken.result()] == ["a page", None]


@pytest.mark.parametrize("broken", [True, False])
def test_what_another_process_cannot_draw_is_not_laid_out(broken: bool) -> None:
    elsewhere: Future[list[Drawn]] = Future()
    taken: Future[list[Drawn]] = Future()
    elsewhere.add_done_callback(partial(_pass_on, [], lambda *_: pytest.fail("nothing was drawn"), taken))
    if broken:
        elsewhere.set_exception(MemoryError())
        assert isinstance(taken.exception(), MemoryError)
    else:
        elsewhere.cancel()
        assert isinstance(taken.exception(), CancelledError)


def test_whoever_waits_hears_of_what_went_wrong_beside() -> None:
    elsewhere: Future[list[Drawn]] = Future()
    taken: Future[list[Drawn]] = Future()
    elsewhere.add_done_callback(partial(_pass_on, [], lambda *_: None, taken))
    elsewhere.set_result([Drawn()])
    assert isinstance(taken.exception(timeout=1), ValueError), "more than there are tasks"
