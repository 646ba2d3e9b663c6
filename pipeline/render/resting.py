"""Which projects rest: their status says that they are on hold."""

from __future__ import annotations

import pandas as pd

from pipeline.render.facts import Facts
from pipeline.statuses import INACTIVE_WORDS, beginning_with, plain_status


def on_hold(facts: Facts) -> pd.DataFrame:
    """The rows of the register judged project whose status, or where blank phase, begins with a word for on hold."""
    rows = facts.table("register")
    said = rows["status"].where(rows["status"].str.strip() != "", rows["phase"])
    begins = beginning_with(INACTIVE_WORDS["on hold"].values())
    held = {text for text in said.unique() if begins.match(plain_status(text))}
    return rows[said.isin(held) & (rows["kind"] == "project")]
