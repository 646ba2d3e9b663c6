"""Every sentence has a threshold and a quiet twin, and says what the figures say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model import Summary
from pipeline.render.environment import environment
from pipeline.render.facts import Facts, Kept
from pipeline.render.formats import page
from pipeline.render.language import ENGLISH
from pipeline.render.messages import MESSAGES, Messages
from pipeline.render.readers import readers
from pipeline.render.undefined import Unsaid
from pipeline.render_settings import PackSettings, RenderSettings
from tests.render.sample import make_summary


def with_column(summary: Summary, table: str, **columns: object) -> Facts:
    """The summary with columns of one table replaced."""
    return Facts(replace(summary, tables={**summary.tables, table: summary.tables[table].assign(**columns)}))


def without(summary: Summary, *tables: str) -> Facts:
    """The summary with these tables emptied."""
    return Facts(replace(summary, tables={**summary.tables, **{name: summary.tables[name].head(0) for name in tables}}))


def test_the_headline_names_one_or_two_months_over_capacity(summary: Summary) -> None:
    load = [0.9, 0.9, 0.95, 1.02, 0.9, 1.04, 0.9, 0.9, 0.9]
    facts = with_column(summary, "months", load=load, hours=[value * 1000 for value in load], capacity_hours=1000.0)
    said = Messages(facts)
    assert said["headline"] == "Load passes capacity in November and January: 1,020 and 1,040 hours against 1,000."
    assert said["months"].endswith("November and January are forecast above capacity")


def test_the_headline_counts_more_months_and_names_the_highest(summary: Summary) -> None:
    facts = with_column(summary, "months", load=[0.9, 1.5, 1.1, 1.2, 1.3, 0.9, 0.9, 0.9, 0.9])
    assert MESSAGES["headline"](facts) == (
        "Load is above capacity in three of seven months; it is highest in December, at 130%."
    ), "September is past and does not count"


def test_the_headline_has_a_quiet_twin(summary: Summary) -> None:
    facts = with_column(summary, "months", load=0.5)
    assert MESSAGES["headline"](facts) == "Load stays within capacity to April; it is highest in October, at 50%."


def test_unknown_capacity_is_said_and_not_taken_for_enough(summary: Summary) -> None:
    said = Messages(with_column(summary, "months", load=float("nan"), capacity_hours=float("nan")))
    assert "capacity is unknown" in said["headline"]
    assert "above capacity" not in said["months"]


def test_no_hours_are_said(summary: Summary) -> None:
    said = Messages(without(summary, "months", "departments", "teams", "people", "workload"))
    assert said["headline"].endswith("no hours can be placed in October 2026.")
    assert said["workload"] == "No active item names a person."


def test_items_that_are_not_active_are_counted_beside_the_others(summary: Summary) -> None:
    figures = {**summary.figures, "undecided": replace(summary.figures["operations"], id="undecided", value=2)}
    active = int((figures["active_projects"].value or 0) + (figures["operations"].value or 0)) + 2
    told = MESSAGES["counts"](Facts(replace(summary, figures=figures)))
    assert told.endswith(f", two undecided or mixed, and {ENGLISH.spelt(150 - active)} closed or otherwise not active.")
    whole = {**figures, "undecided": replace(figures["undecided"], value=2 + 150 - active)}
    assert MESSAGES["counts"](Facts(replace(summary, figures=whole))) == "Every item is active."


def test_who_has_hours_and_no_capacity_is_over_capacity(summary: Summary) -> None:
    columns = {
        "person": ["Ana Roy", "Bo Lee"],
        "hours": [8.0, 128.0],
        "capacity_hours": [80.0, 0.0],
        "load": [0.1, None],
    }
    people = summary.tables["people"].head(2).assign(**columns)
    said = MESSAGES["workload"](Facts(replace(summary, tables={**summary.tables, "people": people})))
    assert said == "One of two people is over capacity in October. Bo Lee has 128 h and no capacity."


def test_hours_that_nobody_carries_stand_beside_the_loads_of_people(summary: Summary) -> None:
    people = summary.tables["people"].head(2).assign(person=["Ana Roy", ""], hours=[0.0, 406.0], load=[0.0, None])
    said = MESSAGES["workload"](Facts(replace(summary, tables={**summary.tables, "people": people})))
    assert said == "Ana Roy is at 0% of capacity in October. 406 h are carried by nobody."


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ([0, 0, 0], "No project is past its finish date."),
        ([36, 0, 0], "One of three active projects is past its finish date, by 36 days."),
        ([36, 1, 0], "Two of three active projects are past their finish date, the longest by 36 days."),
    ],
)
def test_overdue(late: list[float], expected: str) -> None:
    summary = make_summary(60, 4)
    projects = summary.tables["projects"].dropna(subset="finish").head(3).reset_index(drop=True)
    facts = with_column(replace(summary, tables={**summary.tables, "projects": projects}), "projects", days_late=late)
    assert MESSAGES["overdue"](facts) == expected


def test_unknown_finish_dates_are_counted_beside_none_overdue(summary: Summary) -> None:
    undated = int(summary.tables["projects"]["finish"].isna().sum())
    facts = with_column(summary, "projects", days_late=0.0)
    assert 1 < undated < len(facts.table("projects"))
    assert MESSAGES["overdue"](facts).endswith(f"{ENGLISH.spelt(undated)} of {facts.count('projects')} have none.")


@pytest.mark.parametrize(
    ("taker", "missing", "ending"),
    [
        ("Service desk", "Successor operation not named", "Each names who takes over."),
        ("TBD", "Nobody takes over", "None of them names who takes over."),
    ],
)
def test_handover(summary: Summary, taker: str, missing: str, ending: str) -> None:
    facts = with_column(summary, "handover", handover_to=taker, successor="", missing=missing)
    assert MESSAGES["handover"](facts).endswith(ending)
    assert MESSAGES["handover"](without(summary, "handover")) == "No project is about to hand over."


def test_page_sentences_agree_with_the_tables_below_them(summary: Summary) -> None:
    said, facts = Messages(Facts(summary)), Facts(summary)
    assert str(facts.count("operations")) in said["operations"]
    assert f"{facts.count('review')} rows need" in said["review"]
    over = sum(one.over for one in facts.parts[1])
    assert over or said["parts"].startswith("No department is over capacity")


def test_parts_are_departments_then_teams_then_people() -> None:
    assert Facts(make_summary(30, 8)).parts[0] == "department"
    assert Facts(make_summary(30, 8, scope="IT")).parts[0] == "team"
    assert Facts(make_summary(2, 1)).parts[0] == "person"


@pytest.mark.parametrize("size", [(0, 0), (1, 0), (1, 1), (2, 1), (11, 3)])
def test_sentences_hold_for_small_registers(size: tuple[int, int]) -> None:
    for text in Messages(Facts(make_summary(*size))).values():
        assert text[0].isupper() or text[0].isdigit()
        assert "nan" not in text.lower().split()
        assert "None " not in text.replace("None of", "")


def test_a_sentence_is_worded_once_for_all_reports_of_a_summary(
    summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(facts: Facts, name: str) -> int:
        asked.append(name)
        return len(facts.table(name))

    monkeypatch.setattr(Facts, "count", counted)
    kept = Kept()
    first = MESSAGES["overdue"](Facts(summary, medium="paper", kept=kept))
    once = len(asked)
    assert once, "it is made of counts"
    assert MESSAGES["overdue"](Facts(summary, medium="screen", kept=kept)) == first
    assert len(asked) == once


def test_a_sentence_that_nobody_asks_for_is_not_worded(summary: Summary) -> None:
    said = Messages(without_table(summary, "findings"))
    assert said["headline"]
    with pytest.raises(Unsaid, match="findings"):
        said["findings"]


def without_table(summary: Summary, name: str) -> Facts:
    """The summary as if a table could not be had at all."""
    return Facts(replace(summary, tables={one: table for one, table in summary.tables.items() if one != name}))


@pytest.mark.parametrize("fault", [KeyError, TypeError, AttributeError])
def test_a_sentence_that_cannot_be_worded_is_no_fault_of_the_template(
    summary: Summary, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def broken(_: Facts) -> str:
        raise fault("whatever")

    monkeypatch.setitem(MESSAGES, "overdue", broken)  # type: ignore[arg-type]
    message = Messages(Facts(summary))
    assert "overdue" in message
    with pytest.raises(Unsaid, match="'overdue' cannot be worded"):
        environment(Path("none"), ENGLISH).from_string("{{ message.overdue }}").render(message=message)


def test_a_report_in_each_language_is_that_of_the_language_alone() -> None:
    def drawn(*languages: str) -> dict[str, str]:
        packs = {"executive": PackSettings(languages=list(languages))}
        settings = RenderSettings(templates=Path("none"), packs=packs)
        return {
            one.language: page(one, settings, "paper")
            for one in readers((summary,), settings)
            if one.pack.id == "executive"
        }

    summary = make_summary(11, 3)
    alone = drawn("en") | drawn("de")
    assert alone["en"] != alone["de"]
    assert drawn("en", "de") == drawn("de", "en") == alone


def test_what_reports_share_asks_for_neither_medium_nor_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    shared, making = Facts.shared, []

    def watched(facts: Facts, make: Callable[[Facts], object]) -> object:
        making.append(make)
        try:
            return shared(facts, make)
        finally:
            making.pop()

    def refused(facts: Facts) -> None:
        assert not making, making

    monkeypatch.setattr(Facts, "shared", watched)
    monkeypatch.setattr(Facts, "workbook", property(refused))
    monkeypatch.setattr(
        Facts, "medium", property(lambda facts: refused(facts) or "paper", lambda *_: None), raising=False
    )
    settings = RenderSettings(templates=Path("none"))
    drawn = [page(one, settings, "paper") for one in readers((make_summary(11, 3),), settings)]
    assert len(drawn) > 1
