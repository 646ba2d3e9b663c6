"""Dates, numbers, efforts, cadences and people as people write them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.people import Company, alike, company, names_in, roles_of

KNOWN = {"smith, john": "John Smith", "john smith": "John Smith", "ana": "Ana", "bo": "Bo"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana 60 %; Bo 40 %", [("Ana", 0.6), ("Bo", 0.4)]),
        ("Smith, John", ["John Smith"]),
        ("Ana, Bo", ["Ana", "Bo"]),
        ("Diaz, Maria", ["Maria Diaz"]),
        ("Cy Orr (PM)", ["Cy Orr"]),
        ("Cy Orr and Di Fox", ["Cy Orr", "Di Fox"]),
        ("Ortega y Gasset", ["Ortega y Gasset"]),
        ("IT and HR", ["IT and HR"]),
        ("Vasu/Thiru", ["Vasu", "Thiru"]),
        ("Ana & Bo and Cy", ["Ana", "Bo", "Cy"]),
        ("JOHN  SMITH", ["John Smith"]),
        ("TBC", []),
        ("n/a; vacant", []),
    ],
)
def test_people_in_a_cell(text, people):
    named = names_in(text, Company(KNOWN))
    found = [(one.person, one.share) if one.share == one.share else one.person for one in named]
    assert found == people


def test_other_cells_tell_lists_of_first_names_from_surnames_first():
    assert [one.person for one in names_in("Arun, Bex", company({}, ["Arun", "Bex"]))] == ["Arun", "Bex"]
    assert [one.person for one in names_in("Arun, Bex", company({}, ["Arun, Bex, Cy"]))] == ["Arun", "Bex"]
    (named,) = names_in("Diaz, Maria", company({}, ["Diaz, Maria"]))
    assert (named.person, named.turned) == ("Maria Diaz", True)


def test_likely_spellings_are_paired_but_people_on_the_sheet_are_not():
    assert alike(["J. Smith", "John Smith"], {}) == [("J. Smith", "John Smith")]
    assert alike(["Niel Stokes", "Neil Stokes"], {"neil stokes": "Neil Stokes"}) == [("Niel Stokes", "Neil Stokes")]
    assert alike(["ana roy", "Ana Roy"], {}) == [], "case alone makes no other person"
    both = {"ana roy": "Ana Roy", "ana ray": "Ana Ray"}
    assert alike(["Ana Roy", "Ana Ray"], both) == []


cells = st.lists(
    st.sampled_from(["Ana", "Ana; Bo", "Ana 60 %; Bo 40 %", "Ana 30%, Bo", "", "TBC", "Ana 80%; Bo 80%"]),
    min_size=1,
    max_size=8,
)


@given(cells)
def test_shares_of_one_role_add_up_to_one(texts):
    blank = [""] * len(texts)
    frame = pd.DataFrame(
        dict.fromkeys(("accountable", "deputy", "sponsor", "consulted", "informed", "owner"), blank)
        | {"responsible": texts},
        dtype="string[pyarrow]",
    )
    roles, _, _ = roles_of(frame, pd.DataFrame({"item": [], "person": [], "codes": pd.Series([], dtype=object)}), {})
    sums = roles.groupby(["item", "role"])["share"].sum()
    assert ((sums - 1).abs() < 1e-9).all()
    assert roles["share"].between(0, 1).all()
