"""Who there is: the People sheet and everybody whom items name, each person once."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

import pandas as pd

from pipeline.model import Register
from pipeline.summarise.names import TEXT, fold, folded, spellings, unified

NOBODY = ""
"""The person who carries what nobody is named for; printed as 'Nobody named'."""

_SHEET = [
    "team",
    "department",
    "executive",
    "manager",
    "weekly_hours",
    "fte",
    "target",
    "leave_days",
    "leave",
    "country",
    "region",
    "start",
    "finish",
]
PLACES = ["department", "team", "executive"]


def known_as(register: Register) -> dict[str, str]:
    """Every folded spelling of a person -> the name to print.

    A name on the People sheet stands for its aliases and its e-mail address too; an alias of two people stands
    for neither. Other people go by the most frequent spelling of their name. Worked out once for each register.
    """
    if register not in _KNOWN:
        _KNOWN[register] = _known_as(register)
    return _KNOWN[register]


_KNOWN: WeakKeyDictionary[Register, dict[str, str]] = WeakKeyDictionary()


def _known_as(register: Register) -> dict[str, str]:
    sheet = register.people
    names = spellings([sheet["name"], register.roles["person"]]) | spellings([sheet["name"]])
    aliases: dict[str, set[str]] = {}
    for name, others, email in zip(sheet["name"], sheet["aliases"], sheet["email"], strict=True):
        for other in (*others.replace("\n", ";").replace("|", ";").split(";"), email):
            aliases.setdefault(folded(other), set()).add(names.get(folded(name), ""))
    on_sheet = set(fold(sheet["name"]))
    plain = {other: of.pop() for other, of in aliases.items() if other and len(of) == 1 and other not in on_sheet}
    return names | plain


def place_names(register: Register) -> dict[str, dict[str, str]]:
    """For department, team and executive: folded name -> the spelling to print, from items and People sheet."""
    return {place: spellings([register.items[place], register.people[place]]) for place in PLACES}


def roster(
    register: Register, items: pd.DataFrame, roles: pd.DataFrame, printed: Mapping[str, Mapping[str, str]]
) -> pd.DataFrame:
    """One row a person, sorted by name: `person`, `on_sheet`, and the columns of the People sheet.

    `items` holds the unified PLACES; `roles` one row per `item` and (unified) `person` who is accountable or
    responsible; `printed` comes from `place_names`. Who has no department on the sheet belongs where most of their
    items do. A person on several rows of the sheet is described by the first.
    """
    sheet = register.people.assign(person=unified(register.people["name"], known_as(register)))
    sheet = sheet[sheet["person"] != NOBODY].drop_duplicates("person").set_index("person")
    named = pd.Index(roles["person"].unique())
    everyone = sheet.index.union(named[named != NOBODY]).sort_values().astype(TEXT)
    people = sheet[_SHEET].reindex(everyone).rename_axis("person")
    people.insert(0, "on_sheet", everyone.isin(sheet.index))
    unplaced = people["department"].fillna("") == ""
    for place in PLACES:
        usual = _most_of(roles["person"], items[place].reindex(roles["item"]).set_axis(roles.index))
        people[place] = unified(people[place].fillna(""), printed[place])
        people[place] = people[place].mask(unplaced, usual.reindex(everyone).fillna("")).astype(TEXT)
    for text in ("manager", "leave", "country", "region"):
        people[text] = people[text].fillna("").astype(TEXT)
    return people.reset_index()


def _most_of(person: pd.Series, place: pd.Series) -> pd.Series:
    """Each person's most frequent place, the first in the alphabet where two are as frequent."""
    counts = pd.DataFrame({"person": person, "place": place})
    counts = counts[counts["place"].fillna("") != ""].groupby(["person", "place"]).size().rename("n").reset_index()
    ranked = counts.sort_values(["n", "place"], ascending=[False, True], kind="stable")
    return ranked.drop_duplicates("person").set_index("person")["place"]
