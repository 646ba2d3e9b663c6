"""The headline figures of page 1 as a reader sees them: value, whole, and how each moved since the month before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.model import Figure
from pipeline.render.facts import Facts
from pipeline.render.language import Language

_BETTER_HIGH = ("cells_filled",)
"""Figures of which less is worse."""
_RATIO = "run_share"


@dataclass(frozen=True)
class Tile:
    """One figure: what it is called, its value, the whole it is a part of, its change, and what that is counted from.

    `other` is the second number of a ratio. Texts are "" where there is nothing to say.
    """

    title: str
    value: str
    other: str = ""
    whole: str = ""
    change: str = ""
    since: str = ""
    worse: bool = False


def tiles(facts: Facts) -> tuple[Tile, ...]:
    """Every figure of the panel that the summary has, in reading order."""
    return tuple(_tile(one, facts) for one in facts.panel)


def _tile(one: Figure, facts: Facts) -> Tile:
    say = facts.language
    change = _change(one, say)
    worse = bool(change) and _is_worse(one)
    since = _since(facts, bool(change), worse) if one.previous is not None and one.value is not None else ""
    if one.id == _RATIO and one.value is not None:
        title = say.gettext("Run to change, share of hours")
        run, other = round(100 * one.value), 100 - round(100 * one.value)
        return Tile(title, say.number(run), say.number(other), "", change, since, worse)
    return Tile(say.gettext(one.title), say.figure(one), "", _whole(one, say), change, since, worse)


def _whole(one: Figure, say: Language) -> str:
    if one.value is None:
        return ""
    if one.unit == "hours":
        return say.gettext("h")
    part = one.unit == "count" and one.of is not None
    return say.gettext("of {whole}", whole=say.number(one.of)) if part else ""


def _change(one: Figure, say: Language) -> str:
    """`+3`, `−1 pt`; "" where the two read alike or there is nothing to compare with."""
    if one.value is None or one.previous is None:
        return ""
    if one.unit != "share":
        return say.change(one.value - one.previous) if say.number(one.value) != say.number(one.previous) else ""
    points = round(100 * one.value) - round(100 * one.previous)
    if not points:
        return ""
    moved = say.change(points)
    if one.id == _RATIO:
        return say.ngettext("{change} pt run", "{change} pts run", abs(points), change=moved)
    return say.ngettext("{change} pt", "{change} pts", abs(points), change=moved)


def _is_worse(one: Figure) -> bool:
    """Whether a figure that should be low has risen, or one that should be high has fallen."""
    assert one.value is not None
    assert one.previous is not None
    return one.value < one.previous if one.id in _BETTER_HIGH else one.adverse and one.value > one.previous


def _since(facts: Facts, changed: bool, worse: bool) -> str:
    """`on September`, `on September, worse`, `as in September`."""
    period, say = facts.summary.previous, facts.language
    if period is None:
        return ""
    first = date(period.year, period.month, 1)
    month = facts.month(first)
    if not changed:
        return say.gettext("as in {month}", month=month)
    return say.gettext("on {month}, worse", month=month) if worse else say.gettext("on {month}", month=month)
