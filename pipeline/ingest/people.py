"""Cells that name people -> one row per item, role and person; spellings are told, never merged in silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from pipeline.findings import finding
from pipeline.model import Finding

ROLES: tuple[str, ...] = ("accountable", "responsible", "deputy", "sponsor", "consulted", "informed")
_NOBODY = frozenset(
    (
        "|-|–|—|?|n/a|na|n.a.|none|nobody|tbc|tbd|tba|vacant|vacancy|unassigned|unknown|open|to be confirmed"
        "|to be decided|not assigned|offen|vakant|unbesetzt|niemand|n.n.|nn|aucun|vacante|por definir|a definir"
        "|à définir|ninguno|nenhum|nessuno|geen|x"
    ).split("|")
)
"""What people write where nobody is named (yet)."""
_PARTED = re.compile(r"\s*[;\n|+]\s*|\s*/\s*|\s+&\s+|\s+(?:and|und|et|y|e|en|with|mit)\s+")
_NOT_APPLICABLE = re.compile(r"(?i)\bn\s*/\s*a\b")
"""`n/a` holds the mark that parts names."""
_SHARE = re.compile(r"\(?\s*(\d{1,3}(?:[.,]\d+)?)\s*%\s*\)?")
_CODES = re.compile(r"^\s*[RACIS](?:\s*[/,;+&]?\s*[RACIS])*\s*$", re.I)
_LETTER_ROLES = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed", "S": "responsible"}
_SIMILAR = 88.0


@dataclass(frozen=True)
class Named:
    """One person named in a cell, with the stated share of the work (NaN: none stated)."""

    person: str
    share: float


def names_in(text: str, known: Mapping[str, str]) -> tuple[Named, ...]:
    """The people in a cell: `Ana 60 %; Bo 40 %`, `Smith, John`, `A. Roy / B. Lee`, `ana@example.org`.

    `known` maps the key of every spelling on the People sheet to the name there.
    """
    pieces = _PARTED.split(_NOT_APPLICABLE.sub("", text))
    parts = [part for piece in pieces for part in _comma_parted(piece, known)]
    return tuple(named for part in parts if (named := _named(part, known)) is not None)


def person_key(name: str) -> str:
    """A name without case, accents, double blanks and dots: what two spellings of the same words share."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.replace(".", " ").split())


def known_people(people: pd.DataFrame) -> dict[str, str]:
    """Every approved spelling on the People sheet (name, aliases, e-mail, `Last, First`) -> the name."""
    known: dict[str, str] = {}
    for name, aliases, email in people[["name", "aliases", "email"]].itertuples(index=False):
        words = str(name).split()
        turned = f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else ""
        for spelling in (name, *re.split(r"\s*[;\n|]\s*", str(aliases)), email, turned):
            if str(spelling).strip():
                known.setdefault(person_key(str(spelling)), str(name))
    return known


def _comma_parted(piece: str, known: Mapping[str, str]) -> list[str]:
    """`Smith, John` is one person, `Ana, Bo` and `Ana Roy, Bo Lee` are two."""
    parts = [part.strip() for part in piece.split(",")]
    if len(parts) != 2:
        return parts
    if person_key(piece) in known:
        return [piece]
    last, first = parts
    if all(person_key(part) in known for part in parts):
        return parts
    surname_first = len(last.split()) == 1 and len(first.split()) in (1, 2) and _looks_given(first) and len(last) > 2
    return [f"{first} {last}"] if surname_first and person_key(f"{first} {last}") in known else parts


def _looks_given(text: str) -> bool:
    return all(word[:1].isupper() for word in text.split())


def _named(part: str, known: Mapping[str, str]) -> Named | None:
    share = _SHARE.search(part)
    name = _SHARE.sub(" ", part) if share else part
    name = " ".join(re.sub(r"\(\s*\)", " ", name).split()).strip(" ,:-")
    if name.casefold() in _NOBODY:
        return None
    ratio = float(share[1].replace(",", ".")) / 100 if share else float("nan")
    return Named(known.get(person_key(name), name), ratio)


