"""A finding that the period before had too is known again, wherever its row and whatever its file are now."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Finding
from pipeline.repeats import mark_repeats

TBC = Finding(
    "R30", "warning", "'TBC' is not a date.", "register-oct.xlsx", "Oct", "F12", "TBC", id="W-7", title="Pumps", field="finish"
)  # fmt: skip


def again(now: Finding, *earlier: Finding) -> bool:
    (marked,) = mark_repeats([now], earlier)
    assert replace(marked, repeat=False) == now
    return marked.repeat


def test_rows_sheets_and_messages_may_have_moved():
    assert again(replace(TBC, cell="F40", sheet="Nov", message="otherwise worded"), TBC)


def test_another_text_field_item_or_kind_is_new():
    changes = ({"read": "TBD"}, {"field": "start"}, {"id": "W-8"}, {"code": "R34"})
    assert [again(replace(TBC, **change), TBC) for change in changes] == [False] * 4


def test_an_item_without_an_id_is_known_by_its_title():
    assert again(replace(TBC, id="", title="PUMPS"), replace(TBC, id=""))
    assert not again(replace(TBC, id="", title="Tanks"), replace(TBC, id=""))


def test_a_file_of_the_next_month_or_version_is_the_same_register():
    for name in ("register-nov.xlsx", "register-nov final (2).xlsx"):
        assert again(replace(TBC, file=name), TBC)


def test_a_register_that_stayed_is_not_taken_for_another():
    stayed = replace(TBC, code="R12", id="", title="")
    now = [replace(TBC, file="other.xlsx"), stayed]
    assert [one.repeat for one in mark_repeats(now, [TBC, stayed])] == [False, True]


def test_one_earlier_finding_explains_one_later():
    twice = [TBC, replace(TBC, cell="F13")]
    assert [one.repeat for one in mark_repeats(twice, [TBC])] == [True, False]
    assert [one.repeat for one in mark_repeats(twice, twice)] == [True, True]


def test_a_person_is_the_same_on_whichever_item_they_come_first():
    unlisted = replace(TBC, code="R52", read="Ana Roy", field="owner")
    assert again(replace(unlisted, id="W-9", field="responsible"), unlisted)
    assert not again(replace(unlisted, read="Bo Lee"), unlisted)


FOUND = st.builds(
    Finding,
    code=st.sampled_from(["R30", "R52", "S04"]), level=st.just("note"), message=st.just(""),
    file=st.sampled_from(["", "a.xlsx", "b.xlsx"]), read=st.sampled_from(["", "x"]), id=st.sampled_from(["", "1"]),
)  # fmt: skip


@given(st.lists(FOUND, max_size=8))
def test_what_was_all_there_before_is_all_repeated(found):
    assert all(one.repeat for one in mark_repeats(found, found))
    assert not any(one.repeat for one in mark_repeats(found, []))


@given(st.lists(FOUND, max_size=8), st.lists(FOUND, max_size=8))
def test_no_more_repeats_than_there_were(now, earlier):
    assert sum(one.repeat for one in mark_repeats(now, earlier)) <= min(len(now), len(earlier))
