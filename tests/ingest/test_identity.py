"""Items are followed from month to month, never by a guess, and every change of an ID is told."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import ingest
from pipeline.ingest.identity import followed, names
from pipeline.model import Finding, Period, Register
from pipeline.settings import IngestSettings
from pipeline.snapshots import Snapshot
from tests.conftest import PERIOD
from tests.factories import make_register

LAST = Period(2026, 9)
QUICK = settings(deadline=None, max_examples=16)
"""A month of items takes some 20 ms to make."""
PUMPS = {"id": "WO-17", "title": "Replace pumps at Weir Lane", "department": "Water"}
METERS = {"id": "WO-18", "title": "Read meters", "department": "Water"}
BRIDGE = {"id": "WO-19", "title": "Paint the bridge", "department": "Roads"}


def month(*items: Mapping[str, object]) -> Register:
    return make_register(items)


def remembered(register: Register, *closed: str) -> Snapshot:
    """What a month with this register would leave; the items titled so were closed."""
    items = register.items.assign(
        id=register.items["id"].where(register.cells["id"] != "", ""), active=~register.items["title"].isin(closed)
    )
    return Snapshot(LAST, items)


def after(last: Iterable[Mapping[str, object]], now: Iterable[Mapping[str, object]], *closed: str) -> Register:
    """The register of this month, followed from last month's."""
    return followed(month(*now), remembered(followed(month(*last), None), *closed))


def told(register: Register) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in register.findings]


def keys(register: Register) -> list[str]:
    return register.items["key"].tolist()


def test_a_first_month_says_nothing_and_gives_every_item_its_key():
    register = followed(month(PUMPS, {"title": "Read meters"}, BRIDGE | {"id": "WO-17"}), None)
    assert register.findings == ()
    assert all(key.startswith("name:") for key in keys(register)), "WO-17 stands twice, so it is nobody's key"
    assert keys(followed(month(PUMPS, METERS), None)) == ["id:wo-17", "id:wo-18"]


def test_a_month_without_changes_says_nothing_and_keeps_the_keys():
    first = followed(month(PUMPS, METERS, {"title": "No number"}), None)
    again = followed(month({"title": "No number"}, METERS, PUMPS), remembered(first))
    assert told(again) == []
    assert keys(again) == keys(first)[::-1]


def test_a_changed_id_is_told_and_the_item_keeps_its_key():
    register = after([PUMPS, METERS], [PUMPS | {"id": "WO-017"}, METERS])
    ((code, message),) = told(register)
    assert code == "H01"
    assert message.startswith("'WO-017' was 'WO-17' in 2026-09: it has the same title and department.")
    assert keys(register) == ["id:wo-17", "id:wo-18"]
    (one,) = register.findings
    assert (one.file, one.sheet, one.cell, one.read) == ("register.xlsx", "Register", "A2", "WO-017")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": ""}, "This item has no ID and was 'WO-17'"),
        ({"id": "X", "title": "REPLACE pumps, at Weir Lane."}, "the same title and department"),
        ({"id": "X", "department": ""}, "it has the same title"),
        ({"id": "X", "title": "Replace pumsp at Weir Lane"}, "its title was 'Replace pumps at Weir Lane'"),
    ],
)
def test_what_tells_that_an_item_is_the_same(changes, words):
    register = after([PUMPS, METERS], [PUMPS | changes, METERS])
    assert [code for code, _ in told(register)] == ["H01"]
    assert words in told(register)[0][1]
    assert keys(register)[0] == "id:wo-17"


@pytest.mark.parametrize("capitals", ["wo-17", " WO-17", "ＷＯ-17"])
def test_capitals_and_width_make_no_other_id(capitals):
    assert told(after([PUMPS], [PUMPS | {"id": capitals}])) == []


@pytest.mark.parametrize(
    "title",
    ["Replace pumps at Mill Lane", "Replace pumps at Weir Lane 2", "Inspect pumps at Weir Lane", "Something else"],
)
def test_a_title_about_something_else_is_not_the_same_item(title):
    register = after([PUMPS], [PUMPS | {"id": "X", "title": title}])
    assert [code for code, _ in told(register)] == ["H02"]
    assert keys(register) == ["id:x"]


def test_numbers_in_titles_are_never_taken_for_typing_errors():
    last = [{"id": f"A-{number}", "title": f"Read the meters of zone {number}"} for number in (1, 2)]
    now = [{"id": "B-3", "title": "Read the meters of zone 3"}, last[1]]
    assert [code for code, _ in told(after(last, now))] == ["H02"]


