"""The register that `pipeline init` hands out: what people fill in is read to the last word, in every language."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.classify import classify
from pipeline.fields import FIELDS, PEOPLE_FIELDS
from pipeline.ingest import ingest
from pipeline.ingest.amounts import read_effort
from pipeline.ingest.cadences import read_cadence
from pipeline.marks import EXAMPLE
from pipeline.model import FileReading, Register
from pipeline.settings import ClassifySettings, IngestSettings
from pipeline.starter.columns import LISTS, PEOPLE, REGISTER
from pipeline.starter.language import LANGUAGES, Language, read_language, system_language
from pipeline.starter.workbook import starter_workbook
from pipeline.summarise.activity import state_of
from tests.conftest import PERIOD

CADENCES = [
    "daily", "weekly", "fortnightly", "monthly", "quarterly", "half-yearly", "yearly", "continuous", "on demand"
]  # fmt: skip
STATES = ["", "", "", "on hold", "closed", "cancelled"]
"""What the words of each list mean, in their order."""
WORK = [
    ("Pumps", "Meters"), ("Nova", "Rota"), ("Harbour", "Lifts"), ("Quartz", "Bills"), ("Vector", "Gates"),
    ("Zenith", "Fleet"), ("Delta", "Roofs"),
]  # fmt: skip
NAMES = [
    ("Ana Roy", "Bo Lee"), ("Cem Duru", "Dag Ekman"), ("Eva Novak", "Finn Olsen"), ("Gita Rao", "Hugo Weiss"),
    ("Ines Prat", "Jens Kulm"), ("Kira Zoll", "Lars Byrne"), ("Mona Tadic", "Nils Vogt"),
]  # fmt: skip
"""A project, an operation and two people for each language, so that no register looks like another's version."""


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    return read_language(request.param)


def opened(language: Language) -> Workbook:
    return load_workbook(io.BytesIO(starter_workbook(language)))


def write(sheet, row: int, columns, values: dict[str, object]) -> None:
    """One row of values by field; what stood there is gone."""
    for at, column in enumerate(columns, start=1):
        sheet.cell(row, at).value = values.get(column.field)


def fill_in(language: Language) -> Workbook:
    """The workbook as a person fills it in: a project, an operation and two people written over the examples."""
    book, words = opened(language), language.lists
    register, people = book[language.sheets["register"]], book[language.sheets["people"]]
    project, operation = WORK[LANGUAGES.index(language.code)]
    ana, bo = NAMES[LANGUAGES.index(language.code)]
    work = {"department": words["department"][0], "owner": ana, "description": f"{project} {operation}"}
    write(register, 2, REGISTER, work | {
        "id": f"00{language.code}", "title": project, "type": words["type"][0],
        "responsible": f"{ana} 60 %; {bo} 40 %", "deputy": bo,
        "start": dt.datetime(2026, 3, 1), "finish": dt.datetime(2026, 12, 15),
        "status": words["status"][1], "phase": words["phase"][2], "health": words["health"][0], "progress": 0.4,
        "effort": 120, "deliverable": "X", "handover_to": "Y", "notes": "Z",
    })  # fmt: skip
    write(register, 3, REGISTER, work | {
        "id": f"01{language.code}", "title": operation, "type": words["type"][1], "cadence": words["cadence"][3],
        "status": words["status"][2], "effort": 12.5,
    })  # fmt: skip
    register.delete_rows(4)
    person = {"team": "T", "department": words["department"][0], "weekly_hours": 37.5, "target": 0.8, "leave_days": 25}
    write(
        people,
        2,
        PEOPLE,
        person | {"name": ana, "email": f"{ana.split()[0]}@example.org", "start": dt.datetime(2020, 1, 1)},
    )
    write(people, 3, PEOPLE, person | {"name": bo, "manager": ana, "finish": dt.datetime(2026, 12, 31)})
    return book


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """The filled workbooks of all languages, read together."""
    folder = tmp_path_factory.mktemp("filled")
    for code in LANGUAGES:
        fill_in(read_language(code)).save(folder / f"{code}.xlsx")
    return ingest((folder,), IngestSettings(), PERIOD)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """The workbooks of all languages as they are handed out, read together; one has a row below its examples."""
    folder = tmp_path_factory.mktemp("untouched")
    for code in LANGUAGES:
        (folder / f"{code}.xlsx").write_bytes(starter_workbook(read_language(code)))
    english = read_language("en")
    book = opened(english)
    write(book[english.sheets["register"]], 5, REGISTER, {"id": "1", "title": "Nova", "owner": "Ana Roy"})
    book.save(folder / "below.xlsx")
    return ingest((folder,), IngestSettings(), PERIOD)


def file_of(register: Register, name: str) -> FileReading:
    return next(file for file in register.files if file.name == f"{name}.xlsx")


def test_every_heading_is_read_exactly(filled, language):
    (sheet,) = file_of(filled, language.code).sheets
    assert sheet.mapping == {language.register[column.field][0]: column.field for column in REGISTER}
    assert set(sheet.basis.values()) == {"exact"}
    assert (sheet.header_row, sheet.rows_in, sheet.rows_used) == (1, 2, 2)