def roles_of(
    cells: pd.DataFrame, matrix: pd.DataFrame, known: Mapping[str, str]
) -> tuple[pd.DataFrame, list[tuple[int, str, float]]]:
    """All people named: `item`, `role`, `person`, `share` (of the role's work, adding up to 1 per item and role).

    `cells` holds the people fields' texts by item; `matrix` rows of a RACI matrix (`item`, `person`, `codes`).
    An owner is accountable and responsible where those are blank. Also returns the cells whose stated shares do
    not add up, as (item, field, sum).
    """
    parts = [_column_roles(cells[name], name, known) for name in (*ROLES, "owner")]
    named = pd.concat([*parts, _matrix_roles(matrix, known)], ignore_index=True)
    named = _owners_spread(named)
    named = named.drop_duplicates(["item", "role", "person"])
    shares, odd = _shares(named)
    named["share"] = shares
    order = {role: at for at, role in enumerate(ROLES)}
    named = named.sort_values(
        ["item", "role"], key=lambda column: column.map(order) if column.name == "role" else column, kind="stable"
    )
    frame = named.reset_index(drop=True).astype(
        {"item": "int64", "role": "string[pyarrow]", "person": "string[pyarrow]", "share": "float64"}
    )
    return frame, odd


def _column_roles(texts: pd.Series, role: str, known: Mapping[str, str]) -> pd.DataFrame:
    """One people column, each different text read once."""
    codes, words = pd.factorize(texts)
    read = [names_in(str(word), known) if str(word).strip() else () for word in words]
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
        }
    )


def _matrix_roles(matrix: pd.DataFrame, known: Mapping[str, str]) -> pd.DataFrame:
    """A matrix's codes (`R`, `A`, `R/A`, `RA`) -> one row per letter."""
    letters = matrix["codes"].str.upper().str.findall("[RACIS]")
    rows = matrix.assign(letter=letters).explode("letter").dropna(subset="letter")
    people = rows["person"].map(lambda name: known.get(person_key(name), name))
    return pd.DataFrame(
        {"item": rows["item"], "role": rows["letter"].map(_LETTER_ROLES), "person": people, "stated": np.nan}
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
    groups = [named["item"], named["role"]]
    stated = named["stated"].groupby(groups).transform("sum")
    blank = named["stated"].isna()
    blanks = blank.groupby(groups).transform("sum")
    rest = (1 - stated).clip(lower=0)
    share = named["stated"].where(~blank, rest / blanks.where(blanks > 0, 1))
    total = share.groupby(groups).transform("sum")
    size = named["item"].groupby(groups).transform("size")
    odd = named[(~blank) & ((total - 1).abs() > 0.005)].drop_duplicates(["item", "role"])
    told = [(int(item), str(role), float(total[at])) for at, item, role in odd[["item", "role"]].itertuples()]
    return np.where(total > 0, share / total.where(total > 0, 1), 1 / size), told


def is_code_column(texts: Iterable[str]) -> bool:
    """The cells of a column are letters of a RACI matrix."""
    filled = [text for text in texts if text.strip()]
    return len(filled) >= 1 and all(_CODES.match(text) for text in filled)


def alike(names: list[str], known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of names that are likely one person: a slip of the pen, initials, words turned round, an address.

    People who both stand on the People sheet are two. Each pair is (rarer or later spelling, other).
    """
    listed = set(known.values())
    keys = [person_key(name.split("@")[0].replace("_", " ") if "@" in name else name) for name in names]
    pairs = []
    for at, key in enumerate(keys):
        others = [
            other for other in range(len(names)) if other != at and not (names[at] in listed and names[other] in listed)
        ]
        near = process.extract(
            key, {other: keys[other] for other in others}, scorer=fuzz.token_sort_ratio, score_cutoff=_SIMILAR, limit=2
        )
        close = [other for _, _, other in near if len(key) >= 5]
        close += [other for other in others if _initials(key, keys[other])]
        for other in close[:1]:
            if names[at] not in listed and not (
                names[other] not in listed and other > at and keys[other] != key and not _initials(key, keys[other])
            ):
                pairs.append((names[at], names[other]))
    return pairs


def _initials(short: str, full: str) -> bool:
    """`j smith` for `john smith`: the last word is the same, the first only its letter."""
    a, b = short.split(), full.split()
    return len(a) == len(b) == 2 and a[-1] == b[-1] and len(a[0]) == 1 and len(b[0]) > 1 and a[0] == b[0][0]


def spelling_findings(
    roles: pd.DataFrame, places: Mapping[str, tuple[str, str, str]], known: Mapping[str, str]
) -> list[Finding]:
    """A finding for each pair of spellings; `places` gives a person's first cell as (file, sheet, cell)."""
    names = sorted(set(roles["person"].astype(str)))
    found = []
    for name, other in alike(names, known):
        file, sheet, cell = places.get(name, ("", "", ""))
        found.append(finding("R51", file=file, sheet=sheet, cell=cell, read=name, other=f"'{other}'"))
    return found
