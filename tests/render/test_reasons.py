"""Reasons in a reader's language: each sentence of ours is said anew, what cells hold stays as it is."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.classify.criteria import CRITERIA
from pipeline.fields import FIELDS
from pipeline.render.language import Language
from pipeline.render.reasons import reasons_in_language
from pipeline.render.shipped import shipped
from pipeline.vocabulary import REVIEW_REASONS

GERMAN = Language("de", (shipped(),))


def said(text: str, say: Language = GERMAN) -> str:
    return str(reasons_in_language(pd.Series([text, pd.NA], dtype="string[pyarrow]"), say).iloc[0])


@pytest.mark.parametrize("code", ["de", "fr", "es", "pt"])
def test_every_criterion_and_doubt_is_said_in_every_language(code: str) -> None:
    say = Language(code, (shipped(),))
    told = [one.explanation.replace("{field}", FIELDS[0].title).replace("{quote}", "abc 1") for one in CRITERIA]
    told += [f"To review: {why}." for why in REVIEW_REASONS]
    whole = said(" ".join(told), say)
    assert not [text for text in told if text in whole]
    assert whole.count("abc 1") == len(CRITERIA)


def test_days_are_written_as_the_reader_has_them() -> None:
    assert (
        said("It finishes on a day of its own (2026-11-30).")
        == "Es endet an einem eigenen Tag (30.\u00a0November 2026)."
    )


def test_what_a_cell_says_stays_even_where_it_looks_like_a_sentence_of_ours() -> None:
    text = said("Title says 'It is done once: 'x'. {0} & {field}'. Decided by A. Roy.")
    assert "It is done once: 'x'. {0} & {field}" in text or "{0} & {field}'. Decided by A. Roy." in text
    assert text.endswith("Decided by A. Roy.")


def test_a_text_that_is_not_ours_stays() -> None:
    assert said("Nothing speaks either way. To review: because.") == "Nothing speaks either way. To review: because."