def test_the_workbook_raises_no_finding(filled):
    assert filled.findings == ()


def test_every_cell_is_read_as_what_it_is(filled, language):
    items = filled.items[filled.items["file"] == f"{language.code}.xlsx"]
    project, operation = items.index
    ana, bo = NAMES[LANGUAGES.index(language.code)]
    assert items["id"].tolist() == [f"00{language.code}", f"01{language.code}"]
    assert [str(items.at[project, field])[:10] for field in ("start", "finish")] == ["2026-03-01", "2026-12-15"]
    assert items.at[project, "progress"] == 0.4
    assert items["effort"].tolist() == [120, 12.5]
    assert set(items["effort_unit"]) == {"hours"}
    assert items["cadence"].tolist() == ["", "monthly"]
    named = filled.roles[filled.roles["item"].isin(items.index) & (filled.roles["role"] == "responsible")]
    assert named[["item", "person", "share"]].to_numpy().tolist() == [
        [project, ana, 0.6],
        [project, bo, 0.4],
        [operation, ana, 1.0],
    ]


def test_the_people_sheet_is_read(filled, language):
    ana, bo = NAMES[LANGUAGES.index(language.code)]
    people = filled.people.set_index("name").loc[[ana, bo]]
    assert people["weekly_hours"].tolist() == [37.5, 37.5]
    assert people["target"].tolist() == [0.8, 0.8]
    assert people["manager"].tolist() == ["", ana]
    assert str(people.at[bo, "finish"])[:10] == "2026-12-31"


def test_the_declared_types_are_understood(filled):
    evidence = classify(filled, ClassifySettings(), PERIOD).evidence
    declared = evidence[evidence["criterion"].str.startswith("declared")].sort_values("item")
    assert declared["criterion"].tolist() == ["declared-project", "declared-operation"] * len(LANGUAGES)


def test_examples_left_as_they_are_count_nowhere_and_are_told(untouched, language):
    assert untouched.items["title"].tolist() == ["Nova"]
    assert len(untouched.people) == 0
    (told,) = [one for one in untouched.findings if one.file == f"{language.code}.xlsx"]
    assert (told.code, told.cell) == ("R04", "A2")
    assert "examples" in told.message


def test_the_words_of_the_drop_downs_are_understood(language):
    assert [read_cadence(word) for word in language.lists["cadence"]] == CADENCES
    assert [state_of(word) for word in language.lists["status"]] == STATES
    assert {state_of(word) for word in language.lists["phase"]} == {""}, "a phase must not close the item"
    units = [read_effort(str(one["effort"]), "hours", "").unit for one in language.examples]
    assert units == ["hours", "hours", "fte"]


def test_the_same_bytes_each_time():
    assert starter_workbook(read_language("de")) == starter_workbook(read_language("de"))


def test_every_language_says_everything(language):
    assert set(language.register) == {column.field for column in REGISTER} <= {field.id for field in FIELDS}
    assert set(language.people) == {column.field for column in PEOPLE} <= {field.id for field in PEOPLE_FIELDS}
    assert set(language.lists) == set(LISTS)
    assert [len(language.lists[name]) for name in LISTS[1:]] == [2, 6, 5, 3, 9]
    assert language.code in EXAMPLE
    english = read_language("en")
    assert [set(one) for one in language.examples] == [set(one) for one in english.examples]
    assert len(language.lines) == len(english.lines)
    for title, text in language.questions.values():
        assert len(title) <= 32, "Excel shows no more"
        assert len(text) <= 255


def test_drop_downs_offer_the_lists_and_the_people(language):
    book = opened(language)
    register = book[language.sheets["register"]]
    rules = {str(rule.sqref): rule for rule in register.data_validations.dataValidation}
    for at, column in enumerate(REGISTER):
        rule = rules.get(f"{chr(65 + at)}2:{chr(65 + at)}501")
        if column.offers:
            assert rule.formula1 == f"choice_{column.offers}"
            assert f"choice_{column.offers}" in book.defined_names
        elif column.holds in ("date", "share"):
            assert rule.type == {"date": "date", "share": "decimal"}[column.holds]
        else:
            assert rule is None


def test_headings_carry_notes_and_stay_in_sight(language):
    register = opened(language)[language.sheets["register"]]
    assert all(cell.comment.text.strip() for cell in register[1])
    assert register.freeze_panes == "C2"
    assert register.print_title_rows == "$1:$1"
    assert register.tables["table_register"].ref == "A1:S26"


@pytest.mark.parametrize(
    ("spoken", "code"), [("de_AT.UTF-8", "de"), ("pt_BR", "pt"), ("C.UTF-8", "en"), ("ja_JP.UTF-8", "en")]
)
def test_the_computers_language_is_taken_where_there_is_a_register_in_it(monkeypatch, spoken, code):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", spoken)
    assert system_language() == code
