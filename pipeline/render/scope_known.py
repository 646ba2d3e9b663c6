"""What a register is told apart by, and where of it stands in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

from pipeline.render.scope_words import ID, LETTERS, RUN, WORDS, folded, letters, mark_of_id, words, words_of

ALONE = "~"
"""What begins that which tells something only beside something else: a short title, a name of one word."""
BREAKS = 8
"""Letters and digits of an ID that is put together again where a line breaks within it."""
MOST_TEXTS = 50_000
"""Texts of which it is kept what stands in them: a report repeats those of the register, another those of the first."""
_RUN = RUN.pattern
_APART = r"\-\u2010-\u2015\u2212/_.:+&~|\\,"
_BROKEN = rf"[{_APART}\ufffe]?\s*\n\s*"
_CHAIN = re.compile(rf"(?:{_RUN})(?:(?:{_BROKEN}|[{_APART}]|)(?:{_RUN}))*")
"""Letters and digits with no more than one sign, or the end of a line, between them."""
_DIGIT = re.compile(r"\d")
_HYPHEN = re.compile("[\u00ad\ufffe\x02]")
_CUT = re.compile(r"\s?\.\.\.")
"""`…`, as it is folded."""


class Known:
    """What a register is told apart by. `marks`: what is looked for -> what it is, in words a person can follow.

    `departments`, folded, and `singles`, names of one word: whose figures are looked for -> as they are written.
    `short`: a title that says too little -> the IDs beside which it tells a row -> what it is. `own`: the product's own
    words.
    """

    def __init__(
        self,
        marks: Mapping[str, str],
        departments: Mapping[str, str] | None = None,
        short: Mapping[str, Mapping[str, str]] | None = None,
        singles: Mapping[str, str] | None = None,
        own: str = "",
    ) -> None:
        self.marks, self.departments, self.short = dict(marks), departments or {}, short or {}
        self.singles, self.own = singles or {}, own
        ids = [mark for mark in self.marks if mark.startswith(ID)]
        self._parts = max((mark.count("-") + 1 for mark in ids), default=0)
        self._id_lengths = lengths_of((mark.removeprefix(ID) for mark in ids), "-")
        self._id_openings = {*self._id_lengths, *(f"{run}." for run in self._id_lengths)}
        self._runs = {mark: mark for mark in self.marks if not mark.startswith(ID)}
        self._runs |= {run: f"{ALONE}{run}" for run in (*self.short, *self.singles) if run not in self._runs}
        self._lengths = lengths_of(self._runs, " ")
        self._told: dict[str, frozenset[str]] = {}

    @cached_property
    def _titles(self) -> list[str]:
        return sorted(mark for mark in self.marks if not mark.startswith(ID))

    @cached_property
    def _numbers(self) -> list[str]:
        return sorted(mark for mark in self.marks if mark.startswith(ID))

    @cached_property
    def _whole(self) -> dict[str, str]:
        """IDs that may go on in the next line, without what parts them -> their marks."""
        parted = (mark for mark in self.marks if mark.startswith(ID) and ("-" in mark or len(mark) > BREAKS))
        return {mark.removeprefix(ID).replace("-", ""): mark for mark in parted}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._whole), default=0)

    def within(self, text: str) -> Set[str]:
        """The marks that stand in a text; where its lines break, an ID or a word may have been parted."""
        if "\n" in text:
            return self._within_lines(text)
        if text not in self._told:
            if len(self._told) >= MOST_TEXTS:
                self._told.clear()
            self._told[text] = frozenset(self._within_line(text))
        return self._told[text]

    def _within_line(self, text: str) -> set[str]:
        plain = folded(text)
        every = words_of(plain)
        found = self.runs(every)
        return found if self._id_openings.isdisjoint(every) else found | self._ids(plain)

    def _within_lines(self, text: str) -> set[str]:
        plain = "\n".join(folded(line) for line in text.split("\n"))
        ways = {_HYPHEN.sub(by, plain) for by in ("", " ")} if _HYPHEN.search(plain) else {plain}
        joined = {re.sub(r"[\ufffe\x02]\s*", "", plain)} - ways
        return set[str]().union(self._ids(plain), *(self.runs(words_of(one)) for one in ways | joined))

    def runs(self, every: Sequence[str]) -> set[str]:
        """The marks that stand in a row of words, see `words`."""
        found: set[str] = set()
        if self._lengths.keys().isdisjoint(every):
            return found
        for at, word in enumerate(every):
            for count in self._lengths.get(word, ()):
                run = " ".join(every[at : at + count])
                if run in self._runs:
                    found.add(self._runs[run])
        return found

    def cut(self, text: str) -> Iterator[tuple[str, list[str]]]:
        """Each beginning of titles and IDs that a text closes with `…`, in words, with the marks that begin so."""
        if "…" not in text and "..." not in text:
            return
        plain = folded(text)
        for end in _CUT.finditer(plain):
            before = plain[max(0, end.start() - 80) : end.start()]
            yield from self._cut_title(words_of(before)[-WORDS:])
            yield from self._cut_id(before)

    def _cut_title(self, before: list[str]) -> Iterator[tuple[str, list[str]]]:
        for count in range(len(before), 0, -1):
            start = " ".join(before[-count:])
            alike = _beginning(start, self._titles) if letters(before[-count:]) >= LETTERS else []
            if alike:
                yield start, alike
                break

    def _cut_id(self, before: str) -> Iterator[tuple[str, list[str]]]:
        """A beginning that could be an ID by itself: four signs or more, a letter and a digit among them."""
        chain = next((found[0] for found in _CHAIN.finditer(before) if found.end() == len(before)), "")
        runs = RUN.findall(chain)[-self._parts :] if self._parts else []
        for at in range(len(runs)):
            mark = mark_of_id("-".join(runs[at:]))
            alike = _beginning(mark, self._numbers) if mark else []
            if alike:
                yield " ".join(runs[at:]), alike
                break

    def _ids(self, plain: str) -> set[str]:
        if not self._parts or not _DIGIT.search(plain):
            return set()
        chains = {chain for chain in _CHAIN.findall(plain) if _DIGIT.search(chain)}
        return set[str]().union(*map(self._in_chain, chains))

    def _in_chain(self, chain: str) -> set[str]:
        runs, gaps = RUN.findall(chain), RUN.split(chain)[1:-1]
        found: set[str] = set()
        for at, run in enumerate(runs):
            for count in self._id_lengths.get(run, ()):
                mark = f"{ID}{'-'.join(runs[at : at + count])}"
                if mark in self.marks and not any("\n" in gap for gap in gaps[at : at + count - 1]):
                    found.add(mark)
        return found | self._broken(runs, gaps, found) if "\n" in chain else found

    def _broken(self, runs: list[str], gaps: list[str], found: Collection[str]) -> set[str]:
        """IDs that go on in the next line: long ones, and others where a sign of theirs ends the line."""
        told: set[str] = set()
        for at in range(len(runs)):
            whole, broken, parted = runs[at], False, True
            for gap, run in zip(gaps[at:], runs[at + 1 :], strict=False):
                if "\n" in gap and f"{ID}{'-'.join(runs[at : at + 1])}" in found:
                    break
                broken, parted = broken or "\n" in gap, parted and gap.strip() != ""
                whole += run
                if len(whole) > self._longest:
                    break
                if broken and whole in self._whole and (parted or len(whole) >= BREAKS):
                    told.add(self._whole[whole])
        return told


def lengths_of(marks: Iterable[str], between: str) -> dict[str, set[int]]:
    """By the first part of a mark, of how many parts those are that begin with it."""
    found: dict[str, set[int]] = {}
    for first, others in {(mark.partition(between)[0], mark.count(between)) for mark in marks}:
        found.setdefault(first, set()).add(1 + others)
    return found


def _beginning(start: str, among: list[str]) -> list[str]:
    """Those of a sorted list that begin so."""
    at = bisect_left(among, start)
    return among[at : bisect_left(among, start + "\U0010ffff", at)]


def joined(texts: Sequence[str]) -> str:
    """Texts side by side as words, a space at either end."""
    return f" {' '.join(words(' '.join(texts)))} "
