"""Templates: strict, sandboxed and escaped; a user's own come first and may build on the shipped ones."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from jinja2.exceptions import SecurityError

from pipeline.errors import TemplateError
from pipeline.model import Summary
from pipeline.render.environment import fill, shipped
from pipeline.render.readers import readers
from pipeline.render.view import View
from pipeline.render_settings import RenderSettings
from tests.render.conftest import drawn, page_of

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
    assert problem.value.where == "executive/mine.html.j2, line 2"
    assert "nothing_like_it" in problem.value.what


def test_a_slip_of_the_pen_is_reported_with_template_and_line(tmp_path: Path) -> None:
    own(tmp_path, "executive/mine.html.j2", "<p>\n\n{% if %}</p>")
    with pytest.raises(TemplateError) as problem:
        fill("executive/mine.html.j2", tmp_path)
    assert problem.value.where == "executive/mine.html.j2, line 3"


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"executive/none\.html"):
        fill("executive/none.html", tmp_path)


def test_a_part_that_is_no_j2_file_is_named_too(tmp_path: Path) -> None:
    own(tmp_path, "mine/part.js", "\n\n{{ nothing }}")
    own(tmp_path, "mine/x.html.j2", "{% include 'mine/part.js' %}")
    with pytest.raises(TemplateError) as problem:
        fill("mine/x.html.j2", tmp_path)
    assert problem.value.where == "mine/part.js, line 3"


BEHIND = "{f.__globals__[pd].io.common.os.environ[PATH]}"


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ report.facts.__init__.__globals__ }}",
        "{{ report.cut.__globals__ }}",
        "{{ report.cut | attr('__globals__') }}",
        "{{ [report.cut] | map(attribute='__globals__') | join }}",
        "{{ [report.cut] | map('attr', '__globals__') | list }}",
        "{{ [report] | sum(attribute='cut.__globals__') }}",
        "{{ report['cut']['__globals__'] }}",
        f'{{{{ "{BEHIND}".format(f=report.cut) }}}}',
        f'{{{{ "{BEHIND}".format_map({{"f": report.cut}}) }}}}',
        f'{{{{ _("{BEHIND}", f=report.cut) }}}}',
        f'{{{{ gettext("{BEHIND}", f=report.cut) }}}}',
        f'{{{{ ngettext("{BEHIND}", "x", 1, f=report.cut) }}}}',
        f'{{{{ ngettext("x", "{BEHIND}", 2, f=report.cut) }}}}',
        f'{{{{ report.language.gettext("{BEHIND}", f=report.cut) }}}}',
        '{{ _("{f:{f.__globals__}}", f=report.cut) }}',
        '{{ _("{f[0]}", f=[report.cut]) }}',
        "{% set x = report.summary.assumptions.append(1) %}",
        "{{ report.summary.tables.clear() }}",
        "{% autoescape false %}{{ report.title }}{% endautoescape %}",
        "{{ report.title | safe }}",
        "{{ [report.title] | map('safe') | join }}",
        "{{ report.title | urlize }}",
        "{{ report.title | forceescape }}",
        "<p{{ {report.title: 1} | xmlattr }}>",
        "{{ report.logo.translate({97: '<b>'}) }}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(tmp_path: Path, text: str, summary: Summary) -> None:
    own(tmp_path, "executive/mine.html.j2", text)
    with pytest.raises(TemplateError) as told:
        fill("executive/mine.html.j2", tmp_path, report=view_of(tmp_path, summary))
    assert os.environ["PATH"] not in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "{{ '%(f)s' | format(f=report.cut) }}",
        "{{ '{f}'.format(f=report.cut) }}",
        "{{ '%r' % report.cut }}",
        '{{ _("{f!r:>9}", f=report.cut) }}',
    ],
)
def test_a_value_in_a_text_is_only_named(tmp_path: Path, text: str, summary: Summary) -> None:
    own(tmp_path, "mine/x.html.j2", text)
    assert "bound method View.cut" in fill("mine/x.html.j2", tmp_path, report=view_of(tmp_path, summary))


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
        ("<workbook><sheet name='A'><texts of='methods'/></sheet></workbook>", "did you mean 'method'"),
        ("<workbook><sheet name='A' widths='wide'/></workbook>", "widths='wide'"),
        ("<workbook><sheet name='A'><table of='register'><column span='x'/></table></sheet></workbook>", "span='x'"),
        ("<workbook><sheet name='A'><matrix of='workload' by='moth'/></sheet></workbook>", "did you mean 'month'"),
        ("<workbook><sheet name='A'><chart of='months'/></sheet></workbook>", "'months' has no table"),
    ],
)
def test_a_layout_that_names_what_does_not_exist_says_so(
    tmp_path: Path, summary: Summary, layout: str, names: str
) -> None:
    own(tmp_path, "pmo/workbook.j2", layout)
    with pytest.raises(TemplateError, match=names) as told:
        drawn(summary, "xlsx", RenderSettings(templates=tmp_path))
    assert "pmo/workbook.j2, line 1" in told.value.where


def test_what_is_wrong_in_a_layout_is_told_with_its_own_file_line_and_the_nearest_name(
    tmp_path: Path, summary: Summary
) -> None:
    own(tmp_path, "shared/sheets/ours.j2", "<sheet name='A'>\n\n<title\n say='headlin'/></sheet>")
    own(tmp_path, "pmo/workbook.j2", "<workbook>\n{% include 'shared/sheets/ours.j2' %}</workbook>")
    with pytest.raises(TemplateError) as told:
        drawn(summary, "xlsx", RenderSettings(templates=tmp_path))
    assert told.value.where == "shared/sheets/ours.j2, line 3"
    assert told.value.what == "no sentence is called 'headlin': did you mean 'headline'?"


def view_of(templates: Path, summary: Summary) -> View:
    settings = RenderSettings(templates=templates)
    return View(readers((summary,), settings)[0], settings, "paper")


FRAME = 'report.summary.tables["register"]'


@pytest.mark.parametrize(
    "call",
    [
        f"{FRAME}.to_csv(path)",
        f"{FRAME}.to_pickle(path)",
        f'{FRAME}.query("@pd")',
        f'{FRAME}.eval("1")',
        f"{FRAME}['id'].to_csv(path)",
        f"{FRAME}['id'].array._pa_array.to_string()",
        f"{FRAME}.index.to_series()",
        f"{FRAME}.from_dict({{}})",
        "report.settings.templates.read_text()",
        "report.settings.templates.write_text(path)",
        "report.settings.templates.unlink()",
        "report.settings.templates.cwd()",
        "report.settings.templates.parent",
        "report.settings.parse_file(path)",
        "module.system('true')",
        "write(path)",
        "system('true')",
        "read(path)",
        "made(path)",
        "evaluate('1')",
    ],
)
def test_a_template_can_call_nothing_that_reaches_a_file(tmp_path: Path, call: str, summary: Summary) -> None:
    own(tmp_path, "mine/x.html.j2", f"{{{{ {call} }}}}")
    handed = {"module": os, "system": os.system, "write": summary.tables["register"].to_csv, "evaluate": eval}
    handed |= {"read": Path(tmp_path).read_text, "made": pd.DataFrame.from_dict, "path": str(tmp_path / "out")}
    with pytest.raises(TemplateError) as told:
        fill("mine/x.html.j2", tmp_path, report=view_of(tmp_path, summary), **handed)
    assert isinstance(told.value.__cause__, SecurityError)
    assert not (tmp_path / "out").exists()


def test_what_is_refused_is_named_without_its_content(tmp_path: Path, summary: Summary) -> None:
    own(tmp_path, "mine/x.html.j2", "{{ write(path) }}")
    register = summary.tables["register"]
    with pytest.raises(TemplateError, match="'to_csv' must not be called in a template") as told:
        fill("mine/x.html.j2", tmp_path, write=register.to_csv, path="x")
    assert register["title"].iloc[0] not in str(told.value)


@pytest.mark.parametrize("moment", [date(2026, 3, 1), datetime(2026, 3, 1), pd.Timestamp(2026, 3, 1)])
def test_what_is_harmless_may_be_called(tmp_path: Path, moment: date) -> None:
    own(tmp_path, "mine/x.html.j2", "{{ day.isoformat()[:10] }} {{ day.strftime('%d.%m.%Y') }} {{ 'a'.upper() }}")
    assert fill("mine/x.html.j2", tmp_path, day=moment) == "2026-03-01 01.03.2026 A"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 1 / 0 }}", "it cannot be filled: division by zero."),
        ("{{ 'a' + 1 }}", 'it cannot be filled: can only concatenate str (not "int") to str.'),
        ("{{ 'a'() }}", "it cannot be filled: 'str' object is not callable."),
        ("{{ report.table('project') }}", "there is no table 'project': did you mean 'projects'?"),
        ("{{ report.table('nope') }}", "there is no table 'nope'."),
        ("{{ report.exhibit('month') }}", "there is no exhibit 'month': did you mean 'months'?"),
        ("{{ report.filled('register', 'nope') }}", "there is no 'nope'."),
        ("{% include 'mine/x.html.j2' %}", "it includes itself, or a macro calls itself, without end."),
    ],
)
def test_whatever_goes_wrong_is_told_with_its_place(tmp_path: Path, summary: Summary, text: str, said: str) -> None:
    own(tmp_path, "mine/x.html.j2", f"<p>\n{text}</p>")
    with pytest.raises(TemplateError) as told:
        fill("mine/x.html.j2", tmp_path, report=view_of(tmp_path, summary))
    assert (told.value.where, told.value.what) == ("mine/x.html.j2, line 2", said)
    assert told.value.hint


def test_want_of_memory_is_no_mistake_of_a_template(tmp_path: Path) -> None:
    class Report:
        @property
        def title(self) -> str:
            raise MemoryError

    own(tmp_path, "mine/x.html.j2", "{{ report.title }}")
    with pytest.raises(MemoryError):
        fill("mine/x.html.j2", tmp_path, report=Report())
