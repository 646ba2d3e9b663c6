"""Registers with people as columns and the letters of their roles below them."""

from __future__ import annotations

import pytest

from pipeline.ingest import ingest
from pipeline.model import Register
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD


def roles(register: Register) -> list[tuple[int, str, str]]:
    return [(int(item), role[0].upper(), person) for item, role, person in register.roles.iloc[:, :3].to_numpy()]


def test_each_letter_names_the_person_of_its_column(register: Register):
    """
    ID|Task|Ana Roy|Bo Lee|Cy Dee
    1|Upgrade|R/A|C|I
    2|Payroll|A|R|I;C
    3|Audit|RA||-
    4|Move|A, R|C/I|x
    """
    assert roles(register) == [
        (0, "A", "Ana Roy"), (0, "R", "Ana Roy"), (0, "C", "Bo Lee"), (0, "I", "Cy Dee"),
        (1, "A", "Ana Roy"), (1, "R", "Bo Lee"), (1, "C", "Cy Dee"), (1, "I", "Cy Dee"),
        (2, "A", "Ana Roy"), (2, "R", "Ana Roy"),
        (3, "A", "Ana Roy"), (3, "R", "Ana Roy"), (3, "C", "Bo Lee"), (3, "I", "Bo Lee"),
    ]  # fmt: skip
    assert {one.code for one in register.findings} & {"R50", "R56", "R68", "R69"} == {"R68", "R69"}


def test_positions_head_columns_as_people_do_even_where_they_are_usual_headings(register: Register):
    """
    ID|Activity|Sponsor|Project manager|QA
    1|Upgrade|A|R|C
    2|Payroll|I|R/A|
    """
    assert roles(register) == [
        (0, "A", "Sponsor"), (0, "R", "Project manager"), (0, "C", "QA"),
        (1, "A", "Project manager"), (1, "R", "Project manager"), (1, "I", "Sponsor"),
    ]  # fmt: skip


def test_aliases_on_the_people_sheet_head_columns(make_workbook):

    path = make_workbook(
        Register="ID|Activity|AR|BL\n1|Upgrade|R|A\n2|Payroll|A|C",
        People="Name|Aliases|Weekly hours|Department\nAna Roy|AR|40|IT\nBo Lee|BL|40|IT",
    )
    assert {person for _, _, person in roles(ingest((path,), IngestSettings(), PERIOD))} == {"Ana Roy", "Bo Lee"}


@pytest.mark.parametrize("more", ["", "|Bo Lee"])
def test_names_that_a_column_of_people_holds_head_columns_of_r_and_a_alone(more: str, make_workbook):
    letters = "|R" if more else ""
    table = f"ID|Title|Owner|Ana Roy{more}\n1|Pumps|Cy Dee|A{letters}\n2|Meters|Ana Roy, Cy Dee|R{letters}"
    found = ingest((make_workbook(Register=table),), IngestSettings(), PERIOD)
    assert [one.read for one in found.findings if one.code == "R68"] == ["Ana Roy" + (", Bo Lee" if more else "")]


@pytest.mark.parametrize(
    "table",
    [
        "ID|Title|Owner|Class|Grade\n1|Pumps|Ana|A|C\n2|Meters|Bo|C|A\n3|Tanks|Bo|A|A",
        "ID|Title|Owner|Risk|Priority\n1|Pumps|Ana|R|A\n2|Meters|Bo|A|R",
        "ID|Title|R|A|C|I\n1|Pumps|Ana|Bo|Cy|Dee\n2|Meters|Bo|Ana|Dee|Cy",
        "ID|Title|Owner|Zone|Site\n1|Pumps|Ana|R|North\n2|Meters|Bo|A|South",
        *(
            f"ID|Title|Owner|{heading}\n1|Pumps|Ana|A\n2|Meters|Bo|R"
            for heading in ("Record State", "Board Decision", "Safety Case", "Estado Civil")
        ),
        "ID|Title|Owner|Board Decision|Estado Final\n1|Pumps|Ana|A|I\n2|Meters|Bo|R|C",
        "ID|Title|Owner|Scope RAG|Time RAG\n1|Pumps|Ana|A|R\n2|Meters|Bo|R|A",
        "ID|Title|Owner|Quality|Cost Case\n1|Pumps|Ana|A|R\n2|Meters|Bo|R|A",
    ],
    ids=[
        "grades without an R",
        "columns of other fields",
        "letters over names",
        "one column that is headed by no name",
        *("state", "decision", "case", "estado"),
        *("graded with letters of all roles", "graded twice", "no C and no I under no names"),
    ],
)
def test_letters_that_are_no_roles_make_no_matrix(table: str, make_workbook):

    found = ingest((make_workbook(Register=table),), IngestSettings(), PERIOD)
    assert not {"R68", "R69"} & {one.code for one in found.findings}
    assert {person for _, _, person in roles(found)} <= {"Ana", "Bo", "Cy", "Dee"}