def test_an_id_that_stays_is_believed_whatever_the_title():
    register = after([PUMPS], [PUMPS | {"title": "Weir Lane: new pumping station"}])
    assert told(register) == []
    assert keys(register) == ["id:wo-17"]


def test_numbers_of_rows_are_no_ids():
    """A row is put on top, and all below get the next number."""
    last = [{"id": str(row), "title": title} for row, title in enumerate(("Pumps", "Meters", "Bridge"), start=1)]
    now = [{"id": str(row), "title": title} for row, title in enumerate(("Depot", "Pumps", "Meters"), start=1)]
    register = after(last, now, "Bridge")
    assert [message.partition(" in ")[0] for _, message in told(register)] == ["'2' was '1'", "'3' was '2'"]
    assert keys(register)[1:] == ["id:1", "id:2"]
    assert keys(register)[0].startswith("name:"), "id:1 belongs to Pumps"


def test_a_number_of_a_row_whose_item_was_replaced_is_not_the_old_item():
    last, now = [{"id": "1", "title": "Pumps"}], [{"id": "1", "title": "Rebuild the depot"}]
    assert [code for code, _ in told(after(last, now))] == ["H02"]
    assert told(after(last, [{"id": "1", "title": "Pumps, phase two"}])) == []


def test_what_fits_several_items_is_not_matched_and_told():
    last = [METERS, METERS | {"id": "WO-20"}]
    now = [METERS | {"id": "X-1"}, METERS | {"id": "X-2"}]
    register = after(last, now)
    ((code, message),) = told(register)
    assert code == "H04"
    assert message.startswith("2 items on this sheet cannot be followed from 2026-09: 'Read meters' and such titles")
    assert register.findings[0].ranges == f"{register.cell_of(0, 'title')}:{register.cell_of(1, 'title')}"
    assert keys(register) == ["id:x-1", "id:x-2"]


def test_like_titles_on_two_sheets_are_told_apart_by_their_sheet():
    first = month({"title": "Read meters"}, {"title": "Read meters"})
    sheets = pd.Series(["North", "South"], dtype="string[pyarrow]")
    parted = replace(first, items=first.items.assign(sheet=sheets))
    last = followed(parted, None)
    again = followed(parted, remembered(last))
    assert (keys(again), again.findings) == (keys(last), ())


def test_two_near_titles_are_not_matched_by_guess():
    now = [
        PUMPS | {"id": "X-1", "title": "Replace pumpz at Weir Lane"},
        PUMPS | {"id": "X-2", "title": "Replace pumpx at Weir Lane"},
    ]
    assert [code for code, _ in told(after([PUMPS], now))] == ["H02"]


def test_an_item_that_is_gone_is_told_unless_it_was_closed():
    ((code, message),) = told(after([PUMPS, METERS, BRIDGE], [METERS], "Paint the bridge"))
    assert code == "H02"
    assert message.startswith("'WO-17' (Replace pumps at Weir Lane) was active in 2026-09 and in no register now.")


def test_a_register_of_which_nothing_is_left_is_told_in_one_finding():
    last = remembered(followed(month(PUMPS, METERS), None))
    other = last.items.assign(file="other.xlsx", key=["a", "b"], id=["O-1", "O-2"], title=["Roofs", "Doors"])
    both = replace(last, items=pd.concat([last.items, other], ignore_index=True))
    (one,) = followed(month(PUMPS, METERS), both).findings
    assert one.message.startswith("Every one of 2 items of other.xlsx, Register was active in 2026-09")
    assert one.place == ""
    assert followed(month(PUMPS, METERS), both, whole=False).findings == ()


def test_items_of_a_file_that_is_refused_now_are_not_told():
    last = remembered(followed(month(PUMPS, METERS), None))
    register = month()
    refused = replace(register.files[0], status="refused", sheets=())
    assert followed(replace(register, files=(refused,)), last).findings == ()


def test_many_changes_are_told_by_sheet():
    last = [{"id": f"A-{row}", "title": f"Work on {row} roof"} for row in range(80)]
    register = after(last, [item | {"id": f"B-{row}"} for row, item in enumerate(last)])
    assert len(register.findings) == 51
    assert register.findings[-1].count == 30
    assert register.findings[-1].ranges == "A52:A81"
    gone = after(last, last[:1]).findings
    assert len(gone) == 51
    assert "29 more items were active" in gone[-1].message


def test_items_that_nothing_tells_apart_have_keys_of_their_own():
    first = followed(month(*[{"title": "Read meters"}] * 3), None)
    assert [key[-2:] for key in keys(first)[1:]] == ["#2", "#3"]
    again = followed(month(*[{"title": "Read meters"}] * 4), remembered(first))
    assert len({*keys(first), *keys(again)}) == 7, "they cannot be followed, so no key is used for another item"


