"""The sentences that a workbook's layout may name: those of the report, and a few that only a workbook says."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.render.language import Language
from pipeline.render.view import View


def workbook_sentences(view: View, tables: Mapping[str, pd.DataFrame]) -> Mapping[str, str]:
    """Sentence id -> the sentence."""
    return {
        "title": view.title,
        "scope": view.scope,
        "source": view.source,
        "new_rules": view.new_rules,
        **view.message,
        "wave": _wave(tables["wave"], view.language),
        "inputs": _inputs(tables["inputs"], view.language),
    }


def _wave(table: pd.DataFrame, say: Language) -> str:
    """The month in which operations grow most by what projects leave to them."""
    known = table[table["net_hours"] != 0]
    if not len(known):
        return say.gettext("No ending project frees hours, and none adds any to an operation")
    top = known.iloc[int(known["net_hours"].abs().to_numpy().argmax())]
    month, hours = say.month(top["month"]), say.hours(abs(float(top["net_hours"])))
    if top["net_hours"] > 0:
        return say.gettext(
            "In {month} operations take on {hours} more than ending projects free", month=month, hours=hours
        )
    return say.gettext("In {month} ending projects free {hours} more than operations take on", month=month, hours=hours)


def _inputs(table: pd.DataFrame, say: Language) -> str:
    """What became of the rows that were read."""
    total, used = int(table["rows_in"].sum()), say.number(int(table["rows_used"].sum()))
    return say.ngettext(
        "One row was read; {used} of it is used", "{count} rows were read; {used} of them are used", total, used=used
    )
