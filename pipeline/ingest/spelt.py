"""How names are spelt: their words and what these sound like, and whether two spellings fit each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.ingest.names import person_key

_GENERATIONS = frozenset("jr sr jun sen junior senior ii iii iv fils pere filho pai hijo padre neto".split())
"""What tells father from son: names that differ by it are two."""
_SOUNDS = (
    (re.compile(r"[\W\d_]+"), " "), (re.compile(r"ph|v|w"), "f"), (re.compile(r"([aou])e(?![iuy])"), r"\1"),
    (re.compile(r"ck|c(?!h)|q"), "k"), (re.compile(r"dt|th"), "t"), (re.compile(r"z|ß"), "s"),
    (re.compile(r"[yj](?=[^aeiou]|$)|ie"), "i"), (re.compile(r"(?<=\w)h"), ""), (re.compile(r"(\w)\1+"), r"\1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Spelt:
    """A name's words as they are written and as they sound, worked out once for all the names it is set against.

    `joined`: the sounds in a row; `whole`: the sound of the words in a row, where letters meet.
    `telling`: words that keep two names apart wherever they differ in them: generations, and what holds a digit.
    """

    name: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    plain: str
    joined: str
    whole: str
    heard: frozenset[str]
    telling: frozenset[str]
    initials: bool

    def slips_to(self, other: Spelt) -> bool:
        """The letters of both differ by one slip, in words long enough that it is likely one."""
        if self.telling != other.telling:
            return False
        apart = set(self.words) ^ set(other.words)
        return all(len(word) >= 4 for word in apart) and OSA.distance(self.plain, other.plain) == 1

    def sounds_like(self, other: Spelt) -> bool:
        """Each word of the shorter one fits a word of the other."""
        if self.telling != other.telling:
            return False
        few, many = (self, other) if len(self.words) <= len(other.words) else (other, self)
        if len(few.words) == 1 and len(many.words) > 1:
            return few._fits_alone(many)
        if not (few.initials or many.initials or few.heard <= many.heard):  # words that are no initials fit by sound
            return few.whole == many.whole
        return few._fits_word_by_word(many)

    def _fits_word_by_word(self, many: Spelt) -> bool:
        few, left = self, list(many.words)
        for word in few.words:
            match = next((part for part in left if _fits(word, part)), None)
            if match is None:
                return few.whole == many.whole
            left.remove(match)
        if len(few.words) < 2:
            return False
        return not left or few.words[0][0] == many.words[0][0] or few.sounds[0][0] == many.sounds[0][0]

    def _fits_alone(self, many: Spelt) -> bool:
        """A lone word beside a full name: its last name, its initials, a login made of both."""
        word, last = self.words[0], many.sounds[-1]
        return (
            self.sounds[0] in (last, many.joined)
            or word == "".join(part[0] for part in many.words)
            or sound_of_login(word) == many.words[0][0] + last
        )


def spelt(name: str) -> Spelt:
    """The name, or what stands before the @ of an address, taken apart."""
    plain = person_key(name.split("@")[0].replace("_", " ") if "@" in name else name)
    words = tuple(word for word in re.split(r"[^\w]+", plain.replace("'", "")) if word)
    sounds = tuple(_sound(word) for word in words)
    telling = frozenset(word for word in words if word in _GENERATIONS or any(letter.isdigit() for letter in word))
    initials = any(len(word) == 1 for word in words)
    whole = _sound("".join(words))
    return Spelt(name, words, sounds, " ".join(words), "".join(sounds), whole, frozenset(sounds), telling, initials)


@lru_cache(maxsize=262_144)
def _sound(word: str) -> str:
    """What two spellings of a name's word share: `Joerg` and `Jorg`, `Smyth` and `Smith`, `Jon` and `John`."""
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


def sound_of_login(word: str) -> str:
    """`jsmith` -> j and the sound of smith."""
    return word[:1] + _sound(word[1:])


def _fits(word: str, other: str) -> bool:
    """They sound alike, or one is the initial of the other: of how it is written, for `C.` is Carla."""
    return _sound(word) == _sound(other) or (min(len(word), len(other)) == 1 and word[0] == other[0])
