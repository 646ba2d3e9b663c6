"""Cells that name people: several in one, surnames first, titles, notes, addresses, and nobody."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import names
from pipeline.ingest.names import Company, company, known_people, names_in
from pipeline.ingest.people import roles_of

SHEET = pd.DataFrame(
    [
        ("John Smith", "JS; Johnny", "john.smith@example.org"),
        ("Jörg Groß", "", "j.gross@example.org"),
        ("María José García López", "", "mj.garcia@example.org"),
        ("Ana Roy", "AR", "ana@example.org"),
        ("Jean-Luc Dupont", "", "jl.dupont@example.org"),
        ("Bo Lee", "", "bo.lee@example.org"),
        ("Pieter van der Berg", "", "p.vanderberg@example.org"),
    ],
    columns=["name", "aliases", "email"],
)
KNOWN = known_people(SHEET)
CELLS = """
John Smith: John Smith ¦ JOHN SMITH ¦ john  smith ¦  John Smith  ¦ Smith, John ¦ SMITH, John ¦ Smith John ¦ JS ¦ Johnny ¦ john.smith@example.org ¦ JOHN.SMITH@EXAMPLE.ORG ¦ John Smith <john.smith@example.org> ¦ John Smith (john.smith@example.org) ¦ mailto:john.smith@example.org ¦ Dr. John Smith ¦ Dr John Smith ¦ Mr. John Smith ¦ Mr John Smith ¦ John Smith (IT) ¦ John Smith (PM) ¦ John Smith [IT] ¦ John Smith - IT ¦ John Smith, IT ¦ John Smith, PMP
J. Smith: J. Smith
Cy Ost: Cy Ost <cy@ost.net> ¦ Cy Ost<cy@ost.net> ¦ Cy Ost cy@ost.net ¦ Ost, Cy <cy@ost.net> ¦ "Ost, Cy" <cy@ost.net> ¦ Cy Ost [mailto:cy@ost.net]
Cy Ost | Di Pau: Cy Ost <cy@ost.net>; Di Pau <di@pau.net> ¦ Cy Ost <cy@ost.net>, Di Pau <di@pau.net>
Cy Ost | di@pau.net: Cy Ost, di@pau.net
Bo Lee: Lee, B. <bo.lee@example.org> ¦ Boo Lee <bo.lee@example.org>
Cy Ost | Bo Lee: Cy Ost, B. Lee <bo.lee@example.org>
John Smith | Ana Roy: john.smith@example.org; ana@example.org ¦ Smith, John; Roy, Ana ¦ Smith, John / Roy, Ana ¦ John Smith 50%, 50% Ana Roy
Groß: Hr. Groß
Jörg Groß: Herr Jörg Groß ¦ Hr. Jörg Groß ¦ Prof. Dr. Jörg Groß ¦ Dipl.-Ing. Jörg Groß ¦ Jorg Gross ¦ JÖRG GROSS
Ana Roy: Frau Ana Roy ¦ Fr. Ana Roy ¦ Ms. Ana Roy ¦ Mme Ana Roy ¦ Ana Roy (Stv.: Bo Lee) ¦ Ana Roy? ¦ Ana Roy (tbc) ¦ Ana Roy * ¦ @Ana Roy ¦ AR ¦ TBD / Ana Roy ¦ Ana Roy / TBD ¦ Ana Roy (vacant from Jan)
Jean-Luc Dupont: M. Jean-Luc Dupont ¦ Dupont Jean-Luc ¦ DUPONT Jean-Luc
María José García López: Sra. María José García López ¦ García López, María José
Marco Rossi: Sig. Marco Rossi
Pieter van der Berg: Dhr. Pieter van der Berg ¦ van der Berg, Pieter
Joerg Gross: Joerg Gross
John Smith | IT: John Smith / IT
John Smith Jr.: John Smith Jr.
Pieter v.d. Berg: Pieter v.d. Berg
Ana Roy | Bo Lee: Ana Roy / Bo Lee ¦ Ana Roy/Bo Lee ¦ Ana Roy; Bo Lee ¦ Ana Roy;Bo Lee; ¦ Ana Roy & Bo Lee ¦ Ana Roy&Bo Lee ¦ Ana Roy, Bo Lee ¦ Ana Roy\\nBo Lee ¦ Ana Roy + Bo Lee ¦ Ana Roy and Bo Lee ¦ Ana Roy und Bo Lee ¦ Ana Roy et Bo Lee ¦ Ana Roy y Bo Lee ¦ Ana Roy e Bo Lee ¦ Ana Roy en Bo Lee ¦ Ana Roy sowie Bo Lee ¦ Ana Roy 60 %; Bo Lee 40 % ¦ Ana Roy (60%), Bo Lee (40%) ¦ 60% Ana Roy / 40% Bo Lee ¦ Ana Roy (lead), Bo Lee ¦ 1. Ana Roy 2. Bo Lee ¦ 1. Ana Roy\\n2. Bo Lee ¦ - Ana Roy\\n- Bo Lee ¦ • Ana Roy • Bo Lee ¦ Ana Roy | Bo Lee ¦ Ana Roy, Stv. Bo Lee
Ana Roy | Bo Lee | John Smith: Ana Roy, Bo Lee, John Smith ¦ Ana Roy, Bo Lee and John Smith ¦ Ana Roy, Bo Lee & John Smith
J. Smith | A. Roy: Smith, J.; Roy, A.
Ana Roy | John Smith: AR/JS ¦ AR, JS
nobody: TBD ¦ TBC ¦ tbd ¦ T.B.D. ¦ N.N. ¦ NN ¦ n.n. ¦ vacant ¦ Vacant position ¦ VACANT ¦ vakant ¦ unbesetzt ¦ offen ¦ noch offen ¦ n/a ¦ N/A ¦ na ¦ - ¦ -- ¦ ? ¦ ?? ¦ none ¦ nobody ¦ niemand ¦ to be hired ¦ to be appointed ¦ open position ¦ à pourvoir ¦ à définir ¦ à recruter ¦ por definir ¦ por contratar ¦ a definir ¦ vaga ¦ vacante ¦ da definire ¦ da assegnare ¦ vacature ¦ nader te bepalen ¦ nvt ¦ unassigned ¦ unknown ¦ unbekannt
alle: alle
all: all
Team: Team
IT: IT
IT Department: IT Department
HR | Finance: HR / Finance
Project Manager: Project Manager
PMO: PMO
External vendor: External vendor
Siemens AG: Siemens AG
Smith & Co: Smith & Co
Ernst | Young: Ernst & Young
Müller GmbH & Co. KG: Müller GmbH & Co. KG
R&D: R&D
R & D: R & D
Finance and HR: Finance and HR
Head of IT and Security: Head of IT and Security
Ortega y Gasset: Ortega y Gasset
Conde e Silva: Conde e Silva
Sean O'Brien: O'Brien, Sean ¦ Sean O’Brien
Jean-Pierre Martin: Jean-Pierre Martin
Juan De la Cruz: De la Cruz, Juan
Nguyen Van An: Nguyen Van An
山田 太郎: 山田 太郎
山田 | 鈴木: 山田、鈴木
Ana: Ana
Bo Lee: Bo Lee  ¦ Lee, Bo; TBD
"""
"""Who is named, with these people on the People sheet, and the cells that say so."""


def cases() -> list[tuple[str, list[str]]]:
    """Cell and names of each case."""
    lines = (line.split(": ", 1) for line in CELLS.strip().splitlines())
    split = ((texts, [] if names == "nobody" else names.split(" | ")) for names, texts in lines)
    return [(text.replace("\\n", "\n"), names) for texts, names in split for text in texts.split(" ¦ ")]


@pytest.mark.parametrize(("text", "people"), cases())
def test_people_in_a_cell(text, people):
    assert [one.person for one in names_in(text, company(KNOWN, [text]))] == people


def test_shares_stand_beside_the_names():
    named = names_in("Ana Roy (60%), Bo Lee 40 %", Company(KNOWN))
    assert [(one.person, one.share) for one in named] == [("Ana Roy", 0.6), ("Bo Lee", 0.4)]
    assert np.isnan(names_in("Ana Roy", Company(KNOWN))[0].share)


def test_other_cells_tell_lists_of_first_names_from_surnames_first():
    assert [one.person for one in names_in("Arun, Bex", company({}, ["Arun", "Bex"]))] == ["Arun", "Bex"]
    assert [one.person for one in names_in("Arun, Bex", company({}, ["Arun, Bex, Cy"]))] == ["Arun", "Bex"]
    (named,) = names_in("Diaz, Maria", company({}, ["Diaz, Maria"]))
    assert (named.person, named.turned) == ("Maria Diaz", True)


def test_several_surnames_come_first_where_all_are_listed_so():
    turned = ["García Márquez, Gabriel", "Diaz, Maria", "Pérez Soto, Ana", "Ruiz, Eva"]
    (named,) = names_in(turned[0], company({}, turned))
    assert (named.person, named.turned) == ("Gabriel García Márquez", True)
    for others in (
        turned[:1],
        ["Ana Roy, Bo Lee", "Cy Ost, Di Pau", "Eva Kim, Jan Ude"],
        [*turned, "Jan Ude", "Cy Ost"],
    ):
        pair = others[0] if others[0] != turned[0] else "García Márquez, Gabriel"
        assert len(names_in(pair, company({}, others))) == 2


def test_surname_first_is_told_where_only_another_cell_says_so():
    (named,) = names_in("Smith, Joan", company({}, ["Smith, Joan", "Joan Smith"]))
    assert (named.person, named.turned) == ("Joan Smith", True)
    assert not names_in("Smith, John", Company(KNOWN))[0].turned, "the People sheet settles it"


def test_a_name_turned_round_that_fits_two_people_fits_none():
    people = pd.DataFrame([("John James", "", ""), ("James John", "", "")], columns=["name", "aliases", "email"])
    assert known_people(people) == {"john james": "John James", "james john": "James John"} | {
        "james, john": "John James",
        "john, james": "James John",
    }


def test_an_address_is_the_person_it_belongs_to():
    assert names_in("Smith (john.smith@example.org)", Company(KNOWN))[0].person == "John Smith"
    assert names_in("someone@example.org", Company(KNOWN))[0].person == "someone@example.org"


@given(
    st.lists(st.sampled_from(sorted(SHEET["name"])), min_size=1, max_size=4, unique=True),
    st.sampled_from(["; ", " / ", "\n", ", ", " & ", " + ", " | ", " and ", " und ", " et ", " y ", " e ", " en "]),
    st.sampled_from(["{}", "Dr. {}", "{} (IT)", "  {} ", "{}?"]),
)
def test_people_parted_by_anything_are_those_people(names, joint, form):
    text = joint.join(form.format(name) for name in names)
    assert [one.person for one in names_in(text, company(KNOWN, [text]))] == names


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text):
    assert all(one.person.strip() for one in names_in(text, company(KNOWN, [text])))


@pytest.mark.parametrize(
    "text", ["(" * 32_000, "a, " * 10_000, "and " * 8_000, "Dr. " * 8_000, "1. " * 10_000, "a@" * 16_000, "9" * 32_000]
)
def test_long_texts_cost_little_time(text):
    begun = time.process_time()
    names_in(text, company({}, [text]))
    assert time.process_time() - begun < 2


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


def test_a_name_in_many_cells_is_read_once(monkeypatch):
    read = []
    monkeypatch.setattr(names, "_named", lambda part, *_: read.append(part))
    others = company({}, [])
    for row in range(50):
        names_in(f"Ana Roy; Bo Lee; Team {row}", others)
    assert len(read) == 2 + 50
