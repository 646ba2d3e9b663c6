"""The word lists, compiled: single words, stems and phrases to families, looked up once per distinct word."""

from __future__ import annotations

import csv
import difflib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.families import FAMILY_IDS
from pipeline.classify.phrases import Phrases, compile_phrases
from pipeline.classify.stems import Stems, Table, table
from pipeline.classify.tokens import Ints, Words, cut, fold, has_digit
from pipeline.errors import SettingsError


@dataclass(frozen=True)
class Matches:
    """Words and phrases of the lexicon found in a column of texts, in the order of the texts.

    `first` and `last` number the words of the column that a match covers; `family` indexes FAMILIES.
    """

    first: Ints
    last: Ints
    family: Ints


@dataclass(frozen=True)
class Lexicon:
    """Words to families. A key is a word, a stem (`migrat*`), an ending (`*wartung`) or a phrase.

    In a phrase `#` is any number, `####` a year and `@month` any month.
    """

    entries: Mapping[str, str]

    def find(self, words: Words) -> Matches:
        """Every longest match in these words; a word belongs to one match only."""
        if not len(words.raw):
            return Matches(words.raw, words.raw, words.raw)
        folded = words.folded.dictionary_encode()
        vocabulary = folded.dictionary
        ids = folded.indices.to_numpy().astype(np.int64)[words.raw]
        family = self._families_of(vocabulary)[ids]
        length = (family >= 0).astype(np.int64)
        self._phrases.mark(vocabulary, ids, words.text, length, family)
        return _without_overlaps(length, family)

    def _families_of(self, vocabulary: pa.Array) -> Ints:
        found = self._exact.find(vocabulary)
        _, coded = has_digit(vocabulary)
        unknown = np.flatnonzero((found < 0) & ~coded)  # words with digits are codes, which no stem is meant for
        words = vocabulary.take(pa.array(unknown))
        stem = self._stems.find(words)
        found[unknown] = np.where(stem >= 0, stem, self._endings.find(words))
        return found

    def _coded(self, among: Callable[[str], bool]) -> Iterator[tuple[str, int]]:
        return ((word.strip("*"), FAMILY_IDS.index(family)) for word, family in self.entries.items() if among(word))

    @cached_property
    def _exact(self) -> Table:
        return table(self._coded(lambda word: not _is_phrase(word) and "*" not in word))

    @cached_property
    def _stems(self) -> Stems:
        return Stems(table(self._coded(lambda word: not _is_phrase(word) and word.endswith("*"))))

    @cached_property
    def _endings(self) -> Stems:
        return Stems(table(self._coded(lambda word: not _is_phrase(word) and word.startswith("*"))), ending=True)

    @cached_property
    def _phrases(self) -> Phrases:
        phrases = ((word, FAMILY_IDS.index(family)) for word, family in self.entries.items() if _is_phrase(word))
        return compile_phrases(phrases, grammar("number"), grammar("month"))

    @cached_property
    def digest(self) -> bytes:
        """A hash over every word and its family."""
        listed = sorted(self.entries.items())
        return hashlib.sha256("".join(f"{word}|{family}\n" for word, family in listed).encode()).digest()


def load_lexicon(own: Mapping[str, str]) -> Lexicon:
    """The shipped words with a customer's own above them.

    Raises SettingsError for a family that does not exist, naming the nearest.
    """
    for word, family in own.items():
        if family not in FAMILY_IDS:
            near = difflib.get_close_matches(family, FAMILY_IDS, 1, 0)
            raise SettingsError(
                f"'{family}' is not a family of words.", f"[classify.words] '{word}'", f"The nearest is '{near[0]}'."
            )
    if not own:
        return _shipped()
    return Lexicon({**_shipped().entries, **{_key(word): family for word, family in own.items()}})


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("pipeline.classify") / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@cache
def _shipped() -> Lexicon:
    return Lexicon({row["word"]: row["family"] for row in _rows("words.csv")})


@cache
def grammar(part: str) -> tuple[str, ...]:
    """Small words by their part: number, month, verb, link (parts a run of words), join, add (joins clauses)."""
    return tuple(row["word"] for row in _rows("grammar.csv") if row["part"] == part)


def _key(written: str) -> str:
    """A customer's word in the shape the lists are kept in."""
    words = cut(pa.array([written.replace("*", "\u0001")]))
    folded = pc.replace_substring(pc.utf8_lower(words.spellings), "\u0001", "*")
    plain = [fold(pa.array([part.strip("*")]))[0].as_py() for part in folded.to_pylist()]
    shaped = [
        ("*" if old[:1] == "*" else "") + new + ("*" if old[-1:] == "*" else "")
        for old, new in zip(folded.to_pylist(), plain, strict=True)
    ]
    return " ".join(shaped[number] for number in words.raw.tolist())


def _is_phrase(word: str) -> bool:
    return " " in word


def _without_overlaps(length: Ints, family: Ints) -> Matches:
    """Matches from left to right; a word inside an earlier phrase is not matched again."""
    first = np.flatnonzero(length)
    last = first + length[first] - 1
    reached = np.full(len(first), -1, dtype=np.int64)
    reached[1:] = np.maximum.accumulate(last)[:-1]
    keep = first > reached
    return Matches(first[keep], last[keep], family[first[keep]])
