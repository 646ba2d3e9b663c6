"""How numbers, dates and lists are written, in each language as its readers write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import TemplateError
from pipeline.model import Figure
from pipeline.render import palette
from pipeline.render.language import ENGLISH, LANGUAGES, Language, asks_to_act, language
from pipeline.render.shipped import shipped
from pipeline.sentence import Sentence
from pipeline.spoken import spoken

NARROW, FIXED = "\u202f", "\u00a0"
"""Spaces at which no line breaks."""


def speaking(code: str, own: str = "no such folder") -> Language:
    return language(code, Path(own), shipped())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12120.4, "12,120"),
        (0.0, "0"),
        (0.46, "0.5"),
        (9.96, "10"),
        (7.0, "7"),
        (-9.0, "−9"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_numbers(value: float | None, shown: str) -> None:
    assert ENGLISH.number(value) == shown


def test_an_absent_number_may_be_worded() -> None:
    assert ENGLISH.number(None, "unknown") == "unknown"


@pytest.mark.parametrize(
    ("value", "shown"), [(0.994, "99%"), (1.0, "100%"), (1.003, "100.3%"), (1.0004, "100%"), (1.2, "120%"), (None, "–")]
)
def test_a_load_over_all_of_it_never_reads_100(value: float | None, shown: str) -> None:
    assert ENGLISH.percent(value) == shown


@given(st.floats(0, 3))
def test_the_heat_step_agrees_with_the_number_in_the_cell(load: float) -> None:
    over = float(ENGLISH.percent(load).rstrip("%")) > 100
    assert (palette.heat_step(load) >= 4) == over


def test_the_year_is_named_only_where_it_changes() -> None:
    assert ENGLISH.day(date(2026, 11, 14), 2026) == "14 Nov"
    assert ENGLISH.day(date(2027, 1, 15), 2026) == "15 Jan 2027"
    assert ENGLISH.day(None, 2026, "unknown") == "unknown"


def test_lists_and_counts() -> None:
    assert ENGLISH.listed(["A"]) == "A"
    assert ENGLISH.listed(["A", "B", "C"]) == "A, B and C"
    assert ENGLISH.first_few(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"
    assert [ENGLISH.spelt(count) for count in (1, 9, 11)] == ["one", "nine", "11"]


@pytest.mark.parametrize(
    ("figure", "acts"),
    [
        (Figure("a", "A", 0, adverse=True), False),
        (Figure("a", "A", 3, adverse=True), True),
        (Figure("a", "A", 3), False),
        (Figure("a", "A", 0.99, "share", adverse=True), False),
        (Figure("a", "A", 1.01, "share", adverse=True), True),
        (Figure("a", "A", None, adverse=True), False),
    ],
)
def test_which_figures_ask_to_act(figure: Figure, acts: bool) -> None:
    assert asks_to_act(figure) is acts


@pytest.mark.parametrize(
    ("code", "small", "thousand", "large", "share", "hours"),
    [
        ("en", "0.5", "1,234", "12,345", "101%", "9 h"),
        ("de", "0,5", "1.234", "12.345", f"101{FIXED}%", f"9{FIXED}h"),
        ("fr", "0,5", f"1{NARROW}234", f"12{NARROW}345", f"101{FIXED}%", f"9{FIXED}h"),
        ("es", "0,5", "1234", "12.345", f"101{FIXED}%", f"9{FIXED}h"),
        ("pt", "0,5", "1234", f"12{FIXED}345", "101%", f"9{FIXED}h"),
    ],
)
def test_numbers_of_each_language(code: str, small: str, thousand: str, large: str, share: str, hours: str) -> None:
    say = speaking(code)
    assert [say.number(value) for value in (0.46, 1234, 12345)] == [small, thousand, large]
    assert [say.percent(1.01), say.hours(9)] == [share, hours]


@pytest.mark.parametrize(
    ("code", "day", "dated", "first", "full", "period"),
    [
        ("en", "14 Nov", "14 Nov 2027", "1 November", "14 November 2026", "November 2026"),
        ("de", "14. Nov.", "14. Nov. 2027", "1. November", "14. November 2026", "November 2026"),
        ("fr", "14 nov.", "14 nov. 2027", "1er novembre", "14 novembre 2026", "novembre 2026"),
        ("es", "14 nov", "14 nov 2027", "1 de noviembre", "14 de noviembre de 2026", "noviembre de 2026"),
        ("pt", "14 nov.", "14 nov. 2027", "1 de novembro", "14 de novembro de 2026", "novembro de 2026"),
    ],
)
def test_dates_of_each_language(code: str, day: str, dated: str, first: str, full: str, period: str) -> None:
    say, at = speaking(code), date(2026, 11, 14)
    written = [say.day(at, 2026), say.day(at.replace(year=2027), 2026), say.long_day(at.replace(day=1), 2026)]
    written += [say.full_day(at), say.period(at)]
    assert [text.replace(FIXED, " ") for text in written] == [day, dated, first, full, period]


@pytest.mark.parametrize(
    ("code", "listed"),
    [("en", "A, B and C"), ("de", "A, B und C"), ("fr", "A, B et C"), ("es", "A, B y C"), ("pt", "A, B e C")],
)
def test_lists_of_each_language(code: str, listed: str) -> None:
    assert speaking(code).listed(["A", "B", "C"]) == listed


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("count", [0, 1, 2, 21])
def test_only_the_sentence_for_one_says_it_in_words(code: str, count: int) -> None:
    say = speaking(code)
    said = say.ngettext("one row", "{count} rows", count)
    assert (str(count) in said) == (count != 1), said
    assert "row" not in said


def test_a_sentence_made_before_its_reader_is_known_is_said_in_their_language() -> None:
    whole = Sentence.saying(
        "{items} past the finish: {hours} h in the period.",
        items=Sentence.counting(2, "One project", "{n} projects"),
        hours=1200,
    )
    assert whole == "2 projects past the finish: 1,200 h in the period."
    assert ENGLISH.sentence(whole) == "Two projects past the finish: 1,200 h in the period."
    assert speaking("de").sentence(whole) == "Zwei Projekte über das Ende hinaus: 1.200 h im Berichtsmonat."
    assert speaking("de").sentence("Text of the register") == "Text of the register"


def test_a_count_in_words_agrees_with_its_noun() -> None:
    say = speaking("pt")
    assert say.ngettext("one active operation", "{n} active operations", 2) == "duas operações ativas"
    assert say.ngettext("one active project", "{n} active projects", 2) == "dois projetos ativos"
    assert f"{say.spelt(7)} {say.spelt(64):f}" == "sete 64"


def test_counts_of_one_sentence_are_all_in_words_or_all_in_digits() -> None:
    """A sentence that asks for a gender may be given either."""
    say = speaking("pt")
    assert f"{say.form_of(2, 10)(2):f}" == "duas"
    assert f"{say.form_of(2, 11)(2):f}" == "2"


def test_a_load_beyond_all_measure_says_only_so() -> None:
    assert [ENGLISH.load(one) for one in (0.99, 9.99, 9.994, 9.996, 120.0, None)] == [
        "99%", "999%", "999%", ">999%", ">999%", "–",
    ]  # fmt: skip
    assert speaking("de").load(12.0) == ">999\u00a0%"


def test_a_catalogue_of_ones_own_comes_before_the_shipped_one(tmp_path: Path) -> None:
    _own_catalogue(tmp_path, 'msgid "Overdue"\nmsgstr "Zu lang offen"\n')
    say = speaking("de", str(tmp_path))
    assert say.gettext("Overdue") == "Zu lang offen"
    assert say.gettext("Capacity") == "Kapazität", "what one's own has not, the shipped one says"
    assert say.gettext("Nobody has ever said this") == "Nobody has ever said this"


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ('msgid "{count} d"\nmsgstr "{cuont} Tage"\n', "{cuont} Tage"),
        ('msgid "{count} d"\nmsgstr "{count Tage"\n', "{count Tage"),
    ],
)
def test_a_sentence_that_cannot_be_filled_is_refused_with_its_file(tmp_path: Path, entry: str, what: str) -> None:
    _own_catalogue(tmp_path, entry)
    with pytest.raises(TemplateError) as caught:
        speaking("de", str(tmp_path))
    assert what in str(caught.value)
    assert "de.po" in str(caught.value)


def _own_catalogue(folder: Path, entry: str) -> None:
    (folder / "languages").mkdir()
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / "languages" / "de.po").write_text(head + entry, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("de", "de"),
        ("Deutsch", "de"),
        (" FRANÇAIS ", "fr"),
        ("pt-PT", "pt"),
        ("en_GB", "en"),
        ("Klingon", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_code_and_by_name(text: str, code: str) -> None:
    assert spoken(text) == code
