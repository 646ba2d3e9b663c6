"""Names that are likely one person under several spellings: told with what settles it, never merged in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from pipeline.findings import clamp, finding
from pipeline.ingest.spelt import Spelt, sound_of_login, spelt
from pipeline.model import Finding

_SHORTEST = 6
"""Shorter names are compared by their sound and initials alone."""
_LONGEST = 60
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
    for one, other, sure in _pairs(names, listed):
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


def _pairs(names: Sequence[str], listed: set[str]) -> Iterator[tuple[str, str, bool]]:
    """Pairs that share a key, each once: those of one sound, or one short for the other; then those of one slip.

    One of them at least is not among the `listed`.
    """
    every = [spelt(name) for name in names]
    open_ones = [one for one in every if one.name not in listed]
    closed = [one for one in every if one.name in listed] if len(open_ones) < len(every) else []
    alike = _grouped(open_ones, closed, _sound_keys), _short_for(every, open_ones)
    seen: set[tuple[str, str]] = set()
    for pairs, sure in (*((pairs, True) for pairs in alike), (_grouped(open_ones, closed, _slip_keys), False)):
        for one, other in pairs:
            if one.name in listed and other.name in listed:
                continue
            if one.sounds_like(other) if sure else one.slips_to(other):
                pair = (one.name, other.name) if one.name < other.name else (other.name, one.name)
                if pair not in seen:
                    seen.add(pair)
                    yield one.name, other.name, sure


def _grouped(
    open_ones: Iterable[Spelt], closed: Iterable[Spelt], keys: Callable[[Spelt], set[str]]
) -> Iterator[tuple[Spelt, Spelt]]:
    """The pairs of names that share a key which an open one has."""
    first: dict[str, Spelt] = {}
    groups: dict[str, list[Spelt]] = {}
    for one in open_ones:
        for key in keys(one):
            if first.setdefault(key, one) is not one:
                groups.setdefault(key, [first[key]]).append(one)
    for one in closed:
        for key in keys(one):
            if key in first:
                groups.setdefault(key, [first[key]]).append(one)
    return (pair for group in groups.values() if len(group) <= _MOST_ALIKE for pair in combinations(group, 2))


def _sound_keys(one: Spelt) -> set[str]:
    """What names of the same words in whatever order share, or of the same letters however parted."""
    return {" ".join(sorted(one.sounds)), one.joined}


def _slip_keys(one: Spelt) -> set[str]:
    """What names share whose letters differ by one: what is left without one letter of each."""
    plain = one.plain
    if not _SHORTEST <= len(plain) <= _LONGEST:
        return set()
    return {plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))}


def _short_for(every: Sequence[Spelt], open_ones: Iterable[Spelt]) -> Iterator[tuple[Spelt, Spelt]]:
    """`J. Smith`, `Smith`, `JS`, `jsmith@` and `Ana M. Roy` beside the full names they may be short for."""
    wanted = {key for one in open_ones for key in (*_asked(one), *_answered(one))}
    full: dict[str, list[Spelt]] = defaultdict(list)
    for one in every:
        for key in _answered(one) & wanted:
            full[key].append(one)
    for one in every:
        for key in _asked(one):
            yield from ((one, other) for other in full.get(key, ())[:_MOST_ALIKE] if other is not one)


def _answered(one: Spelt) -> set[str]:
    """The keys under which a full name is found."""
    if len(one.words) < 2:
        return set()
    letter, last, rest = one.words[0][0], one.sounds[-1], "".join(one.sounds[1:])
    initials = "initials " + "".join(word[0] for word in one.words)
    keys = {f"{letter} {last}", f"{letter} {rest}", f"@{letter}{last}", f"last {last}", initials}
    return keys | {f"{one.sounds[0]}+{last}", f"{one.sounds[0]}+{one.sounds[1]}"}


def _asked(one: Spelt) -> list[str]:
    """The keys under which a short name finds the full ones."""
    name, words, sounds = one.name, one.words, one.sounds
    if not words:
        return []
    if len(words) == 1:
        keys = ["@" + sound_of_login(words[0]), "last " + sounds[0]]
        return [*keys, "initials " + words[0]] if name.isupper() and len(name) <= 3 else keys
    if len(words[0]) == 1:
        return [f"{words[0]} {sounds[-1]}", f"{words[0]} {''.join(sounds[1:])}"]
    return [f"{sounds[0]}+{sounds[-1]}", f"{sounds[0]}+{sounds[1]}"] if len(words) > 2 else []


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
