"""How many rows each list of one person's pages shows, and which of them open a second sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.render.exhibits import own_lists, own_load
from pipeline.render.exhibits.own_beside import due_message, handovers_message
from pipeline.render.exhibits.own_lists import Line
from pipeline.render.facts import Facts, Row
from pipeline.render.fit import NOTE, PAGE, wrapped

WIDE, HALF = 504.0, 246.0
"""Points of a line of the narrower paper, and of one of its halves."""
ORDER = ("own_asked", "own_projects", "own_operations", "own_due", "own_handovers", "own_problems")
"""The lists in the order in which a row more matters."""
WHOLE = ("own_projects", "own_operations")
"""The lists that stand whole before others show more than their first rows."""
FIRST: Mapping[str, int] = {"own_asked": 8, "own_due": 5, "own_handovers": 5, "own_problems": 2}
"""The first rows of the others."""
LEAST = 4
"""To how few the first rows of another list shrink where projects and operations are whole with that."""
MOST = 100
"""More rows than two sheets hold."""
BESIDE = ("own_due", "own_handovers")
"""The two lists that stand beside each other."""
RUNS_ON = ("own_projects", "own_operations", "own_problems")
"""The lists that may run on from one sheet to the next."""
_FILLED = 0.4
"""Of a sheet, how much the second holds where it can: it is never opened for a few lines."""
_LOOSE = 0.72
"""Of a sheet, how much the lists may take, set close, where they may stand further apart."""
_TORN = 88.0
"""Points that a list which runs on may leave white at the foot of the first sheet, and its head said again."""
_GAP, _SPARE = 8.5, 4.0
_LEAD, _TITLE, _PANEL = 10.4, 14.5, 74.4
_HEAD, _HEAD_LINE, _WHAT = 9.4, 12.2, 11.5
_TABLE_HEAD, _CELL, _CLOSE = 11.5, 4.7, 5.3
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


@dataclass(frozen=True)
class Room:
    """By list, how many rows of it the pages show; `opens` is the exhibit that opens the second sheet.

    `opens` is "" where there is one sheet, and where a list runs on from the first to the second. Where `loose`, every
    sheet has room for more white between rows and lists.
    """

    shown: Mapping[str, int]
    opens: str = ""
    loose: bool = False


def room(facts: Facts) -> Room:
    """Every list whole where two sheets hold them, else as many rows as they do; a screen holds them all."""
    return facts.once(_room)


def _room(facts: Facts) -> Room:
    every = {name: part for name, part in _parts(facts).items() if part.rows}
    counts: Mapping[str, int] = {name: len(part.rows) for name, part in every.items()}
    if facts.medium == "screen":
        return Room(_all(counts))
    sheets = _Sheets(every, _above(facts), _below(facts), PAGE[facts.paper] - _SPARE)
    if not sheets.hold(counts):
        counts = _grown(_first(counts, sheets), sheets)
    opens = sheets.opens(counts) or ""
    return Room(_all(counts), opens, sheets.fullest(counts, opens) <= _LOOSE * sheets.points)


def _all(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {name: counts.get(name, 0) for name in ORDER}


def _first(counts: Mapping[str, int], sheets: _Sheets) -> Mapping[str, int]:
    """Projects and operations whole beside the first rows of the others, else as many of both as there is room for."""
    tries = [_limited(counts, MOST, most) for most in range(max(FIRST.values()), LEAST - 1, -1)]
    tries += [_limited(counts, rows, max(FIRST.values())) for rows in range(MOST, 0, -1)]
    return next((each for each in tries if sheets.hold(each)), tries[-1])


def _limited(counts: Mapping[str, int], whole: int, first: int) -> Mapping[str, int]:
    return {name: min(count, whole if name in WHOLE else min(first, FIRST[name])) for name, count in counts.items()}


def _grown(counts: Mapping[str, int], sheets: _Sheets) -> Mapping[str, int]:
    """The lists with a row more in turns while the sheets hold them."""
    growing = [name for name in ORDER if name in counts]
    while growing:
        for name in list(growing):
            more = {**counts, name: counts[name] + 1}
            if sheets.hold(more):
                counts = more
            else:
                growing.remove(name)
    return counts


@dataclass(frozen=True)
class _Sheets:
    """Two sheets of so many points, the lists that stand on them, and the points of what is above and below these."""

    parts: Mapping[str, _Part]
    above: float
    below: Mapping[str, float]
    points: float

    def hold(self, counts: Mapping[str, int]) -> bool:
        """Whether there are so many rows, and two sheets have room for them."""
        there = all(count <= len(self.parts[name].rows) for name, count in counts.items())
        return there and self.opens(counts) is not None

    def opens(self, counts: Mapping[str, int]) -> str | None:
        """Which exhibit opens the second sheet; "" for none, None where they overflow.

        The first sheet is as full as it can be while the second is no mostly blank page. Where nothing can open it
        with every list in one piece, a list may run on.
        """
        blocks = self._blocks(counts)
        whole, above, splits, torn = sum(blocks.values()), 0.0, [], ""
        if whole <= self.points:
            return ""
        for name, tall in blocks.items():
            if 0 < above <= self.points and whole - above <= self.points:
                splits.append((min(whole - above, _FILLED * self.points), above, name))
            if above <= self.points < above + tall:
                torn = name
            above += tall
        if splits:
            return max(splits)[2]
        return "" if torn in RUNS_ON and whole + _TORN <= 2 * self.points else None

    def fullest(self, counts: Mapping[str, int], opens: str) -> float:
        """Points that are taken of the fuller sheet, where this exhibit opens the second."""
        blocks = self._blocks(counts)
        whole, names = sum(blocks.values()), list(blocks)
        first = sum(blocks[name] for name in names[: names.index(opens)]) if opens else whole
        return max(first, whole - first)

    def _blocks(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Points of what stands below each other, from the top; the two halves stand for one."""
        tall = {name: part.tall(counts[name]) + _GAP for name, part in self.parts.items()}
        beside = [name for name in BESIDE if name in tall]
        blocks = {"own_load": self.above + tall.pop("own_asked", 0.0)}
        if beside:
            blocks[beside[0]] = max(tall.pop(name) for name in beside)
        blocks |= {name: tall.pop(name) for name in ("own_projects", "own_operations") if name in tall}
        end = {"own_parts": self.below["own_parts"], **tall}
        end = {name: points for name, points in end.items() if points}
        closed = list(end or blocks)[-1]  # the closing lines stay with what is above them
        blocks |= end
        blocks[closed] += self.below["end"]
        return blocks


