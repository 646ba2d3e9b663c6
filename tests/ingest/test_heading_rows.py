"""Headings of two and three rows: a group says more of what is below it, or only boxes it in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from pipeline.fields import FIELDS
from pipeline.ingest.header import Header, find_header
from pipeline.ingest.heading_words import on_one_line
from pipeline.ingest.headings import Headings, assign
from pipeline.ingest.matrix import without
from pipeline.ingest.reader import BLANK, TEXT, RawSheet

KNOWN = Headings(FIELDS)
_ITEMS = 3


def headed(*groups: tuple[str, str]) -> Header:
    """The headings of a table below these groups, `text` over `a|b|c`; under no text a heading is two rows high."""
    above, below, merges = [], [], []
    for text, under in groups:
        heads, left = under.split("|"), len(above)
        below += heads if text else [""] * len(heads)
        above += [text, *[""] * (len(heads) - 1)] if text else heads
        tall = [(0, left + at, 1, left + at) for at in range(len(heads))]
        merges += [(0, left, 0, left + len(heads) - 1)] if text else tall
    texts = [[*column, *(f"Said {at} {row}" for row in range(_ITEMS))]
             for at, column in enumerate(zip(above, below, strict=True))]  # fmt: skip
    kinds = [np.array([TEXT if cell else BLANK for cell in column], np.uint8) for column in texts]
    header = find_header(RawSheet("Plan", tuple(map(pa.array, texts)), tuple(kinds), merges=tuple(merges)), KNOWN)
    assert header is not None
    assert header.last == 1
    return header


@pytest.mark.parametrize(
    ("group", "under", "fields"),
    [
        ("Planning data", "Auftragsnr|Wie oft|Personenstunden", ("id", "cadence", "effort")),
        ("Zuständigkeit", "Leitung|Stv.", ("owner", "deputy")),
        ("Staffing", "Lead|Backup", ("owner", "deputy")),
        ("Upper floor", "Owner|Bezeichnung|Start", ("owner", "title", "start")),
        ("Suivi", "RAG|Status|Lieu", ("health", "status", None)),
        ("In short", "Turnus|Personenstunden", ("cadence", "effort")),
        ("General information", "ID|Owner|Start", ("id", "owner", "start")),
        ("Money", "Approved budget|Spent", ("budget", "actual_cost")),
        ("Planung", "Aufwand", ("effort",)),
        ("Geld", "Kosten", ("budget",)),
    ],
)
def test_a_group_that_only_boxes_headings_in_is_left_out(group, under, fields):
    header = headed(("", "Description"), (group, under))
    chosen, _ = assign(header.headings, KNOWN)
    assert tuple(chosen[at].field if at in chosen else None for at in range(1, len(fields) + 1)) == fields
    assert [(box.row, box.column, box.text) for box in header.boxes] == [(0, 1, group)]


@pytest.mark.parametrize(
    ("group", "under"),
    [
        ("Vendor", "Name|Contact"),
        ("Risk", "Owner|Type"),
        ("Client", "Contact|Phase"),
        ("Lieferantendaten", "Ansprechpartner|Status"),
        ("Contrat", "Responsable|Échéance"),
        ("Acme Ltd", "Contact|Hours"),
        ("Freigabe", "Status|Wer"),
        ("Phase 2", "Turnus|Personenstunden"),
        ("Last visit", "Date|Status"),
        ("Visit", "Date|Status"),
        ("Abc", "A|C"),
        ("Actual", "Auftragsnr|Wie oft"),
        ("Baseline", "Start|Turnus"),
        ("Where", "Lieu|Ville|RAG"),
        ("Finances", "Owner|Approved budget"),
        ("Upkeep", "Turnus"),
    ],
)
def test_a_group_that_speaks_of_something_else_is_kept(group, under):
    header = headed(("", "Title|Notes"), (group, under))
    assert header.headings[2:] == tuple(f"{group} {lower}" for lower in under.split("|"))
    assert header.boxes == ()


@pytest.mark.parametrize(
    ("group", "under"),
    [
        *((word, "Start|Finish") for word in ("Warranty", "Lease", "Insurance", "Absence", "Garantie", "Mietzeit", "Bail")),
        ("Warranty", "Start|Finish|Status"),
        ("Licence", "No|Start|Finish"),
        ("Holiday", "Hours|Start|Finish"),
        ("Who and where", "Owner|Deputy|Location"),
    ],
)  # fmt: skip
def test_a_group_that_nothing_is_known_of_leaves_dates_and_people_unread_and_asks(group, under):
    header = headed(("", "Title"), (group, under))
    assert set(assign(without(header, ()), KNOWN)[0]) == {0}
    assert [(box.text, box.left_out) for box in header.boxes] == [(group, False)]


def test_groups_that_tell_like_headings_apart_are_kept():
    header = headed(("", "Title"), ("Ours", "Beginn|Turnus"), ("Theirs", "Start|Wie oft"))
    assert header.headings == ("Title", "Ours Beginn", "Ours Turnus", "Theirs Start", "Theirs Wie oft")


def test_a_group_is_kept_where_a_column_outside_means_what_one_inside_means():
    assert headed(("", "Title|Owner"), ("Second line", "Lead|Deputy|RAG")).boxes == ()
    assert headed(("", "Title|Comments"), ("In short", "Notes|RAG")).boxes


def test_groups_that_say_more_are_joined():
    header = headed(("", "Title"), ("Baseline", "Start|End"), ("Ist", "Beginn|Ende"))
    assert header.headings == ("Title", "Baseline Start", "Baseline End", "Ist Beginn", "Ist Ende")
    assert header.boxes == ()


@pytest.mark.parametrize("heading", ["Vendor contact", "Supplier status", "Lieferant Ansprechpartner"])
def test_what_is_said_of_another_party_is_not_said_of_the_item(heading):
    assert KNOWN.matches(heading) == ()


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Projekt-\nleiter", "owner"),
        ("Volg-\r\nnummer", "id"),
        ("Ver\u00adant\u00adwortlich", "owner"),
        ("Start-\nDatum", "start"),
    ],
)
def test_words_that_break_over_two_lines_are_one(heading, field):
    assert KNOWN.matches(heading)[0].field == field
    header = headed(("", "Title"), ("Baseline", f"{heading}|End"))
    assert header.headings[1] == "Baseline " + on_one_line(heading)
    assert "\n" not in on_one_line(heading)


@pytest.mark.parametrize(
    ("group", "under", "fields"),
    [
        ("Beteiligte", "Verantwortlich|Ausführend|Vertretung", ("owner", "responsible", "deputy")),
        ("Team", "Accountable|Responsible|Deputy", ("accountable", "responsible", "deputy")),
        ("Stakeholders", "Accountable|Responsible", ("accountable", "responsible")),
    ],
)
def test_a_word_for_people_leaves_each_role_below_it_to_itself(group, under, fields):
    header = headed(("", "Title|Notes"), (group, under))
    chosen, _ = assign(header.headings, KNOWN)
    assert tuple(chosen[at].field for at in range(2, 2 + len(fields))) == fields
    assert [box.text for box in header.boxes] == [group]
