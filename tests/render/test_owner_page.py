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
from pipeline.render.exhibits import own, own_lists, own_load, own_room, own_work
from pipeline.render.facts import Facts
from pipeline.settings import RenderSettings, SummariseSettings
from pipeline.summarise import summarise
from tests.render.conftest import drawn, needs_pdf, page_of
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


def test_everything_overdue_is_counted_and_the_rest_is_said_to_be_in_the_register(busy: Facts) -> None:
    assert own_work.due_message(busy).startswith("20 things of yours")
    shown = own_work.due(busy)
    assert len(shown.rows) < 20
    assert shown.rest == f"and {20 - len(shown.rows)} more in the register"


def test_the_first_lines_of_handovers_show_both_kinds(busy: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_lists, "_given", lambda row, facts: own_lists.Line("gives", ""))
    monkeypatch.setattr(own_lists, "_taken", lambda row, facts: own_lists.Line("takes", ""))
    item = next(iter(own_lists.mine(busy)))
    tables = {"handover": [{"item": item}] * 7, "incoming": [{"item": -1}] * 3}
    monkeypatch.setattr(busy, "rows", lambda name: tables[name])
    assert [line.name for line in own_lists.handovers(busy)][:4] == ["gives", "takes"] * 2


@needs_pdf
def test_a_busy_persons_page_is_one_sheet_and_says_nothing_twice(busy: Facts) -> None:
    reader = PdfReader(BytesIO(drawn(busy.summary, "pdf", SETTINGS, "owner")))
    assert len(reader.pages) == 1
    text = " ".join(reader.pages[0].extract_text().split())
    assert text.count("things of yours are overdue") == 1
    assert "more in the register" in text


@needs_pdf
@pytest.mark.parametrize(("count", "finish"), [(3, (2026, 11, 9)), (6, (2026, 11, 20)), (60, (2026, 10, 2))])
def test_a_crowd_of_long_titles_in_german_on_letter_is_one_sheet(count: int, finish: tuple[int, int, int]) -> None:
    facts = crowded(count, " of the regional water network, with everything that belongs to it", finish)
    settings = SETTINGS.model_copy(update={"language": "de", "paper": "Letter"})
    sheets = PdfReader(BytesIO(drawn(facts.summary, "pdf", settings, "owner"))).pages
    assert len(sheets) == 1
    text = " ".join(sheets[0].extract_text().split())
    assert text.count("Sie übergeben bald") == 1
    assert "Um etwas auf dieser Seite zu berichtigen" in text


def test_in_a_crowd_the_lists_that_matter_least_give_up_rows_first() -> None:
    every = {name: own_room._Part(30.0, [15.0] * 5) for name in own_room.ORDER}
    roomy = own_room._fewest(every, 1_000.0)
    assert roomy == own_room.LEAST
    tight = own_room._fewest(every, own_room._tall(every, roomy) - 10)
    assert tight == {**own_room.LEAST, "own_handovers": 1, "own_operations": 1}
    assert set(own_room._fewest(every, 0.0).values()) == {1}


def test_a_month_without_capacity_is_not_an_unknown_one(people: dict[str, Summary]) -> None:
    facts = Facts(people["Ana Roy"])
    assert facts.now is not None
    facts.__dict__["now"] = replace(facts.now, hours=12.0, capacity=0.0, load=None)
    assert own_load.headline(facts) == "You carry 12 hours in October, in which you have no capacity."
    assert own.tiles(facts)[0].since == "no capacity this month"