def _parts(facts: Facts) -> Mapping[str, _Part]:
    lists = own_lists
    late, takes = lists.due(facts), lists.handovers(facts)
    half = HALF if late and takes else WIDE
    head = _HEAD + _HEAD_LINE
    said = [wrapped(message(facts), half, 9.5, bold=True) for message in (due_message, handovers_message)]
    return {
        "own_asked": _Part(head, [_row([(row["text"], 0.86 * WIDE)], 8.5) for row in lists.asked(facts)]),
        "own_due": _Part(_HEAD + said[0] * _HEAD_LINE, [_due(row, half) for row in late]),
        "own_projects": _Part(head + _TABLE_HEAD, [_listed(row) for row in lists.projects(facts)]),
        "own_operations": _Part(head + _TABLE_HEAD, [_listed(row) for row in lists.operations(facts)]),
        "own_handovers": _Part(_HEAD + said[1] * _HEAD_LINE, [_handover(line, half) for line in takes]),
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


def _above(facts: Facts) -> float:
    """Points of what the first sheet opens with beside what is asked: headline, figures, load."""
    lead = _LEAD + 1.17 * _TITLE * wrapped(own_load.headline(facts), 1.1 * WIDE, _TITLE) + _GAP + _PANEL
    what = _WHAT * wrapped(own_load.what(facts), WIDE, 8)
    return lead + (_GAP + _HEAD + _HEAD_LINE + what + own_load.PAPER * 1.04 if own_load.speaks(facts) else 0.0)


def _below(facts: Facts) -> Mapping[str, float]:
    """Points of where else the person is named, and of the lines that close the last page."""
    lines = own_lists.others(facts)
    parts = _GAP + _HEAD + _HEAD_LINE + sum(_row([(line.text, 0.86 * WIDE)]) for line in lines) if lines else 0.0
    quiet = 1 + sum(not part.rows for part in _parts(facts).values()) + (not own_load.speaks(facts)) + (not lines)
    return {"own_parts": parts, "end": _GAP + _CLOSE + _WHAT * quiet}


def _row(cells: Sequence[tuple[str, float]], size: float = 8) -> float:
    """Points of a row by its texts and the points that each has on a line."""
    return _CELL + size / 8 * 10.3 * max(wrapped(text, points, size) for text, points in cells)
