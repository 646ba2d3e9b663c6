"""The texts of cells that name people -> names: several in a cell, surnames first, titles, notes and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pandas as pd

_NOBODY = frozenset(
    "nan|null|n a|na|none|nobody|no one|tbc|tbd|tba|t b c|t b d|t b a|vacant|vacancy|vacant position|vacant post|open position|unassigned|unknown|open|to be confirmed|to be decided|to be determined|to be defined"
    "|to be hired|to be appointed|to be assigned|to be recruited|to be named|not assigned|not applicable|not yet assigned|offen|noch offen|vakant|unbesetzt|niemand|nn|n n|n n b|unbekannt|noch zu benennen|wird noch benannt"
    "|aucun|aucune|personne|a pourvoir|a definir|a recruter|a designer|a nommer|vacante|por definir|por contratar|por designar|por asignar|ninguno|nadie|nenhum|ninguem|vaga|vago|a contratar|nessuno|da definire|da assegnare"
    "|da nominare|geen|vacature|nader te bepalen|ntb|n t b|nvt|n v t|onbekend|nog te bepalen|x".split("|")
)  # fmt: skip
"""What people write where nobody is named (yet), without case, accents and marks."""
_BULLETS = re.compile(r"(?:^|(?<=\s))(?:[•·▪‣*]|\d{1,2}[.)](?=\s))\s*|^[-\u2013](?=\s)\s*", re.M)
_MARKED = re.compile(r"[;\n|+\u3001\uff0c\uff1b/]|(?<=\s)&(?=\s)|(?<=[a-z])&(?=[A-Z][a-z])")
_WORDS = re.compile(r"\s(?:and|und|et|y|e|en|with|mit|sowie|plus)\s", re.I)
_FIRM = re.compile(
    r"&\s*(?:co|cie|sons|söhne|partners?|company|associates)\b|\b(?:gmbh|ag|kg|ltd|llc|inc|s\.?a\.?|s\.?r\.?l|b\.?v|plc)\b",
    re.I,
)
_NOTE = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>)$|\s[-\u2013]\s[A-Z&]{2,5}$|[?*!]+$")
"""What follows a name: a role or a note in brackets, a department in capitals."""
_ADDRESS = re.compile(r"[\w.+'\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}")
_BESIDE = re.compile(rf"(?<=[^\s,;])(?:\s+|\s*[<(\[]\s*)(?:mailto:)?{_ADDRESS.pattern}\s*[>)\]]?")
"""An address that follows a name."""
_QUOTED = re.compile(r"^[\"'\u201c\u201e](.*)[\"'\u201c\u201d]$")
_NOT_APPLICABLE = re.compile(r"(?i)\bn\s?/\s?a\b")
"""`n/a` holds the mark that parts names."""
_SHARE = re.compile(r"\(?\s?(\d{1,3}(?:[.,]\d{1,4})?)\s?%\s?\)?")
_TITLE = re.compile(
    r"(?:(?:dr|prof|mr|mrs|ms|miss|mme|mlle|herr|frau|hr|dhr|mevr|mw|sra|srta|sig|sigra|dott|dottssa|ing|dipl[.\- ]{1,2}ing|eng|stv|sir)\b\.?|(?:fr|sr|m)\.(?=\s?[\w'\-]{1,40}\s))[\s.,:]*",
    re.I,
)
"""What stands before a name; a lone letter before one word is an initial (`M. Roy`)."""
_AFTER_NAMES = frozenset("phd mba pmp msc bsc ba ma jr sr esq cpa pe rn".split())
_PARTICLES = frozenset(
    "van von de der den del della di da do dos das du la le el al bin ibn zu zur ter ten af av y e".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s\-]?){1,3}|[^\W\d_](?:[\s\-][^\W\d_]){0,2}")


_TURNED = re.compile(r"\s*[^,]{1,60},\s*[^\s,]{1,40}\s*")
_FEWEST_TURNED, _NEARLY_ALL, _MOST_SURNAMES = 3, 0.8, 3
"""What shows that people are listed surname first, where a surname may be of several words (`García Márquez, Ana`)."""


@dataclass(frozen=True)
class Named:
    """One person named in a cell, with the stated share of the work (NaN: none stated)."""

    person: str
    share: float
    turned: bool = False
    """Read from `Last, First` where the People sheet does not say so."""


@dataclass(frozen=True)
class Company:
    """Who else is named: what tells `Smith, John` from `Ana, Bo`.

    `known` maps the key of every spelling on the People sheet to the name there; `alone` holds the keys of names
    that stand by themselves; `lists` says that cells hold three names and more parted by commas, `turned` that
    in nearly every part one word follows one comma, as where people are listed surname first.
    """

    known: Mapping[str, str]
    alone: frozenset[str] = frozenset()
    lists: bool = False
    turned: bool = False
    _read: dict[str, tuple[Named, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What each part of a cell was read as, since a few people stand in very many cells."""

    def knows(self, name: str) -> bool:
        """The name is on the People sheet, or stands by itself elsewhere."""
        return person_key(name) in self.known or person_key(name) in self.alone


