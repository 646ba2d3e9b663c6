"""Hours added up by parts are those of the undivided register, figure by figure."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from pipeline.classify import classify
from pipeline.ingest import ingest
from pipeline.model import Period, Portfolio
from pipeline.settings import ClassifySettings, IngestSettings, SummariseSettings
from pipeline.summarise import summarise
from pipeline.summarise.by_parts import figures_of, hours_in, known_of, names_in, places_in, staff_of

PERIOD, SETTINGS = Period(2026, 10), SummariseSettings(country="GB")
EXAMPLE = Path(__file__).parents[2] / "input" / "example-register.xlsx"


@pytest.fixture(scope="module")
def whole() -> Portfolio:
    """The example with programmes in programmes: some over, a pair that names each other, one that names itself."""
    register = ingest((EXAMPLE,), IngestSettings(), PERIOD)
    items, ids = register.items.copy(), register.items["id"]
    for child, parent in ((2, 90), (90, 140), (140, 33), (5, 5), (7, 88), (88, 7), (60, 90), (61, 90), (12, 61)):
        items.loc[child, "parent"] = ids[parent]
    items.loc[[90, 61], "status"] = "Closed"
    return classify(replace(register, items=items), ClassifySettings(), PERIOD)


def parted(portfolio: Portfolio, parts: int) -> list[Portfolio]:
    register = portfolio.register
    bounds = np.linspace(0, len(register.items), parts + 1).astype(int).tolist()
    made = []
    for begin, end in pairwise(bounds):
        items, cells, verdicts = (
            frame.iloc[begin:end].reset_index(drop=True)
            for frame in (register.items, register.cells, portfolio.verdicts)
        )
        roles = register.roles[register.roles["item"].between(begin, end - 1)]
        roles = roles.assign(item=roles["item"] - begin).reset_index(drop=True)
        made.append(
            replace(portfolio, register=replace(register, items=items, cells=cells, roles=roles), verdicts=verdicts)
        )
    return made


@pytest.mark.parametrize("parts", [1, 3, 7])
def test_hours_by_parts_are_those_of_the_whole_to_the_last_figure(whole: Portfolio, parts: int) -> None:
    tables = summarise(whole, SETTINGS, PERIOD)[0].tables
    split, listed = parted(whole, parts), whole.register.people
    known = known_of([names_in(part.register) for part in split], listed)
    staff = staff_of([places_in(part, known, SETTINGS, PERIOD)[0] for part in split], known, listed, SETTINGS, PERIOD)
    found = [hours_in(part, staff, number, SETTINGS, PERIOD)[0] for number, part in enumerate(split)]
    figures = figures_of(found, staff, SETTINGS, PERIOD)
    assert sum(map(len, staff.holding)) > 3
    for name, frame in figures.items():
        assert_frame_equal(frame, tables[name], check_exact=True)


def test_parts_in_another_order_come_to_the_same(whole: Portfolio) -> None:
    split = parted(whole, 4)
    one, other = (
        known_of([names_in(part.register) for part in order], whole.register.people) for order in (split, split[::-1])
    )
    assert one == other
