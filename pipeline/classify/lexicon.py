"""The word lists, compiled: single words, stems and phrases to families, looked up once per distinct word."""

from __future__ import annotations

import csv
import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.families import FAMILY_IDS
from pipeline.classify.phrases import Phrases, compile_phrases
from pipeline.classify.tokens import Ints, Words, cut, fold
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
    """Words to families. A key is a word, a stem (`migrat*`), an ending (`*wartung`) or a phrase; `#` is any number."""

    entries: Mapping[str, str]

    def find(self, words: Words) -> Matches:
        """Every longest match in these words; a word belongs to one match only."""
        if not len(words.raw):
            return Matches(words.raw, words.raw, words.raw)
        folded = words.folded.dictionary_encode()
        vocabulary = folded.dictionary
        ids = folded.indices.to_numpy().astype(np.int64)[words.raw]
        single = self._families_of(vocabulary)[ids]
        length = np.where(single >= 0, 1, 0)
        family = single.copy()
        self._phrases.mark(vocabulary, ids, words.text, length, family)
        return _without_overlaps(length, family)

    def _families_of(self, vocabulary: pa.Array) -> Ints:
        found = np.full(len(vocabulary), -1, dtype=np.int64)
        _fill(found, vocabulary, self._exact)
        coded = pc.match_substring_regex(vocabulary, r"\d").to_numpy(zero_copy_only=False)
        unknown = np.flatnonzero((found < 0) & ~coded)  # words with digits are codes, which no stem is meant for
        words, family = vocabulary.take(pa.array(unknown)), np.full(len(unknown), -1, dtype=np.int64)
        for size, table in self._by_ending.items():
            _fill(family, pc.utf8_slice_codeunits(words, -size), table)
        for size, table in self._by_stem.items():
            _fill(family, pc.utf8_slice_codeunits(words, 0, size), table)
        found[unknown] = family
        return found

    @cached_property
    def _coded(self) -> list[tuple[str, int]]:
        return [(word, FAMILY_IDS.index(family)) for word, family in self.entries.items()]

    @cached_property
    def _exact(self) -> tuple[pa.Array, Ints]:
        return _table((word, code) for word, code in self._coded if not _is_phrase(word) and "*" not in word)

    @cached_property
    def _by_stem(self) -> dict[int, tuple[pa.Array, Ints]]:
        return _by_length(
            (word[:-1], code) for word, code in self._coded if not _is_phrase(word) and word.endswith("*")
        )

    @cached_property
    def _by_ending(self) -> dict[int, tuple[pa.Array, Ints]]:
        return _by_length(
            (word[1:], code) for word, code in self._coded if not _is_phrase(word) and word.startswith("*")
        )

    @cached_property
    def _phrases(self) -> Phrases:
        return compile_phrases(((word, code) for word, code in self._coded if _is_phrase(word)), grammar("number"))

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
    """Small words by their part in a sentence: number, verb, link (parts a run of words), join, add (joins clauses)."""
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


def _table(pairs: Iterable[tuple[str, int]]) -> tuple[pa.Array, Ints]:
    listed = list(pairs)
    return pa.array([word for word, _ in listed], pa.string()), np.array([code for _, code in listed], dtype=np.int64)


def _by_length(pairs: Iterable[tuple[str, int]]) -> dict[int, tuple[pa.Array, Ints]]:
    """Stems by their length, short ones first, so that a longer stem has the last word."""
    sizes: dict[int, list[tuple[str, int]]] = {}
    for word, code in pairs:
        sizes.setdefault(len(word), []).append((word, code))
    return {size: _table(sizes[size]) for size in sorted(sizes)}


def _fill(found: Ints, words: pa.Array, table: tuple[pa.Array, Ints]) -> None:
    keys, codes = table
    spots = pc.fill_null(pc.index_in(words, value_set=keys), -1).to_numpy(zero_copy_only=False)
    found[spots >= 0] = codes[spots[spots >= 0]]


def _without_overlaps(length: Ints, family: Ints) -> Matches:
    """Matches from left to right; a word inside an earlier phrase is not matched again."""
    first = np.flatnonzero(length)
    last = first + length[first] - 1
    reached = np.full(len(first), -1, dtype=np.int64)
    reached[1:] = np.maximum.accumulate(last)[:-1]
    keep = first > reached
    return Matches(first[keep], last[keep], family[first[keep]])
