"""Cells that name people -> one row per item, role and person, each with a share of the role's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.ingest.matrix import LETTERS
from pipeline.ingest.names import Company, company, names_in, person_key

ROLES: tuple[str, ...] = ("accountable", "responsible", "deputy", "sponsor", "consulted", "informed")
_FIELDS = (*ROLES, "owner")
"""The fields that name people; a role is told by its place here."""
_OWNER = _FIELDS.index("owner")


def roles_of(
    cells: pd.DataFrame, matrix: pd.DataFrame, known: Mapping[str, str]
) -> tuple[pd.DataFrame, list[tuple[int, str, float]], list[tuple[int, str, str]]]:
    """All people named: `item`, `role`, `person`, `share` (of the role's work, adding up to 1 per item and role).

    `cells` holds the people fields' texts by item; `matrix` rows of a RACI matrix (`item`, `person`, `codes`).
    An owner is accountable and responsible where those are blank. Also returns the cells whose stated shares do
    not add up, as (item, field, sum), and those read surname first where the People sheet does not say so, as (item,
    field, person).
    """
    columns = [pd.factorize(cells[name]) for name in _FIELDS]
    texts = [words.tolist() for _, words in columns]
    others = company(known, sorted({text for words in texts for text in words}))
    people: dict[str, int] = {}
    parts = [_column_roles(columns[role][0], texts[role], role, others, people) for role in range(len(_FIELDS))]
    named = pd.concat([*parts, _matrix_roles(matrix, known, people)], ignore_index=True)
    first = named[named["turned"]].drop_duplicates(["role", "person"])
    named = _owners_spread(named, len(cells))
    task = (named["item"] * len(_FIELDS) + named["role"]).to_numpy()
    once = ~pd.Series(task * len(people) + named["person"]).duplicated().to_numpy()
    rows = np.flatnonzero(once)
    rows = rows[np.argsort(task[rows], kind="stable")]
    item, role, person, stated = (named[name].to_numpy()[rows] for name in ("item", "role", "person", "stated"))
    share, odd = _shares(task[rows], stated)
    names = pa.array(people, pa.large_string())
    frame = pd.DataFrame(
        {
            "item": item,
            "role": _words(pa.array(ROLES, pa.large_string()), role),
            "person": _words(names, person),
            "share": share,
        },
        copy=False,
    )
    odd = sorted(odd, key=lambda one: rows[one[0]])
    told = [(int(item[at]), ROLES[role[at]], total) for at, total in odd]
    turned = zip(first["item"].tolist(), first["role"].tolist(), first["person"].tolist(), strict=True)
    return frame, told, [(item, _FIELDS[role], names[person].as_py()) for item, role, person in turned]


def _words(words: pa.LargeStringArray, codes: np.ndarray) -> pd.Series:
    return pd.Series(pd.array(words.take(pa.array(codes)), dtype="string[pyarrow]"))


def _column_roles(
    codes: np.ndarray, words: Sequence[str], role: int, others: Company, people: dict[str, int]
) -> pd.DataFrame:
    """One people column, each different text of it (`words`) read once: `item`, `role`, `person`, `stated`, `turned`.

    `role` is the column's place among the people fields, `person` the number that `people` gives a name.
    """
    read = [names_in(word, others) if word.strip() else () for word in words]
    counts = np.array([len(names) for names in read], dtype=int)
    repeats = counts[codes]
    starts = np.concatenate([[0], np.cumsum(counts)])[codes]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    flat = [named for names in read for named in names]
    at = np.repeat(starts, repeats) + within
    return pd.DataFrame(
        {
            "item": np.repeat(np.arange(len(codes)), repeats),
            "role": np.full(len(at), role, np.int8),
            "person": np.array([people.setdefault(named.person, len(people)) for named in flat], np.int32)[at],
            "stated": np.array([named.share for named in flat], dtype=float)[at],
            "turned": np.array([named.turned for named in flat], dtype=bool)[at],
        }
    )


def _matrix_roles(matrix: pd.DataFrame, known: Mapping[str, str], people: dict[str, int]) -> pd.DataFrame:
    """A matrix's codes (`R`, `A`, `R/A`, `RA`) -> one row per letter."""
    letters = matrix["codes"].str.upper().str.findall("[RACIS]")
    rows = matrix.assign(letter=letters).explode("letter").dropna(subset="letter")
    named = [known.get(person_key(name), name) for name in rows["person"]]
    return pd.DataFrame(
        {
            "item": rows["item"].to_numpy(int),
            "role": np.array([ROLES.index(LETTERS[letter]) for letter in rows["letter"]], np.int8),
            "person": np.array([people.setdefault(name, len(people)) for name in named], np.int32),
            "stated": np.nan,
            "turned": False,
        }
    )


def _owners_spread(named: pd.DataFrame, items: int) -> pd.DataFrame:
    """Owners as accountable and as responsible, each where nobody is named for it."""
    owned = (named["role"] == _OWNER).to_numpy()
    if not owned.any():
        return named
    owners = named[owned]
    kept = [named[~owned]]
    for role in (ROLES.index("accountable"), ROLES.index("responsible")):
        filled = np.zeros(items, bool)
        filled[named.loc[named["role"] == role, "item"]] = True
        kept.append(owners[~filled[owners["item"]]].assign(role=np.int8(role)))
    return pd.concat(kept, ignore_index=True)


def _shares(task: np.ndarray, stated: np.ndarray) -> tuple[np.ndarray, list[tuple[int, float]]]:
    """Stated shares scaled to 1 for each task (an item's role); where any is missing, the rest is split equally.

    `task` is in order. Also returns the first row and the sum of each task whose stated shares do not add up.
    """
    group = np.cumsum(np.diff(task, prepend=task[:1]) != 0)
    blank = np.isnan(stated)
    blanks = np.bincount(group, blank)[group]
    rest = np.clip(1 - np.bincount(group, np.where(blank, 0, stated))[group], 0, None)
    share = np.where(blank, rest / np.maximum(blanks, 1), stated)
    total, size = np.bincount(group, share)[group], np.bincount(group)[group]
    odd = np.flatnonzero(~blank & (np.abs(total - 1) > 0.005))
    odd = odd[np.unique(group[odd], return_index=True)[1]]
    scaled = np.where(total > 0, share / np.where(total > 0, total, 1), 1 / np.maximum(size, 1))
    return scaled, [(int(at), float(total[at])) for at in odd]
