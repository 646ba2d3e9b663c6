"""The same work planned by TaskJuggler: its projects as tasks of a person, and a monthly report of everybody's load."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.model import Portfolio

_HEAD = """project work "Work" 2025-11-01 +24m { timezone "UTC" now 2026-10-31 }
"""
_REPORT = """
resourcereport load "load" { formats csv columns name, monthly { celltext 1 "<-query attribute='effort'->" } }
"""


def missing() -> str:
    """Why it cannot be run here; "" where it can."""
    return "" if shutil.which("tj3") else "tj3 is not installed (Debian: apt install tj3)"


def seconds_of(portfolio: Portfolio, items: int, people: int) -> float:
    """Processor seconds of tj3 for the first so many projects, shared among so many people."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "work.tjp"
        plan.write_text(_HEAD + _people(people) + _tasks(portfolio, items, people) + _REPORT, encoding="utf-8")
        command = ["bash", "-c", "TIMEFORMAT='%U'; time tj3 --silent work.tjp"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        return float(done.stderr.split()[-1])


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
