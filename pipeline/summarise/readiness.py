"""Whether the result of a closing project can be handed over: a list of eight, each met, open or not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.summarise.names import each_text
from pipeline.summarise.responsibility import kept
from pipeline.summarise.scope import View
from pipeline.summarise.ticks import MET, NOT_APPLICABLE, OPEN, UNKNOWN, is_day, name_tick, tick_of


@dataclass(frozen=True)
class Check:
    """One point of the list: the columns that tell it, the first that is filled counts."""

    id: str
    title: str
    fields: tuple[str, ...]
    named: bool
    """It is met by naming something (a team, an agreement, a day); otherwise by saying that it is done."""
    people: bool = False
    """What it names are people, or work: `New depot team` is a name."""
    ahead: bool = False
    """A day yet to come meets it, for that is the day agreed."""


CHECKS: tuple[Check, ...] = (
    Check("owner", "Accepting owner named", ("handover_to",), True, people=True),
    Check("support", "Support team or model", ("support_team",), True, people=True),
    Check("level", "Service level agreed", ("level_agreed", "service_level"), True),
    Check("runbook", "Runbook or SOP", ("runbook_ready", "procedure"), True),
    Check("knowledge", "Knowledge transferred", ("knowledge_transfer",), False),
    Check("monitoring", "Monitoring, tooling and access", ("monitoring_ready",), False),
    Check("issues", "Known issues accepted", ("issues_accepted",), False),
    Check("exit", "Budget and end of early-life support", ("support_exit",), True, ahead=True),
)
"""Standard content of service transition (ITIL) and of project closure."""
_OF_ITEM = ["id", "title", "department", "finish", "file", "sheet", "row"]


def said(view: View, items: pd.Index) -> pd.DataFrame:
    """What the register says on each check: one column a check, "" where it says nothing."""
    fields = list(dict.fromkeys(field for check in CHECKS for field in check.fields))
    raw = view.work.portfolio.register.items.loc[items, fields]
    texts = {check.id: raw[check.fields[0]] for check in CHECKS}
    for check in CHECKS:
        for field in check.fields[1:]:
            texts[check.id] = texts[check.id].mask(texts[check.id].str.strip() == "", raw[field])
    return pd.DataFrame(texts, index=items)


def states(view: View, texts: pd.DataFrame) -> pd.DataFrame:
    """MET, OPEN, NOT_APPLICABLE or UNKNOWN for each item and check; `texts` comes from `said`.

    A blank cell is unknown. Only a blank taker is open, on a sheet that names takers: then nobody is named yet.
    """
    last = _last_day(view)
    found = {check.id: _ticks(texts[check.id], last, check) for check in CHECKS}
    blank = texts["owner"].str.strip() == ""
    found["owner"] = found["owner"].mask(blank & kept(view, "handover_to", texts.index), OPEN)
    return pd.DataFrame(found, index=texts.index)


def readiness_counts(view: View, items: pd.Index) -> pd.DataFrame:
    """By item: `met`, `applicable`, `not_known` and `readiness` = met / applicable.

    What is not known counts among the applicable, not among the met. Where nothing at all is known, or nothing
    applies, the readiness is NaN.
    """
    every = states(view, said(view, items)).to_numpy()
    met, unknown = (every == MET).sum(axis=1), (every == UNKNOWN).sum(axis=1)
    applicable = len(CHECKS) - (every == NOT_APPLICABLE).sum(axis=1)
    share = np.where(unknown < applicable, met / np.maximum(applicable, 1), np.nan)
    counts = {"met": met, "applicable": applicable, "not_known": unknown, "readiness": share}
    return pd.DataFrame(counts, index=items)


def readiness(view: View, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The eight checks of each project of the table `handover`, in its order."""
    items = view.items.loc[tables["handover"]["item"].to_numpy(), _OF_ITEM]
    texts = said(view, items.index)
    titles = [check.title for check in CHECKS]
    rows = pd.DataFrame({"item": items.index.repeat(len(CHECKS)), "check": np.tile(titles, len(items))})
    rows["state"], rows["said"] = states(view, texts).to_numpy().ravel(), texts.to_numpy().ravel()
    return rows.join(items, on="item")


def named(view: View, texts: pd.Series) -> pd.Series:
    """Whether each text names people or work, or says that none is needed; `TBD`, `-` and a blank cell do not."""
    last = _last_day(view)
    return each_text(texts, lambda text: name_tick(text, last, people=True)).isin([MET, NOT_APPLICABLE])


def _last_day(view: View) -> str:
    return f"{pd.Timestamp(view.work.calendar.period_last):%Y-%m-%d}"


def _ticks(texts: pd.Series, last_day: str, check: Check) -> pd.Series:
    """The state of each text, as the check asks for it."""

    def state(text: str) -> str:
        if check.ahead and is_day(text):
            return MET
        return name_tick(text, last_day, people=check.people) if check.named else tick_of(text, last_day)

    return each_text(texts, state)
