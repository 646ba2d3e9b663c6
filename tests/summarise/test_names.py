"""Names are compared alike, one by one and by the column."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.summarise.carriers import named_roles
from pipeline.summarise.names import TEXT, as_written, each_text, fold, folded, joined, numbered


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet=" \t\n\x1fAbßÉﬁ\u00a0", max_size=6), max_size=6))
@example(["  Ana\tSilva ", "STRASSE", "Straße", ""])
def test_a_column_is_folded_as_each_of_its_texts_is(texts: list[str]) -> None:
    assert list(fold(pd.Series(texts, dtype=TEXT))) == [folded(text) for text in texts]


def test_a_missing_name_is_blank_and_what_no_one_asks_for_has_no_number() -> None:
    names = fold(pd.Series(["B", None, " a "], dtype=TEXT, index=[7, 8, 9]))
    assert names.to_dict() == {7: "b", 8: "", 9: "a"}
    assert numbered(names, pd.Index(["a", "b"])).tolist() == [1, -1, 0]


def test_a_column_in_which_nothing_changes_is_the_same_in_memory() -> None:
    said = pd.Series(["a", "", "a"], dtype=TEXT, index=[4, 5, 6], name="kind")
    assert lies_at(each_text(said, str.lower)) == lies_at(said)
    assert each_text(said, str.upper).to_dict() == {4: "A", 5: "", 6: "A"}
    assert each_text(said.where(said != "", None), str.lower).to_dict() == said.to_dict()
    assert lies_at(as_written(said + "", said)) == lies_at(said)
    assert as_written(said + "b", said).tolist() == ["ab", "b", "ab"]


def lies_at(texts: pd.Series) -> int:
    return int(pa.chunked_array(pa.array(texts.array)).chunk(0).buffers()[2].address)


def test_texts_of_an_item_are_joined_in_their_order_and_those_of_no_item_left_out() -> None:
    texts = pd.Series(["b", "x", "a", "c"], dtype=TEXT)
    assert joined(texts, pd.Series([2, 9, 2, 0]), pd.Index([0, 1, 2])).to_dict() == {0: "c", 1: "", 2: "b; a"}


def test_a_person_named_twice_in_a_role_has_both_shares_and_once_in_each_of_two_roles_stays_so() -> None:
    roles = pd.DataFrame({"item": [0, 0, 0, 1], "role": list("rrar"), "person": ["Bo", "bo ", "Bo", ""], "share": 0.5})
    roles = roles.astype({"role": TEXT, "person": TEXT})
    found = named_roles(roles, {"bo": "Bo"})
    assert found.to_numpy().tolist() == [[0, "r", "Bo", 1.0], [0, "a", "Bo", 0.5]]
    assert named_roles(roles.iloc[1:3], {"bo": "Bo"}).to_numpy().tolist() == [[0, "r", "Bo", 0.5], [0, "a", "Bo", 0.5]]
