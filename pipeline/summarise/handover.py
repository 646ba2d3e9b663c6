"""Which projects end soon or should have ended, and who takes over their result."""

from __future__ import annotations

import pandas as pd

from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View

NOBODY_TAKES_OVER = "Nobody takes over"


def handover(view: View) -> pd.DataFrame:
    """Active projects that finish within the set days after the period, or that are past their finish, by finish.

    `missing` is worded: nobody takes over, the operation that carries on is not named, or its taker is not.
    """
    ending = ending_projects(view)
    taker, operation = (ending[name].str.strip() for name in ("handover_to", "successor"))
    missing = pd.Series("", index=ending.index, dtype=TEXT)
    missing = missing.mask(operation == "", "Successor operation not named").mask(taker == "", "Taker not named")
    missing = missing.mask((taker == "") & (operation == ""), NOBODY_TAKES_OVER)
    return ending.assign(missing=missing).sort_values(["finish", "id"], kind="stable")


def ending_projects(view: View) -> pd.DataFrame:
    """Active projects whose finish lies in the handover window or has passed; programmes only by their children."""
    window = pd.Timedelta(days=view.work.settings.ending_within_days)
    until = pd.Timestamp(view.work.calendar.period_last) + window
    found = view.active
    return found[(found["kind"] == "project") & (found["finish"] <= until) & ~found["container"]]
