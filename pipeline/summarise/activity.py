"""Which items are active: their status, in the register's own words, says neither closed nor on hold."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pipeline.statuses import INACTIVE_WORDS, TENTATIVE_WORDS, beginning_with, plain_status
from pipeline.summarise.calendar import Calendar

_BEGINS = {state: beginning_with(words.values()) for state, words in INACTIVE_WORDS.items()}
_TENTATIVE = beginning_with(TENTATIVE_WORDS.values())
_ALL_DONE = re.compile(r"100(?:[.,]0+)? ?%")
_PART_DONE = re.compile(r"\b\d{1,2} ?%")
_NOT_A_LETTER = re.compile(r"^[\W\d_]+")


def state_of(status: str) -> str:
    """What a status says: `closed`, `cancelled`, `on hold`, or "" for everything else.

    Only the beginning counts ("Closed, March" but not "To be closed"), and a part that is done is not the
    whole ("complete 80 %"); "100 %" alone is.
    """
    plain = plain_status(status)
    if _ALL_DONE.fullmatch(plain):
        return "closed"
    words = _NOT_A_LETTER.sub("", plain)
    if _PART_DONE.search(words):
        return ""
    return next((state for state, begins in _BEGINS.items() if begins.match(words)), "")


def active(items: pd.DataFrame, kinds: pd.Series, calendar: Calendar) -> pd.Series:
    """Whether each item is active (bool, indexed as `items`, as are `kinds`).

    The status decides; where it is blank the phase does. An item is over, whatever else is written, where all of
    its work is done or an actual finish up to the period's last day is set. Only an operation whose status or phase
    says that it goes on does so at 100 %: that is one round of it. A status is that of the day the register was
    written: what finished after the period was not over in it.
    """
    states = _states(items)
    finished = items["actual_finish"] <= pd.Timestamp(calendar.period_last)
    over = _ended(items, kinds, states) & ~_finished_after(items, calendar)
    return ~((states == "on hold") | finished | over).astype(bool)


def over_since(items: pd.DataFrame, kinds: pd.Series, calendar: Calendar) -> pd.Series:
    """Whether each item was open in the period although it is over by now: its actual finish lies after the period."""
    return _ended(items, kinds, _states(items)) & _finished_after(items, calendar)


def tentative(items: pd.DataFrame) -> pd.Series:
    """Whether each item is a forecast, no commitment: its status, or where blank its phase, says planned or proposed.

    Work of which nothing says so is committed (bool, indexed as `items`).
    """
    codes, distinct = pd.factorize(_said(items))
    begins = [bool(_TENTATIVE.match(_NOT_A_LETTER.sub("", plain_status(str(text))))) for text in distinct]
    return pd.Series(np.array(begins, dtype=bool)[codes], index=items.index)


def _ended(items: pd.DataFrame, kinds: pd.Series, states: pd.Series) -> pd.Series:
    """Whether the status, where it is blank the phase, or the work being all done says that an item is over."""
    done = (items["progress"] >= 1) & ((_said(items).str.strip() == "") | (kinds != "operation"))
    return (states.isin(["closed", "cancelled"]) | done).astype(bool)


def _finished_after(items: pd.DataFrame, calendar: Calendar) -> pd.Series:
    return (items["actual_finish"] > pd.Timestamp(calendar.period_last)).astype(bool)


def _states(items: pd.DataFrame) -> pd.Series:
    codes, distinct = pd.factorize(_said(items))
    states = pd.Categorical([state_of(str(text)) for text in distinct])
    return pd.Series(states.take(codes), index=items.index)


def _said(items: pd.DataFrame) -> pd.Series:
    """The status of each item, the phase where that is blank."""
    return items["status"].where(items["status"].str.strip() != "", items["phase"])