def company(known: Mapping[str, str], cells: Iterable[str]) -> Company:
    """What all cells that name people say together; `cells` are their different texts."""
    parts = [part for cell in cells for part in _MARKED.split(cell)]
    alone = frozenset(person_key(_SHARE.sub(" ", part)) for part in parts if "," not in part)
    filled = [part for part in parts if part.strip()]
    turned = sum(_TURNED.fullmatch(part) is not None for part in filled)
    lists = any(part.count(",") >= 2 for part in filled)
    return Company(known, alone, lists, turned >= max(_FEWEST_TURNED, _NEARLY_ALL * len(filled)))


@lru_cache(maxsize=262_144)
def person_key(name: str) -> str:
    """A name without case, accents, double blanks and dots: what two spellings of the same words share."""
    plain = name.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.replace(".", " ").replace("\u2019", "'").split())


def known_people(people: pd.DataFrame) -> dict[str, str]:
    """Every approved spelling on the People sheet (name, aliases, e-mail, surname first) -> the name.

    A name turned round that would fit two people fits none.
    """
    known: dict[str, str] = {}
    turned: dict[str, set[str]] = {}
    for name, aliases, email in people[["name", "aliases", "email"]].itertuples(index=False):
        words = str(name).split()
        for spelling in (name, *re.split(r"\s*[;\n|]\s*", str(aliases)), email):
            if str(spelling).strip():
                known.setdefault(person_key(str(spelling)), str(name))
        for at in range(1, min(len(words), 6)):
            given, last = " ".join(words[:at]), " ".join(words[at:])
            for spelling in (f"{last}, {given}", f"{last} {given}"):
                turned.setdefault(person_key(spelling), set()).add(str(name))
    return {**{key: next(iter(names)) for key, names in turned.items() if len(names) == 1}, **known}


def names_in(text: str, others: Company) -> tuple[Named, ...]:
    """The people in a cell: `Ana 60 %; Bo 40 %`, `Smith, John`, `A. Roy / B. Lee`, `ana@example.org`."""
    if person_key(text) in others.known:
        return (Named(others.known[person_key(text)], float("nan")),)
    lines = "\n".join(" ".join(line.split()) for line in _NOT_APPLICABLE.sub(" ", text).splitlines())
    return tuple(named for line in _BULLETS.split(lines) for part in _marked(line) for named in _part(part, others))


def _part(part: str, others: Company) -> tuple[Named, ...]:
    """The people between two marks. An address beside a name tells who is meant only where the People sheet has it."""
    if part not in others._read:
        read = _addressed(part, others) if "@" in part else _without_addresses(_QUOTED.sub(r"\1", part), others)
        others._read[part] = read
    return others._read[part]


def _addressed(part: str, others: Company) -> tuple[Named, ...]:
    bare = _QUOTED.sub(r"\1", _BESIDE.sub("", part))
    named = _without_addresses(part if "@" in bare else bare, others)
    known = [others.known[key] for key in map(person_key, _ADDRESS.findall(part)) if key in others.known]
    if known and len(named) == 1:
        named = (replace(named[0], person=known[0], turned=False),)
    return _without_addresses(part, others) if known and len(named) != 1 else named


def _without_addresses(part: str, others: Company) -> tuple[Named, ...]:
    pieces = _word_parted(part, others)
    found = [_named(name, others, turned) for piece in pieces for name, turned in _comma_parted(piece, others)]
    return tuple(named for named in found if named is not None)


