"""Whether the result of a closing project can be handed over: a list of eight, each met, open or not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.names import TEXT, each_text
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
_OF_ITEM = ["item", "id", "title", "department", "finish", "file", "sheet", "row"]


_STATES = (MET, OPEN, NOT_APPLICABLE, UNKNOWN)


def _said(view: View, items: pd.Index) -> list[pd.Series]:
    """What the register says on each check, "" where it says nothing."""
    return [_first_said(view, items.to_numpy(), check.fields) for check in CHECKS]


def _first_said(view: View, items: npt.NDArray[np.int64], fields: tuple[str, ...]) -> pd.Series:
    raw = view.work.portfolio.register.items
    texts = raw[fields[0]].take(items)
    for field in fields[1:]:
        texts = texts.mask(texts.str.strip() == "", raw[field].take(items))
    return texts


def _states(view: View, texts: list[pd.Series]) -> npt.NDArray[np.int8]:
    """A row an item, a column a check: the place of its state in _STATES; `texts` comes from `_said`.

    A blank cell is unknown. Only a blank taker is open, on a sheet that names takers: then nobody is named yet.
    """
    last, owner = _last_day(view), texts[0]
    found = np.stack([_ticks(said, last, check) for said, check in zip(texts, CHECKS, strict=True)], axis=1)
    unnamed = (owner.str.strip() == "") & kept(view, "handover_to", owner.index)
    found[unnamed.to_numpy(bool), 0] = _STATES.index(OPEN)
    return found


def readiness_counts(view: View, items: pd.Index) -> pd.DataFrame:
    """By item: `met`, `applicable`, `not_known` and `readiness` = met / applicable.

    What is not known counts among the applicable, not among the met. Where nothing at all is known, or nothing
    applies, the readiness is NaN.
    """
    every = _states(view, _said(view, items))
    met, unknown, no = ((every == _STATES.index(state)).sum(axis=1) for state in (MET, UNKNOWN, NOT_APPLICABLE))
    applicable = len(CHECKS) - no
    share = np.where(unknown < applicable, met / np.maximum(applicable, 1), np.nan)
    counts = {"met": met, "applicable": applicable, "not_known": unknown, "readiness": share}
    return pd.DataFrame(counts, index=items)


def readiness(view: View, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The eight checks of each project of the table `handover`, in its order."""
    items = pd.Index(tables["handover"]["item"])
    texts, checks = _said(view, items), np.tile(np.arange(len(CHECKS)), len(items))
    by_item = np.arange(len(checks)).reshape(len(CHECKS), -1).ravel(order="F")
    rows = view.work.items[_OF_ITEM].take(items.to_numpy().repeat(len(CHECKS)))
    return rows.assign(
        check=pd.array([check.title for check in CHECKS], dtype=TEXT).take(checks),
        state=pd.array(_STATES, dtype=TEXT).take(_states(view, texts).ravel()),
        said=pd.concat(texts).array.take(by_item),
    )


def named(view: View, texts: pd.Series) -> pd.Series:
    """Whether each text names people or work, or says that none is needed; `TBD`, `-` and a blank cell do not."""
    last = _last_day(view)
    return each_text(texts, lambda text: name_tick(text, last, people=True)).isin([MET, NOT_APPLICABLE])


def _last_day(view: View) -> str:
    return f"{pd.Timestamp(view.work.calendar.period_last):%Y-%m-%d}"


def _ticks(texts: pd.Series, last_day: str, check: Check) -> npt.NDArray[np.int8]:
    """The state of each text, as the check asks for it."""

    def state(text: str) -> str:
        if check.ahead and is_day(text):
            return MET
        return name_tick(text, last_day, people=check.people) if check.named else tick_of(text, last_day)

    codes, distinct = pd.factorize(texts)
    return np.array([_STATES.index(state(str(text))) for text in distinct], dtype=np.int8)[codes]
