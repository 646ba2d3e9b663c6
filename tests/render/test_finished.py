"""Finished reports of the example register: each holds its reader's rows only, and another's is told from end to end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import TemplateError
from pipeline.flow import Run
from pipeline.mail_settings import MailSettings
from pipeline.model import Period, Summary
from pipeline.preview.drawn import Drawn
from pipeline.preview.trial import trial
from pipeline.render.formats import FORMATS
from pipeline.render.letters import letters
from pipeline.render.read_back import Read, read
from pipeline.render.readers import Reader, readers
from pipeline.render.reports import every_report
from pipeline.render.scope_marks import Marks
from pipeline.render_settings import RenderSettings
from pipeline.settings import Settings
from tests.render.conftest import needs_pdf

EXAMPLE = Path(__file__).parents[2] / "input" / "example-register.xlsx"
SETTINGS = RenderSettings(templates=Path("no such folder"))
FORMS = {"executive": "html", "department": "html", "owner": "pdf"}
PAGE = "<title>{{ report.title }} {{ report.scope }}</title>"
EVERY = "{% for row in report.summary.portfolio.register.items.title %}{{ row }}, {% endfor %}"


@pytest.fixture(scope="module")
def summaries() -> tuple[Summary, ...]:
    """The organisation, and two each of those who see a part."""
    found = Run(Settings(), Period(2026, 10), (EXAMPLE,)).summaries
    parts = [
        one for kind in ("executive", "department", "person") for one in [s for s in found if s.audience == kind][:2]
    ]
    return (found[0], *parts)


@pytest.fixture(scope="module")
def marks(summaries: tuple[Summary, ...]) -> Marks:
    return Marks(summaries[0], SETTINGS.templates)


@pytest.fixture(scope="module")
def finished(summaries: tuple[Summary, ...]) -> Mapping[Reader, Read]:
    """The pages of an executive and of a department, and a person's PDF, read back.

    Their PDFs are made by the whole run of the example register, which fails where one is kept back.
    """
    chosen = {one.pack.id: one for one in reversed(readers(summaries, SETTINGS)) if one.summary.scope}
    forms = {pack: next(one for one in FORMATS if one.id == form) for pack, form in FORMS.items()}
    return {one: read(forms[id].finish(forms[id].draw(one, SETTINGS)), forms[id].id) for id, one in chosen.items()}


@needs_pdf
def test_no_report_of_the_example_register_raises_an_alarm(finished: Mapping[Reader, Read], marks: Marks) -> None:
    assert {one.name: marks.problem(one, found) for one, found in finished.items()} == {
        one.name: "" for one in finished
    }
    assert len(finished) == 3


@needs_pdf
def test_each_report_in_the_hands_of_another_reader_is_told(
    finished: Mapping[Reader, Read], marks: Marks, summaries: tuple[Summary, ...]
) -> None:
    for one, found in finished.items():
        others = [
            other for other in summaries[1:] if other.scope != one.summary.scope and other.audience == one.pack.audience
        ]
        problem = marks.problem(replace(one, summary=others[0]), found)
        assert problem.startswith(f"What {others[0].scope} may not see stands in it: the ")
        assert "more." in problem


def leaking(folder: Path, name: str) -> RenderSettings:
    """Settings of a template that prints the whole register to whoever reads it."""
    (folder / "owner").mkdir()
    (folder / "owner" / name).write_text(PAGE + EVERY, encoding="utf-8")
    return RenderSettings.model_validate(
        {"templates": folder, "packs": {"owner": {"formats": ["html"]}, **{
            name: {"make": False} for name in ("executive", "department", "pmo")
        }}}
    )  # fmt: skip


def test_a_letter_that_says_anothers_rows_is_held(summaries: tuple[Summary, ...], tmp_path: Path) -> None:
    people = (summaries[0], summaries[-1])
    plain = letters(people, SETTINGS, MailSettings(), {f"{one.name}.pdf" for one in readers(people, SETTINGS)})
    assert ["may not see" in one.held for one in plain] == [False] * len(plain)
    for form in ("txt", "html"):
        (tmp_path / form).mkdir()
        settings = leaking(tmp_path / form, f"mail.{form}.j2")
        made = {f"{one.name}.html" for one in readers(people, settings)}
        for one in letters(people, settings, MailSettings(), made):
            assert one.held.startswith(f"What {one.scope} may not see stands in it: the ")


def test_preview_and_template_check_tell_what_a_run_would(summaries: tuple[Summary, ...], tmp_path: Path) -> None:
    settings = leaking(tmp_path, "report.html.j2")
    run = Run(Settings(render=settings), Period(2026, 10))
    run.__dict__["summaries"] = (summaries[0], summaries[-1])
    found = every_report(run.summaries, settings, ())
    assert [report.content for report in found] == [b""]
    assert [str(problem) for problem in trial(run)] == [
        str(TemplateError(f"a run would not publish it. {found[0].problem}", found[0].name))
    ]
    with pytest.raises(TemplateError, match="may not see stands in it"):
        Drawn(lambda: run, [tmp_path]).ready(found[0].name, 60)


def test_reports_are_not_searched_by_a_part_of_the_register(summaries: tuple[Summary, ...]) -> None:
    with pytest.raises(ValueError, match="organisation's summary"):
        every_report(summaries[1:], SETTINGS, ())
