"""Which parts of a report follow the one before on its sheet of paper, which would be mostly white without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, from the corner of a sheet."""
_WHITE = 0.4
"""Of a sheet, how much must be white before the next part is let onto it."""
_MOST = 24
"""Sheets of a report beyond which nobody counts them: it is laid out once."""
_PIXELS = 96 / 25.4
"""Of the engine, in a millimetre."""
_TOP, _FOOT, _STEP = 21 * _PIXELS, 19 * _PIXELS, 13 * _PIXELS
"""The margins of a sheet, and the step above a part that follows another, as the style sheet sets them."""


@dataclass(frozen=True)
class _Part:
    """One part as it was laid out alone: how tall each of its blocks is, and how much of its last sheet it takes.

    The first block is the headline with what stands right below it.
    """

    id: str
    blocks: Sequence[float]
    last: float


def shared(parts: Sequence[str], sheets: Sequence[Mapping[str, Box]], height: float) -> tuple[str, ...]:
    """The parts that follow the one before on its sheet, by where everything with an id is on each sheet.

    A part does where enough of the sheet is white and its first block fits; what it pushes on may be followed in turn.
    Lengths are the engine's pixels, 96 an inch.
    """
    room = height - _TOP - _FOOT
    if not 1 < len(sheets) <= _MOST:
        return ()
    found, taken = [], 0.0
    for part in _laid_out(parts, sheets, room):
        begins = taken + _STEP
        if taken and room - taken >= _WHITE * room and begins + part.blocks[0] <= room:
            found.append(part.id)
            taken = _placed(part.blocks, begins, room)
        else:
            taken = part.last
    return tuple(found)


def rules(parts: Sequence[str]) -> str:
    """The style that lets these parts follow, each of their exhibits in one piece.

    It comes from outside the page, so only what is important takes the place of what the page says of itself.
    """
    follows = "break-before: auto !important; margin-top: 13mm !important"
    return "".join(f"#{id} {{ {follows} }} #{id} > .exhibit {{ break-inside: avoid !important }}\n" for id in parts)


def _placed(blocks: Sequence[float], taken: float, room: float) -> float:
    """How much of a sheet is taken after these blocks, each of which moves whole to the next where it has no room."""
    for tall in blocks:
        taken = taken + tall if taken + tall <= room else tall
        if taken > room:
            taken %= room
    return taken


def _laid_out(parts: Sequence[str], sheets: Sequence[Mapping[str, Box]], room: float) -> Iterator[_Part]:
    """Every part in order, measured from the top of the first sheet on as if all of them were one."""
    tops: dict[str, float] = {}
    ends: dict[str, float] = {}
    for at, boxes in enumerate(sheets):
        for id, (_, top, _, bottom) in boxes.items():
            tops.setdefault(id, at * room + top - _TOP)
            ends[id] = at * room + bottom - _TOP
    for id in parts:
        if id in tops:
            cuts = sorted({top for top in tops.values() if tops[id] < top < ends[id]})
            yield _Part(id, [b - a for a, b in pairwise([tops[id], *cuts[1:], ends[id]])], ends[id] % room)
