"""More evidence moves a score its own way, never the other, and every cell's evidence goes with its cell."""

from __future__ import annotations

import pandas as pd
import pytest

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
