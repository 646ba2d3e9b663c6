"""Reports that other processes draw are those that are drawn here, and so are the letters beside them."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from pipeline.flow import Run
from pipeline.model import Period, Summary
from pipeline.render import drawing
from pipeline.render.drawing import Drawers
from pipeline.render.readers import Reader
from pipeline.render.reports import every_report
from pipeline.render_settings import PackSettings, RenderSettings
from pipeline.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "input" / "example-register.xlsx"
SETTINGS = RenderSettings(
    templates=Path("no such folder"),
    formats=["html"],
    packs={
        name: PackSettings(make=name == "department", formats=["html"])
        for name in ("executive", "department", "owner", "pmo")
    },
)


class Written:
    """Says of each reader that something was made beside their report."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def write(self, reader: Reader) -> str:
        return f"beside {reader.name}"

    def keep(self, reader: Reader, made: str) -> None:
        self.kept[reader.name] = made


class Broken(Executor):
    """Its processes break down with whatever they are given."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor("gone"))
        return future


@pytest.fixture(scope="module")
def summaries() -> tuple[Summary, ...]:
    found = Run(Settings(), Period(2026, 10), (EXAMPLE,)).summaries
    return (found[0], *[one for one in found if one.audience == "department"][:3])


def test_what_other_processes_draw_is_what_is_drawn_here(
    summaries: tuple[Summary, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "cores", lambda: 3)
    there, here = Written(), Written()
    by_others = every_report(summaries, SETTINGS, (), beside=there)
    monkeypatch.setattr(drawing, "MOST_ROWS", 0)
    with Drawers(summaries, SETTINGS, here, ()) as drawers:
        assert drawers._pool is None
    alone = every_report(summaries, SETTINGS, (), beside=here)
    assert [(one.name, one.content) for one in by_others] == [(one.name, one.content) for one in alone]
    assert len(alone) == 3
    assert all(one.content and not one.problem for one in alone)
    assert there.kept == here.kept == {one.name[:-5]: f"beside {one.name[:-5]}" for one in alone}


def test_where_they_break_down_it_is_drawn_here(
    summaries: tuple[Summary, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "cores", lambda: 2)
    monkeypatch.setattr(drawing, "holding", lambda *_: Broken())
    made = every_report(summaries, SETTINGS, ())
    assert [bool(one.content) for one in made] == [True] * 3


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
