"""Names are compared alike, one by one and by the column."""

from __future__ import annotations

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.summarise.names import TEXT, fold, folded, numbered


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet=" \t\n\x1fAbßÉﬁ\u00a0", max_size=6), max_size=6))
@example(["  Ana\tSilva ", "STRASSE", "Straße", ""])
def test_a_column_is_folded_as_each_of_its_texts_is(texts: list[str]) -> None:
    assert list(fold(pd.Series(texts, dtype=TEXT))) == [folded(text) for text in texts]


def test_a_missing_name_is_blank_and_what_no_one_asks_for_has_no_number() -> None:
    names = fold(pd.Series(["B", None, " a "], dtype=TEXT, index=[7, 8, 9]))
    assert names.to_dict() == {7: "b", 8: "", 9: "a"}
    assert numbered(names, pd.Index(["a", "b"])).tolist() == [1, -1, 0]
