"""Which items are active, in seven languages."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.model import Period
from pipeline.settings import SummariseSettings
from pipeline.summarise.activity import active, state_of
from pipeline.summarise.calendar import calendar_of
from tests.factories import make_register


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Closed", "closed"), ("4 - Completed, March", "closed"), ("✔ done", "closed"), ("Abgeschlossen", "closed"),
        ("Terminé", "closed"), ("Concluído", "closed"), ("Finalizado", "closed"), ("Chiuso", "closed"),
        ("Afgerond", "closed"), ("CANCELLED", "cancelled"), ("Abgebrochen", "cancelled"), ("annulé", "cancelled"),
        ("On hold since May", "on hold"), ("Pausiert", "on hold"), ("en pausa", "on hold"), ("Sospeso", "on hold"),
        ("In progress", ""), ("Complete 80 %", ""), ("To be closed", ""), ("Not started", ""), ("Holding account", ""),
        ("Closing", ""), ("", ""), ("100%", ""), ("Completed 100 %", "closed"),
    ],
)  # fmt: skip
def test_a_status_says_what_it_begins_with(status: str, state: str):
    assert state_of(status) == state


def test_status_then_phase_then_progress_then_the_actual_finish_decide():
    items = make_register(
        [
            {"title": "status", "status": "Active", "phase": "Closed", "progress": 1.0},
            {"title": "phase", "phase": "Closed"},
            {"title": "progress", "progress": 1.0},
            {"title": "finished", "status": "Active", "actual_finish": pd.Timestamp("2026-10-31")},
            {"title": "finishes later", "status": "Active", "actual_finish": pd.Timestamp("2026-11-01")},
            {"title": "silent"},
        ]
    ).items
    calendar = calendar_of(SummariseSettings(), Period(2026, 10))
    assert items["title"][active(items, calendar)].tolist() == ["status", "finishes later", "silent"]
