"""Phrases of the lexicon, compiled once into steps between states and followed through all texts at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools
from pipeline.classify.stems import Stems, Table, table
from pipeline.classify.tokens import Ints, has_digit

NUMBER, YEAR, MONTH = "#", "####", "@month"
"""Stand in a phrase for any number, a number that is a year, and the name of any month."""


@dataclass(frozen=True)
class Phrases:
    """A tree of phrases. A part of a phrase is a word, a stem (`licen*`), NUMBER, YEAR or MONTH.

    `keys` holds state * number of parts + part, in order, for every step there is; `following` the state that the
    step leads to; `family` by state what ends there, -1 where nothing does.
    """

    parts: pa.Array
    keys: Ints
    following: Ints
    family: Ints
    number_words: pa.Array
    months: pa.Array

    def mark(self, vocabulary: pa.Array, ids: Ints, text: Ints, length: Ints, family: Ints) -> None:
        """Write into `length` and `family`, by the word that opens it, the longest phrase found there.

        `ids` number the words in `vocabulary`; `text` says to which text each belongs.
        """
        if not len(self.keys):
            return
        readings = [reading for reading in self._readings(vocabulary) if (reading >= 0).any()]
        opens = np.zeros(len(vocabulary), dtype=bool)
        for reading in readings:
            opens[self._steps(np.zeros(len(vocabulary), dtype=np.int64), reading)[0]] = True
        at = np.flatnonzero(opens[ids])
        state, step = np.zeros(len(at), dtype=np.int64), 0
        while len(at):
            word = ids[at + step]
            moves = [self._steps(state, reading[word]) for reading in readings]
            at = np.concatenate([at[going] for going, _ in moves])
            state = np.concatenate([after for _, after in moves])
            done = self.family[state] >= 0
            length[at[done]], family[at[done]] = step + 1, self.family[state[done]]
            step += 1
            at, state = at[at + step < len(ids)], state[at + step < len(ids)]
            same = text[at + step] == text[at]
            at, state = at[same], state[same]

    def _steps(self, state: Ints, part: Ints) -> tuple[Ints, Ints]:
        """Which of these states (by place) go on with these parts (-1: none), and to where."""
        known = np.flatnonzero(part >= 0)
        key = state[known] * len(self.parts) + part[known]
        spot = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        going = self.keys[spot] == key
        return known[going], self.following[spot[going]]

    def _readings(self, vocabulary: pa.Array) -> list[Ints]:
        """By word the part it is as a number, a year, a month, as its longest stem and as it stands; -1: none."""
        year = pc.match_substring_regex(vocabulary, r"^(19|20)\d\d$").to_numpy(zero_copy_only=False)
        month = pc.is_in(vocabulary, value_set=self.months).to_numpy(zero_copy_only=False)
        kinds = {NUMBER: is_number(vocabulary, self.number_words), YEAR: year, MONTH: month}
        places = self._whole.find(pa.array([*kinds]))
        named = [np.where(fits, place, -1) for fits, place in zip(kinds.values(), places, strict=True)]
        return [*named, self._stems.find(vocabulary), self._whole.find(vocabulary)]

    @cached_property
    def _whole(self) -> Table:
        return Table(self.parts, np.arange(len(self.parts)))

    @cached_property
    def _stems(self) -> Stems:
        listed = enumerate(self.parts.to_pylist())
        return Stems(table((part.removesuffix("*"), place) for place, part in listed if "*" in part))


def compile_phrases(phrases: Iterable[tuple[str, int]], number_words: Iterable[str], months: Iterable[str]) -> Phrases:
    """Phrases with the code of their family -> the tree of them."""
    listed = [(phrase.split(" "), code) for phrase, code in phrases]
    parts = sorted({part for words, _ in listed for part in words})
    number = {part: place for place, part in enumerate(parts)}
    steps: dict[int, int] = {}
    family = [-1]
    for words, code in listed:
        state = 0
        for part in words:
            key = state * len(parts) + number[part]
            if key not in steps:
                steps[key] = len(family)
                family.append(-1)
            state = steps[key]
        family[state] = code
    keys = np.array(sorted(steps), dtype=np.int64)
    following = np.array([steps[key] for key in keys.tolist()], dtype=np.int64)
    named = [pa.array(sorted(words), pa.string()) for words in (number_words, months)]
    return Phrases(pa.array(parts, pa.string()), keys, following, np.array(family, dtype=np.int64), *named)


def is_number(vocabulary: pa.Array, number_words: pa.Array) -> Bools:
    """Which words are numbers, in digits or spelt out."""
    numbers = pc.is_in(vocabulary, value_set=number_words).to_numpy(zero_copy_only=False)
    opened = np.flatnonzero(has_digit(vocabulary)[0])
    digits = pc.match_substring_regex(vocabulary.take(pa.array(opened)), r"^\d[\d.,]*(st|nd|rd|th|er|e|a|o)?$")
    numbers[opened] |= digits.to_numpy(zero_copy_only=False)
    return np.asarray(numbers, dtype=bool)
