"""Templates: strict, sandboxed and escaped; a user's own come first and may build on the shipped ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import TemplateError
from pipeline.model import Summary
from pipeline.render.environment import fill, shipped
from pipeline.render.readers import readers
from pipeline.render.view import View
from pipeline.settings import RenderSettings
from tests.render.conftest import drawn, page_of
from tests.render.sample import make_summary

SHIPPED = sorted(path for path in shipped().rglob("*") if path.is_file())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(shipped()).as_posix())
def test_no_template_switches_escaping_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    script = "(?!)" if path.name == "frame.html.j2" else "<script"
    assert not re.search(rf"\|\s*safe\b|autoescape\s+false|Markup\(|{script}|\bon\w+=|javascript:", text)


def test_there_are_templates() -> None:
    assert {path.name for path in SHIPPED} >= {
        "report.html.j2",
        "workbook.j2",
        "paper.css",
        "screen.css",
        "month.html.j2",
    }


def own(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_missing_name_is_reported_with_template_line_and_name(tmp_path: Path) -> None:
    own(tmp_path, "executive/mine.html.j2", "<p>\n{{ report.nothing_like_it }}\n</p>")
    with pytest.raises(TemplateError) as problem:
        fill("executive/mine.html.j2", tmp_path, report={"title": "x"})
    assert problem.value.where == "mine.html.j2, line 2"
    assert "nothing_like_it" in problem.value.what


def test_a_slip_of_the_pen_is_reported_with_template_and_line(tmp_path: Path) -> None:
    own(tmp_path, "executive/mine.html.j2", "<p>\n\n{% if %}</p>")
    with pytest.raises(TemplateError) as problem:
        fill("executive/mine.html.j2", tmp_path)
    assert problem.value.where == "executive/mine.html.j2, line 3"


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"executive/none\.html"):
        fill("executive/none.html", tmp_path)


@pytest.mark.parametrize(
    "text", ["{{ ''.__class__.__mro__ }}", "{{ report.facts.__init__.__globals__ }}", "{% set x = things.append(1) %}"]
)
def test_a_template_cannot_leave_its_sandbox(tmp_path: Path, text: str) -> None:
    own(tmp_path, "executive/mine.html.j2", text)
    with pytest.raises(TemplateError):
        fill("executive/mine.html.j2", tmp_path, report={}, things=[])


def test_a_users_template_comes_first_and_may_build_on_the_shipped_one(tmp_path: Path, summary: Summary) -> None:
    text = '{% extends "shipped/executive/report.html.j2" %}{% block pages %}<h1>Our own</h1>{% endblock %}'
    own(tmp_path, "executive/report.html.j2", text)
    html = page_of(summary, settings=RenderSettings(templates=tmp_path))
    assert "<h1>Our own</h1>" in html
    assert "The month on a page" in html, "the navigation of the shipped template"


def test_a_users_workbook_layout_is_used(tmp_path: Path, summary: Summary) -> None:
    own(tmp_path, "pmo/workbook.j2", '<workbook><sheet name="Only"><title say="headline"/></sheet></workbook>')
    assert drawn(summary, "xlsx", RenderSettings(templates=tmp_path))


@pytest.mark.parametrize(
    ("layout", "names"),
    [
        ("<workbook><sheet name='A'><picture/></sheet></workbook>", "picture"),
        ("<workbook><sheet name='A'><table of='register' colour='red'/></sheet></workbook>", "colour"),
        ("<workbook><sheet name='A'><table of='register'><column of='salary'/></table></sheet></workbook>", "salary"),
        ("<workbook><sheet name='A'><table of='salaries'/></sheet></workbook>", "salaries"),
        ("<workbook><sheet name='A'><title say='bingo'/></sheet></workbook>", "bingo"),
        ("<workbook><sheet name='A'><chart of='months' say='months'/></sheet></workbook>", "months"),
        ("<workbook><sheet name='A'></workbook>", "mismatched"),
        ("<workbook><sheet name='A'><table of='register' rows='x'/></sheet></workbook>", "x"),
        ("<workbook><sheet name='A'/><sheet name='a'/></workbook>", "already"),
    ],
)
def test_a_layout_that_names_what_does_not_exist_says_so(
    tmp_path: Path, summary: Summary, layout: str, names: str
) -> None:
    own(tmp_path, "pmo/workbook.j2", layout)
    with pytest.raises(TemplateError, match=names):
        drawn(summary, "xlsx", RenderSettings(templates=tmp_path))


@pytest.mark.parametrize(
    "call",
    [
        'report.summary.tables["register"].to_csv(path)',
        'report.summary.tables["register"].to_pickle(path)',
        'report.summary.tables["register"].query("@pd")',
        "report.settings.templates.read_text()",
        "report.settings.templates.write_text(path)",
        'report.summary.tables["register"]["id"].array._pa_array.to_string()',
    ],
)
def test_a_template_can_call_nothing_that_reaches_a_file(tmp_path: Path, call: str) -> None:
    own(tmp_path, "mine/x.html.j2", f"{{{{ {call} }}}}")
    reader = readers((make_summary(3, 1),), RenderSettings(templates=tmp_path))[0]
    view = View(reader, RenderSettings(templates=tmp_path), "paper")
    with pytest.raises(TemplateError):
        fill("mine/x.html.j2", tmp_path, report=view, path=str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()
