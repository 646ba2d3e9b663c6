"""Which items are active, in seven languages."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.model import Period
from pipeline.settings import SummariseSettings
from pipeline.summarise.activity import active, over_since, state_of
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
        ("Closing", ""), ("", ""), ("100%", "closed"), ("100,0 %", "closed"), ("100 % allocated", ""), ("Completed 100 %", "closed"),
        ("Klart", "closed"), ("Färdig", "closed"), ("avslutad 2026", "closed"), ("Færdig", "closed"), ("完了", "closed"),
        ("已完成", "closed"), ("已关闭（3月）", "closed"), ("クローズ", "closed"), ("Clôturée", "closed"),
        ("concluída", "closed"), ("Avbruten", "cancelled"), ("已取消", "cancelled"),
        ("キャンセル", "cancelled"), ("På hold", "on hold"), ("保留中", "on hold"), ("暂停", "on hold"),
        ("未完了", ""), ("完成度 高", ""), ("进行中", ""), ("対応中", ""), ("Pågår", ""), ("Ej klar", ""), ("Klar att starta", ""), ("Gereed voor test", ""),
    ],
)  # fmt: skip
def test_a_status_says_what_it_begins_with(status: str, state: str):
    assert state_of(status) == state


def test_status_then_phase_then_progress_then_the_actual_finish_decide():
    rows = [
        {"title": "status", "status": "Active", "phase": "Closed"},
        {"title": "phase", "phase": "Closed"},
        {"title": "all done", "status": "Active", "progress": 1.0},
        {"title": "one round", "status": "Active", "progress": 1.0, "kind": "operation"},
        {"title": "silent round", "progress": 1.0, "kind": "operation"},
        {"title": "finished", "status": "Active", "actual_finish": pd.Timestamp("2026-10-31")},
        {"title": "finishes later", "status": "Active", "actual_finish": pd.Timestamp("2026-11-01")},
        {"title": "silent"},
    ]
    kinds = pd.Series([row.pop("kind", "project") for row in rows])
    items, calendar = make_register(rows).items, calendar_of(SummariseSettings(), Period(2026, 10))
    expected = ["status", "one round", "finishes later", "silent"]
    assert items["title"][active(items, kinds, calendar)].tolist() == expected


def test_what_finished_after_the_period_was_open_in_it_whatever_its_status_says_today():
    later, in_time = pd.Timestamp("2026-11-02"), pd.Timestamp("2026-10-30")
    rows = [
        {"title": "closed since", "status": "Completed", "actual_finish": later},
        {"title": "called off since", "status": "Cancelled", "actual_finish": later},
        {"title": "done since", "progress": 1.0, "actual_finish": later},
        {"title": "still open", "status": "Active", "actual_finish": later},
        {"title": "rests", "status": "On hold", "actual_finish": later},
        {"title": "closed in time", "status": "Completed", "actual_finish": in_time},
        {"title": "closed one day", "status": "Completed"},
    ]
    items, calendar = make_register(rows).items, calendar_of(SummariseSettings(), Period(2026, 10))
    kinds = pd.Series(["project"] * len(rows))
    assert items["title"][active(items, kinds, calendar)].tolist() == [row["title"] for row in rows[:4]]
    assert items["title"][over_since(items, kinds, calendar)].tolist() == [row["title"] for row in rows[:3]]
