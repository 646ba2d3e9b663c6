"""Text of a CSV file: nothing in it begins a formula, whatever parts the columns where it is opened."""

from __future__ import annotations

import re

import pytest

from pipeline.defuse import defused, guarded

SIGNS = "=+-@＝＋－＠"


@pytest.mark.parametrize("mark", ["", ";", "; ", "\t", "\n", ";;", "\n  "])
@pytest.mark.parametrize("sign", SIGNS)
def test_no_formula_begins_where_columns_may_part(sign: str, mark: str) -> None:
    said = guarded(f"x{mark}{sign}1" if mark else f"{sign}1")
    assert not re.search(rf"(^|[;\t\n]) *[{re.escape(SIGNS)}]", said)
    assert said.replace("'", "") == (f"x{mark}{sign}1" if mark else f"{sign}1")


@pytest.mark.parametrize("text", ["a; b", "x=1", "2-3", "a @ b", "-", "Ann-Lee; Bob", "+"])
def test_other_signs_stay(text: str) -> None:
    assert defused(text) == (f"'{text}" if text in ("-", "+") else text)


def test_a_number_stays_unless_every_text_is_guarded() -> None:
    assert (defused("-1.5"), guarded("-1.5")) == ("-1.5", "'-1.5")


def test_what_is_lost_before_a_text_is_kept_by_a_mark() -> None:
    assert (guarded("\t=1"), guarded("\nx")) == ("'\t'=1", "'\nx")
