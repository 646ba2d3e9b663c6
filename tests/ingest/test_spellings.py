"""Names that may be one person: told, never merged in silence."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import ingest
from pipeline.ingest.spellings import likenesses
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

SAME = """
J. Smith ~ John Smith
Smith John ~ John Smith
Jon Smith ~ John Smith
John Smyth ~ John Smith
Jörg Groß ~ Joerg Gross
john.smith@acme.com ~ John Smith
jsmith@acme.com ~ John Smith
Catherine O'Brien ~ Catherine O’Brien
Maria Gonzales ~ Maria Gonzalez
Alexander Müller ~ Alexander Mueller
Jean-Luc Dupont ~ Jean Luc Dupont
Ana M. Roy ~ Ana Roy
María José García López ~ María José García
Anna-Lena Schmidt ~ Annalena Schmidt
Stephen Miller ~ Steven Miller
van der Berg Pieter ~ Pieter van der Berg
P. van der Berg ~ Pieter van der Berg
Müller ~ Alexander Müller
JS ~ John Smith
C. Weber ~ Carla Weber
P. Weber ~ Philipp Weber
P. Weber ~ Philipp Otto Weber
V. Roy ~ Vera Roy
Y. Roy ~ Yvonne Roy
J. Roy ~ Jnana Roy
Jorg Gross ~ Jörg Groß
"""
SIMILAR = """
John Smith ~ Joan Smith
Martin Schulz ~ Martina Schulz
Paul Weber ~ Paula Weber
Klaus Becker ~ Klaus Decker
"""
APART = """
John Smith ~ Jane Smith
John Smith ~ John Smythson
John Smith sen. ~ John Smith jun.
Ana Roy ~ Bo Lee
Peter Meier ~ Petra Meier
Team A ~ Team B
IT Ops 1 ~ IT Ops 2
P1234 Smith ~ P1235 Smith
J. Smith ~ A. Smith
K. Weber ~ Carla Weber
F. Weber ~ Philipp Weber
J. Roy ~ Yvonne Roy
Anna Schmidt ~ Anna Schmitz
Christian Wolf ~ Christine Wolf
Finance ~ Finances Dept
Alex Müller ~ Alexander Müller
Bob Miller ~ Robert Miller
"""


def pairs(table: str) -> list[list[str]]:
    return [line.split(" ~ ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_spellings_of_one_person(one, other):
    (told,) = likenesses([one, other], {})
    assert told.sure
    assert {told.name, *told.others} == {one, other}


@pytest.mark.parametrize(("one", "other"), pairs(SIMILAR))
def test_names_that_are_only_similar(one, other):
    (told,) = likenesses([one, other], {})
    assert not told.sure


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_names_of_two_people(one, other):
    assert likenesses([one, other], {}) == []


def test_people_on_the_sheet_are_themselves():
    both = {"ana roy": "Ana Roy", "ana ray": "Ana Ray"}
    assert likenesses(["Ana Roy", "Ana Ray"], both) == []
    (told,) = likenesses(["Niel Stokes", "Neil Stokes"], {"neil stokes": "Neil Stokes"})
    assert (told.name, told.others) == ("Niel Stokes", ("Neil Stokes",))
    assert likenesses(["ana roy", "Ana Roy"], {}) == [], "case alone makes no other person"


def test_spellings_that_differ_in_case_are_offered_once():
    (told,) = likenesses(["C. Weber", "Carla Weber", "carla weber"], {}, {"carla weber": 1, "Carla Weber": 2})
    assert told.others == ("Carla Weber",)
    (told,) = likenesses(["C. Weber", "Carla Weber", "carla weber"], {"carla weber": "carla weber"})
    assert told.others == ("carla weber",)


def test_the_rarer_spelling_is_the_one_to_mend():
    (told,) = likenesses(["Jörg Groß", "Joerg Gross"], {}, {"Jörg Groß": 9, "Joerg Gross": 1})
    assert told.name == "Joerg Gross"


def test_initials_that_fit_two_people_are_asked_about(make_workbook):
    """The row for the People sheet is given where there is one, and a choice where there are two."""
    path = make_workbook(
        Register="ID|Title|Owner\n1|A pump|J. Smith\n2|B pump|John Smith\n3|C pump|Jane Smith\n4|D pump|Maria Gonzales\n5|E pump|Maria Gonzalez\n6|F pump|Maria Gonzalez"
    )
    told = [one for one in ingest((path,), IngestSettings(), PERIOD).findings if one.code == "R51"]
    smith, gonzales = sorted(told, key=lambda one: one.read)
    assert "looks like 'Jane Smith' or 'John Smith'" in smith.message
    assert "list 'J. Smith' under Aliases of the one who is meant" in smith.message
    assert "Name Maria Gonzalez | Aliases Maria Gonzales" in gonzales.message


@given(st.lists(st.text(max_size=30), max_size=12, unique=True))
def test_any_names_can_be_compared(names):
    for told in likenesses(names, {}):
        assert told.name not in told.others


def test_a_cell_of_very_many_people_takes_seconds(make_workbook):
    """The place of a name is looked for where it is told, not for each of all names."""
    rng = random.Random(1)
    names = ["".join(rng.choices("bcdfglmnprst", k=9)).title() + " Roy" for _ in range(6_000)]
    rows = "\n".join(f"{at}|Pump {at}|{'; '.join(names[at * 100 : at * 100 + 100])}" for at in range(60))
    path = make_workbook(Register="ID|Title|Owner\n" + rows)
    ingest((path,), IngestSettings(), PERIOD)  # what is loaded once is not measured
    begun = time.process_time()
    ingest((path,), IngestSettings(), PERIOD)
    assert time.process_time() - begun < 3, "well under one second on a machine of its own"


def test_twenty_thousand_names_take_seconds():
    rng = random.Random(1)
    syllables = [one + two for one in "bcdfglmnprst" for two in "aeiou"]
    names = {" ".join("".join(rng.choices(syllables, k=3)).title() for _ in range(2)) for _ in range(20_000)}
    begun = time.process_time()
    likenesses(sorted(names), {})
    assert time.process_time() - begun < 6, "about one second on a machine of its own"
