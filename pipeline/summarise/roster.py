"""Who there is: the People sheet and everybody whom items name, each person once."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

import numpy as np
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
    return known_with(register.people, spellings([register.people["name"], register.roles["person"]]))


def known_with(sheet: pd.DataFrame, usual: Mapping[str, str]) -> dict[str, str]:
    """`known_as` for a People sheet and the usual spellings of all names, that sheet's among them."""
    names = {**usual, **spellings([sheet["name"]])}
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
    responsible; `printed` comes from `place_names`. A person on several rows of the sheet is described by the first.
    A place that is blank there is filled, see `_filled`; `says_executive`: the sheet names the executive itself.
    """
    return roster_of(register.people, known_as(register), *_counted(items, roles), printed)


def _counted(items: pd.DataFrame, roles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`placed` and `named` of `roster_of`: whole numbers are counted, for texts of every row would be slow to move."""
    code, names = np.zeros(len(items), np.int64), dict[str, pd.Index]()
    for place in PLACES:
        codes, names[place] = pd.factorize(items[place])
        code = code * len(names[place]) + codes
    at, distinct = pd.factorize(code)
    places = dict[str, pd.Series]()
    for place in reversed(PLACES):
        distinct, own = np.divmod(distinct, len(names[place]))
        places[place] = pd.Series(names[place], dtype=TEXT).take(own).reset_index(drop=True)
    placed = pd.DataFrame({place: places[place] for place in PLACES})
    person, persons = pd.factorize(roles["person"])
    pair, pairs = pd.factorize(at[roles["item"]] * len(persons) + person)
    where, who = np.divmod(pairs, len(persons))
    named = placed.take(where).reset_index(drop=True).assign(person=pd.Series(persons, dtype=TEXT).take(who).array)
    return placed.assign(rows=np.bincount(at)), named.assign(rows=np.bincount(pair))


def roster_of(
    listed: pd.DataFrame,
    known: Mapping[str, str],
    placed: pd.DataFrame,
    named: pd.DataFrame,
    printed: Mapping[str, Mapping[str, str]],
) -> pd.DataFrame:
    """`roster` where the items have been counted: `placed` by their PLACES, `named` by those and `person`, in `rows`.

    `listed` is the People sheet.
    """
    sheet = listed.assign(person=unified(listed["name"], known))
    sheet = sheet[sheet["person"] != NOBODY].drop_duplicates("person").set_index("person")
    names = pd.Index(named["person"].unique())
    everyone = sheet.index.union(names[names != NOBODY]).sort_values().astype(TEXT)
    people = sheet[_SHEET].reindex(everyone).rename_axis("person")
    people.insert(0, "on_sheet", everyone.isin(sheet.index))
    for place in PLACES:
        people[place] = unified(people[place].fillna(""), printed[place])
    people["says_executive"] = people["executive"] != ""
    for text in ("manager", "leave", "country", "region"):
        people[text] = people[text].fillna("").astype(TEXT)
    return _filled(people.reset_index(), placed, named)


def _filled(people: pd.DataFrame, placed: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """People with each blank place filled on its own, so that their hours and their capacity stand in one place.

    Department: that of the team, where only the team is known, else where most of the person's items are. Team: that
    of most of their items in this department. Executive: that of most people of the department, else of its items.
    """
    people = people.assign(rows=1)
    places = pd.concat([people[[*PLACES, "rows"]], placed], ignore_index=True)
    people = _fill(people, "department", "team", places)
    people = _fill(people, "department", "person", named)
    home = people.set_index("person")["department"].reindex(named["person"]).array
    people = _fill(people, "team", "person", named[(named["department"] == home).to_numpy(bool)])
    for source in (people, placed):
        people = _fill(people, "executive", "department", source)
    return _fill(people, "executive", "person", named).drop(columns="rows")


def _fill(people: pd.DataFrame, place: str, by: str, source: pd.DataFrame) -> pd.DataFrame:
    """A blank place taken from the rows of the source that agree in `by`: the one most of them have."""
    known = source[source[by] != ""]
    usual = (
        _most_of(known[by], known[place], known["rows"])
        .reindex(people[by])
        .fillna("")
        .astype(TEXT)
        .set_axis(people.index)
    )
    return people.assign(**{place: people[place].mask(people[place] == "", usual).astype(TEXT)})


def _most_of(key: pd.Series, place: pd.Series, rows: pd.Series) -> pd.Series:
    """Each key's most frequent place, the first in the alphabet where two are as frequent."""
    counts = pd.DataFrame({"key": key, "place": place, "n": rows})
    counts = counts[counts["place"].fillna("") != ""].groupby(["key", "place"])["n"].sum().reset_index()
    ranked = counts.sort_values(["n", "place"], ascending=[False, True], kind="stable")
    return ranked.drop_duplicates("key").set_index("key")["place"]
