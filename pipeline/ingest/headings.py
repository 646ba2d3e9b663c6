"""Headings as people write them -> fields: exact after normalising first, then close matches, always told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.fields import Field
from pipeline.model import Basis

_CLOSE = 88.0
"""rapidfuzz ratio from which two headings are close: one slip in eight letters."""
_SHORTEST_CLOSE = 5
"""Shorter headings match exactly or not at all: one letter changes their meaning."""
_USUAL = 6
"""The first synonym of a field beats its next few, and those the rarer ones; among equals the leftmost wins."""
_IN_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
_NO_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"\s*[/|\n;]\s*|\s[-\u2013]\s")


@dataclass(frozen=True)
class Match:
    """How a heading fits a field: `certainty` 1 = the heading is a synonym, less = it resembles `synonym`."""

    field: str
    certainty: float
    synonym: str
    rank: int
    """Place of the synonym in its language's list: earlier ones are the more usual."""
    basis: Basis = "exact"


def normalise(heading: str) -> str:
    """A heading without case, accents, punctuation and spacing: `Start-Date` -> `start date`."""
    letters = unicodedata.normalize("NFKD", _CAMEL.sub(" ", heading.replace("%", " percent ").replace("#", " no ")))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_NO_WORD.sub(" ", plain.casefold()).split())


class Headings:
    """What we and the user call each field."""

    def __init__(self, fields: Sequence[Field], own: Mapping[str, Sequence[str]] | None = None) -> None:
        self.known: dict[str, list[tuple[str, int]]] = {}
        self.own: set[tuple[str, str]] = set()
        for field in fields:
            mine = (own or {}).get(field.id, ())
            self.own.update((normalise(word), field.id) for word in mine)
            for words in (mine, *field.headings.values()):
                for rank, word in enumerate(words):
                    self.known.setdefault(normalise(word), []).append((field.id, rank))
        self.long = [word for word in self.known if len(word) >= _SHORTEST_CLOSE]
        self.matches = lru_cache(maxsize=4096)(self._matches)

    def _matches(self, heading: str) -> tuple[Match, ...]:
        """Every field the heading may mean, the most certain first; () where it means none."""
        plain = normalise(heading)
        if not plain:
            return ()
        without_unit = normalise(_IN_BRACKETS.sub(" ", heading))
        exact = self._exact(plain, 1.0) or self._exact(without_unit, 1.0) or self._parts(heading)
        return tuple(exact or self._close(without_unit or plain))

    def _exact(self, plain: str, certainty: float, basis: Basis = "exact") -> list[Match]:
        return [
            Match(field, certainty, plain, rank, "synonym" if (plain, field) in self.own else basis)
            for field, rank in self.known.get(plain, ())
        ]

    def _parts(self, heading: str) -> list[Match]:
        """`Start / Beginn`, `Initiative/Activity`: bilingual and twofold headings, each part on its own."""
        parts = [part for part in _PARTS.split(heading) if part.strip()]
        if len(parts) < 2:
            return []
        return [match for part in parts for match in self._exact(normalise(part), 0.98, "parts")]

    def _close(self, plain: str) -> list[Match]:
        if len(plain) < _SHORTEST_CLOSE:
            return []
        found = process.extract(plain, self.long, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=3)
        # A slip of the pen keeps the first letter; `location` is no `allocation`.
        slips = [(word, score) for word, score, _ in found if word[0] == plain[0]]
        spelled = [match for word, score in slips for match in self._exact(word, round(score / 100 * 0.9, 3), "close")]
        return spelled or self._held(plain)

    def _held(self, plain: str) -> list[Match]:
        """`current project owner` holds `project owner`: the longest synonym at the end, else at the start."""
        words = plain.split()
        for size in range(len(words) - 1, 0, -1):
            for part in (" ".join(words[-size:]), " ".join(words[:size])):
                if len(part) >= _SHORTEST_CLOSE and part in self.known:
                    return self._exact(part, 0.7 + 0.1 * size / len(words), "parts")
        return []


def assign(headings: Sequence[str], known: Headings) -> tuple[dict[int, Match], list[tuple[int, int, str]]]:
    """Columns -> fields, each field once: the most certain and most usual heading wins, then the leftmost.

    Returns the match by column position, and the contests as (loser, winner, field) for exact matches that lost
    and found no other field.
    """
    offers = sorted(
        (
            (-match.certainty, min(match.rank, 1) + match.rank // _USUAL, at, match)
            for at, heading in enumerate(headings)
            for match in known.matches(heading)
        ),
        key=lambda offer: offer[:3],
    )
    chosen: dict[int, Match] = {}
    taken: dict[str, int] = {}
    for _, _, at, match in offers:
        if at not in chosen and match.field not in taken:
            chosen[at], taken[match.field] = match, at
    contests = {
        at: (at, taken[match.field], match.field)
        for _, _, at, match in reversed(offers)
        if at not in chosen and match.certainty > 0.9
    }
    return chosen, sorted(contests.values())
