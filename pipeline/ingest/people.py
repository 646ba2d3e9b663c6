"""Cells that name people -> one row per item, role and person; spellings are told, never merged in silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from pipeline.findings import finding
from pipeline.model import Finding

ROLES: tuple[str, ...] = ("accountable", "responsible", "deputy", "sponsor", "consulted", "informed")
_NOBODY = frozenset(
    (
        "|nan|null|-|–|—|?|n/a|na|n.a.|none|nobody|tbc|tbd|tba|vacant|vacancy|unassigned|unknown|open|to be confirmed"
        "|to be decided|not assigned|offen|vakant|unbesetzt|niemand|n.n.|nn|aucun|vacante|por definir|a definir"
        "|à définir|ninguno|nenhum|nessuno|geen|x"
    ).split("|")
)
"""What people write where nobody is named (yet)."""
_MARKED = re.compile(r"\s*[;\n|+]\s*|\s*/\s*|\s+&\s+")
_WORDS = re.compile(r"\s+(?:and|und|et|y|e|en|with|mit)\s+", re.I)
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
"""What follows a name in brackets is a role or a note: `Ana Roy (PM)`."""
_NOT_APPLICABLE = re.compile(r"(?i)\bn\s*/\s*a\b")
"""`n/a` holds the mark that parts names."""
_SHARE = re.compile(r"\(?\s*(\d{1,3}(?:[.,]\d+)?)\s*%\s*\)?")
_CODES = re.compile(r"^\s*[RACIS](?:\s*[/,;+&]?\s*[RACIS])*\s*$", re.I)
_LETTER_ROLES = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed", "S": "responsible"}
_SIMILAR, _SHORTEST, _COMPARED = 88, 5, 5000


@dataclass(frozen=True)
class Named:
    """One person named in a cell, with the stated share of the work (NaN: none stated)."""

    person: str
    share: float
    turned: bool = False
    """Read from `Last, First` without any other cell that says so."""


@dataclass(frozen=True)
class Company:
    """Who else is named: what tells `Smith, John` from `Ana, Bo`.

    `known` maps the key of every spelling on the People sheet to the name there; `alone` holds the keys of names
    that stand by themselves; `lists` says that cells hold three names and more parted by commas.
    """

    known: Mapping[str, str]
    alone: frozenset[str] = frozenset()
    lists: bool = False

    def knows(self, name: str) -> bool:
        """The name is on the People sheet, or stands by itself elsewhere."""
        return person_key(name) in self.known or person_key(name) in self.alone


def company(known: Mapping[str, str], cells: Iterable[str]) -> Company:
    """What all cells that name people say together; `cells` are their different texts."""
    parts = [part for cell in cells for part in _MARKED.split(cell)]
    alone = frozenset(person_key(_SHARE.sub(" ", part)) for part in parts if "," not in part)
    return Company(known, alone, any(part.count(",") >= 2 for part in parts))


def names_in(text: str, others: Company) -> tuple[Named, ...]:
    """The people in a cell: `Ana 60 %; Bo 40 %`, `Smith, John`, `A. Roy / B. Lee`, `ana@example.org`."""
    if person_key(text) in others.known:
        return (Named(others.known[person_key(text)], float("nan")),)
    marked = _MARKED.split(_NOT_APPLICABLE.sub("", text))
    pieces = [piece for part in marked for piece in _word_parted(part, others)]
    found = [_named(name, others, turned) for piece in pieces for name, turned in _comma_parted(piece, others)]
    return tuple(named for named in found if named is not None)


def _word_parted(piece: str, others: Company) -> list[str]:
    """`Ana Roy and Bo Lee` are two; `Ortega y Gasset` and `IT and HR` are one: each side must be a name by itself."""
    parts = _WORDS.split(piece)
    if len(parts) == 1 or person_key(piece) in others.known:
        return [piece]
    names = [_SHARE.sub(" ", part).strip() for part in parts]
    plain = re.search(r"(?i)\s(?:and|und|et)\s", piece) and not any(name.isupper() for name in names)
    apart = all(len(name.split()) >= 2 or others.knows(name) for name in names)
    return parts if plain or apart else [piece]


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


def _comma_parted(piece: str, others: Company) -> list[tuple[str, bool]]:
    """`Smith, John` is one person, turned round; `Ana, Bo` and `Ana Roy, Bo Lee` are two."""
    parts = [part.strip() for part in piece.split(",")]
    both = [(part, False) for part in parts]
    if len(parts) != 2 or all(others.knows(part) for part in parts):
        return both
    last, first = (_SHARE.sub(" ", part).strip() for part in parts)
    turned = f"{first} {last}" + (f" {share[0]}" if (share := _SHARE.search(piece)) else "")
    if person_key(piece) in others.known or others.knows(f"{first} {last}"):
        return [(turned, False)]
    surname_first = len(last.split()) == 1 and len(first.split()) <= 2 and len(last) > 2 and _looks_given(first)
    return [(turned, True)] if surname_first and not others.lists and not others.knows(first) else both


def _looks_given(text: str) -> bool:
    return bool(text) and all(word[:1].isupper() and not word.isupper() for word in text.split())


def _named(part: str, others: Company, turned: bool) -> Named | None:
    share = _SHARE.search(part)
    name = _SHARE.sub(" ", part) if share else part
    name = " ".join(_BRACKET.sub(" ", name).split()).strip(" ,:-")
    if name.casefold() in _NOBODY:
        return None
    ratio = float(share[1].replace(",", ".")) / 100 if share else float("nan")
    return Named(others.known.get(person_key(name), name), ratio, turned)


def roles_of(
    cells: pd.DataFrame, matrix: pd.DataFrame, known: Mapping[str, str]
) -> tuple[pd.DataFrame, list[tuple[int, str, float]], list[tuple[int, str, str]]]:
    """All people named: `item`, `role`, `person`, `share` (of the role's work, adding up to 1 per item and role).

    `cells` holds the people fields' texts by item; `matrix` rows of a RACI matrix (`item`, `person`, `codes`).
    An owner is accountable and responsible where those are blank. Also returns the cells whose stated shares do
    not add up, as (item, field, sum), and those read surname first by assumption, as (item, field, person).
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
    order = {role: at for at, role in enumerate(ROLES)}
    named = named.sort_values(
        ["item", "role"], key=lambda column: column.map(order) if column.name == "role" else column, kind="stable"
    )
    frame = (
        named[["item", "role", "person", "share"]]
        .reset_index(drop=True)
        .astype({"item": "int64", "role": "string[pyarrow]", "person": "string[pyarrow]", "share": "float64"})
    )
    return frame, odd, turned


def _turned(named: pd.DataFrame) -> list[tuple[int, str, str]]:
    """The first cell of each person read surname first by assumption."""
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


def alike(names: Sequence[str], known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of names that are likely one person: a slip of the pen, initials, words turned round, an address.

    Two people who both stand on the People sheet are two; spellings that differ in case and accents alone are one
    person everywhere and need no telling. Each pair is told once, the spelling to mend first. Compared are the
    first 5,000 names, each with all others.
    """
    listed = set(known.values())
    names = [name for name in names if len(name) >= _SHORTEST][:_COMPARED]
    keys = [person_key(name.split("@")[0].replace("_", " ") if "@" in name else name) for name in names]
    scores = process.cdist(keys, keys, scorer=fuzz.token_sort_ratio, score_cutoff=_SIMILAR, dtype=np.uint8)
    near = {(int(one), int(other)) for one, other in zip(*np.nonzero(np.triu(scores, 1)), strict=True)}
    pairs = sorted(near | _initials(keys))
    told = [(names[one], names[other]) for one, other in pairs if person_key(names[one]) != person_key(names[other])]
    return [_to_mend_first(pair, listed) for pair in told if not set(pair) <= listed]


def _to_mend_first(pair: tuple[str, str], listed: set[str]) -> tuple[str, str]:
    """The spelling that is not on the People sheet first, else the shorter one."""
    one, other = sorted(pair, key=lambda name: (name in listed, len(name), name))
    return one, other


def _initials(keys: Sequence[str]) -> set[tuple[int, int]]:
    """Places of `j smith` beside `john smith`: the last word is the same, the first only its letter."""
    full: dict[tuple[str, str], list[int]] = {}
    for place, key in enumerate(keys):
        words = key.split()
        if len(words) == 2 and len(words[0]) > 1:
            full.setdefault((words[0][0], words[1]), []).append(place)
    short = ((place, key.split()) for place, key in enumerate(keys) if len(key.split()) == 2 and key[1] == " ")
    return {
        (min(place, other), max(place, other)) for place, words in short for other in full.get((words[0], words[1]), ())
    }


def spelling_findings(
    roles: pd.DataFrame, places: Mapping[str, tuple[str, str, str]], known: Mapping[str, str]
) -> list[Finding]:
    """A finding for each pair of spellings; `places` gives a person's first cell as (file, sheet, cell)."""
    names = sorted(map(str, roles["person"].unique()))
    found = []
    for name, other in alike(names, known):
        file, sheet, cell = places.get(name, ("", "", ""))
        found.append(finding("R51", file=file, sheet=sheet, cell=cell, read=name, other=f"'{other}'"))
    return found
