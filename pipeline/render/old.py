"""Whether a register describes a time long gone: then its lateness is no alarm, and the first sentence says so."""

from __future__ import annotations

from datetime import date

import pandas as pd

from pipeline.fields import FIELDS
from pipeline.render.facts import Facts

OLD_DAYS = 730
"""A register is old when the latest of all its dates lies so many days or more before the period begins."""
LEAST_DATED = 0.5
"""And when it has dates at all: of its active items, at least this share says one."""
_DATES = [field.id for field in FIELDS if field.kind == "date"]
_BEGUN = ["start", "actual_start"]
"""What is said once of an operation that runs for years, and tells nothing of when the register was kept."""


def latest_date(facts: Facts) -> date | None:
    """The latest date that any item says, where the register is old; None where it is not.

    Once for all pages: `facts.shared(latest_date)`.
    """
    items = facts.summary.portfolio.register.items
    rows = items.loc[items.index.isin(facts.table("register")["item"]), [name for name in _DATES if name in items]]
    latest = rows.max().max() if rows.size else pd.NaT
    if pd.isna(latest) or (pd.Timestamp(facts.first_day) - latest).days < OLD_DAYS:
        return None
    operations = facts.table("operations")["item"]
    rows.loc[rows.index.isin(operations), [name for name in _BEGUN if name in rows]] = pd.NaT
    dated = rows.reindex(pd.concat([facts.table("projects")["item"], operations])).notna().any(axis=1)
    return latest.date() if len(dated) and dated.mean() >= LEAST_DATED else None
