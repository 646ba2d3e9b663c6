"""Words that nobody here knows are told where a column's other words are known, and nowhere else."""

from __future__ import annotations

import pytest

from pipeline.findings import FINDINGS
from pipeline.ingest import ingest
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD


@pytest.fixture
def told(make_workbook):
    """The findings on unknown words of a column with these cells."""

    def told(heading: str, *cells: str):
        rows = "\n".join(f"{number}|Job {number}|Ana|{cell}" for number, cell in enumerate(cells, start=1))
        register = ingest((make_workbook(Plan=f"ID|Title|Owner|{heading}\n{rows}"),), IngestSettings(), PERIOD)
        return [one for one in register.findings if one.code == "R65"]

    return told


def test_a_word_is_told_once_with_all_its_cells(told):
    first, second = told("Status", *["In Arbeit"] * 6, "parkiert", "offen", "parkiert", "parkiert", "Stufe rot!", "xyz")
    assert (first.read, first.cell, first.ranges) == ("parkiert", "D8", "D8 D10:D11")
    assert "'parkiert' (3 cells) is no Status that is known here; it is kept as it is." in first.message
    assert (second.read, second.cell) == ("xyz", "D13")


@pytest.mark.parametrize(
    ("heading", "word", "known"),
    [
        ("Status", "sleeping", "Done"),
        ("Phase", "Wombat", "Plan"),
        ("Health", "plaid", "Amber"),
        ("Type", "Gizmo", "Project"),
    ],
)
def test_each_closed_column_has_known_words(told, heading, word, known):
    assert [one.read for one in told(heading, known, known, word)] == [word]


@pytest.mark.parametrize(
    "cells",
    [
        ["waiting for the vendor's answer since May", "done"],
        ["Open", "Chlorination of the northern plant is late", "Done"],
        ["Aztec", "Inca", "Maya", "Open"],
        ["80 %", "100 %", "3", "Open"],
        ["In progress (80 %)", "Closed, March", "1 - Open", "Erledigt", "à faire", "進行中"],
    ],
    ids=["sentences", "one sentence", "its own words", "numbers", "known words with more"],
)
def test_free_text_own_words_and_known_words_are_left_alone(told, cells):
    assert told("Status", *cells) == []


def test_what_is_told_harms_nothing():
    assert next(kind.level for kind in FINDINGS if kind.code == "R65") == "note"
