"""One report that is too long, too large or breaks its process stops no other, and says why it is missing."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.render import drawing, pdf, reports, tasks
from pipeline.render.environment import fill
from pipeline.render.fonts import fonts_for
from pipeline.render.formats import FORMATS, Format
from pipeline.render.pdf import Paper, write_pdf
from pipeline.render.reports import every_report
from pipeline.render.time_limit import TooLong, allowed, within
from pipeline.render_settings import PackSettings, RenderSettings
from tests.render.conftest import needs_pdf
from tests.render.fates import finish
from tests.render.sample import make_summary

ONLY_EXECUTIVE = {name: PackSettings(make=False) for name in ("department", "owner", "pmo")}


def _formats(fates: dict[str, str]) -> tuple[Format, ...]:
    def draw(reader: Any, settings: RenderSettings) -> tuple[str, str]:
        if fates.get(reader.name) == "cannot be drawn":
            raise ValueError("a cell's text")
        return fates.get(reader.name, ""), reader.name

    return (dataclasses.replace(FORMATS[0], draw=draw, finish=finish),)


@pytest.mark.parametrize(
    ("fate", "said"),
    [
        ("breaks", "more memory"),
        ("hoards", "more memory"),
        ("fails", "could not be laid out (KeyError)"),
        ("cannot be drawn", "could not be laid out (ValueError)"),
    ],
)
def test_one_bad_report_stops_no_other(monkeypatch: pytest.MonkeyPatch, fate: str, said: str) -> None:
    settings = RenderSettings(
        formats=["pdf"],
        report_memory_mb=600,
        packs={**ONLY_EXECUTIVE, "executive": PackSettings(languages=["en", "de", "fr"])},
    )
    monkeypatch.setattr(tasks, "FORMATS", _formats({"2026-10_executive_de": fate}))
    made = {one.name: one for one in every_report((make_summary(3, 1),), settings, ())}
    assert list(made) == ["2026-10_executive.pdf", "2026-10_executive_de.pdf", "2026-10_executive_fr.pdf"]
    bad = made.pop("2026-10_executive_de.pdf")
    assert said in bad.problem
    assert not bad.content
    assert "a cell's text" not in bad.problem
    assert all(not one.problem and one.content for one in made.values())


def test_after_a_process_broke_down_the_rest_is_laid_out_by_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those that were under way are made alone, each in a process that is started for it."""
    begun: list[int] = []
    start = reports.executor
    monkeypatch.setattr(reports.Marks, "problem", lambda *_: "")  # these are no PDFs to read back
    monkeypatch.setattr(reports, "executor", lambda workers, *more: (begun.append(workers), start(workers, *more))[1])
    for module in (drawing, reports):
        monkeypatch.setattr(module, "cores", lambda: 1)
    monkeypatch.setattr(tasks, "FORMATS", _formats({f"2026-10_department_d{at}": "breaks" for at in (2, 9)}))
    packs = {name: PackSettings(make=name == "department") for name in ("executive", "department", "owner", "pmo")}
    scopes = [f"D{at}" for at in range(14)]
    made = every_report(
        tuple(make_summary(1, 0, scope=scope) for scope in ("", *scopes)),
        RenderSettings(formats=["pdf"], packs=packs),
        (),
    )
    assert [one.name for one in made] == [f"2026-10_department_d{at}.pdf" for at in range(14)]
    assert [one.scope for one in made if one.problem] == ["D2", "D9"]
    assert len(begun) <= 3 + 2 * (reports.AHEAD + 1)


def test_where_other_processes_have_no_engine_its_reports_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "FORMATS", (*_formats({"2026-10_executive": "has no engine"}), *FORMATS[1:]))
    settings = RenderSettings(formats=["pdf", "html"], packs=ONLY_EXECUTIVE)
    assert [one.format for one in every_report((make_summary(3, 1),), settings, ())] == ["html"]


ROWS = "<tr><td>a cell</td><td>another</td></tr>" * 4_000
LONG = f"<html lang='en'><head><title>t</title></head><body><table>{ROWS}</table></body></html>"


@needs_pdf
def test_layout_is_stopped_when_its_time_is_over() -> None:
    began = time.process_time()
    with pytest.raises(TooLong, match="more than 1 seconds of a processor"):
        write_pdf(Paper(LONG, seconds=1))
    assert time.process_time() - began < 4


@needs_pdf
def test_time_that_others_take_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A layout that waits longer than its time, as on a busy machine, is made all the same."""
    monkeypatch.setattr(pdf, "fonts_for", lambda *given: (time.sleep(1.3), fonts_for(*given))[1])
    short = "<html lang='en'><head><title>t</title></head><body><p>a line</p></body></html>"
    assert write_pdf(Paper(short, seconds=1)).startswith(b"%PDF")


def _spin(reader: Any, settings: RenderSettings) -> str:
    while True:
        pass


@pytest.mark.parametrize("form", [FORMATS[1], FORMATS[2]], ids=["xlsx", "html"])
def test_whatever_is_made_here_is_stopped_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch, form: Format) -> None:
    monkeypatch.setattr(tasks, "FORMATS", (dataclasses.replace(form, draw=_spin),))
    settings = RenderSettings(formats=["html", "xlsx"], report_seconds=1, packs=ONLY_EXECUTIVE)
    settings.packs["executive"] = PackSettings(formats=[form.id])
    (made,) = every_report((make_summary(3, 1),), settings, ())
    assert made.problem.startswith("Laying it out took more than 1 seconds of a processor. Raise report_seconds")


def test_a_report_about_many_items_has_more_time() -> None:
    assert [allowed(60, items) for items in (0, 5_000, 1_000_000)] == [60, 70, 2_060]


def test_a_template_that_takes_too_long_is_not_told_to_be_wrong(tmp_path: Path) -> None:
    (tmp_path / "endless.j2").write_text(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    )
    with pytest.raises(TooLong), within(1):
        fill("endless.j2", tmp_path)
