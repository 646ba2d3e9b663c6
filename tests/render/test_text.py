"""The text gate: nothing from a cell can break a page, a sheet or a file name, and nothing is lost unmarked."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.text import (
    CUT,
    PAGE_LIMIT,
    RUN,
    SHEET_LIMIT,
    columns,
    one_line,
    page_text,
    sheet_text,
    sheet_texts,
    slug,
    whole_parts,
)

ANY = st.text(st.characters(), max_size=400)  # with surrogates, controls and private characters
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@given(ANY)
def test_a_page_never_sees_control_direction_private_or_half_characters(text: str) -> None:
    seen = page_text(text)
    assert not HARMFUL.search(seen)
    assert not re.search("[\ue000-\uf8ff]", seen)
    seen.encode()


@given(ANY)
def test_a_sheet_never_sees_control_or_half_characters(text: str) -> None:
    seen = sheet_text(text)
    assert not HARMFUL.search(seen)
    seen.encode()


@given(st.lists(ANY | st.sampled_from(["a\r\nb", "W" * 40_000]), max_size=4))
def test_many_texts_are_fit_for_a_sheet_as_each_is(texts: list[str]) -> None:
    assert sheet_texts(texts) == [sheet_text(text) for text in texts]


@given(st.text("ab, .\t\u00a0é", max_size=30), st.integers(1, 40))
def test_one_line_has_single_spaces_and_is_no_wider_than_asked(text: str, width: int) -> None:
    line = one_line(text, width)
    assert columns(line) <= width
    assert not re.search(r"^\s|\s$|\t| {2}", line)
    if len(text) <= width:
        assert line.split() == text.split()


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=300))
def test_ordinary_text_is_kept_whole(text: str) -> None:
    assert page_text(text).replace("\u200b", "") == text
    assert sheet_text(text) == text


@pytest.mark.parametrize("unit", ["x", "ß", "語", "e\u0301"])
def test_a_run_without_blanks_can_be_broken_and_is_clamped(unit: str) -> None:
    seen = page_text(unit * 40_000)
    assert max(map(len, re.split(r"[\s\u200b]", seen))) <= RUN
    assert len(seen.replace("\u200b", "")) <= PAGE_LIMIT
    assert seen.replace("\u200b", "").endswith(CUT)


def test_stacked_marks_are_thinned_out() -> None:
    assert page_text("Z" + "\u0301" * 500) == "Z" + "\u0301" * 4


@pytest.mark.parametrize("unit", ["x", "𝔘"])
def test_a_cell_stays_within_what_excel_allows(unit: str) -> None:
    assert len(sheet_text(unit * 40_000).encode("utf-16-le")) // 2 <= SHEET_LIMIT


@given(ANY, st.integers(2, 80))
def test_one_line_is_one_line_of_the_width_and_says_when_it_is_cut(text: str, width: int) -> None:
    line = one_line(text, width)
    assert columns(line) <= width
    assert "\n" not in line
    if not line.endswith("…"):
        assert line == " ".join(text.split())


def test_wide_letters_take_two_columns() -> None:
    assert one_line("業務管理システム更新", 9) == "業務管理…"


@given(ANY)
def test_a_slug_is_safe_in_a_file_name(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= 60


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IT Services", "it-services"),
        ("Öffentlichkeit & Presse", "offentlichkeit-presse"),
        ("../../etc", "etc"),
        ("人事", "unnamed"),
    ],
)
def test_a_slug_stays_readable(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_no_line_breaks_between_a_number_and_its_unit() -> None:
    assert one_line("113\u00a0% of\n 1\u202f234\u00a0h", 40) == "113\u00a0% of 1\u202f234\u00a0h"
    assert one_line("pasted\u00a0from\u00a0a\u00a0page \u00a0 here", 40) == "pasted from a page here"


def test_a_list_of_reasons_ends_after_a_whole_one():
    said = "Title 'bills' (−0.4); Cadence 'Quarterly' (−1.4); Effort '18 h' (+0.2)"
    assert whole_parts(said, 200) == said
    assert whole_parts(said, 50) == "Title 'bills' (−0.4); Cadence 'Quarterly' (−1.4) …"
    assert whole_parts(said, 12) == "Title…"
    assert whole_parts("", 12) == ""


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("PO-003 Rescue plans, PO-004 Pay structure review", 36, "PO-003 Rescue plans, PO-004 Pay…"),
        ("Pay structure review", 13, "Pay…"),
        ("Pay structure review", 14, "Pay structure…"),
        ("Cloud services (first month)", 17, "Cloud services…"),
        ("Feuerwehrgerätehaus", 10, "Feuerwehr…"),
        ("業務 管理システム更新", 9, "業務 管…"),
        ("Diane Whitlock-Ashbury", 18, "Diane Whitlock…"),
        ("For PRJX-AB now", 10, "For…"),
    ],
)
def test_a_text_is_cut_between_words(text: str, width: int, cut: str) -> None:
    """Save a first word that is longer than the room, and writing that knows no spaces."""
    assert one_line(text, width) == cut
    assert columns(cut) <= width
