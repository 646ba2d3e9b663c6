"""Columns of hours on a common ground: what every chart by month stands on."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.render.charts.drawing import Drawing
from pipeline.render.facts import Load

LEAST = 1e-3
"""The least whole that a scale is made for: nothing is drawn of less, and nothing divided by it."""
WIDEST = 9.0
"""Text sizes that a column is wide at most: two months would be two walls."""
WHITE_GAP = 0.8
"""Points of ground between two kinds of work."""


@dataclass(frozen=True)
class Plot:
    """Where columns stand: room of one of them, right end, highest and lowest point, points per hour."""

    gap: float
    right: float
    top: float
    foot: float
    scale: float

    @classmethod
    def of(cls, loads: Sequence[Load], right: float, top: float, foot: float) -> Plot:
        """The plot in which the highest column or capacity just reaches the top."""
        peak = max(LEAST, *(max(one.hours, one.capacity or 0) for one in loads))
        return cls(right / len(loads), right, top, foot, max(0.0, foot - top) / peak)

    def middle(self, place: int) -> float:
        """The middle of a column."""
        return (place + 0.5) * self.gap

    def y(self, hours: float) -> float:
        """How high so many hours reach."""
        return self.foot - hours * self.scale

    def shows(self, hours: float) -> bool:
        """Whether so many hours of a kind of work stand tall enough to be seen."""
        return hours * self.scale > 2 * WHITE_GAP

    def step(self, wide: float) -> int:
        """Every how many columns a text so wide has room below."""
        return max(1, math.ceil(wide / self.gap))


def column(draw: Drawing, one: Load, plot: Plot, place: int, free: float) -> None:
    """One month's hours: run below, change above it, undecided on top; `free` is the share left empty on each side."""
    wide, base = min(plot.gap * (1 - 2 * free), draw.text_size * WIDEST), plot.foot
    x = plot.middle(place) - wide / 2
    for hours, colour in ((one.run, "run"), (one.change, "change")):
        tall = hours * plot.scale
        if one.forecast:
            draw.hatch(x, base - tall, wide, tall, colour)
        else:
            draw.rect(x, base - tall, wide, tall - (WHITE_GAP if base < plot.foot else 0), colour)
        base -= tall
    tall = one.undecided * plot.scale
    draw.rect(x, base - tall, wide, tall - WHITE_GAP, "bg", "ink2")


def capacity_line(draw: Drawing, loads: Sequence[Load], plot: Plot, breaks: Collection[int] = ()) -> None:
    """A step a month with a white edge over dark columns; it breaks at months of unknown capacity and at `breaks`."""
    run: list[tuple[float, float]] = []
    runs = [run]
    for place, one in enumerate(loads):
        if one.capacity is None or place in breaks:
            run = []
            runs.append(run)
        if one.capacity is not None:
            y = plot.y(one.capacity)
            run += [(place * plot.gap, y), ((place + 1) * plot.gap, y)]
    for points in filter(None, runs):
        draw.steps(points, "bg", 2.1)
        draw.steps(points, "ink", 1.1)
