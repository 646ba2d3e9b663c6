"""What is wrong with who answers for what, and which operations hang on one person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, DEPUTY, RESPONSIBLE
from pipeline.summarise.coded import Flags, Roles, among, roles
from pipeline.summarise.layout import ordered
from pipeline.summarise.names import TEXT, fold, joined
from pipeline.summarise.narrow import narrow
from pipeline.summarise.once import once
from pipeline.summarise.responsibility import gone, missing_names
from pipeline.summarise.roster import NOBODY
from pipeline.summarise.scope import View
from pipeline.summarise.work import Work

SEVERAL, EVERYBODY = "Several accountable", "Everybody accountable"
LEFT = {ACCOUNTABLE: "Accountable has left", RESPONSIBLE: "Responsible has left", DEPUTY: "Deputy has left"}
CONSULTED, UNLISTED = "Many consulted", "Accountable not on the People sheet"
EVERYBODY_FROM = 4
"""People accountable for one item that count as everybody.

That one person is accountable is the rule of every responsibility matrix; this number is our reading of it.
"""
_SHOWN = ["id", "title", "department", "kind", "month_hours", "file", "sheet", "row"]
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
    named = roles(view.work)
    here = among(view.work, view.active.index)[named.item]
    most = view.work.settings.max_consulted
    found = [
        _missing(view),
        *_counted(view, named, here, most),
        *_left(view, named, here),
        _unlisted(view, named, here),
    ]
    table = pd.concat(found, ignore_index=True)
    order = {fault: place for place, fault in enumerate(dict.fromkeys(table["fault"]))}
    shown = view.work.items[_SHOWN].take(table["item"].to_numpy()).reset_index(drop=True)
    ranked = pd.concat([table, shown], axis=1).assign(place=table["fault"].map(order))
    return ordered("faults", ranked, ["place", "month_hours", "id"], [True, False, True])


def single_points(view: View) -> pd.DataFrame:
    """Active operations that one person does and for which nobody deputises, most hours first.

    Who has left neither does them nor deputises. Of each sheet that marks operations as critical, only those; where
    none is marked, all of them.
    """
    people, doers = view.work.people, view.work.doers
    there = np.append(~people["person"].isin(gone(view)), False)  # the last stands for nobody
    item, person = (doers[name].to_numpy()[there[doers["person"]]] for name in ("item", "person"))
    only = np.full(len(view.work.items), -1)
    only[item] = person
    only[np.bincount(item, minlength=len(only)) != 1] = -1
    asked = (only >= 0) & _critical(view.work)
    rows = (view.active["kind"] == "operation") & ~view.active["container"] & asked[view.active.index]
    found = narrow(view.active, rows, "single_points", by=["month_hours", "id"], ascending=[False, True])
    found = found.assign(person=people["person"].take(only[found.index]).array)
    return found[_undeputised(view, found)]


def _missing(view: View) -> pd.DataFrame:
    missing = missing_names(view)
    missing = missing[missing != ""]
    return _rows(missing.index, missing, "")


def _counted(view: View, named: Roles, here: Flags, most_consulted: int) -> list[pd.DataFrame]:
    """Items with more than one accountable person, with everybody accountable, and with many to ask."""
    bounds = (
        (SEVERAL, ACCOUNTABLE, 2, EVERYBODY_FROM),
        (EVERYBODY, ACCOUNTABLE, EVERYBODY_FROM, None),
        (CONSULTED, "consulted", most_consulted + 1, None),
    )
    found = []
    for fault, role, least, below in bounds:
        rows = here & named.of(role)
        count = np.bincount(named.item[rows], minlength=len(view.work.items))
        of_item = (count >= least) & (count < (below or count.max(initial=0) + 1))
        items = pd.Index(np.flatnonzero(of_item))
        found.append(_rows(items, fault, _people(named, rows & of_item[named.item], items)))
    return found


def _left(view: View, named: Roles, here: Flags) -> list[pd.DataFrame]:
    """Items whose accountable or responsible person or deputy has left."""
    left = here & named.person.flags(gone(view))
    return [_named(named, left & named.of(role), fault) for role, fault in LEFT.items()]


def _unlisted(view: View, named: Roles, here: Flags) -> pd.DataFrame:
    """Items whose accountable person is not on the People sheet, where there is one."""
    people = view.work.people
    known = people.loc[people["on_sheet"], "person"]
    unknown = here & named.of(ACCOUNTABLE) & ~named.person.flags(known)
    return _named(named, unknown & (len(known) > 0), UNLISTED)


def _named(named: Roles, rows: Flags, fault: str) -> pd.DataFrame:
    """A row for each item of these roles, with the people that they name."""
    items = pd.Index(pd.unique(named.item[rows]))
    return _rows(items, fault, _people(named, rows, items))


def _people(named: Roles, rows: Flags, items: pd.Index) -> pd.Series:
    """Whom these rows name, by item."""
    return joined(named.person.texts(named.person.codes[rows]), pd.Series(named.item[rows]), items)


def _rows(items: pd.Index, fault: pd.Series | str, person: pd.Series | str) -> pd.DataFrame:
    table = pd.DataFrame({"item": pd.Series(items, dtype="int64")})
    for name, value in (("fault", fault), ("person", person)):
        table[name] = pd.Series(value if isinstance(value, str) else value.to_numpy(), index=table.index, dtype=TEXT)
    return table


def _undeputised(view: View, operations: pd.DataFrame) -> Flags:
    """Whether no deputy who is still there is named beside the one who does the work."""
    named, only = roles(view.work), np.full(len(view.work.items), -1)
    only[operations.index] = named.person.names.get_indexer(pd.Index(operations["person"]))
    deputy = named.of(DEPUTY) & ~named.person.flags(gone(view))
    other = deputy & (named.person.codes != only[named.item])
    return ~among(view.work, named.item[other])[operations.index]


@once
def _critical(work: Work) -> Flags:
    """Whether each item is marked critical, or stands on a sheet that marks none."""
    said = fold(work.portfolio.register.items["critical"])
    marked = ((said != NOBODY) & ~said.isin(_UNCRITICAL)).to_numpy(bool)
    return marked | ~work.sheets.isin(work.sheets[marked].unique()).to_numpy(bool)
