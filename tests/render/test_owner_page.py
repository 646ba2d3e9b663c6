"""The owner's page: it speaks to one person, asks before it lists, and says no hours but theirs."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader

from pipeline.model import Period, Summary
from pipeline.render.exhibits import own, own_beside, own_lists, own_load, own_room, own_work
from pipeline.render.facts import Facts
from pipeline.render.language import ENGLISH
from pipeline.render.view import View
from pipeline.render.workbooks import Workbook
from pipeline.render_settings import PackSettings, RenderSettings
from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from tests.render.conftest import drawn, needs_pdf, page_of, pages_of, reader_of
from tests.summarise.conftest import make_portfolio

ITEMS = [
    {"id": "P-001", "title": "Second data centre", "accountable": "Ana Roy", "responsible": "Ana Roy", "phase": "Build",
     "effort": 60.0, "start": pd.Timestamp(2026, 11, 1), "finish": pd.Timestamp(2026, 11, 30)},
    {"id": "P-002", "title": "Old portal", "accountable": "Ana Roy", "responsible": "Bo Lee", "effort": 30.0,
     "start": pd.Timestamp(2026, 9, 1), "finish": pd.Timestamp(2026, 10, 2)},
    {"id": "P-003", "title": "New bridge", "accountable": "Ana Roy; Bo Lee", "responsible": "Bo Lee", "effort": 77.0, "review": True,
     "start": pd.Timestamp(2026, 10, 1), "finish": pd.Timestamp(2026, 12, 31)},
    {"id": "O-001", "title": "Backup service", "kind": "operation", "accountable": "Ana Roy", "responsible": "Ana Roy",
     "effort": 105.0, "cadence": "monthly"},
    {"id": "O-002", "title": "Telephony", "kind": "operation", "accountable": "Bo Lee", "responsible": "Bo Lee",
     "deputy": "Flo Moe", "effort": 11.0, "cadence": "monthly"},
]  # fmt: skip
PEOPLE = [{"name": "Ana Roy", "weekly_hours": 37.5}, {"name": "Bo Lee", "weekly_hours": 37.5}]
SETTINGS = RenderSettings.model_validate({"templates": Path("none")})


@pytest.fixture(scope="module")
def people() -> dict[str, Summary]:
    made = summarise(make_portfolio(ITEMS, PEOPLE), SummariseSettings(), Period(2026, 10), audiences=["person"])
    return {one.scope: one for one in made[1:]}


def text(summary: Summary) -> str:
    page = page_of(summary, settings=SETTINGS, pack="owner")
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition(">")[2]).split())


def test_the_load_is_said_with_the_move_that_brings_it_under_capacity(people: dict[str, Summary]) -> None:
    said = own_load.headline(Facts(people["Ana Roy"]))
    assert re.fullmatch(
        r"You are at 6\d% now and 10\d% in November\. "
        r"Moving 60 h of P-001 Second data centre to December brings you to 6\d% in November\.", said,
    )  # fmt: skip
    move = own_load.best_move(Facts(people["Ana Roy"]), next(one for one in Facts(people["Ana Roy"]).ahead if one.over))
    assert move is not None
    assert move.load < 1


def test_who_is_within_capacity_is_offered_no_move(people: dict[str, Summary]) -> None:
    said = own_load.headline(Facts(people["Bo Lee"]))
    assert "within your capacity until March 2027" in said
    assert "Moving" not in said


def test_who_only_deputises_carries_no_hours(people: dict[str, Summary]) -> None:
    facts = Facts(people["Flo Moe"])
    assert own_load.headline(facts) == "You carry no hours in October."
    assert own_work.others(facts) == (own_lists.Line("Deputy for", "O-002 Telephony"),)
    assert "Deputy for O-002 Telephony" in text(people["Flo Moe"])


def test_what_is_asked_stands_first_by_date(people: dict[str, Summary]) -> None:
    asked = own.asked(Facts(people["Ana Roy"])).rows
    assert [row["by"] for row in asked] == sorted(row["by"] for row in asked)
    texts = [row["text"] for row in asked]
    assert "Close P-002 Old portal or set a new finish: it is 29 days past 2 Oct." in texts
    assert "Say whether this is a project or an operation: P-003 New bridge." in texts
    assert "Name a deputy for O-001 Backup service." in texts
    page = text(people["Ana Roy"])
    assert page.index("Close P-002") < page.index("You are accountable for three projects")


def test_a_page_says_no_colleagues_hours(people: dict[str, Summary]) -> None:
    shown = {row["id"]: row["month_hours"] for row in own_work.projects(Facts(people["Ana Roy"])).rows}
    assert shown == {"P-001": 0, "P-002": 0, "P-003": 0}, "October's hours are Bo Lee's"
    page = text(people["Ana Roy"])
    assert "Telephony" not in page
    assert "O-002" not in page


@pytest.mark.parametrize("who", ["Ana Roy", "Bo Lee", "Flo Moe"])
def test_a_page_names_its_reader_and_how_to_correct_it(people: dict[str, Summary], who: str) -> None:
    page = text(people[who])
    assert f"For {who}" in page
    assert "To correct anything on this page, change the row in the register" in page


def crowded(count: int, more: str = "", finish: tuple[int, int, int] = (2026, 9, 1)) -> Facts:
    """One person with so many projects of one finish and as many operations; `more` makes their titles longer."""
    late = [{"id": f"P-{at:03}", "title": f"Late project number {at}{more}", "accountable": "Ana Roy", "responsible": "Ana Roy",
             "effort": 40.0, "start": pd.Timestamp(2026, 1, 1), "finish": pd.Timestamp(*finish)} for at in range(count)]  # fmt: skip
    runs = [{"id": f"O-{at:03}", "title": f"Service number {at}{more}", "kind": "operation", "accountable": "Ana Roy",
             "cadence": "monthly", "effort": 2.0} for at in range(count)]  # fmt: skip
    made = summarise(
        make_portfolio([*late, *runs], PEOPLE), SummariseSettings(), Period(2026, 10), audiences=["person"]
    )
    return Facts(next(one for one in made[1:] if one.scope == "Ana Roy"))


@pytest.fixture(scope="module")
def busy() -> Facts:
    return crowded(20)


def test_everything_overdue_is_counted_and_who_has_the_rest_is_said(busy: Facts) -> None:
    assert own_beside.due_message(busy).startswith("20 things of yours")
    shown = own_work.due(busy)
    assert len(shown.rows) < 20
    assert shown.rest == f"and {20 - len(shown.rows)} more; ask whoever keeps the register for them"
    assert len(own_work.due(Facts(busy.summary, medium="screen")).rows) == 20, "a screen has room"


@pytest.mark.parametrize(
    ("departments", "said"),
    [
        (["IT"], "and 7 more in the workbook of IT"),
        (["IT", "Water"], "and 7 more in the workbooks of their departments"),
        (["IT", ""], "and 7 more; ask whoever keeps the register for them"),
    ],
)
def test_the_rest_is_in_the_workbook_of_the_department(
    people: dict[str, Summary], departments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = Facts(people["Ana Roy"], workbook=lambda: Workbook(False, ENGLISH, frozenset(), of_departments=True))
    monkeypatch.setattr(facts, "table", lambda name: pd.DataFrame({"department": departments}))
    assert own_work.rest_of(7, facts) == said
    assert own_work.rest_of(0, facts) == ""


def test_a_person_is_sent_to_no_workbook_that_is_not_made(people: dict[str, Summary]) -> None:
    without = SETTINGS.model_copy(update={"packs": {"department": PackSettings(make=False)}})
    books = [View(reader_of(people["Ana Roy"], "owner", one), one, "paper").workbook for one in (SETTINGS, without)]
    assert [book.of_departments if book else None for book in books] == [True, None]


def test_the_first_lines_of_handovers_show_both_kinds(busy: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_lists, "_given", lambda row, facts: own_lists.Line("gives", ""))
    monkeypatch.setattr(own_lists, "_taken", lambda row, facts: own_lists.Line("takes", ""))
    item = next(iter(own_lists.mine(busy)))
    tables = {"handover": [{"item": item}] * 7, "incoming": [{"item": -1}] * 3}
    monkeypatch.setattr(busy, "rows", lambda name: tables[name])
    assert [line.name for line in own_lists.handovers(busy)][:4] == ["gives", "takes"] * 2


LONG = " of the regional water network, with everything that belongs to it"


@pytest.fixture(scope="module")
def long_busy() -> Facts:
    return crowded(60, LONG, (2026, 10, 2))


def drawn_pages(facts: Facts, language: str = "en", paper: str = "A4") -> list[str]:
    settings = SETTINGS.model_copy(update={"language": language, "paper": paper})
    return pages_of(PdfReader(BytesIO(drawn(facts.summary, "pdf", settings, "owner"))))


@needs_pdf
def test_who_has_little_gets_one_sheet() -> None:
    pages = drawn_pages(crowded(9, "", (2027, 6, 1)))
    assert len(pages) == 1
    assert "P-008" in pages[0]
    assert "O-008" in pages[0]


@needs_pdf
def test_twelve_of_each_with_long_titles_in_german_stand_whole_on_two_sheets_of_letter() -> None:
    first, second = drawn_pages(crowded(12, LONG, (2026, 11, 9)), "de", "Letter")
    assert all(f"{kind}-{at:03}" in first + second for kind in "PO" for at in range(12))
    assert min(len(first), len(second)) > 900, "no sheet is opened for a few lines"


@needs_pdf
def test_sixty_of_each_fill_two_sheets_and_the_rest_is_told(long_busy: Facts) -> None:
    pages = drawn_pages(long_busy, "de", "Letter")
    text = " ".join(pages)
    assert len(pages) == 2
    assert text.count("Sie übergeben bald") == 1
    assert "Um etwas auf dieser Seite zu berichtigen" in pages[1]
    assert "in den Arbeitsmappen" in text or "zu erfragen, wo das Register geführt wird" in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_twenty_five_of_each_in_progress_stand_whole(paper: str) -> None:
    facts = Facts(crowded(25, "", (2027, 6, 1)).summary, paper=paper)
    shown = own_room.room(facts).shown
    assert [shown[name] for name in own_room.WHOLE] == [25, 25]


def test_in_a_crowd_both_lists_give_up_rows_and_no_list_is_left_out(long_busy: Facts) -> None:
    shown = own_room.room(long_busy).shown
    assert 10 < shown["own_operations"] <= shown["own_projects"] <= shown["own_operations"] + 2
    assert all(shown[name] >= rows for name, rows in own_room.FIRST.items())


def test_the_second_sheet_opens_where_the_first_is_fullest_but_never_for_a_few_lines() -> None:
    def opens(**rows: int) -> str | None:
        parts = {name: own_room._Part(30.0, [15.0] * count) for name, count in rows.items()}
        return own_room._Sheets(parts, 300.0, {"own_parts": 0.0, "end": 20.0}, 700.0).opens(rows)

    assert opens(own_projects=5, own_operations=5) == ""
    assert opens(own_projects=10, own_operations=16) == "own_operations"
    assert opens(own_projects=10, own_operations=12) == "own_projects", "the second would be mostly white"
    assert opens(own_projects=25, own_operations=2) == "own_projects"
    assert opens(own_projects=50) == "", "the list runs on"
    assert opens(own_due=30, own_projects=70) is None


def test_lists_stand_further_apart_where_every_sheet_has_room(long_busy: Facts) -> None:
    assert own_room.room(Facts(crowded(2, "", (2027, 6, 1)).summary)).loose
    assert not own_room.room(long_busy).loose


def test_a_month_without_capacity_is_not_an_unknown_one(people: dict[str, Summary]) -> None:
    facts = Facts(people["Ana Roy"])
    assert facts.now is not None
    facts.__dict__["now"] = replace(facts.now, hours=12.0, capacity=0.0, load=None)
    assert own_load.headline(facts) == "You carry 12 h in October, in which you have no capacity."
    assert own.tiles(facts)[0].since == "no capacity this month"
