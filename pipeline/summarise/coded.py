"""Texts of the whole work as whole numbers, worked out once for each run: no table compares texts of every row anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, DEPUTY, RESPONSIBLE
from pipeline.summarise.names import TEXT
from pipeline.summarise.once import once
from pipeline.summarise.work import Work

Codes = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]

ROLES = (ACCOUNTABLE, RESPONSIBLE, DEPUTY, "sponsor", "consulted", "informed")
"""A role's number is its place here: those who answer and do before those who hear."""


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of texts: the number of each row, and what the numbers stand for, in the order of the alphabet: 0 for
    a blank, whether one occurs or not.
    """

    codes: Codes
    names: pd.Index

    def texts(self, codes: npt.ArrayLike) -> pd.Series:
        """What these numbers stand for."""
        return pd.Series(self.names, dtype=TEXT).take(np.asarray(codes)).reset_index(drop=True)

    def flags(self, names: pd.Series) -> Flags:
        """By row, whether it says one of these."""
        said = np.asarray(self.names.isin(names), dtype=np.bool_)
        found: Flags = said[self.codes]
        return np.asarray(found)


@dataclass(frozen=True, eq=False)
class Roles:
    """`Work.roles` row by row: the item, the role (its place in ROLES) and the person."""

    item: Codes
    role: Codes
    person: Coded

    def of(self, role: str) -> Flags:
        """Whether each row names somebody in this role."""
        found: Flags = self.role == ROLES.index(role)
        return found


@once
def roles(work: Work) -> Roles:
    """Who is named on which item, as whole numbers."""
    role = coded(work.roles["role"])
    at = pd.Index(ROLES).get_indexer(role.names).astype(np.int8)
    return Roles(work.roles["item"].to_numpy(np.int64), at[role.codes], coded(work.roles["person"]))


@once
def departments(work: Work) -> Coded:
    """The department of each item."""
    return coded(work.items["department"])


def by_department(work: Work, items: pd.Index) -> pd.Series:
    """How many of these items each department has that has any of them."""
    home = departments(work)
    count = pd.Series(np.bincount(home.codes[items], minlength=len(home.names)), index=home.names)
    return count[count > 0]


@once
def in_order(work: Work) -> Codes:
    """The items in the order of the register: by file, sheet and row."""
    sheets, items = work.sheets.to_numpy(), work.items
    _, first = np.unique(sheets, return_index=True)
    names = items[["file", "sheet"]].take(first).reset_index(drop=True)
    rank = np.empty(len(first), np.int64)
    rank[names.sort_values(["file", "sheet"]).index] = np.arange(len(first))
    return np.lexsort((items["row"].to_numpy(), rank[sheets]))


def among(work: Work, items: pd.Index | Codes) -> Flags:
    """By item of the work, whether it is one of these."""
    found = np.zeros(len(work.items), dtype=bool)
    found[items] = True
    return found


def coded(texts: pd.Series) -> Coded:
    """A column of texts as whole numbers."""
    import pyarrow as pa

    found = pa.chunked_array(pa.array(texts.array)).combine_chunks().dictionary_encode()
    said = found.dictionary.to_pylist()
    names = pd.Index(sorted({*said, ""}), dtype=object)
    return Coded(names.get_indexer(pd.Index(said, dtype=object)).astype(np.int32)[found.indices.to_numpy()], names)
