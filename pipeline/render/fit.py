"""What fits on a page of paper: the room of a page in points, and what its parts take of it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.render.charts.measure import fitted, text_width
from pipeline.render.facts import Facts
from pipeline.render.messages import MESSAGES
from pipeline.render.text import columns, one_line

PAGE: Mapping[str, float] = {"A4": 728.0, "Letter": 678.0}
"""Points between head and foot of a page."""
GAP = 18.5
"""Points between two exhibits."""
HEAD = 35.5
"""Points of an exhibit above its body: rule, message, what is shown."""
TABLE_HEAD, TABLE_ROW = 14.5, 17.2
"""Points of a table's head, and of a row of one line."""
LIST_ROW = 16.7
"""Points of a row of one line in a list."""
SPARE = 16.0
"""Points that page 1 keeps free: its charts stand under a line more, or have a key."""
NOTE = 14.2
"""Points of a note of one line."""
_WIDTH, _HALF = 504.0, 246.0
"""Points across a page, and across half of one."""
_DECISION, _THREE_LINES = 0.64 * _WIDTH - 6, 2.8
"""Points across what a decision asks; widths of it that a text of three lines takes, each word whole."""
_SCREEN_LETTERS = 450
"""Letters of a decision on a screen."""
_PANEL = 118.0
_SECOND = 12.2
"""Points of each further line of an exhibit's message."""
_WHAT = 10.4
"""Points of each further line that says what an exhibit shows."""
_WIDTHS = (0.574 * _WIDTH, 0.404 * _WIDTH)
"""Points across the two charts."""
_CHANGES = 22.0
"""Points that the changes since the month before add to the panel of figures."""


def lines(text: str, letters: int) -> int:
    """How many lines a text takes where a line holds so many letters, generously."""
    return -(-columns(text) // letters) or 1


def wrapped(text: str, points: float, size: float, bold: bool = False) -> int:
    """How many lines a text takes in a column of so many points, each word moving whole to the next line."""
    count, left, space = 1, points, text_width(" ", size, bold)
    for word in text.split():
        width = text_width(word, size, bold)
        if width > left and left < points:
            count, left = count + 1, points
        more = int(max(0.0, width - points) // points + (width > points))
        count, left = count + more, left - width + more * points - space
    return count


def head(message: str, what: str, points: float) -> float:
    """Points of an exhibit above its body, which is so many points wide."""
    return HEAD + _SECOND * (wrapped(message, points, 9.5, bold=True) - 1) + _WHAT * (wrapped(what, points, 8) - 1)


def decision(text: str, facts: Facts) -> str:
    """What a decision asks, as long as three lines of page 1 hold it, or a screen."""
    return fitted(text, _THREE_LINES * _DECISION, 8.5) if facts.medium == "paper" else one_line(text, _SCREEN_LETTERS)


def month_charts(facts: Facts, most: float = 300.0, shown: tuple[str, str] = ("", "")) -> float:
    """Points that page 1 leaves for its charts below headline, second messages, decisions and figures, up to `most`.

    `shown` are the lines below the messages of the two charts that say what they show.
    """
    said = {name: MESSAGES[name](facts) for name in ("headline", "overdue", "handover")}
    seconds = max(wrapped(said[name], _HALF, 11.5) for name in ("overdue", "handover"))
    lead = 25.2 * wrapped(said["headline"], _WIDTH, 22) + 8.5 + 15.7 * seconds
    listed = facts.table("decisions").head(5)
    pairs = zip(listed["decision"], listed["who"], strict=True)
    wide = [
        max(wrapped(decision(what, facts), _DECISION, 8.5), wrapped(who, 0.25 * _WIDTH - 6, 8.5)) for what, who in pairs
    ]
    rows = sum(6.3 + 10.9 * count for count in wide)
    decisions = 25 + TABLE_HEAD + rows + NOTE * (facts.count("decisions") > len(listed))
    panel = _PANEL + _CHANGES * (facts.summary.previous is not None)
    notes = 24.0 * (facts.inactive > 0)
    said = {name: MESSAGES[name](facts) for name in ("months", "parts")}
    above = SPARE + max(head(text, what, wide) for text, what, wide in zip(said.values(), shown, _WIDTHS, strict=True))
    room = PAGE[facts.paper] - lead - decisions - panel - notes - 3 * GAP - above
    return min(most, max(110.0, room))
