"""How wide the columns of the handover board stand, and how tall its rows: a page reckons with both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.render import fit
from pipeline.render.charts.measure import fitted, text_width
from pipeline.render.facts import Facts, Row

ACROSS, TEXT, HEAD_TEXT = 504.0, 8.0, 7.5
"""Points across a page, of the type in rows, and of that in heads."""
GAP, AFTER = 6.5, 7.0
"""Points between columns, and further ones where text follows a number."""
SQUARES = 92.0
"""Points of the conditions met, as squares."""
LINE = 10.3
"""Points of each further line of a row."""
TWO_LINES = 1.85
"""Widths of a column that a text of two lines takes, each word whole."""


@dataclass(frozen=True)
class Room:
    """Points of each column; one that names nobody at all has none and gives its room to the title."""

    ident: float
    taker: float
    squares: float
    day: float
    next: float
    hours: float

    @property
    def title(self) -> float:
        """What the others leave."""
        return ACROSS - self.ident - self.taker - self.squares - self.day - self.next - self.hours

    @property
    def columns(self) -> tuple[float, ...]:
        """All of them, from left to right."""
        return (self.ident, self.title, self.taker, self.squares, self.day, self.next, self.hours)

    @property
    def title_letters(self) -> float:
        """Points of title that two lines hold."""
        return TWO_LINES * (self.title - GAP)

    @property
    def next_letters(self) -> float:
        """Points of the successor's name that two lines hold."""
        return TWO_LINES * (self.next - GAP - AFTER)


NO_ROOM = Room(0, 0, 0, 0, 0, 0)
"""Of a board without rows."""


def board_room(rows: Sequence[Row], facts: Facts) -> Room:
    """The columns of these rows, each as wide as its widest text, within bounds."""
    say = facts.language
    unknown = say.gettext("unknown")
    takers, followers = [row["handover_to"] for row in rows], [row["successor"] for row in rows]
    days = [say.day(row["date"], facts.year, unknown) for row in rows]
    hours = [say.number(row["month_hours"], unknown) for row in rows]
    return Room(
        _wide((row["id"] for row in rows), "", 30, 72),
        _wide([*takers, say.gettext("None named")], "", 64, 92) if any(takers) else 0.0,
        SQUARES if any(row["readiness"] is not None for row in rows) else 0.0,
        _wide(days, say.gettext("Handover"), 44, 72, bold=True),
        _wide([*followers, say.gettext("None in register")], "", 74, 112) + AFTER if any(followers) else 0.0,
        _wide(hours, say.gettext("Hours"), 34, 52),
    )


def heights(rows: Sequence[Row], facts: Facts) -> list[float]:
    """Points of each row: a title or a successor that is too wide for one line takes two."""
    room = board_room(rows, facts)
    return [fit.LIST_ROW + LINE * (max(_lines(row, room)) - 1) for row in rows]


def _lines(row: Row, room: Room) -> tuple[int, int]:
    title = fitted(row["title"], room.title_letters, TEXT)
    follower = fitted(row["successor"], room.next_letters, TEXT) if room.next and row["in_register"] else ""
    return (
        fit.wrapped(title, room.title - GAP, TEXT),
        fit.wrapped(follower, room.next - GAP - AFTER, TEXT) if follower else 1,
    )


def _wide(texts: Iterable[str], head: str, least: float, most: float, bold: bool = False) -> float:
    widest = max((text_width(one, TEXT, bold) for one in texts), default=0.0)
    return min(most, max(least, widest + GAP, text_width(head, HEAD_TEXT) + GAP))
