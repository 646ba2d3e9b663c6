"""A user's own templates are read before a run: unknown names with file and line, and what a template must not do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import TemplateError
from pipeline.model import Summary
from pipeline.render.environment import fill
from pipeline.render.imprint import GIVEN
from pipeline.render.interface import members, names
from pipeline.render.shipped import shipped
from pipeline.render.template_check import check_templates
from pipeline.render.view import View
from pipeline.render_settings import RenderSettings
from tests.render.conftest import SETTINGS, page_of, reader_of


def own(folder: Path, text: str, name: str = "board/report.html.j2") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("<p>\n{{ reprot.title }}</p>", 2, "There is no 'reprot': did you mean 'report'?"),
        ("{{ report.tilte }}", 1, "There is no 'tilte' in report: did you mean 'title'?"),
        ("\n\n{{ report.message.headlin }}", 3, "There is no 'headlin' in report.message: did you mean 'headline'?"),
        ('{{ report.table("project") }}', 1, "There is no 'project' in table(...): did you mean 'projects'?"),
        ('{% extends "shared/fram.html.j2" %}', 1, "There is no template 'shared/fram.html.j2': did you mean"),
        ("{{ report.title | safe }}", 1, "'|safe' lets the text of a cell become markup."),
        ("{% autoescape false %}{{ report.title }}{% endautoescape %}", 1, "Escaping is switched off here."),
        ("{{ report.__class__ }}", 1, "'__class__' is not for templates."),
        ('{{ [report.title] | map("safe") | join }}', 1, "'|safe' lets the text of a cell become markup."),
        ("{% filter safe %}{{ report.title }}{% endfilter %}", 1, "'|safe' lets the text of a cell become markup."),
        ("{{ report.title | urlize }}", 1, "'|urlize' lets the text of a cell become markup."),
        ('\n{{ _("{f.__globals__}", f=report.cut) }}', 2, "'{f.__globals__}' looks behind a value"),
        ('{{ ngettext("one", "{f[0]}", 2, f=[1]) }}', 1, "'{f[0]}' looks behind a value"),
        ('{{ report.language.gettext("{f.x}", f=1) }}', 1, "'{f.x}' looks behind a value"),
        ('{{ _("{f", f=1) }}', 1, "'{f': expected '}' before end of string."),
        ("<p class={{ report.title }}>", 1, "An attribute is filled without quotes."),
        ("<p style={% if 1 %}{{ report.title }}{% endif %}>", 1, "An attribute is filled without quotes."),
        ('<p id="a" class=x-{{ report.title }}>', 1, "An attribute is filled without quotes."),
        (
            "<p {% if 1 %}id='a'{% endif %} class={% if 1 %}\n{{ report.title }}{% endif %}>",
            2,
            "An attribute is filled",
        ),
        ('<img src="https://example.org/logo.png"/>', 1, "It loads something from elsewhere, which is refused."),
        ("<style>a { background: url(//example.org/x) }</style>", 1, "It loads something from elsewhere"),
        ('<p onclick="alert(1)">', 1, "It runs a script from markup."),
        ("<p>\n{% if %}</p>", 2, "Expected an expression"),
        ("{{ report.title | nosuch }}", 1, "No filter named 'nosuch'."),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, line: int, said: str) -> None:
    first = check_templates(own(tmp_path, text))[0]
    assert (first.template, first.line) == ("board/report.html.j2", line)
    assert first.what.startswith(said), first.what
    assert first.remedy


def test_a_template_that_builds_on_the_shipped_ones_is_right(tmp_path: Path) -> None:
    text = (
        '{% extends "shipped/executive/report.html.j2" %}{% import "shared/macros.html.j2" as m %}'
        '{% set mine = report.title %}{% block pages %}{% for row in report.table("projects").rows %}'
        "<a href=\"#{{ loop.index }}=x{{ mine }}\" title='a={{ mine }}' id=x>a = {{ mine }}</a>"
        "<p>{{ loop.index }} {{ mine }} {{ row.title }} {{ _('Decisions') }}</p>{% endfor %}{% endblock %}"
    )
    assert check_templates(own(tmp_path, text)) == ()


def test_the_shipped_templates_pass_the_check() -> None:
    assert [str(problem) for problem in check_templates(shipped())] == []


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.j2").write_bytes(b"\xff\xfe\x00")
    assert [problem.what for problem in check_templates(tmp_path)] == ["It is not written in UTF-8."]


def test_a_folder_that_is_not_there_has_no_problems(tmp_path: Path) -> None:
    assert check_templates(tmp_path / "none") == ()


def test_a_name_that_is_missing_when_filled_is_told_with_its_nearest(tmp_path: Path) -> None:
    own(tmp_path, "{% for row in rows %}\n{{ row.titel }}{% endfor %}", "board/x.html.j2")
    with pytest.raises(TemplateError) as caught:
        fill("board/x.html.j2", tmp_path, rows=[{"title": "a", "id": "b"}])
    assert caught.value.where == "board/x.html.j2, line 2"
    assert caught.value.what == "there is no 'titel' in the names title, id: did you mean 'title'?"


def test_everything_that_can_be_named_has_a_meaning(summary: Summary) -> None:
    every = names()
    view = View(reader_of(summary), SETTINGS, "paper")
    assert {name for name in vars(view) if not name.startswith("_")} <= set(GIVEN), "what is given is listed"
    listed = {re.split(r"[.(]", name)[1] for kind, name, _ in every if kind == "report"}
    assert listed == members() == {name for name in dir(view) if not name.startswith("_")}
    assert [name for _, name, meaning in every if not meaning] == []
    assert {"top", "pages", "end", "style"} <= {name.split()[2] for kind, name, _ in every if kind == "block"}


def test_the_frame_has_room_before_and_after_the_pages(tmp_path: Path, summary: Summary) -> None:
    text = '{% extends "shared/frame.html.j2" %}{% block top %}<p>First</p>{% endblock %}{% block end %}<p>Last</p>{% endblock %}'
    html = page_of(summary, settings=RenderSettings(templates=own(tmp_path, text, "executive/report.html.j2")))
    assert html.index("<p>First</p>") < html.index('<section class="page') < html.index("<p>Last</p>")
