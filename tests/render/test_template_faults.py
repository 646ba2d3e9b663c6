"""A template at fault keeps back its own reports and no other; one that stops all of them is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.answers.run import _unmade
from pipeline.errors import TemplateError
from pipeline.model import Report, Summary
from pipeline.render import render
from pipeline.render_settings import PackSettings, RenderSettings

PACKS = {name: PackSettings(make=False) for name in ("department", "owner")}
WRONG = "<p>\n{{ report.tilte }}</p>"


def made(folder: Path, summary: Summary, name: str, text: str) -> dict[str, Report]:
    """The web pages of the executives and the PMO with one template of the user's own, by their packs."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    reports = render((summary,), RenderSettings(formats=["html"], packs=PACKS | {"pmo": PackSettings(formats=["html"])},
                                                templates=folder))  # fmt: skip
    return {one.pack: one for one in reports}


def test_a_fault_in_one_packs_template_is_that_reports_problem(tmp_path: Path, summary: Summary) -> None:
    reports = made(tmp_path, summary, "executive/report.html.j2", WRONG)
    assert reports["executive"].problem.startswith(
        "executive/report.html.j2, line 2: there is no 'tilte' in report: did you mean 'title'?"
    )
    assert not reports["executive"].content
    assert not reports["pmo"].problem
    assert b"</html>" in reports["pmo"].content


def test_a_fault_that_stops_every_report_is_told_once(tmp_path: Path, summary: Summary) -> None:
    with pytest.raises(TemplateError, match=r"^shared/frame\.html\.j2, line 2: there is no 'tilte'"):
        made(tmp_path, summary, "shared/frame.html.j2", WRONG)


def test_the_same_problem_of_many_reports_is_one_sentence() -> None:
    unmade = [
        Report(f"{at}.pdf", "owner", "", "pdf", b"", "en", "x, line 1: no." if at else "Else.") for at in range(4)
    ]
    assert [*_unmade(unmade)] == ["0.pdf is not made: Else.", "1.pdf and 2 more are not made: x, line 1: no."]
