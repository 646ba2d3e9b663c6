"""One person's summary: the organisation's tables cut to their own rows, each when asked for.

A person sees the items on which they are named in any role or as who takes over, and of hours, loads and capacities
only their own. Every table of TABLES is there: of items (ITEMS), theirs; of people (PEOPLE), the rows that name them,
or say so of the level `person`; `incoming` holds what they take over, `months` their own months; whatever speaks of
departments, executives or the whole is empty. Hours of an item in the period are the person's own, never the item's,
from which a colleague's could be told.

Registers name thousands of people: the organisation's tables are computed once, rows are found by sorted keys, and only
the tables of the person asked for last are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipeline.model import Figure, Seen
from pipeline.summarise.figures import figures
from pipeline.summarise.layout import laid_out
from pipeline.summarise.names import unified
from pipeline.summarise.roster import NOBODY, known_as
from pipeline.summarise.scope import View
from pipeline.summarise.seen import Codes, Parts, Rows, distinct
from pipeline.summarise.tables import TABLES

ITEMS = (
    "register", "projects", "operations", "control", "measures", "renewals", "faults", "governed", "handover",
    "readiness", "unfollowed", "lessons", "changes", "review", "contradictions", "unowned",
)  # fmt: skip
"""Tables with a row an item: the rows of the person's items."""
PEOPLE = (
    "people", "workload", "allocations", "carriers", "responsibility", "raci", "span", "leaving", "single_points",
)  # fmt: skip
"""Tables with a row a person: the rows that name the person."""
LEVELS = ("run_change", "trend")
"""Tables by level: the rows of the level `person` that name the person."""
SHARED = ("hours_per_unit", "hours_per_unit_trend")
"""Columns that are made of everybody's hours in an item; not known here."""
_COLUMNS = {table.id: [column.id for column in table.columns] for table in TABLES}
T = TypeVar("T")


