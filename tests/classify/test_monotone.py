"""More evidence moves a score its own way, never the other, and every cell's evidence goes with its cell."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import classify
from pipeline.model import Period
from pipeline.settings import ClassifySettings
from tests.factories import make_register

PLAIN: dict[str, object] = {"title": "Zeta", "description": "Alpha of beta"}
FOR: dict[str, dict[str, object]] = {
    "finish": {"finish": pd.Timestamp("2026-12-11")},
    "once": {"cadence": "once"},
    "sponsor": {"sponsor": "Ana"},
    "handover": {"handover_to": "Service desk"},
    "deliverable": {"deliverable": "Gamma"},
    "milestone": {"milestone": "Delta"},
    "part done": {"progress": 0.4},
    "capital": {"budget_type": "Capex"},
    "declared": {"type": "Project"},
    "notes": {"notes": "until all are done"},
}
AGAINST: dict[str, dict[str, object]] = {
    "cadence": {"cadence": "monthly"},
    "cadence in words": {"cells": {"cadence": "as they fall due"}},
    "open end": {"cells": {"finish": "unbefristet"}},
    "rate": {"effort": 2.0, "effort_unit": "fte"},
    "service level": {"service_level": "99.9 %"},
    "volume": {"volume": "1,200"},
    "procedure": {"procedure": "SOP-12"},
    "declared": {"type": "BAU"},
    "notes": {"notes": "same again next year"},
}
BASES: list[dict[str, object]] = [
    PLAIN,
    {**PLAIN, "title": "CRM replacement", "description": "Old system switched off"},
    {**PLAIN, "title": "Payroll", "description": "Run every month"},
]


def scores(rows: list[dict[str, object]]) -> list[float]:
    """Each row classified as a register of its own would have it: few rows, so that no column is weighed by how it varies."""
    verdicts = [classify(make_register([row]), ClassifySettings(), Period(2026, 10)).verdicts for row in rows]
    return [float(one.loc[0, "score"]) for one in verdicts]


@pytest.mark.parametrize(("more", "sign"), [(FOR, 1), (AGAINST, -1)], ids=["for", "against"])
def test_evidence_for_one_side_never_moves_the_score_to_the_other(
    more: dict[str, dict[str, object]], sign: int
) -> None:
    base = BASES[0]
    before, *after = scores([base, *({**base, **cell} for cell in more.values())])
    assert dict.fromkeys(more, True) == {
        name: sign * (score - before) > 0 for name, score in zip(more, after, strict=True)
    }


@pytest.mark.parametrize("base", BASES[1:], ids=["project", "operation"])
def test_a_finish_of_its_own_never_lowers_and_a_cadence_never_raises(base: dict[str, object]) -> None:
    before, finished, monthly = scores([base, {**base, **FOR["finish"]}, {**base, **AGAINST["cadence"]}])
    assert monthly < before < finished


TITLES = ["Zeta", "CRM replacement", "Payroll", "Boilers: maintenance", "New roof and upgrade of the hall", "Desk"]
TEXTS = ["", "Alpha", "Old system switched off", "Run every month", "The bridge", "Staff are helped"]
CELLS = {
    **{f"for {name}": cell for name, cell in FOR.items()},
    **{f"against {name}": cell for name, cell in AGAINST.items()},
}
BESIDE = [name for name in CELLS if name not in ("for declared", "against declared")]


def together(*cells: dict[str, object]) -> dict[str, object]:
    """A row of all these cells; texts of cells are laid over each other."""
    texts = {name: text for cell in cells for name, text in dict(cell.get("cells", {})).items()}  # type: ignore[call-overload]
    row = {name: value for cell in cells for name, value in cell.items()}
    return {**row, "cells": texts} if texts else row


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(TITLES), st.sampled_from(TEXTS), st.sampled_from(TEXTS),
    st.lists(st.sampled_from(BESIDE), max_size=3), st.sampled_from([*CELLS]),
)  # fmt: skip
def test_one_more_cell_never_moves_any_row_the_wrong_way(
    title: str, description: str, notes: str, beside: list[str], more: str
) -> None:
    sign = 1 if more.startswith("for ") else -1
    row = together({"title": title, "description": description, "notes": notes}, *(CELLS[name] for name in beside))
    if set(row) & (set(CELLS[more]) - {"cells"}) - {"notes"} or (notes and "notes" in CELLS[more]):
        return
    before, after = scores([row, together(row, CELLS[more])])
    assert sign * (after - before) >= -1e-9


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(TITLES), st.sampled_from(TEXTS[1:]))
def test_a_description_moves_the_score_its_own_way(title: str, description: str) -> None:
    alone, bare, both = scores(
        [{"title": "Zeta", "description": description}, {"title": title}, {"title": title, "description": description}]
    )
    (nothing,) = scores([{"title": "Zeta"}])
    assert (alone - nothing) * (both - bare) >= 0
