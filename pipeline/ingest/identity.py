"""Follows items from month to month: what each is called for good, whose ID changed, and what is gone unclosed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.likeness import near_pairs, similar
from pipeline.ingest.turnover import NAME, NEAR, TITLE, changed_ids, gone_items, unsure_items
from pipeline.model import Register
from pipeline.snapshots import Snapshot

_ID_AND_TITLE, _ID = "ID and title", "ID"
_TRIED = (
    (_ID_AND_TITLE, ("id", "title")),
    (NAME, ("name",)),
    (NAME, ("name", "sheet")),
    (NAME, ("name", "file", "sheet")),
    (TITLE, ("title",)),
    (_ID, ("id",)),
    (NAME, ("name",)),
)
"""What tells that two items are one, with its columns; names once more, when IDs have taken their likes away."""
_LIKE = 50
"""Likeness of titles, of 100, from which an item keeps a plain number as its ID."""


def followed(register: Register, before: Snapshot | None, *, whole: bool = True) -> Register:
    """The register with a column `key` in its items, and with H01, H02 and H04 where an earlier month is known.

    An item is the same as last month's that has, alone on both sides and tried in this order: its ID and title; its
    title and department, alone or with its sheet; its title, where a department is blank; its ID (a plain number,
    which may number rows, only with a title that is still like the old one); nearly its title, in its department.
    Case, accents and punctuation of titles do not count.

    The key of an item that was there last month stays. Another has `id:` and its ID where no other item has that _ID,
    else `name:` and a hash of title and department; `#2` tells apart what nothing else does. `whole` says that every
    register was read, so that one of which nothing is left is told too.
    """
    written = (register.cells["id"] != "").to_numpy(bool)
    items = register.items if written.all() else register.items.assign(id=register.items["id"].where(written, ""))
    if before is None:
        return replace(register, items=register.items.assign(key=_keys(items, None, set())))
    now, then = names(items), names(before.items)
    links = matches(now, then)
    before_keys = before.items["key"].astype(object)
    old = pd.Series(before_keys.reindex(links["then"]).fillna("").to_numpy(), now.index, "string[pyarrow]")
    sides = register, before, now, then, links
    told = (*changed_ids(*sides), *unsure_items(*sides), *gone_items(*sides, whole=whole))
    keys = _keys(items, old, set(before_keys))
    return replace(register, items=register.items.assign(key=keys), findings=(*register.findings, *told))


def names(items: pd.DataFrame) -> pd.DataFrame:
    """What items are told apart by: `id` ("" where none), `title`, `department` and `name` in plain letters; place."""
    title, department = (_plain(pa.array(items[one], pa.string())) for one in ("title", "department"))
    name = pc.binary_join_element_wise(title, department, "\n")
    columns = {"id": _ids(items), "title": title, "department": department, "name": name}
    frame = {one: pd.Series(texts, dtype="string[pyarrow]") for one, texts in columns.items()}
    return pd.DataFrame(frame).set_axis(items.index).assign(file=items["file"], sheet=items["sheet"])


def matches(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """For each item now: `then`, the position of the item it was (-1: none), and `by` what that is told ("")."""
    found, by = np.full(len(now), -1), np.full(len(now), "", object)
    taken = np.zeros(len(then), bool)

    def link(here: np.ndarray, there: np.ndarray, how: str) -> None:
        found[here], by[here], taken[there] = there, how, True

    def rest() -> tuple[pd.DataFrame, pd.DataFrame]:
        return now[found < 0], then[~taken]

    def places(here: np.ndarray, there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.flatnonzero(found < 0)[here], np.flatnonzero(~taken)[there]

    for how, columns in _TRIED:
        one, other = rest()
        here, there = pairs(_joined(one, columns), _joined(other, columns))
        sure = _believed(how, one.iloc[here], other.iloc[there])
        link(*places(here[sure], there[sure]), how)
    link(*places(*near_pairs(*rest())), NEAR)
    return pd.DataFrame({"then": found, "by": by}, index=now.index)


def pairs(one: pd.Series, other: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the texts that stand once in each; "" is no text."""
    codes, texts = pd.factorize(pd.concat([one, other], ignore_index=True))
    here, there = codes[: len(one)], codes[len(one) :]
    once = (np.bincount(here, minlength=len(texts)) == 1) & (np.bincount(there, minlength=len(texts)) == 1)
    once &= np.asarray(texts != "", bool)
    place = np.full(len(texts), -1)
    place[there] = np.arange(len(there))
    found = np.flatnonzero(once[here])
    return found, place[here[found]]


def _joined(items: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The columns as one text; "" where one of them is blank."""
    joined = items[columns[0]]
    for name in columns[1:]:
        joined = joined + "\n" + items[name]
    blank = (items[list(columns)] == "").any(axis=1) | (items["title"] == "")
    return joined.where(~blank, "")


def _believed(how: str, now: pd.DataFrame, then: pd.DataFrame) -> np.ndarray:
    """Which pairs that agree in this are one item."""
    if how == TITLE:
        blank = (now["department"].to_numpy() == "") | (then["department"].to_numpy() == "")
        return np.asarray(blank, bool)
    if how == _ID:
        number = now["id"].str.fullmatch(r"[\d.]+").to_numpy(bool)
        return ~number | (similar(now["title"], then["title"]) >= _LIKE)
    return np.ones(len(now), bool)


def _keys(items: pd.DataFrame, old: pd.Series | None, used: set[str]) -> pd.Series:
    """Each item's key: last month's, else its ID where that is its alone, else its name, numbered where taken.

    The ID of `items` is "" where none is written; `old` is "" where an item was not there.
    """
    ids = pd.Series(pc.binary_join_element_wise("id:", _ids(items), ""), items.index, "string[pyarrow]")
    other = (ids == "id:") | ids.duplicated(keep=False) | ids.isin(used)
    keys = ids.where(~other, "") if old is None else old.where(old != "", ids.where(~other, ""))
    blank = (keys == "").to_numpy(bool)
    named = names(items.loc[blank, ["id", "title", "department", "file", "sheet"]])["name"]
    hashes = {name: f"name:{hashlib.sha256(name.encode()).hexdigest()[:16]}" for name in named.unique()}
    bases = named.map(hashes).astype(object)
    number = bases.groupby(bases).cumcount() + bases.map(_highest(used)).fillna(0).astype(int) + 1
    keys[blank] = bases.where(number == 1, bases + "#" + number.astype(str))
    return keys


def _ids(items: pd.DataFrame) -> pa.ChunkedArray:
    """IDs however they are cased, spaced and encoded."""
    return pc.utf8_trim_whitespace(pc.utf8_lower(pc.utf8_normalize(pa.array(items["id"], pa.string()), form="NFKC")))


def _highest(used: set[str]) -> Mapping[str, int]:
    """The highest number that each name among the keys has; a bare one has number 1."""
    parts = pd.DataFrame(
        [key.partition("#")[::2] for key in used if key.startswith("name:")], columns=["name", "number"]
    )
    numbers = parts["number"].where(parts["number"] != "", "1").astype(int)
    return dict(numbers.groupby(parts["name"]).max())


def _plain(texts: pa.StringArray) -> pa.StringArray:
    """Lower-case letters and digits without accents, one space between words."""
    bare = pc.replace_substring_regex(pc.utf8_normalize(texts, form="NFKD"), r"\p{M}+", "")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(pc.utf8_lower(bare), r"[^\p{L}\p{N}]+", " "))
