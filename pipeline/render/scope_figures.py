"""Figures that a report tells of somebody whose figures its reader may not see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache

from pipeline.render.read_parts import Line
from pipeline.render.scope_words import WORDS, folded, words, words_of

BETWEEN = 2
"""Words that may stand between a name and its figure: `Mona carries 120 h`."""
_DIGIT = re.compile(r"\d")
_ENDING = re.compile(r"(.*?[^\W\d])\s+([\d\u2212+].*)$")
"""Words and the figures after them."""
_UNITS = re.compile(r"\b(?:h|of|von|sur|de|pts?)\b")
"""Words between the figures of a line, in the languages of reports."""
_FIGURES = re.compile(r"[\s\d.,%+\u2212\u2013/:()-]*\d[\s\d.,%+\u2212\u2013/:()-]*")
_LOAD = re.compile(r"\d[\d.,' ]*(?:%|(?:h|hours?|stunden|std|heures?|horas?|fte|vzä|etp|ejc)\b)")
"""A number of hours or a share, folded, in the languages of reports."""
_ENDS = re.compile(r"[.!?;]\s|[\d%]\s?[,)]")
"""Where a sentence, or what is said of one subject, ends."""


def figures_in(lines: Iterable[Line], kinds: Sequence[Set[str]], spoken: Set[str]) -> Iterator[str]:
    """Those whose figures lines hold, in their order.

    In a row: one of a kind of names, folded or in words, see `subject`, then nothing but figures. In a sentence: one of
    `spoken`, which are in words, and soon after it hours or a share.
    """
    told: dict[str, tuple[str, ...]] = {}
    is_figure, has_digit = cache(_is_figure), cache(_has_digit)
    for line in lines:
        if not any(map(has_digit, line)):
            continue
        for at, text in enumerate(line):
            name, after = _split(text) if len(line) == 1 else (text, line[at + 1] if at + 1 < len(line) else "")
            if is_figure(after):
                yield from _said_in_row(name, line[at - 1] if at else "", kinds)
            if text not in told:
                told[text] = tuple(_said_in(text, spoken))
            yield from told[text]


def _said_in_row(text: str, before: str, kinds: Sequence[Set[str]]) -> Iterator[str]:
    """The name in a row, once for each kind, where nothing but figures follow it."""
    name = folded(text)
    called = (name, subject(name))
    for kind in kinds:
        if not kind.isdisjoint(called) and (not before or _is_figure(before) or folded(before) in kind):
            yield name


def _said_in(text: str, spoken: Set[str]) -> Iterator[str]:
    plain = folded(text)
    for figure in _LOAD.finditer(plain):
        clause = _ENDS.split(plain[max(0, figure.start() - 120) : figure.start()])[-1]
        before = words_of(clause)
        for end in range(len(before), max(0, len(before) - BETWEEN - 1), -1):
            for first in range(max(0, end - 2 * WORDS), end):
                name = " ".join(before[first:end])
                if name in spoken:
                    yield name


def subject(name: str) -> str:
    """A name as it is compared here."""
    return " ".join(words(name))


def _split(text: str) -> tuple[str, str]:
    """A line of a page as its words and the figures they end in."""
    found = _ENDING.match(text.strip())
    return (found[1], found[2]) if found else (text, "")


def _is_figure(text: str) -> bool:
    return bool(_DIGIT.search(text) and _FIGURES.fullmatch(_UNITS.sub(" ", text)))


def _has_digit(text: str) -> bool:
    """Whether a digit stands in a text, a raised or an encircled one among them."""
    return bool(_DIGIT.search(text)) or (not text.isascii() and any(map(str.isdigit, text)))
