"""How many rows each list of one person's page shows, so that one sheet of paper holds the page where it can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.render.exhibits import own_lists, own_load
from pipeline.render.exhibits.own_lists import Line
from pipeline.render.facts import Facts, Row
from pipeline.render.fit import NOTE, PAGE, wrapped

WIDE, HALF = 504.0, 246.0
"""Points of a line of the narrower paper, and of one of its halves."""
ORDER = ("own_asked", "own_due", "own_projects", "own_operations", "own_handovers", "own_problems")
"""The lists in the order in which a row more matters."""
LEAST: Mapping[str, int] = {
    "own_asked": 3, "own_due": 2, "own_projects": 2, "own_operations": 2, "own_handovers": 2, "own_problems": 1,
}  # fmt: skip
"""Rows that a list shows where one sheet has room for them; in a crowd it shows one at least."""
MOST = 16
"""Rows of a list beyond which nobody reads it on paper."""
BESIDE = ("own_due", "own_handovers")
"""The two lists that stand beside each other."""
_GAP, _SPARE = 8.5, 4.0
_LEAD, _TITLE, _PANEL = 10.4, 14.5, 74.4
_HEAD, _HEAD_LINE, _WHAT = 9.4, 12.2, 11.5
_TABLE_HEAD, _CELL, _CLOSE = 13.5, 4.7, 5.3
_ID = 72.0
"""Points that the parts of this page take, as the style sheet sets it for `#mine`."""


@dataclass(frozen=True)
class _Part:
    """One list: points above its first row, and of each of its rows in their order."""

    above: float
    rows: Sequence[float]

    def tall(self, shown: int) -> float:
        """Points that it takes with so many rows."""
        return self.above + sum(self.rows[:shown]) + NOTE * (len(self.rows) > shown)


def shown(facts: Facts) -> Mapping[str, int]:
    """By list, how many rows of it the page shows: as many as one sheet has room for, else as many as two have."""
    return facts.once(_shown)


def _shown(facts: Facts) -> Mapping[str, int]:
    every = {name: part for name, part in _parts(facts).items() if part.rows}
    fixed, sheet = _fixed(facts, names_others(facts)), PAGE[facts.paper] - _SPARE
    counts = _fewest(every, sheet - fixed)
    room = sheet if fixed + _tall(every, counts) <= sheet else 1.8 * sheet
    growing = [name for name in ORDER if name in every]
    while growing:
        for name in list(growing):
            more = {**counts, name: counts[name] + 1}
            if more[name] > min(MOST, len(every[name].rows)) or fixed + _tall(every, more) > room:
                growing.remove(name)
            else:
                counts = more
    return {name: counts.get(name, 0) for name in ORDER}


def names_others(facts: Facts) -> bool:
    """Whether the page lists where else the person is named; in a crowd one line that counts it closes the page."""
    return facts.once(_names_others)


def _names_others(facts: Facts) -> bool:
    every = {name: part for name, part in _parts(facts).items() if part.rows}
    room = PAGE[facts.paper] - _SPARE - _tall(every, dict.fromkeys(every, 1))
    return bool(own_lists.others(facts)) and not _fixed(facts, False) <= room < _fixed(facts, True)


def _fewest(every: Mapping[str, _Part], room: float) -> dict[str, int]:
    """By list, the rows it begins with; what matters least gives up rows first where so many points are too few."""
    counts = {name: min(LEAST[name], len(part.rows)) for name, part in every.items()}
    for name in (name for name in reversed(ORDER) if name in every):
        while counts[name] > 1 and _tall(every, counts) > room:
            counts[name] -= 1
    return counts


def _tall(every: Mapping[str, _Part], counts: Mapping[str, int]) -> float:
    tall = {name: part.tall(counts[name]) + _GAP for name, part in every.items()}
    beside = [tall.pop(name, 0.0) for name in BESIDE]
    return sum(tall.values()) + max(beside)


def _parts(facts: Facts) -> Mapping[str, _Part]:
    lists = own_lists
    late, takes = lists.due(facts), lists.handovers(facts)
    half = HALF if late and takes else WIDE
    head = _HEAD + _HEAD_LINE
    beside = head + _HEAD_LINE * (half == HALF)  # a message may take two lines of half a page
    return {
        "own_asked": _Part(head, [_row([(row["text"], 0.86 * WIDE)], 8.5) for row in lists.asked(facts)]),
        "own_due": _Part(beside, [_due(row, half) for row in late]),
        "own_projects": _Part(head + _TABLE_HEAD, [_listed(row) for row in lists.projects(facts)]),
        "own_operations": _Part(head + _TABLE_HEAD, [_listed(row) for row in lists.operations(facts)]),
        "own_handovers": _Part(beside, [_handover(line, half) for line in takes]),
        "own_problems": _Part(head, [
            _row([(row["place"], 0.16 * WIDE), (row["text"][:230], 0.82 * WIDE)]) for row in lists.problems(facts)
        ]),
    }  # fmt: skip


def _due(row: Row, wide: float) -> float:
    return _row([(row["name"], 0.51 * wide - 6), (row["text"], 0.32 * wide)])


def _handover(line: Line, wide: float) -> float:
    return _row([(line.name, 0.44 * wide - 6), (line.text, 0.56 * wide)])


def _listed(row: Row) -> float:
    """A row of one line, unless a long ID needs more."""
    return _row([(str(row["id"]), _ID)])


def _fixed(facts: Facts, named: bool) -> float:
    """Points of what the page has beside its lists: headline, figures, load, other parts if named, what closes it."""
    lead = _LEAD + 1.17 * _TITLE * wrapped(own_load.headline(facts), 1.1 * WIDE, _TITLE) + _GAP + _PANEL
    what = _WHAT * wrapped(own_load.what(facts), WIDE, 8)
    load = _GAP + _HEAD + _HEAD_LINE + what + own_load.PAPER * 1.04 if own_load.speaks(facts) else 0.0
    lines = own_lists.others(facts) if named else ()
    others = _GAP + _HEAD + _HEAD_LINE + sum(_row([(line.text, 0.86 * WIDE)]) for line in lines) if named else 0.0
    quiet = 1 + sum(not part.rows for part in _parts(facts).values()) + (not load) + (not named)
    return lead + load + others + _GAP + _CLOSE + _WHAT * quiet


def _row(cells: Sequence[tuple[str, float]], size: float = 8) -> float:
    """Points of a row by its texts and the points that each has on a line."""
    return _CELL + size / 8 * 10.3 * max(wrapped(text, points, size) for text, points in cells)