def test_keys_come_with_what_is_read(make_workbook):
    table = "ID|Title|Owner|Department\nWO-17|Replace pumps|Ana|Water\n|Read meters|Bo|Water"
    register = ingest((make_workbook(Register=table),), IngestSettings(), PERIOD)
    first = followed(register, None)
    assert keys(first)[0] == "id:wo-17"
    assert keys(first)[1].startswith("name:")
    assert "key" not in register.items


ITEM = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["", "1", "2", "A-1", "a-1", "A-2"]),
        "title": st.sampled_from(["Pumps", "pumps!", "Meters", "登録", "Replace pumps now", "Replace pumsp now"]),
        "department": st.sampled_from(["", "Water", "Roads"]),
    }
)


@QUICK
@given(st.lists(ITEM, max_size=8), st.lists(ITEM, max_size=8))
def test_keys_are_unique_and_no_two_items_follow_one(last, now):
    first = followed(month(*last), None)
    second = followed(month(*now), remembered(first))
    for register in (first, second):
        assert register.items["key"].is_unique
        assert (register.items["key"] != "").all()
    follow = set(keys(first)) & set(keys(second))
    gone = [one for one in second.findings if one.code == "H02"]
    assert len(last) - len(follow) >= len(gone)


@QUICK
@given(st.lists(ITEM, min_size=1, max_size=8))
def test_the_same_month_again_follows_every_item_that_is_told_apart(items):
    first = followed(month(*items), None)
    again = followed(month(*items), remembered(first))
    apart = ~names(first.items)["name"].duplicated(keep=False)
    assert first.items["key"][apart].tolist() == again.items["key"][apart].tolist()
    assert not [one for one in again.findings if one.code == "H01"]


def test_a_hundred_thousand_items_are_followed_in_seconds():
    """The aim is two seconds of a quiet machine; the bound is for a busy one."""
    titles = [f"Work {number:06d} on the {number % 977} roofs" for number in range(100_000)]
    items = pd.DataFrame({"title": titles, "id": [f"A-{number}" for number in range(100_000)]})
    base = month(PUMPS)
    columns = {name: base.items[name].iloc[[0] * len(items)].reset_index(drop=True) for name in base.items.columns}
    frame = pd.DataFrame(columns).assign(**items.astype("string[pyarrow]"))
    register = replace(base, items=frame, cells=frame[list(base.cells.columns)])
    last = remembered(followed(register, None))
    moved = replace(register, items=frame.assign(id=frame["id"].where(frame.index % 10 > 0, "B-" + frame["id"])))
    begun = time.process_time()
    now = followed(moved, last)
    assert time.process_time() - begun < 4
    assert now.items["key"].tolist() == last.items["key"].tolist()


def test_hostile_text_stays_text():
    nasty = {"id": "{0}=cmd\x1b[2J", "title": "{read}" * 40, "department": "\u202eIT"}
    register = after([nasty], [nasty | {"id": "{1}"}])
    (one,) = register.findings
    assert isinstance(one, Finding)
    assert len(one.message) < 400


def ids_told(*paths):
    register = ingest(paths, IngestSettings(), PERIOD)
    return [one.read for one in register.findings if one.code == "R21"]


def test_a_number_may_stand_in_two_registers_and_a_code_may_not(make_workbook):
    first = "ID|Title|Owner\n1|Replace pumps|Ana\n2|Read meters|Bo\nWO-7|Mend the roof|Bo"
    second = "ID|Title|Department\n1|Hire a cook|Kitchen\n2|Order flour|Kitchen\nwo-7|Clean the oven|Kitchen\n2|Order salt|Kitchen"
    assert ids_told(make_workbook("a.xlsx", A=first), make_workbook("b.xlsx", B=second)) == ["wo-7", "2"]


def test_the_same_row_in_two_files_is_told(make_workbook):
    head = "ID|Title|Owner|Due date|Notes\n"
    first = make_workbook("a.xlsx", A=head + "1|Replace pumps|Ana|2026-11-30|north")
    other = head.replace("Notes", "Site") + "7|Hire a cook|Bo|2026-10-01|east\n9|Replace pumps|Ana|2026-11-30|north"
    register = ingest((first, make_workbook("b.xlsx", B=other.replace("Site", "Notes"))), IngestSettings(), PERIOD)
    told = [(one.file, one.cell) for one in register.findings if one.code == "R22"]
    assert told == [("b.xlsx", "B3")]
