"""What is wrong with who answers for what, and which operations hang on one person."""

from __future__ import annotations

import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, DEPUTY, RESPONSIBLE
from pipeline.summarise.layout import ordered
from pipeline.summarise.names import TEXT, fold, joined
from pipeline.summarise.responsibility import gone, missing_names
from pipeline.summarise.roster import NOBODY
from pipeline.summarise.scope import View

SEVERAL, EVERYBODY = "Several accountable", "Everybody accountable"
LEFT = {ACCOUNTABLE: "Accountable has left", RESPONSIBLE: "Responsible has left", DEPUTY: "Deputy has left"}
CONSULTED, UNLISTED = "Many consulted", "Accountable not on the People sheet"
EVERYBODY_FROM = 4
"""People accountable for one item that count as everybody.

That one person is accountable is the rule of every responsibility matrix; this number is our reading of it.
"""
_OF_ITEM = [
    "item", "id", "title", "department", "accountable", "cadence", "month_hours", "file", "sheet", "row",
]  # fmt: skip
_UNCRITICAL = frozenset(
    "no n false 0 - – none low minor normal nein gering niedrig non faible mineure baja bajo não nao baixa baixo "
    "bassa basso nee laag nej".split()
)
"""Words of a column 'Critical' that say an operation is not; any other text says that it is."""


def faults(view: View) -> pd.DataFrame:
    """Active items by what is wrong with their roles: nobody, several or everybody accountable, gone, too many asked,
    or somebody accountable of whom the People sheet knows nothing.

    One row per item and fault, in that order, most hours first; `person` names whom it concerns.
    """
    roles = view.work.roles[view.work.roles["item"].isin(view.active.index)]
    most = view.work.settings.max_consulted
    found = [_missing(view), *_counted(roles, most), *_left(view, roles), _unlisted(view, roles)]
    table = pd.concat(found, ignore_index=True)
    order = {fault: place for place, fault in enumerate(dict.fromkeys(table["fault"]))}
    table = table.join(view.active.drop(columns="item"), on="item")
    ranked = table.assign(place=table["fault"].map(order))
    return ordered("faults", ranked, ["place", "month_hours", "id"], [True, False, True])


def single_points(view: View) -> pd.DataFrame:
    """Active operations that one person does and for which nobody deputises, most hours first.

    Who has left neither does them nor deputises. Of each sheet that marks operations as critical, only those; where
    none is marked, all of them.
    """
    operations = view.active.loc[(view.active["kind"] == "operation") & ~view.active["container"], _OF_ITEM]
    doers = view.work.doers[view.work.doers["item"].isin(operations.index)]
    there = view.work.people.index[~view.work.people["person"].isin(gone(view))]
    doers = doers[doers["person"].isin(there)]
    alone = doers[~doers["item"].duplicated(keep=False)].set_index("item")["person"]
    person = view.work.people["person"].take(alone.to_numpy()).set_axis(alone.index)
    found = operations.loc[operations.index.isin(alone.index)]
    found = found.assign(person=person.reindex(found.index).astype(TEXT))
    found = found[_undeputised(view, found) & _critical(view, found)]
    return ordered("single_points", found, ["month_hours", "id"], [False, True])


def _missing(view: View) -> pd.DataFrame:
    missing = missing_names(view)
    missing = missing[missing != ""]
    return _rows(missing.index, missing, "")


def _counted(roles: pd.DataFrame, most_consulted: int) -> list[pd.DataFrame]:
    """Items with more than one accountable person, with everybody accountable, and with many to ask."""
    bounds = (
        (SEVERAL, ACCOUNTABLE, 2, EVERYBODY_FROM),
        (EVERYBODY, ACCOUNTABLE, EVERYBODY_FROM, None),
        (CONSULTED, "consulted", most_consulted + 1, None),
    )
    found = []
    for fault, role, least, below in bounds:
        named = roles[roles["role"] == role]
        count = named.groupby("item").size()
        items = count.index[(count >= least) & (count < (below or count.max() + 1))]
        found.append(_rows(items, fault, joined(named["person"], named["item"], items)))
    return found


def _left(view: View, roles: pd.DataFrame) -> list[pd.DataFrame]:
    """Items whose accountable or responsible person or deputy has left."""
    left = roles[roles["person"].isin(gone(view))]
    return [_named(left[left["role"] == role], fault) for role, fault in LEFT.items()]


def _unlisted(view: View, roles: pd.DataFrame) -> pd.DataFrame:
    """Items whose accountable person is not on the People sheet, where there is one."""
    people = view.work.people
    known = people.loc[people["on_sheet"], "person"]
    named = roles[(roles["role"] == ACCOUNTABLE) & ~roles["person"].isin(known)]
    return _named(named if len(known) else named.head(0), UNLISTED)


def _named(roles: pd.DataFrame, fault: str) -> pd.DataFrame:
    """A row for each item of these roles, with the people that they name."""
    items = pd.Index(roles["item"].unique())
    return _rows(items, fault, joined(roles["person"], roles["item"], items))


def _rows(items: pd.Index, fault: pd.Series | str, person: pd.Series | str) -> pd.DataFrame:
    table = pd.DataFrame({"item": pd.Series(items, dtype="int64")})
    for name, value in (("fault", fault), ("person", person)):
        table[name] = pd.Series(value if isinstance(value, str) else value.to_numpy(), index=table.index, dtype=TEXT)
    return table


def _undeputised(view: View, operations: pd.DataFrame) -> pd.Series:
    """Whether no deputy who is still there is named beside the one who does the work."""
    roles = view.work.roles[~view.work.roles["person"].isin(gone(view))]
    deputies = roles[(roles["role"] == DEPUTY) & roles["item"].isin(operations.index)]
    others = deputies[deputies["person"] != operations["person"].reindex(deputies["item"]).to_numpy()]
    return ~pd.Series(operations.index.isin(others["item"]), index=operations.index)


def _critical(view: View, operations: pd.DataFrame) -> pd.Series:
    """Whether an operation is marked critical, or stands on a sheet that marks none."""
    every = view.work.portfolio.register.items
    said = fold(every["critical"])
    marked = (said != NOBODY) & ~said.isin(_UNCRITICAL)
    marking = pd.MultiIndex.from_frame(every.loc[marked, ["file", "sheet"]].drop_duplicates())
    on_marking = pd.MultiIndex.from_frame(operations[["file", "sheet"]]).isin(marking)
    return marked.reindex(operations.index) | ~on_marking
