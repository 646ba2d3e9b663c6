"""What fits on a page of paper: which sections share one, and how tall the chart of page 1 may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PAGE_LINES = 44
"""Lines of a table that a page of paper holds, roughly."""


@dataclass(frozen=True)
class Section:
    """One part of the report: where it is linked to, its name, and whether it opens a page on paper."""

    anchor: str
    title: str
    opens: bool


def paged(sections: Iterable[tuple[str, str, int]]) -> tuple[Section, ...]:
    """Sections (anchor, title, lines) with their page breaks: a section that fits below the last one stays there."""
    made: list[Section] = []
    used = PAGE_LINES
    for anchor, title, lines in sections:
        opens = used + lines > PAGE_LINES
        made.append(Section(anchor, title, opens))
        used = (lines % PAGE_LINES or PAGE_LINES) if opens else used + lines
    return tuple(made)


def chart_height(paper: str, headline: str, seconds: Iterable[str], decisions: Iterable[str], *, notes: int) -> float:
    """Points that page 1 leaves for its charts under these sentences and so many lines of notes."""
    above = 25 * _lines(headline, 46) + 15.6 * max((_lines(text, 47) for text in seconds), default=0)
    above += sum(5 + 11 * _lines(text, 74) for text in decisions) + 12 * notes
    room = 430 if paper == "A4" else 380
    return min(300.0, max(120.0, room - above))


def _lines(text: str, letters: int) -> int:
    """How many lines a text takes, generously."""
    return -(-len(text) // letters) or 1
