"""Figures that a report tells of somebody whose figures its reader may not see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from pipeline.render.read_parts import Line
from pipeline.render.scope_words import WORDS, folded, words, words_of

BETWEEN = 2
"""Words that may stand between a name and its figure: `Mona carries 120 h`."""
_UNITS = re.compile(r"\b(?:h|of|von|sur|de|pts?)\b")
"""Words between the figures of a line, in the languages of reports."""
_FIGURES = re.compile(r"[\s\d.,%+\u2212\u2013/:()-]*\d[\s\d.,%+\u2212\u2013/:()-]*")
_LOAD = re.compile(r"\d[\d.,' ]*(?:%|(?:h|hours?|stunden|std|heures?|horas?|fte|vzä|etp|ejc)\b)")
"""A number of hours or a share, folded, in the languages of reports."""
_ENDS = re.compile(r"[.!?;]\s|[\d%]\s?[,)]")
"""Where a sentence, or what is said of one subject, ends."""


def figures_of(line: Line, kinds: Sequence[Set[str]], spoken: Set[str]) -> Iterator[str]:
    """Those whose figures a line holds.

    In a row: one of a kind of names, folded or in words, see `subject`, then nothing but figures. In a sentence: one of
    `spoken`, which are in words, and soon after it hours or a share.
    """
    if not any(sign.isdigit() for text in line for sign in text):
        return
    for at, text in enumerate(line):
        name, rest = _split(text) if len(line) == 1 else (folded(text), "")
        for kind in kinds:
            if not kind.isdisjoint((name, subject(name))):
                after = rest or (line[at + 1] if at + 1 < len(line) else "")
                before = line[at - 1] if at else ""
                opens = not before or _is_figure(before) or folded(before) in kind
                if opens and _is_figure(after):
                    yield name
        yield from _said_in(text, spoken)


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
    found = re.match(r"(.*?[^\W\d])\s+([\d\u2212+].*)$", text.strip())
    return (folded(found[1]), found[2]) if found else (folded(text), "")


def _is_figure(text: str) -> bool:
    return bool(_FIGURES.fullmatch(_UNITS.sub(" ", text)))
