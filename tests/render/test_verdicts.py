"""Verdicts on a page: reasons that add up, what would turn them, bands in words and never a percentage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pipeline.model import Summary
from pipeline.render.facts import Facts
from pipeline.render.verdicts import SHOWN, explained
from tests.render.conftest import page_of
from tests.render.sample import make_summary


def test_the_first_rows_to_settle_are_explained_and_the_others_listed(summary: Summary) -> None:
    review = summary.tables["review"]["item"].tolist()
    assert [one.row["item"] for one in explained(Facts(summary, medium="screen"))] == review[:SHOWN]
    on_paper = [one.row["item"] for one in explained(Facts(summary))]
    assert on_paper == review[: len(on_paper)]
    assert 0 < len(on_paper) < SHOWN, "those that one sheet holds: the list of the others begins on it"


def test_no_row_that_is_clear_stands_among_those_to_review(summary: Summary) -> None:
    """The heading speaks of rows that a person must settle: others are explained only where there is none of these."""
    told = next(iter(summary.explained.values()))
    clear = next(
        item for item in summary.tables["register"]["item"] if item not in set(summary.tables["review"]["item"])
    )
    one = replace(summary, explained={**dict(list(summary.explained.items())[:1]), clear: told})
    assert [shown.row["item"] for shown in explained(Facts(one))] == summary.tables["review"]["item"].tolist()[:1]
    none = replace(one, tables={**summary.tables, "review": summary.tables["review"].head(0)}, explained={clear: told})
    assert [shown.row["item"] for shown in explained(Facts(none))] == [clear]


def test_the_strongest_of_each_side_stand_first_and_all_add_up_to_the_score(summary: Summary) -> None:
    one = explained(Facts(summary))[0]
    assert [reason.points for reason in one.reasons] == [1.3, 1.1, 0.6, -0.9]
    assert one.rest == "Every row starts at +0.01; two other reasons add +0.60"
    shown = sum(reason.points for reason in one.reasons) + 0.01 + 0.60
    assert shown == pytest.approx(one.told.score)


def test_what_would_turn_it_and_the_split_are_said_with_their_verdicts(summary: Summary) -> None:
    one = explained(Facts(summary))[0]
    assert [(turn.said, turn.kind, turn.certainty) for turn in one.turns] == [
        ("Finish F217 left blank", "operation", "likely")
    ]
    assert [(part.kind, part.certainty) for part in one.parts] == [("project", "clear"), ("operation", "likely")]


@pytest.mark.parametrize("medium", ["paper", "screen"])
def test_the_page_says_all_of_it_in_words(summary: Summary, medium: str) -> None:
    text = plain(page_of(summary, medium))  # type: ignore[arg-type]
    part = text[text.index("need a person to decide;") : text.index("Verdicts by certainty")]
    assert part.count("What would turn it") == len(explained(Facts(summary, medium=medium)))
    assert "Finish F217 left blank Operation, likely" in part
    assert "Suggested repair: split the row" in part
    assert "It holds two kinds of work. Row " in part
    assert "%" not in part, "certainty is a word wherever a person reads it"


def test_a_summary_without_explanations_says_so() -> None:
    assert "No row needs a person to decide." in page_of(make_summary(0, 0))


def test_the_workbook_says_what_would_turn_each_row_to_review(contents: Mapping[str, bytes], summary: Summary) -> None:
    sheet = load_workbook(BytesIO(contents["xlsx"]))["Review"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "ID")
    turns = [row[rows[head].index("What would turn it")] for row in rows[head + 1 :]]
    assert len(turns) == len(summary.tables["review"])
    assert str(turns[0]).startswith("Finish F217 left blank: operation, likely. Split in two: ‘")


def plain(html: str) -> str:
    """The text of a page without its drawings, elements parted by spaces."""
    text = re.sub(r"(?s)<(style|svg)\b.*?</\1>", " ", html)
    return re.sub(r"\s+([,.])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", text).split()))
