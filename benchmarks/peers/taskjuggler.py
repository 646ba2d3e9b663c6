"""The same work planned by TaskJuggler: its projects as tasks of a person, and a monthly report of everybody's load."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.organisation import make_portfolio
from pipeline.model import Portfolio

_HEAD = """project work "Work" 2025-11-01 +24m { timezone "UTC" now 2026-10-31 }
"""
_REPORT = """
resourcereport load "load" { formats csv columns name, monthly { celltext 1 "<-query attribute='effort'->" } }
"""


def plan(kit: Path, items: int) -> Callable[[], object]:
    """Projects alone, a tenth as many people as projects."""
    people = max(items // 10, 1)
    portfolio = make_portfolio(4 * items)
    (kit / "work.tjp").write_text(_HEAD + _people(people) + _tasks(portfolio, items, people) + _REPORT, "utf-8")
    command = ["tj3", "--silent", "work.tjp"]
    return lambda: subprocess.run(command, cwd=kit, capture_output=True, check=True)


def _people(people: int) -> str:
    return "".join(f'resource p{at} "Person {at}" {{}}\n' for at in range(people))


def _tasks(portfolio: Portfolio, items: int, people: int) -> str:
    """Tasks with an effort, each begun on the day the project starts, at the earliest on the first day shown."""
    projects = portfolio.register.items[portfolio.verdicts["kind"] == "project"].head(items)
    start = projects["start"].clip(lower=pd.Timestamp("2025-11-03"))
    hours = np.clip(projects["effort"].fillna(40.0), 8, 200)
    lines = zip(range(len(projects)), start.dt.strftime("%Y-%m-%d"), hours, strict=True)
    return "".join(
        f'task t{at} "Task {at}" {{ start {day} effort {effort:.0f}h allocate p{at % people} }}\n'
        for at, day, effort in lines
    )
