"""Cells that name people -> one row per item, role and person, each with a share of the role's work."""

from __future__ import annotations

from collections.abc import Mapping

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
    others = company(known, sorted({str(text) for name in _FIELDS for text in cells[name].unique()}))
    people: dict[str, int] = {}
    parts = [_column_roles(cells[name], role, others, people) for role, name in enumerate(_FIELDS)]
    named = pd.concat([*parts, _matrix_roles(matrix, known, people)], ignore_index=True)
    first = named[named["turned"]].drop_duplicates(["role", "person"])
    named = _owners_spread(named, len(cells)).drop_duplicates(["item", "role", "person"])
    named["share"], odd = _shares(named)
    named = named.iloc[np.lexsort((named["role"], named["item"]))]
    names = pa.array(people, pa.large_string())
    frame = pd.DataFrame(
        {
            "item": named["item"].to_numpy(),
            "role": _words(pa.array(ROLES, pa.large_string()), named["role"]),
            "person": _words(names, named["person"]),
            "share": named["share"].to_numpy(),
        }
    )
    turned = zip(first["item"].tolist(), first["role"].tolist(), first["person"].tolist(), strict=True)
    return frame, odd, [(item, _FIELDS[role], names[person].as_py()) for item, role, person in turned]


def _words(words: pa.LargeStringArray, codes: pd.Series) -> pd.Series:
    return pd.Series(pd.array(words.take(pa.array(codes.to_numpy())), dtype="string[pyarrow]"))


def _column_roles(texts: pd.Series, role: int, others: Company, people: dict[str, int]) -> pd.DataFrame:
    """One people column, each different text read once: `item`, `role`, `person`, `stated`, `turned`.

    `role` is the column's place among the people fields, `person` the number that `people` gives a name.
    """
    codes, words = pd.factorize(texts)
    read = [names_in(str(word), others) if str(word).strip() else () for word in words]
    counts = np.array([len(names) for names in read], dtype=int)
    repeats = counts[codes]
    starts = np.concatenate([[0], np.cumsum(counts)])[codes]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    flat = [named for names in read for named in names]
    at = np.repeat(starts, repeats) + within
    return pd.DataFrame(
        {
            "item": np.repeat(np.arange(len(texts)), repeats),
            "role": role,
            "person": np.array([people.setdefault(named.person, len(people)) for named in flat], dtype=int)[at],
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
            "role": np.array([ROLES.index(LETTERS[letter]) for letter in rows["letter"]], dtype=int),
            "person": np.array([people.setdefault(name, len(people)) for name in named], dtype=int),
            "stated": np.nan,
            "turned": False,
        }
    )


def _owners_spread(named: pd.DataFrame, items: int) -> pd.DataFrame:
    """Owners as accountable and as responsible, each where nobody is named for it."""
    owned = (named["role"] == _OWNER).to_numpy()
    owners = named[owned]
    kept = [named[~owned]]
    for role in (ROLES.index("accountable"), ROLES.index("responsible")):
        filled = np.zeros(items, bool)
        filled[named.loc[named["role"] == role, "item"]] = True
        kept.append(owners[~filled[owners["item"]]].assign(role=role))
    return pd.concat(kept, ignore_index=True)


def _shares(named: pd.DataFrame) -> tuple[np.ndarray, list[tuple[int, str, float]]]:
    """Stated shares scaled to 1 for each item and role; where any is missing, the rest is split equally."""
    items, roles = named["item"].to_numpy(), named["role"].to_numpy()
    _, group = np.unique(items * len(_FIELDS) + roles, return_inverse=True)
    stated = named["stated"].to_numpy(float)
    blank = np.isnan(stated)
    blanks = np.bincount(group, blank)[group]
    rest = np.clip(1 - np.bincount(group, np.where(blank, 0, stated))[group], 0, None)
    share = np.where(blank, rest / np.maximum(blanks, 1), stated)
    total, size = np.bincount(group, share)[group], np.bincount(group)[group]
    odd = np.flatnonzero(~blank & (np.abs(total - 1) > 0.005))
    odd = odd[np.unique(group[odd], return_index=True)[1]]
    told = [(int(items[at]), ROLES[roles[at]], float(total[at])) for at in sorted(odd.tolist())]
    return np.where(total > 0, share / np.where(total > 0, total, 1), 1 / np.maximum(size, 1)), told
