"""Headings as people write them -> fields: exact after normalising first, then by their parts, then close ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.fields import FALSE_FRIENDS, Field
from pipeline.ingest.group_words import OTHER_PARTIES
from pipeline.ingest.heading_words import may_surround, normalise, spelled_out
from pipeline.model import Basis

__all__ = ["Contest", "Headings", "Match", "assign", "normalise"]

_SHORTEST_CLOSE = 5
"""Shorter headings match exactly or not at all: one letter changes their meaning."""
_LONG = 9
"""Headings of so many letters may have two slips of the pen."""
_USUAL = 6
"""The first synonym of a field beats its next few, and those the rarer ones; among equals the leftmost wins."""
_CLAIMS = 0.79
"""A heading that is less certain to mean a field loses it without a word: it was a guess not made."""
_LONGEST = 80
"""Longer texts are sentences, no headings."""
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_PARTS = re.compile(r"[/|\n;]|\s[-\u2013]\s")
_AND = re.compile(r"\s(?:and|und|et|e|y|en|&)\s", re.I)
_HEAD_FIRST = frozenset(("fr", "es", "pt", "it"))
_HEAD_LAST = frozenset(("en", "de", "nl", "sv", "ja", "zh", "ko"))
_FALSE_FRIENDS = frozenset(normalise(word) for word in FALSE_FRIENDS)


@dataclass(frozen=True)
class Match:
    """How a heading fits a field: `certainty` 1 = the heading is a synonym, less = it resembles `synonym`."""

    field: str
    certainty: float
    synonym: str
    rank: int
    """Place of the synonym in its language's list: earlier ones are the more usual."""
    basis: Basis = "exact"
    languages: frozenset[str] = frozenset()
    """Where the synonym is at home; empty for the user's own."""


@dataclass(frozen=True)
class Contest:
    """A column that lost a field to another one, and why."""

    loser: int
    winner: int
    field: str
    reason: str


class Headings:
    """What we and the user call each field, and the headings that the user wants left unread."""

    def __init__(
        self, fields: Sequence[Field], own: Mapping[str, Sequence[str]] | None = None, ignored: Sequence[str] = ()
    ) -> None:
        self.ignored = frozenset(normalise(heading) for heading in ignored)
        self.kinds = {field.id: field.kind for field in fields}
        self.known: dict[str, list[Match]] = {}
        for field in fields:
            lists = {"": tuple((own or {}).get(field.id, ())), **field.headings}
            for word, match in _synonyms(field.id, lists).items():
                self.known.setdefault(word, []).append(match)
        self.long: dict[tuple[str, int], list[str]] = {}
        for word in self.known:
            if len(word) >= _SHORTEST_CLOSE:
                self.long.setdefault((word[0], word.count(" ")), []).append(word)
        self.matches = lru_cache(maxsize=4096)(self._matches)

    def _matches(self, heading: str) -> tuple[Match, ...]:
        """Every field the heading may mean, the most certain first; () where it means none."""
        plain = normalise(heading[: 2 * _LONGEST])
        if not plain or len(plain) > _LONGEST or plain in self.ignored:
            return ()
        short = spelled_out(plain)
        exact = self._exact(plain) or self._exact(short)
        if exact:
            return tuple(exact)
        whole = self._composed(short)
        if whole is not None:
            return tuple(whole)
        bare = normalise(_IN_BRACKETS.sub(" ", heading))
        if bare and bare != plain:
            return self._matches(bare)
        return tuple(self._parts(heading) or self._close(short) or self._held(short))

    def _exact(self, plain: str) -> list[Match]:
        found = self.known.get(plain, [])
        own = [match for match in found if match.basis == "synonym"]
        return own or found

    def _composed(self, plain: str) -> list[Match] | None:
        """`Geplanter Beginn des Projekts`, `Date de fin réelle`: a known heading among words that only turn it.

        The longest known heading counts whose other words are all understood; [] where those words make it another
        thing (`actual cost`), None where some word is unknown.
        """
        words = plain.split()
        understood = False
        for size in range(len(words) - 1, 0, -1):
            found = []
            for at in range(len(words) - size + 1):
                if at and len(words[0]) == 1 and words[0].isascii():
                    continue  # `E value`: a letter in front makes it a thing of its own
                around = [*words[:at], *words[at + size :]]
                for match in self._exact(" ".join(words[at : at + size])):
                    field = may_surround(around, match.field, self.kinds[match.field])
                    understood |= field is not None
                    if field and field in self.kinds:
                        found.append(replace(match, field=field, certainty=0.95, basis="parts"))
            if found:
                return found
        return [] if understood else None

    def _parts(self, heading: str) -> list[Match]:
        """`Start / Beginn`, `Initiative/Activity`: bilingual and twofold headings, each part on its own.

        Every part must be known, or the first one alone tells, with less certainty.
        """
        parts = [part for part in map(normalise, (_PARTS if _PARTS.search(heading) else _AND).split(heading)) if part]
        if len(parts) < 2 or all(len(part) == 1 for part in parts):
            return []
        found = [self._exact(part) or self._composed(spelled_out(part)) or [] for part in parts]
        if not all(found) and not _PARTS.search(heading):
            return []  # `Name and address` is no name
        certainty = 0.98 if all(found) else 0.85
        told = [match for matches in found for match in matches] if all(found) else found[0]
        return [replace(match, certainty=min(certainty, match.certainty), basis="parts") for match in told]

    def _close(self, plain: str) -> list[Match]:
        """A slip of the pen: one letter, in longer headings two; the first letter and the number of words stay."""
        if len(plain) < _SHORTEST_CLOSE:
            return []
        slips = 2 if len(plain) >= _LONG else 1
        near = self.long.get((plain[0], plain.count(" ")), [])
        found = process.extract(plain, near, scorer=OSA.distance, score_cutoff=slips, limit=3)
        return [
            replace(match, certainty=round(0.9 - 0.45 * slip / len(plain), 3), basis="close")
            for word, slip, _ in found
            if _same_words_but_one(plain, word)
            for match in self._exact(word)
        ]

    def _held(self, plain: str) -> list[Match]:
        """`MT resource`, `programa pptal`: what a thing is stands last, in Romance languages first.

        Only words and people are taken so; a date or an amount of something unknown is something unknown.
        """
        words = plain.split()
        turned = bool({"of", "von", "van"} & set(words))  # `description of the impact`
        for size in range(len(words) - 1, 0, -1):
            for part, rest, homes in (
                (words[-size:], words[:-size], frozenset() if turned else _HEAD_LAST),
                (words[:size], words[size:], _HEAD_FIRST | _HEAD_LAST if turned else _HEAD_FIRST),
            ):
                held = " ".join(part)
                found = [match for match in self._exact(held) if match.languages & homes and self._holds(match, rest)]
                if found and len(held) >= _SHORTEST_CLOSE:
                    certainty = round(0.7 + 0.08 * size / len(words), 3)
                    return [replace(match, certainty=certainty, basis="parts") for match in found]
        return []

    def _holds(self, match: Match, rest: Sequence[str]) -> bool:
        """A `budget owner` owns the budget and a `supplier contact` speaks for the supplier, not for the item."""
        kind = self.kinds[match.field]
        if any(word.startswith(OTHER_PARTIES) for word in rest):
            return False
        return kind == "text" or (kind == "people" and not any(word in self.known for word in rest))


