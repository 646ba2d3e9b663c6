"""The catalogues hold every text, whole, in each language, and a report in one holds no English of ours."""

from __future__ import annotations

import ast
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.model import Summary
from pipeline.render.catalogues import forms, misplaced, originals
from pipeline.render.formats import page
from pipeline.render.places import places
from pipeline.render.readers import Reader, readers
from pipeline.render_settings import PackSettings, RenderSettings
from pipeline.settings import load_settings
from tests.render.conftest import SETTINGS, reader_of
from tests.render.sample import make_summary

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import catalogues  # noqa: E402

WORDS = 12
"""Letters of a sentence's own, beside its places, from which it is told from a register's text."""


@pytest.fixture(scope="module")
def wanted() -> frozenset[catalogues.Text]:
    return catalogues.texts()


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_the_catalogue_is_fresh(code: str, wanted: frozenset[catalogues.Text]) -> None:
    made = catalogues.written(code, catalogues.updated(code, sorted(wanted, key=str)))
    fresh = catalogues.place(code).read_bytes() == made
    assert fresh, "run `make languages`"


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_every_text_is_translated_in_each_of_its_forms(code: str) -> None:
    assert not catalogues.missing(catalogues.committed(code)), "run `make languages` to see what is missing"


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_a_translation_has_the_places_of_its_text_and_no_markup(code: str) -> None:
    for one in [one for one in catalogues.committed(code) if one.id]:
        assert not list(misplaced(one)), one.id
        assert len(forms(one)) == len(originals(one))
        assert not any(re.search(r"<\w|&\w+;", text) for text in forms(one)), one.id


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_sheets_of_the_workbook_have_names_that_excel_takes(code: str) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.j2"))
    names = set(re.findall(r"<sheet name=\"\{\{ _\('([^']+)'\) \}\}\"", source))
    said = [forms(catalogues.committed(code).get(name))[0] or name for name in names]
    assert len(names) > 20
    assert all(re.fullmatch(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')", name) for name in said), said
    assert len({name.casefold() for name in said}) == len(names), sorted(said)


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_a_report_holds_no_english_text_of_ours(
    code: str, summary: Summary, wanted: frozenset[catalogues.Text]
) -> None:
    reader = Reader(reader_of(summary).pack, summary, code, "report")
    catalog = catalogues.committed(code)
    known = [(text, catalog.get(text)) for text in wanted]
    said = {one: form for text, held in known if held for one, form in zip(_each(text), forms(held), strict=True)}
    english = {one for one in said if said[one] not in ("", one) and _own(one) >= WORDS}
    found = _texts(page(reader, SETTINGS, "paper"))
    filled_in = [(one, re.compile(_pattern(one))) for one in english if places(one)]
    assert not english & found
    assert not {one for one, form in filled_in for text in found if form.fullmatch(text)}


def _each(text: catalogues.Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def _own(text: str) -> int:
    return len(re.sub(r"\{\w*\}|\W", "", text))


def _pattern(text: str) -> str:
    return re.sub(r"\\\{\w*\\\}", ".+", re.escape(text))


def _texts(html: str) -> set[str]:
    """Every text and every label of a page."""
    found: set[str] = set()

    class Reading(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.add(" ".join(data.replace("\u200b", "").split()))

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update(value or "" for name, value in attrs if name in ("aria-label", "alt", "data-label", "title"))

    Reading().feed(html)
    return found - {""}


def test_texts_are_found_in_code_templates_and_declarations(wanted: frozenset[catalogues.Text]) -> None:
    assert ("one work item", "{n} work items") in wanted
    assert {"What the words mean", "Active projects", "Taken over by", "project", "Nobody takes over"} <= wanted
    assert places("{count} of {all}") == {"count", "all"}


def test_each_reader_has_the_language_of_settings_then_of_the_people_sheet_then_the_run() -> None:
    scoped = make_summary(12, 3, scope="Ana Roy")
    people = scoped.portfolio.register.people
    assert _codes(scoped, RenderSettings(language="fr")) == {"fr"}
    people.loc[0, ["name", "language"]] = ["Ana Roy", "Deutsch"]
    assert _codes(scoped, RenderSettings(language="fr")) == {"de"}
    assert _codes(scoped, RenderSettings(language="fr", languages={"Ana Roy": "es"})) == {"es"}
    packs = {"department": PackSettings(languages=["en", "pt"])}
    assert _codes(scoped, RenderSettings(language="fr", packs=packs)) == {"en", "pt"}


def _codes(summary: Summary, settings: RenderSettings) -> set[str]:
    return {one.language for one in readers((summary,), settings) if one.pack.audience == summary.audience}


def test_an_unknown_language_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.toml"
    path.write_text('[render]\nlanguage = "nl"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="'en', 'de', 'fr', 'es' or 'pt'"):
        load_settings(path)


def test_no_plural_is_kept_from_the_catalogues_by_a_variable() -> None:
    """A sentence is collected where it stands in the call; one that is handed on by a name would stay English."""
    rooms = [path for path in (catalogues.ROOT / "pipeline").rglob("*.py") if path.name != "language.py"]
    found = [
        f"{path.name}:{call.lineno}"
        for path in rooms
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "ngettext"
        and not all(isinstance(text, ast.Constant) for text in call.args[:2])
    ]  # fmt: skip
    assert found == []
