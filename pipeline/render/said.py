"""Tables in a reader's language: words of ours are translated, decisions worded anew, days written as it has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from pipeline.render.found import told
from pipeline.render.language import Language
from pipeline.render.quoted import sides_in_language
from pipeline.render.reasons import REASONS, reasons_in_language
from pipeline.vocabulary import words_of

RAW = frozenset(("kind", "certainty", "change"))
"""Columns of words that templates and the workbook ask for by the English word, and say themselves."""
SHIFTED = frozenset(("Slipped", "Pulled in"))
"""Changes whose `before` and `now` are days."""


def in_language(table: str, frame: pd.DataFrame, say: Language) -> pd.DataFrame:
    """The frame as its reader has it: where that is English, the same but for days that rows to review quote."""
    if table == "review" and len(frame):
        frame = sides_in_language(frame, say)
    if say.code == "en" or not len(frame):
        return frame
    if table == "decisions":
        frame = frame.assign(decision=[decision(row, say) for row in frame.to_dict("records")])
    if table == "changes":
        frame = _with_days(frame, say)
    if table == "findings":
        frame = frame.assign(message=told(frame, say))
    said = {
        str(name): _words(frame[name], table, say)
        for name in frame.columns
        if name not in RAW and words_of(table, name)
    }
    if table in REASONS:
        said[REASONS[table]] = reasons_in_language(frame[REASONS[table]], say)
    return frame.assign(**said)


def _words(column: pd.Series, table: str, say: Language) -> pd.Series:
    words = {word: say.word(word) for word in words_of(table, str(column.name))}
    return column.map(lambda text: words.get(text, text)).astype(column.dtype)


def _with_days(frame: pd.DataFrame, say: Language) -> pd.DataFrame:
    shifted = frame["change"].isin(SHIFTED)
    days = {name: frame[name].mask(shifted, _days(frame.loc[shifted, name], say)) for name in ("before", "now")}
    return frame.assign(**days)


def _days(texts: pd.Series, say: Language) -> pd.Series:
    written = {text: say.full_day(date.fromisoformat(text)) for text in texts.unique() if text}
    return texts.map(written).astype("string").fillna("")


def decision(row: Mapping[Any, Any], say: Language) -> str:
    """A decision that is wanted, worded from its parts; one of no kind that is known here stays as it is."""
    parts = _parts(row, say)
    if row["kind"] in ("verdicts", "owners"):
        return _about_many(row, say)
    if row["kind"] == "overdue":
        return say.ngettext(
            "Close {subject} or set a new finish: it is one day past {finish}.",
            "Close {subject} or set a new finish: it is {count} days past {finish}.",
            int(row["days"]),
            **parts,
        )
    said = {
        "overload": say.gettext(
            "Move or share {hours} h of {person}'s work in {month} ({load}); {most_hours} h go into {subject}.", **parts
        ),
        "taker": say.gettext("Name who takes over {subject} before it ends on {finish}.", **parts),
        "successor": say.gettext("Name the operation that carries on what {subject} left: it is closed.", **parts),
        "owner": say.gettext("Name one accountable person for {subject} ({hours} h in the month).", **parts)
        if row["hours"] == row["hours"] and row["hours"] is not None
        else say.gettext("Name one accountable person for {subject}.", **parts),
    }
    return said.get(str(row["kind"]), str(row["decision"]))


def _parts(row: Mapping[Any, Any], say: Language) -> dict[str, str]:
    load = row["load"]
    return {
        "subject": str(row["subject"]),
        "person": str(row["person"]),
        "month": say.period(row["month"]) if not pd.isna(row["month"]) else "",
        "finish": say.full_day(row["finish"]) if not pd.isna(row["finish"]) else "",
        "hours": _whole(row["hours"], say),
        "most_hours": _whole(row["most_hours"], say),
        "load": say.gettext("no capacity") if pd.isna(load) else say.gettext("{load} of capacity", load=say.load(load)),
    }


def _whole(hours: Any, say: Language) -> str:
    return "" if pd.isna(hours) else say.number(round(float(hours)))


def _about_many(row: Mapping[Any, Any], say: Language) -> str:
    count, shown = int(row["items"]), str(row["subject"])
    if count > NAMED:
        shown = say.ngettext("{names} and one more", "{names} and {count} more", count - NAMED, names=shown)
    if row["kind"] == "owners":
        return say.gettext("Name accountable people for {count} items: {names}.", count=say.number(count), names=shown)
    return say.ngettext(
        "Settle whether this item is a project or an operation: {names}.",
        "Settle whether {count} items are projects or operations: {names}.",
        count,
        names=shown,
    )


NAMED = 3
"""Items that the decision on verdicts names."""