def _synonyms(field: str, lists: Mapping[str, Sequence[str]]) -> dict[str, Match]:
    """A field's headings, normalised, each with its best rank and all its languages ("" = the user's own)."""
    made: dict[str, Match] = {}
    for language, words in lists.items():
        for rank, word in enumerate(words):
            plain = normalise(word)
            before = made.get(plain)
            own = not language or (before is not None and before.basis == "synonym")
            languages = (before.languages if before else frozenset()) | {language}
            best = min(rank, before.rank if before else rank)
            made[plain] = Match(field, 1.0, plain, best, "synonym" if own else "exact", languages)
    return made


def _same_words_but_one(plain: str, word: str) -> bool:
    """`project scope` is no slip for `project code`: the word that differs is long enough to be recognised."""
    differing = [(one, other) for one, other in zip(plain.split(), word.split(), strict=True) if one != other]
    return all(OSA.distance(one, other) * 5 <= max(len(one), len(other)) for one, other in differing)


def assign(headings: Sequence[str], known: Headings) -> tuple[dict[int, Match], list[Contest]]:
    """Columns -> fields, each field once: the user's own heading wins, then the most certain and most usual, then the
    leftmost.

    A heading that means two things in two languages (`Service`) means what the other headings' language says.
    Returns the match by column position, and the columns that lost a field and found no other one.
    """
    languages = _languages(headings, known)
    offers = sorted(
        (
            (-match.certainty - (match.basis == "synonym"), min(match.rank, 1) + match.rank // _USUAL, at, match)
            for at, heading in enumerate(headings)
            for match in _at_home(known.matches(heading), languages, at)
        ),
        key=lambda offer: offer[:3],
    )
    chosen: dict[int, Match] = {}
    taken: dict[str, int] = {}
    for _, _, at, match in offers:
        if at not in chosen and match.field not in taken:
            chosen[at], taken[match.field] = match, at
    contests = {
        at: Contest(at, taken[match.field], match.field, _reason(match, chosen[taken[match.field]]))
        for _, _, at, match in reversed(offers)
        if at not in chosen and match.certainty > _CLAIMS
    }
    return chosen, [contests[at] for at in sorted(contests)]


def _languages(headings: Sequence[str], known: Headings) -> list[dict[str, float]]:
    """For each heading, how much all others speak of each language; what every language says speaks of none."""
    votes: list[dict[str, float]] = []
    for heading in headings:
        matches = [match for match in known.matches(heading) if match.field != "id" and match.basis != "synonym"]
        homes = {language for match in matches for language in match.languages}
        votes.append(dict.fromkeys(homes, 1 / len(homes)) if homes else {})
    total: dict[str, float] = {}
    for vote in votes:
        for language, weight in vote.items():
            total[language] = total.get(language, 0.0) + weight
    return [{language: total[language] - vote.get(language, 0.0) for language in total} for vote in votes]


def _at_home(matches: Sequence[Match], languages: Sequence[Mapping[str, float]], at: int) -> list[Match]:
    """The matches whose language the other headings speak, where a word has several meanings."""
    spoken = languages[at]
    weight = [max((spoken.get(language, 0.0) for language in match.languages), default=99.0) for match in matches]
    friend = bool(matches) and matches[0].synonym in _FALSE_FRIENDS and matches[0].basis == "exact"
    least = max([*weight, 0.0])
    if friend and least <= spoken.get("en", 0.0):
        return [match for match in matches if "en" in match.languages]
    if len({match.field for match in matches}) == 1:
        return list(matches)
    return [match for match, heard in zip(matches, weight, strict=True) if heard > 0.5 * least or heard == least]


def _reason(lost: Match, won: Match) -> str:
    if won.basis == "synonym":
        return "your settings say so"
    if lost.certainty < won.certainty:
        return "its heading says so more plainly"
    if min(lost.rank, 1) + lost.rank // _USUAL > min(won.rank, 1) + won.rank // _USUAL:
        return "its heading is the more usual one"
    return "it stands further left"
