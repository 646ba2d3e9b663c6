"""What projects learned and operations may take up as policy."""

from __future__ import annotations

import pandas as pd

from pipeline.summarise.names import TEXT, each_text
from pipeline.summarise.scope import View
from pipeline.summarise.ticks import MET, NOT_APPLICABLE, OPEN, UNKNOWN, tick_of

STANDINGS = {MET: "Taken up", OPEN: "Open", NOT_APPLICABLE: "Not taken up", UNKNOWN: "Not told"}
"""What a lesson's status says -> how it stands."""
_REJECTED = "Not taken up"
_BULLET = r"^(?:[•·▪‣*\-–]|\d{1,2}[.)](?=\s))\s*"


def lessons(view: View) -> pd.DataFrame:
    """One row for each lesson noted on an item, active or over: open ones first, then those whose standing nobody told.

    A cell holds one lesson a line. `standing` is read from the status: taken up, open, not taken up, not told.
    `operation` is what carries the item's result on: the successor, else who takes it over.
    """
    raw = view.work.portfolio.register.items.loc[view.items.index, ["lesson", "lesson_status"]]
    noted = raw["lesson"].str.strip()
    lines = noted[noted != ""].str.split(r"\s*[\r\n]+\s*", regex=True).explode().astype(TEXT)
    lines = lines.str.replace(_BULLET, "", regex=True).str.strip()
    lines = lines[lines != ""]
    status = raw["lesson_status"].reindex(lines.index)
    last = f"{pd.Timestamp(view.work.calendar.period_last):%Y-%m-%d}"
    standing = each_text(status, lambda text: _standing(text, last))
    found = view.items.loc[lines.index].assign(lesson=lines.array, lesson_status=status.array, standing=standing.array)
    found["operation"] = found["successor"].where(found["successor"].str.strip() != "", found["handover_to"])
    order = found["standing"].map({name: at for at, name in enumerate(("Open", "Not told", "Taken up", _REJECTED))})
    return found.assign(order=order).sort_values(["order", "department", "id"], kind="stable")


def _standing(text: str, last_day: str) -> str:
    from pipeline.summarise.activity import state_of

    return _REJECTED if state_of(text) == "cancelled" else STANDINGS[tick_of(text, last_day)]