def _marked(line: str) -> list[str]:
    """The parts between marks; a firm's `&` and what is but letters (`R & D`) stay."""
    if "&" in line and (_FIRM.search(line) or re.fullmatch(r"\s*\w\s?&\s?\w\s*", line)):
        return [line]
    return [part.strip() for part in _MARKED.split(line)]


def _word_parted(piece: str, others: Company) -> list[str]:
    """`Ana Roy and Bo Lee` are two; `Ortega y Gasset` and `IT and HR` are one: each side must be a name by itself."""
    parts = _WORDS.split(piece)
    if len(parts) == 1 or person_key(piece) in others.known:
        return [piece]
    names = [_SHARE.sub(" ", part).strip() for part in parts]
    sure = re.search(r"(?i)\s(?:and|und|et)\s", piece) and all(map(_looks_named, names))
    apart = all(len(name.split()) >= 2 or others.knows(name) for name in names) and all(map(_looks_named, names))
    return parts if sure or apart else [piece]


def _looks_named(text: str) -> bool:
    """Capital letters begin its words, but it is not all in capitals: no `IT`, no `Head of IT`."""
    words = [word for word in re.split(r"[\s,]+", text) if word and word not in _PARTICLES]
    return bool(words) and not text.isupper() and all(not word[0].islower() or "@" in word for word in words)


def _comma_parted(piece: str, others: Company) -> list[tuple[str, bool]]:
    """`Smith, John` is one person, turned round; `Ana, Bo` and `Ana Roy, Bo Lee` are two."""
    parts = [part.strip() for part in piece.split(",")]
    both = [(part, False) for part in parts]
    if len(parts) != 2 or all(others.knows(part) for part in parts):
        return both
    last, first = (_SHARE.sub(" ", part).strip() for part in parts)
    if len(last.split()) >= 2 and not others.knows(first) and _is_suffix(first):
        return [(parts[0], False)]
    turned = f"{first} {last}" + (f" {share[0]}" if (share := _SHARE.search(piece)) else "")
    if person_key(f"{last}, {first}") in others.known or person_key(f"{first} {last}") in others.known:
        return [(turned, False)]
    if others.knows(f"{first} {last}"):
        return [(turned, True)]
    if _INITIALS.fullmatch(first) and len(last) > 2:
        return [(turned, False)]
    surname = len(last) > 2 and (len(last.split()) == 1 or last.split()[0].casefold() in _PARTICLES)
    if others.turned and len(first.split()) == 1:
        surname = surname or (len(last.split()) <= _MOST_SURNAMES and _looks_given(last))
    surname_first = surname and len(first.split()) <= 2 and _looks_given(first)
    return [(turned, True)] if surname_first and not others.lists and not others.knows(first) else both


def _is_suffix(text: str) -> bool:
    """A degree or a department after a full name: `John Smith, IT`."""
    return text.strip(".").casefold() in _AFTER_NAMES or (text.isupper() and 2 <= len(text) <= 4 and text.isalpha())


def _looks_given(text: str) -> bool:
    return bool(text) and all(word[:1].isupper() and not word.isupper() for word in text.split())


def _named(part: str, others: Company, turned: bool) -> Named | None:
    share = _SHARE.search(part)
    ratio = float(share[1].replace(",", ".")) / 100 if share else float("nan")
    name = " ".join((_SHARE.sub(" ", part) if share else part).split())
    for address in _ADDRESS.findall(name) if "@" in name else ():
        if person_key(address) in others.known:
            return Named(others.known[person_key(address)], ratio)
    name = _bared(name, others)
    if not name or person_key(re.sub(r"[\W_]+", " ", name)) in _NOBODY or not re.search(r"\w", name):
        return None
    return Named(others.known.get(person_key(name), name), ratio, turned)


def _bared(name: str, others: Company) -> str:
    """A name without titles before it and notes after it, unless it is known with them."""
    name = name.replace("\u2019", "'").removeprefix("mailto:").strip(" ,:-@<>")
    for _ in range(3):
        before, name = name, _NOTE.sub("", name).strip(" ,:-")
        if name == before:
            break
    for _ in range(3):
        title = _TITLE.match(name) if person_key(name) not in others.known else None
        if title is None or len(name) == title.end():
            break
        name = name[title.end() :]
    return name
