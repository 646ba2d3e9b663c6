"""Names that are likely one person under several spellings: told with what settles it, never merged in silence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import pandas as pd
from rapidfuzz.distance import OSA

from pipeline.findings import clamp, finding
from pipeline.ingest.names import person_key
from pipeline.model import Finding

_SHORTEST = 6
"""Shorter names are compared by their sound and initials alone."""
_LONGEST = 60
_GENERATIONS = frozenset("jr sr jun sen junior senior ii iii iv fils pere filho pai hijo padre neto".split())
"""What tells father from son: names that differ by it are two."""
_SOUNDS = (
    (re.compile(r"[\W\d_]+"), " "), (re.compile(r"ph|v|w"), "f"), (re.compile(r"([aou])e(?![iuy])"), r"\1"), (re.compile(r"ck|c(?!h)|q"), "k"),
    (re.compile(r"dt|th"), "t"), (re.compile(r"z|ß"), "s"), (re.compile(r"[yj](?=[^aeiou]|$)|ie"), "i"), (re.compile(r"(?<=\w)h"), ""), (re.compile(r"(\w)\1+"), r"\1"),
)  # fmt: skip
_SHOWN = 3
_MOST_ALIKE = 40
"""A key that more names share tells nothing, such as the initials of a very large organisation."""


@dataclass(frozen=True)
class Likeness:
    """A spelling and the names it may stand for; `sure`: another spelling, else but similar and maybe somebody else."""

    name: str
    others: tuple[str, ...]
    sure: bool


def likenesses(
    names: Sequence[str], known: Mapping[str, str], counts: Mapping[str, int] | None = None
) -> list[Likeness]:
    """Each name that looks like another one, once, the spelling to mend first.

    Two people who both stand on the People sheet are two; spellings that differ in case alone are one person
    everywhere and need no telling. `counts` says how often each name stands: the rarer is to mend. Names are
    compared with those that share a key with them, never all with all, so that time grows with their number.
    """
    listed = set(known.values())
    names, often = _without_case(names, listed, counts or {})
    told: dict[str, dict[str, bool]] = defaultdict(dict)
    for one, other, sure in _pairs(names):
        if not {one, other} <= listed:
            first, second = sorted((one, other), key=lambda name: (name in listed, often.get(name, 0), len(name), name))
            told[first][second] = told[first].get(second, False) or sure
    found = []
    for name in sorted(told):
        sure = any(told[name].values())
        others = tuple(sorted(other for other, certain in told[name].items() if certain or not sure))
        found.append(Likeness(name, others, sure))
    return found


def _without_case(
    names: Sequence[str], listed: set[str], counts: Mapping[str, int]
) -> tuple[list[str], dict[str, int]]:
    """Of the names that differ in case alone, the listed or most frequent one, with how often all of them stand."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in names:
        alike[" ".join(name.casefold().split())].append(name)
    often = {
        max(group, key=lambda name: (name in listed, counts.get(name, 0))): sum(counts.get(name, 0) for name in group)
        for group in alike.values()
    }
    return list(often), often


def _pairs(names: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Pairs that share a key, each once: those of one sound, or one short for the other; then those of one slip."""
    words = {name: _words(name) for name in names}
    seen: set[tuple[str, str]] = set()
    for pairs, sure in ((_of_one_sound(words), True), (_short_for(words), True), (_of_one_slip(words), False)):
        for one, other in pairs:
            pair = (one, other) if one < other else (other, one)
            if pair not in seen and _agree(words[one], words[other], sure=sure):
                seen.add(pair)
                yield one, other, sure


def _of_one_sound(words: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Names of the same words in whatever order, or of the same letters however parted."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, parts in words.items():
        sounds = [_sound(word) for word in parts]
        for key in {" ".join(sorted(sounds)), "".join(sounds)}:
            groups[key].append(name)
    yield from _among(groups.values())


def _of_one_slip(words: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Names whose letters differ by one: they share what is left without one letter of each."""
    first: dict[str, str] = {}
    shared: dict[str, list[str]] = {}
    for name, parts in words.items():
        plain = " ".join(parts)
        if _SHORTEST <= len(plain) <= _LONGEST:
            for spot in {plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))}:
                if first.setdefault(spot, name) != name:
                    shared.setdefault(spot, [first[spot]]).append(name)
    yield from _among(shared.values())


