"""Findings in a reader's language: their sentences, their days, what stands for many, and what is none of ours."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pipeline.findings import KINDS, finding
from pipeline.render.found import SENTENCES, contradiction, remedy, said
from pipeline.render.language import ENGLISH, LANGUAGES, Language
from pipeline.render.said import in_language
from pipeline.render.shipped import shipped

_GERMAN = Language("de", (shipped(),))


def _told(code: str, say: Language = _GERMAN, **words: object) -> str:
    one = finding(code, **words)  # type: ignore[arg-type]
    return said(one.message, code, one.read, say).replace("\u00a0", " ")


def test_a_finding_is_said_in_the_readers_language_with_days_as_they_write_them() -> None:
    assert _told("R30", read="TBC", field="Finish") == "„TBC“ ist kein Datum. Ende bleibt leer."
    assert _told("R31", read="30 Nov 2026", value="30 Nov 2026") == (
        "„30 Nov 2026“ ist Text und wird als 30. November 2026 gelesen."
    )
    late = _told("C02", read="2026-09-25", status_part=" ('In progress')")
    assert late == "Das Ende am 25. September 2026 ist vorbei, und der Eintrag ist noch aktiv („In progress“)."
    assert _told("C02", ENGLISH, read="2026-09-25", status_part="").startswith(
        "The finish 25 September 2026 has passed"
    )


def test_a_list_of_findings_says_what_is_wrong_and_what_to_do_in_the_readers_language() -> None:
    over = finding("S04", read="Ana", person="Ana", value="100.3%", month="October 2026")
    alike = finding("R57", read="Niel", other="'Neil'", row="write Name Neil | Aliases Niel")
    left = finding("R04", rows="1 row is", kind="totals", where="row 155")
    refused = finding("R01", reason="It is empty.", advice="Fill it.")
    found = [over, alike, left, refused]
    rows = [{"code": one.code, "level": one.level, "read": one.read, "message": one.message} for one in found]
    shown = in_language("findings", pd.DataFrame(rows, dtype="string"), _GERMAN)
    said = shown["message"].str.replace("\u00a0", " ").tolist()
    assert shown["level"].iloc[0] == "Warnung"
    assert said[0] == "Ana ist im Oktober 2026 zu 100,3 % ausgelastet. Verschieben, teilen oder streichen Sie Arbeit."
    assert said[1] == "„Niel“ und 'Neil' unterscheiden sich um einen Buchstaben; hier sind es zwei Personen."
    assert said[2].startswith("Ausgelassene Zeilen. ")
    assert all(one.message not in text for one, text in zip(found, said, strict=True))


def test_one_that_stands_for_many_and_one_that_is_not_ours() -> None:
    one = finding("R30", read="x", field="Start")
    many = f"3 like this (B2 B3 B4), such as: {one.message}"
    assert said(many, "R30", "x", _GERMAN) == ("3 dieser Art (B2 B3 B4), etwa: „x“ ist kein Datum. Beginn bleibt leer.")
    assert said("Something else was found on 2026-01-02.", "X99", "raw", _GERMAN) == "raw"
    assert said("Something else was found on 2026-01-02.", "X99", "", ENGLISH).endswith("found on 2 January 2026.")


def test_several_contradictions_are_said_one_after_the_other() -> None:
    text = "The register says 'BAU', the evidence says project. The finish 2026-09-25 has passed and the item is still active."
    assert contradiction(text, ENGLISH) == text.replace("2026-09-25", "25 September 2026")
    assert "the" not in re.findall(r"\w+", contradiction(text, _GERMAN))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_is_one_that_a_finding_says(sentence: str) -> None:
    """So that a kind that is worded anew takes its translation with it."""
    bones = _bones(sentence)
    assert any(_fits(bones, _bones(kind.message)) for kind in KINDS.values()) or sentence.startswith("It is called")


def _bones(text: str) -> str:
    return re.sub(r"\{\w+\}", "*", text).replace(" ('*')", "").rstrip(".")


def _fits(sentence: str, message: str) -> bool:
    pattern = re.escape(message).replace(r"\*", ".*")
    return re.fullmatch(pattern, sentence) is not None or (message != "*" and sentence in message)


def test_what_to_do_is_said_where_it_is_the_same_for_all() -> None:
    assert [bool(remedy("R30", Language(code, (shipped(),)))) for code in LANGUAGES] == [True] * 5
    assert remedy("R01", _GERMAN) == ""
