"""Cells that name people -> one row per item, role and person, each with a share of the role's work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from pipeline.ingest.names import Company, company, names_in, person_key

ROLES: tuple[str, ...] = ("accountable", "responsible", "deputy", "sponsor", "consulted", "informed")
_CODES = re.compile(r"^\s*[RACIS](?:\s*[/,;+&]?\s*[RACIS])*\s*$", re.I)
_LETTER_ROLES = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed", "S": "responsible"}


def roles_of(
    cells: pd.DataFrame, matrix: pd.DataFrame, known: Mapping[str, str]
) -> tuple[pd.DataFrame, list[tuple[int, str, float]], list[tuple[int, str, str]]]:
    """All people named: `item`, `role`, `person`, `share` (of the role's work, adding up to 1 per item and role).

    `cells` holds the people fields' texts by item; `matrix` rows of a RACI matrix (`item`, `person`, `codes`).
    An owner is accountable and responsible where those are blank. Also returns the cells whose stated shares do
    not add up, as (item, field, sum), and those read surname first where the People sheet does not say so, as (item,
    field, person).
    """
    fields = (*ROLES, "owner")
    others = company(known, sorted({str(text) for name in fields for text in cells[name].unique()}))
    parts = [_column_roles(cells[name], name, others) for name in fields]
    turned = [one for part in parts for one in _turned(part)]
    named = pd.concat([*parts, _matrix_roles(matrix, known)], ignore_index=True)
    named = _owners_spread(named)
    named = named.drop_duplicates(["item", "role", "person"])
    shares, odd = _shares(named)
    named["share"] = shares
    codes, words = pd.factorize(named["role"])
    rank = np.array([ROLES.index(str(role)) for role in words], dtype=int)[codes]
    named = named.iloc[np.lexsort((rank, named["item"].to_numpy(np.int64)))]
    frame = (
        named[["item", "role", "person", "share"]]
        .reset_index(drop=True)
        .astype({"item": "int64", "role": "string[pyarrow]", "person": "string[pyarrow]", "share": "float64"})
    )
    return frame, odd, turned


def _turned(named: pd.DataFrame) -> list[tuple[int, str, str]]:
    """The first cell of each person read surname first without the People sheet."""
    first = named[named["turned"].to_numpy(bool)].drop_duplicates("person")
    return [(int(item), str(role), str(person)) for item, role, person in first[["item", "role", "person"]].to_numpy()]


def _column_roles(texts: pd.Series, role: str, others: Company) -> pd.DataFrame:
    """One people column, each different text read once."""
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
            "person": np.array([named.person for named in flat], dtype=object)[at],
            "stated": np.array([named.share for named in flat], dtype=float)[at],
            "turned": np.array([named.turned for named in flat], dtype=bool)[at],
        }
    )


def _matrix_roles(matrix: pd.DataFrame, known: Mapping[str, str]) -> pd.DataFrame:
    """A matrix's codes (`R`, `A`, `R/A`, `RA`) -> one row per letter."""
    letters = matrix["codes"].str.upper().str.findall("[RACIS]")
    rows = matrix.assign(letter=letters).explode("letter").dropna(subset="letter")
    people = rows["person"].map(lambda name: known.get(person_key(name), name))
    return pd.DataFrame(
        {
            "item": rows["item"],
            "role": rows["letter"].map(_LETTER_ROLES),
            "person": people,
            "stated": np.nan,
            "turned": False,
        }
    )


def _owners_spread(named: pd.DataFrame) -> pd.DataFrame:
    """Owners as accountable and as responsible, each where nobody is named for it."""
    owners = named[named["role"] == "owner"]
    kept = [named[named["role"] != "owner"]]
    for role in ("accountable", "responsible"):
        filled = set(named.loc[named["role"] == role, "item"])
        kept.append(owners[~owners["item"].isin(filled)].assign(role=role))
    return pd.concat(kept, ignore_index=True)


def _shares(named: pd.DataFrame) -> tuple[np.ndarray, list[tuple[int, str, float]]]:
    """Stated shares scaled to 1 for each item and role; where any is missing, the rest is split equally."""
    roles, _ = pd.factorize(named["role"])
    _, group = np.unique(named["item"].to_numpy() * (len(ROLES) + 1) + roles, return_inverse=True)
    stated = named["stated"].to_numpy(float)
    blank = np.isnan(stated)
    blanks = np.bincount(group, blank)[group]
    rest = np.clip(1 - np.bincount(group, np.where(blank, 0, stated))[group], 0, None)
    share = np.where(blank, rest / np.maximum(blanks, 1), stated)
    total, size = np.bincount(group, share)[group], np.bincount(group)[group]
    odd = np.flatnonzero(~blank & (np.abs(total - 1) > 0.005))
    odd = odd[np.unique(group[odd], return_index=True)[1]]
    items, words = named["item"].to_numpy(), named["role"].to_numpy()
    told = [(int(items[at]), str(words[at]), float(total[at])) for at in sorted(odd.tolist())]
    return np.where(total > 0, share / np.where(total > 0, total, 1), 1 / np.maximum(size, 1)), told


def is_code_column(texts: Iterable[str]) -> bool:
    """The cells of a column are letters of a RACI matrix."""
    filled = [text for text in texts if text.strip()]
    return len(filled) >= 1 and all(_CODES.match(text) for text in filled)