def _among(groups: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    return (pair for group in groups if 1 < len(group) <= _MOST_ALIKE for pair in combinations(group, 2))


def _short_for(words: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """`J. Smith`, `Smith`, `JS`, `jsmith@` and `Ana M. Roy` beside the full names they may be short for."""
    full: dict[str, list[str]] = defaultdict(list)
    for name, parts in words.items():
        if len(parts) > 1:
            sounds = [_sound(word) for word in parts]
            letter, last, rest = parts[0][0], sounds[-1], "".join(sounds[1:])
            keys = {f"{letter} {last}", f"{letter} {rest}", f"@{letter}{last}", f"last {last}"}
            initials = "initials " + "".join(word[0] for word in parts)
            for key in (*keys, f"{sounds[0]}+{last}", f"{sounds[0]}+{sounds[1]}", initials):
                full[key].append(name)
    for name, parts in words.items():
        for key in _asked(name, parts):
            yield from ((name, other) for other in full.get(key, ())[:_MOST_ALIKE] if other != name)


def _asked(name: str, parts: list[str]) -> list[str]:
    """The keys under which a short name finds the full ones."""
    if not parts:
        return []
    if len(parts) == 1:
        keys = ["@" + _sound_of_login(parts[0]), "last " + _sound(parts[0])]
        return [*keys, "initials " + parts[0]] if name.isupper() and len(name) <= 3 else keys
    sounds = [_sound(word) for word in parts]
    if len(parts[0]) == 1:
        return [f"{parts[0]} {sounds[-1]}", f"{parts[0]} {''.join(sounds[1:])}"]
    return [f"{sounds[0]}+{sounds[-1]}", f"{sounds[0]}+{sounds[1]}"] if len(parts) > 2 else []


def _words(name: str) -> list[str]:
    """The words of a name, or of what stands before the @ of an address."""
    plain = person_key(name.split("@")[0].replace("_", " ") if "@" in name else name)
    return [word for word in re.split(r"[^\w]+", plain.replace("'", "")) if word]


@lru_cache(maxsize=262_144)
def _sound(word: str) -> str:
    """What two spellings of a name's word share: `Joerg` and `Jorg`, `Smyth` and `Smith`, `Jon` and `John`."""
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


def _sound_of_login(word: str) -> str:
    """`jsmith` -> j and the sound of smith."""
    return word[:1] + _sound(word[1:])


def _agree(one: list[str], other: list[str], *, sure: bool) -> bool:
    """The words of two names that share a key fit each other."""
    apart = set(one) ^ set(other)
    if apart & _GENERATIONS or any(letter.isdigit() for word in apart for letter in word):
        return False
    if not sure:
        long = all(len(word) >= 4 for word in apart)
        return long and OSA.distance(" ".join(one), " ".join(other)) == 1
    few, many = sorted((one, other), key=len)
    if len(few) == 1 and len(many) > 1:
        return _fits_alone(few[0], many)
    left = list(many)
    for word in few:
        match = next((part for part in left if _fits(word, part)), None)
        if match is None:
            return _sound("".join(one)) == _sound("".join(other))
        left.remove(match)
    return len(few) > 1 and (not left or few[0][0] == many[0][0] or _sound(few[0])[0] == _sound(many[0])[0])


def _fits(word: str, other: str) -> bool:
    """They sound alike, or one is the initial of the other: of how it is written, for `C.` is Carla."""
    return _sound(word) == _sound(other) or (min(len(word), len(other)) == 1 and word[0] == other[0])


def _fits_alone(word: str, many: list[str]) -> bool:
    """A lone word beside a full name: its last name, its initials, a login made of both."""
    sounds = [_sound(part) for part in many]
    return (
        _sound(word) in (sounds[-1], "".join(sounds))
        or word == "".join(part[0] for part in many)
        or _sound_of_login(word) == many[0][0] + sounds[-1]
    )


def spelling_findings(
    roles: pd.DataFrame, place: Callable[[str], tuple[str, str, str]], known: Mapping[str, str]
) -> list[Finding]:
    """A finding for each spelling to settle; `place` tells a person's first cell as (file, sheet, cell)."""
    counts = {str(name): int(count) for name, count in roles["person"].value_counts().items()}
    found = likenesses(sorted(counts), known, counts)
    aliases = _aliases(found)
    told = []
    for one in found:
        file, sheet, cell = place(one.name)
        others = " or ".join(f"'{clamp(other)}'" for other in one.others[:_SHOWN])
        code = "R51" if one.sure else "R57"
        row = _row(one, aliases)
        told.append(finding(code, file=file, sheet=sheet, cell=cell, read=one.name, other=others, row=row))
    return told


def _aliases(found: Iterable[Likeness]) -> dict[str, str]:
    """For each name that others stand for, its other spellings as the People sheet takes them."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if len(one.others) == 1:
            spellings[one.others[0]].append(one.name)
    return {name: "; ".join(aliases) for name, aliases in spellings.items()}


def _row(one: Likeness, aliases: Mapping[str, str]) -> str:
    """The row of the People sheet that makes the spellings one person."""
    if len(one.others) > 1:
        return f"list '{clamp(one.name)}' under Aliases of the one who is meant on the People sheet"
    name = one.others[0]
    return f"write on the People sheet: Name {clamp(name)} | Aliases {clamp(aliases[name])}"