class Slices:
    """The organisation's tables, cut person by person. `tables` are the organisation's own."""

    def __init__(self, whole: View, tables: Mapping[str, pd.DataFrame]) -> None:
        self._whole, self._tables = whole, tables
        self._rows: dict[str, Rows] = {}
        self._person, self._kept = "", dict[str, object]()

    def items(self, person: str) -> Codes:
        """The items on which the person is named in any role, or as who takes its result over."""
        at = self._found("named in", lambda: self._codes(self._named["person"]), [self._code(person)])
        return distinct(self._named["item"].to_numpy()[at])

    def seen(self, person: str, parts: Parts) -> Seen:
        """What the person may see."""
        items, code = self.items(person), self._code(person)
        carries = [code] if code < len(self._whole.work.people) else []
        return Seen(frozenset(items.tolist()), parts.names(items, carries))

    def view(self, person: str) -> View:
        """The person's part of the work."""
        return self._once(person, "", lambda: self._view(person))

    def table(self, person: str, table: str) -> pd.DataFrame:
        """A table with the person's own rows."""
        return self._once(person, table, lambda: self._cut(person, table))

    def figures(self, person: str) -> Mapping[str, Figure]:
        """The headline figures of the person."""
        return self._once(person, "figures of", lambda: figures(self.view(person), PersonTables(self, person)))

    def _once(self, person: str, name: str, make: Callable[[], T]) -> T:
        """What was made before for the person asked for last."""
        if person != self._person:
            self._person, self._kept = person, {}
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[return-value]

    def _view(self, person: str) -> View:
        work, code = self._whole.work, self._code(person)
        items = work.items.loc[self.items(person)]
        own = [
            rows.iloc[self._found(name, lambda rows=rows: rows["person"], [code])]  # type: ignore[misc]
            for name, rows in (("allocated", work.allocations), ("does", work.doing), ("able", work.capacities))
        ]
        people = work.people[work.people["person"] == person]
        return View(work, person, "person", items, people, own[0], own[0], own[1], own[1], own[2])

    def _cut(self, person: str, table: str) -> pd.DataFrame:
        if table == "months":
            return self._months(person)
        whole, items, own = self._tables[table], self.items(person), [self._code(person)]
        if table in ITEMS:
            return self._own_hours(person, self._taken(table, lambda: whole["item"], items))
        if table in PEOPLE:
            return self._own_hours(person, self._taken(table, lambda: self._codes(whole["person"]), own))
        if table in LEVELS:
            return self._taken(table, lambda: self._codes_of_level(whole), own)
        if table == "incoming":
            return self._tables["handover"].take(self._taken_over(own)).reset_index(drop=True)
        if table == "findings":
            return self._taken(table, self._items_of_findings, items)
        return whole.head(0)

    def _taken(self, table: str, keys: Callable[[], ArrayLike], wanted: ArrayLike) -> pd.DataFrame:
        at = self._found(table, keys, wanted)
        return self._tables[table].take(at).reset_index(drop=True)

    def _found(self, name: str, keys: Callable[[], ArrayLike], wanted: ArrayLike) -> Codes:
        """The rows whose key is wanted; the keys of each table are sorted once."""
        if name not in self._rows:
            self._rows[name] = Rows(keys())
        return self._rows[name].of(wanted)

    def _codes(self, names: pd.Series) -> Codes:
        """The code of each name."""
        return np.asarray(self._everybody.get_indexer(pd.Index(names)))

    def _codes_of_level(self, table: pd.DataFrame) -> Codes:
        """The code of each row's person; -1 where it is of another level."""
        return np.where(table["level"] == "person", self._codes(table["name"]), -1)

    def _code(self, person: str) -> int:
        return int(self._everybody.get_indexer(pd.Index([person]))[0])

    @cached_property
    def _everybody(self) -> pd.Index:
        """People by their code, then nobody, as wherever there are codes, then who is named in other roles alone."""
        carriers = pd.Index(self._whole.work.people["person"])
        named = pd.Index(self._whole.work.roles["person"].unique())
        return pd.Index([*carriers, NOBODY, *named[~named.isin(carriers)]])

    def _taken_over(self, person: ArrayLike) -> Codes:
        """The rows of the table of handovers whose taker the person is."""
        ending = self._tables["handover"]
        return self._found("incoming", lambda: self._codes(self._person_called(ending["handover_to"])), person)

    @cached_property
    def _named(self) -> pd.DataFrame:
        """`item` and `person` of every role, and of who takes over."""
        work = self._whole.work
        takers = self._person_called(work.items["handover_to"])
        takers = takers[takers.isin(self._everybody) & (takers != NOBODY)]
        taken = pd.DataFrame({"item": takers.index, "person": takers.array})
        return pd.concat([work.roles[["item", "person"]], taken], ignore_index=True)

    def _person_called(self, names: pd.Series) -> pd.Series:
        """The person that each text names, as reports call them; "" for none."""
        return unified(names.fillna(""), known_as(self._whole.work.portfolio.register))

    def _own_hours(self, person: str, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the person's own hours of the period in place of each item's."""
        columns = [name for name in ("month_hours", *(["hours"] if "hours_per_unit" in rows else [])) if name in rows]
        if not columns or not len(rows):
            return rows
        view = self.view(person)
        hours = view.in_period.groupby("item")["hours"].sum().reindex(rows["item"])
        silent = rows["item"].isin(view.unknowns["item"]).to_numpy()
        own = hours.where(hours.notna() | silent, 0.0).to_numpy()
        unknown = {name: np.nan for name in SHARED if name in rows}
        return rows.assign(**dict.fromkeys(columns, own), **unknown)

    def _months(self, person: str) -> pd.DataFrame:
        """Every month shown, with the person's own hours and capacity."""
        every, own = self._tables["months"][["month", "forecast"]], self.table(person, "workload")
        unknown = self.view(person).unknowns["item"].nunique()
        joined = every.merge(own.drop(columns=["forecast"]), on="month", how="left")
        missing = joined["hours"].isna() & joined["capacity_hours"].isna()
        hours = [name for name in _COLUMNS["months"] if name.endswith("hours")]
        for name in hours:
            nothing = np.nan if unknown and name != "capacity_hours" else 0.0
            joined[name] = joined[name].mask(missing, nothing)
        return laid_out("months", joined.assign(unknown_effort=unknown))

    def _items_of_findings(self) -> Codes:
        """The item of the row that each finding names; -1 where it names none, or stands for several rows."""
        found, places = self._tables["findings"], ["file", "sheet", "row"]
        row = found["cell"].str.extract(r"^[A-Z]*(\d+)$", expand=False).astype("float64")
        items = self._whole.items[[*places, "item"]].drop_duplicates(places).astype({"row": "float64"})
        joined = found[["file", "sheet"]].assign(row=row).merge(items, on=places, how="left")
        return joined["item"].fillna(-1).to_numpy(np.int64)


class _Asked(Mapping[str, T], Generic[T]):
    """What is computed when asked for, by name."""

    def __init__(self, slices: Slices, person: str) -> None:
        self._slices, self._person = slices, person


class PersonTables(_Asked[pd.DataFrame]):
    """A person's tables by id."""

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self._slices.table(self._person, table)

    def __contains__(self, table: object) -> bool:
        return table in _COLUMNS

    def __iter__(self) -> Iterator[str]:
        return iter(_COLUMNS)

    def __len__(self) -> int:
        return len(_COLUMNS)


class PersonFigures(_Asked[Figure]):
    """A person's headline figures by id."""

    def __getitem__(self, figure: str) -> Figure:
        return self._slices.figures(self._person)[figure]

    def __iter__(self) -> Iterator[str]:
        return iter(self._slices.figures(self._person))

    def __len__(self) -> int:
        return len(self._slices.figures(self._person))
