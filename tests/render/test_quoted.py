"""Cells quoted as reasons: fields, days and points as the reader's language has them, the register's words as they are."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.render.language import language
from pipeline.render.quoted import quoted, sides_in_language
from pipeline.render.shipped import shipped

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import catalogues  # noqa: E402

GERMAN, ENGLISH = (language(code, Path("none"), shipped()) for code in ("de", "en"))


def sides(text: str, code: str) -> str:
    frame = pd.DataFrame({"reasons_for": [text], "reasons_against": [""]}, dtype="string[pyarrow]")
    return str(sides_in_language(frame, GERMAN if code == "de" else ENGLISH)["reasons_for"][0])


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Finish '2026-12-04' (+1.1); Type 'BAU' (−0.7)", "de", "Ende '4. Dezember 2026' (+1,1); Art 'BAU' (−0,7)"),
        ("Finish '2026-12-04' (+1.1)", "en", "Finish '4 December 2026' (+1.1)"),
        ("Title 'Type 'x' (+1.0)' (+0.5)", "de", "Titel 'Type 'x' (+1.0)' (+0,5)"),
        ("Nothing of ours", "de", "Nothing of ours"),
    ],
)
def test_what_speaks_either_way_is_said_in_the_readers_language(text: str, code: str, said: str) -> None:
    assert sides(text, code).replace("\u00a0", " ") == said


@pytest.mark.parametrize("quote", ["2026-02-30", "in 2026-12-04", "Q4", ""])
def test_a_quote_that_is_no_day_stays_as_the_cell_has_it(quote: str) -> None:
    assert quoted(quote, GERMAN) == quote


def test_the_sentence_for_one_reads_with_a_word_for_one() -> None:
    pairs = [one for one in catalogues.texts() if isinstance(one, tuple)]
    assert len(pairs) > 100
    assert not [one for one, many in pairs if "{count}" in one or one == many]
    plural = r"\{n\} (?!of )\w+s (?:are|have|lack|need|end|hang|were|hand)\b"
    assert not [one for one, _ in pairs if re.search(plural, one)]
