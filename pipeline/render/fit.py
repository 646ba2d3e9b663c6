"""What fits on a page of paper: the room of a page in points, and what its parts take of it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.render.facts import Facts
from pipeline.render.messages import MESSAGES
from pipeline.render.text import columns

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
_PANEL = 118.0
_SECOND = 12.2
"""Points of each further line of an exhibit's message."""
_CHANGES = 22.0
"""Points that the changes since the month before add to the panel of figures."""


def lines(text: str, letters: int) -> int:
    """How many lines a text takes where a line holds so many letters, generously."""
    return -(-columns(text) // letters) or 1


def month_charts(facts: Facts, most: float = 300.0) -> float:
    """Points that page 1 leaves for its charts below headline, second messages, decisions and figures, up to `most`."""
    said = {name: MESSAGES[name](facts) for name in ("headline", "overdue", "handover")}
    seconds = max(lines(said[name], 46) for name in ("overdue", "handover"))
    lead = 25.2 * lines(said["headline"], 46) + 8.5 + 15.7 * seconds
    shown = facts.table("decisions").head(5)
    wide = [max(lines(what, 74), lines(who, 28)) for what, who in zip(shown["decision"], shown["who"], strict=True)]
    rows = sum(6.3 + 10.9 * count for count in wide)
    decisions = 25 + TABLE_HEAD + rows + NOTE * (facts.count("decisions") > len(shown))
    panel = _PANEL + _CHANGES * (facts.summary.previous is not None)
    notes = 24.0 * (facts.inactive > 0)
    heads = max(lines(MESSAGES["months"](facts), 52), lines(MESSAGES["parts"](facts), 36)) - 1
    above = heads * _SECOND + SPARE
    room = PAGE[facts.paper] - lead - decisions - panel - notes - 3 * GAP - HEAD - above
    return min(most, max(110.0, room))
