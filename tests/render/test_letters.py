"""What a report says by mail."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import TemplateError
from pipeline.letter import Letter
from pipeline.mail_settings import MailSettings
from pipeline.model import Figure, Summary
from pipeline.render.language import LANGUAGES
from pipeline.render.letters import Writer, letters
from pipeline.render.readers import readers
from pipeline.render.view import View
from pipeline.render_settings import RenderSettings
from tests.render.conftest import SETTINGS
from tests.render.sample import make_summary

MAIL = MailSettings(sender="reports@example.org", location="https://example.org/reports/", contact="Ada Byron, PMO")


class Everything:
    """Every file was published."""

    def __contains__(self, name: object) -> bool:
        return True


@pytest.fixture(scope="module")
def summary() -> Summary:
    return make_summary()


def of(summary: Summary, pack: str = "executive", mail: MailSettings = MAIL, **options: Any) -> Letter:
    settings = SETTINGS.model_copy(update=options)
    return next(one for one in letters([summary], settings, mail, Everything()) if one.pack == pack)


def test_written_beside_its_report_it_is_the_same_and_the_tables_are_computed_once(
    summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.render import letters as module

    wanted = letters([summary], SETTINGS, MAIL, Everything())
    writer, views = module.Writer(SETTINGS, MAIL), []
    monkeypatch.setattr(module, "View", lambda *given: views.append(given) or View(*given))
    for reader in readers([summary], SETTINGS):
        writer.keep(reader, writer.write(reader))
    assert len(views) == len(wanted)
    assert tuple(writer.letters([summary], Everything())) == wanted
    assert len(views) == len(wanted), "none is written anew"
    pdf = f"{wanted[0].report}.pdf"
    (one,) = writer.letters([summary], {pdf})
    assert (one.files, len(views)) == ((pdf,), len(wanted) + 1)


def test_what_is_wrong_with_a_letter_stops_no_report_and_is_told_with_the_letters(
    summary: Summary, tmp_path: Path
) -> None:
    (tmp_path / "executive").mkdir()
    (tmp_path / "executive" / "mail.txt.j2").write_text("{{ report.nothing }}")
    writer = Writer(SETTINGS.model_copy(update={"templates": tmp_path}), MAIL)
    assert None in [writer.write(reader) for reader in readers([summary], SETTINGS)]
    with pytest.raises(TemplateError):
        list(writer.letters([summary], Everything()))


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_it_says_three_facts_what_is_asked_what_is_attached_and_whom_to_ask(summary: Summary) -> None:
    one = of(summary)
    lines = one.text.splitlines()
    assert lines[0] == "Eastmere University, Executive report, October 2026"
    assert all(line.endswith(".") for line in lines[2:5])
    assert "One file is attached:" in lines
    assert "- 2026-10_executive.pdf, the report, to read and to print" in lines
    assert "Questions: Ada Byron, PMO" in lines
    assert any("As at 31 October 2026." in line and "Source: " in line for line in lines)
    assert one.subject == "Executive report, October 2026, Eastmere University"
    assert one.files == ("2026-10_executive.pdf",)


def test_text_and_html_say_the_same(summary: Summary) -> None:
    one = of(summary)
    class_ = HTMLParser
    said: list[str] = []

    class Texts(class_):
        def handle_data(self, data: str) -> None:
            said.append(data.strip())

    Texts().feed(one.html)
    html = " ".join(" ".join(said).split())
    for line in one.text.splitlines()[2:5]:
        assert line in html


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_nothing_is_left_in_english_and_nothing_is_loaded(summary: Summary, code: str) -> None:
    one = of(summary, language=code)
    assert one.language == code
    tags = Tags(one.html).tags
    assert dict(tags)["html"]["lang"] == code
    assert {tag for tag, _ in tags} <= {
        "html",
        "head",
        "meta",
        "title",
        "body",
        "div",
        "p",
        "h1",
        "h2",
        "b",
        "br",
        "span",
        "a",
    }
    assert not any(name in attributes for _, attributes in tags for name in ("src", "background", "onclick", "class"))
    assert "url(" not in one.html
    assert "\u200b" not in "".join(str(attributes.get("style")) for _, attributes in tags)
    if code != "en":
        for english in ("attached", "Questions? ", "delete it", "to read and to print", "As at"):
            assert english not in one.text


def test_lesser_letters_take_fewer_files_and_say_where_they_lie(summary: Summary) -> None:
    one = of(replace(summary, scope="Finance", audience="department"), "department")
    assert [body.files for body in one.bodies] == [
        ("2026-10_department_finance.pdf", "2026-10_department_finance.xlsx"),
        ("2026-10_department_finance.pdf",),
        (),
    ]
    assert "One file is too large for a mail:" in one.bodies[1].text
    assert "Two files are too large for a mail:" in one.bodies[2].text
    assert 'href="https://example.org/reports/2026-10"' in one.bodies[2].html
    assert "href" not in one.bodies[0].html
    unsaid = of(summary, mail=MAIL.model_copy(update={"location": ""}))
    assert "Ask for it: see below." in unsaid.bodies[-1].text


@pytest.mark.parametrize(
    "location", ["javascript:alert(1)", "file:///etc", r"\\server\reports", '"><script>x</script>']
)
def test_only_an_address_of_the_web_becomes_a_link(summary: Summary, location: str) -> None:
    html = of(summary, mail=MAIL.model_copy(update={"location": location})).bodies[-1].html
    assert "href" not in html
    assert "<script" not in html


def test_a_hostile_name_is_a_name(summary: Summary) -> None:
    scope = "=?utf-8?q?x=0A?= <b>Bcc: evil@example.org</b>\r\n\u202eX{{ 7*7 }}"
    one = of(replace(summary, scope=scope, audience="department"), "department")
    assert "=?" not in one.subject
    assert one.subject.isprintable()
    assert all(text.isprintable() for text in one.proof)
    assert "<b>Bcc" not in one.html
    assert "{{ 7*7 }}" in one.html


def test_totals_that_moved_much_hold_it_for_a_look(summary: Summary) -> None:
    def with_hours(now: float, before: float | None) -> str:
        figure = Figure("hours", "Hours of work", now, "hours", previous=before)
        others = {id: replace(one, previous=None) for id, one in summary.figures.items()}
        return of(replace(summary, figures={**others, "hours": figure})).held

    assert with_hours(120, 100) == ""
    assert with_hours(151, 100) == "hours: 100 before, 151 now"
    assert with_hours(40, 100) == "hours: 100 before, 40 now"
    assert with_hours(9, 1) == ""
    assert with_hours(500, None) == ""


def test_a_report_of_which_no_file_was_made_has_no_letter(summary: Summary) -> None:
    made = {"2026-10_executive.html"}
    found = letters([summary], SETTINGS, MAIL, made)
    assert [(one.pack, one.files) for one in found] == [("executive", ())]


def test_a_template_of_ones_own_comes_first(summary: Summary, tmp_path: Path) -> None:
    (tmp_path / "executive").mkdir()
    own = '{% extends "shipped/shared/mail.txt.j2" %}{% block end %}Regards & thanks{% endblock %}'
    (tmp_path / "executive" / "mail.txt.j2").write_text(own)
    one = of(summary, templates=tmp_path)
    assert one.text.endswith("Regards & thanks\n")
    assert isinstance(SETTINGS, RenderSettings)


def test_a_letter_has_the_time_that_its_report_has(summary: Summary, tmp_path: Path) -> None:
    (tmp_path / "executive").mkdir()
    endless = "{% for one in range(9999) %}{% for more in range(9999) %}{{ more }}{% endfor %}{% endfor %}"
    (tmp_path / "executive" / "mail.txt.j2").write_text(endless)
    with pytest.raises(TemplateError, match="its letter took more than 1 second of a processor") as caught:
        of(summary, templates=tmp_path, report_seconds=1)
    assert caught.value.where == "2026-10_executive"
