"""Results as an SVG: a small plot a part, both axes logarithmic, each line named with its slope."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from itertools import cycle

from benchmarks.declared import Part
from benchmarks.results import Results

WIDTH, HEIGHT, COLUMNS = 460, 280, 2
LEFT, RIGHT, TOP, FOOT = 46, 190, 34, 34
"""Room around a plot; to its right stand the names."""
LINE_HEIGHT = 12
COLOURS = ("#12506a", "#bf8327", "#7a5195", "#4f7d3a", "#a23b3b", "#777777", "#00838f")
_STYLE = "text{font:10px sans-serif;fill:#333}.head{font-weight:bold;font-size:11px}.grid{stroke:#ddd}"


def plot(results: Results, parts: Sequence[Part]) -> str:
    """Wall seconds by size of every part that was measured at two sizes or more."""
    shown = [part for part in parts if len(results.sizes(part.id)) > 1]
    rows = -(-len(shown) // COLUMNS)
    drawn = "".join(
        f'<g transform="translate({at % COLUMNS * WIDTH},{at // COLUMNS * HEIGHT})">{_panel(results, part)}</g>'
        for at, part in enumerate(shown)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COLUMNS * WIDTH} {rows * HEIGHT}" role="img" '
        'aria-label="Wall seconds by size, both on logarithmic axes, this program beside others">'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{drawn}</svg>\n'
    )


def _panel(results: Results, part: Part) -> str:
    lines = {
        way.name: [
            (size, one.wall) for size in results.sizes(part.id) if (one := results.middle(part.id, way.name, size))
        ]
        for way in part.ways
    }
    lines = {name: points for name, points in lines.items() if points}
    sizes = [size for points in lines.values() for size, _ in points]
    seconds = [wall for points in lines.values() for _, wall in points]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))

    def x(size: float) -> float:
        span = math.log(max(sizes) / min(sizes)) or 1
        return round(LEFT + math.log(size / min(sizes)) / span * (WIDTH - LEFT - RIGHT), 1)

    def y(wall: float) -> float:
        return round(HEIGHT - FOOT - (math.log10(wall) - low) / max(high - low, 1) * (HEIGHT - TOP - FOOT), 1)

    grid = "".join(
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(10.0**power)}" y2="{y(10.0**power)}"/>'
        f'<text x="{LEFT - 4}" y="{y(10.0**power) + 3}" text-anchor="end">{10.0**power:g} s</text>'
        for power in range(low, high + 1)
    )
    ticks = "".join(
        f'<text x="{x(size)}" y="{HEIGHT - FOOT + 14}" text-anchor="middle">{size:,}</text>'
        for size in sorted(set(sizes))
    )
    ends = _apart({name: y(points[-1][1]) for name, points in lines.items()})
    drawn = ""
    for (name, points), colour in zip(lines.items(), cycle(COLOURS), strict=False):
        slope = results.slope(part.id, name)
        said = name if math.isnan(slope) else f"{name}: {slope:.2f}"
        way = " ".join(f"{x(size)},{y(wall)}" for size, wall in points)
        width = 2.5 if name == part.ways[0].name else 1.2
        dots = "".join(f'<circle cx="{x(size)}" cy="{y(wall)}" r="2" fill="{colour}"/>' for size, wall in points)
        drawn += (
            f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="{width}"/>{dots}'
            f'<text x="{WIDTH - RIGHT + 8}" y="{ends[name] + 3}" style="fill:{colour}">{escape(said)}</text>'
        )
    title = f'<text class="head" x="{LEFT}" y="18">{escape(part.title)} ({part.unit})</text>'
    return title + grid + ticks + drawn


def _apart(ends: dict[str, float]) -> dict[str, float]:
    """The heights of names beside the ends of their lines, moved down where they would touch."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name, height in sorted(ends.items(), key=lambda one: one[1]):
        last = placed[name] = max(height, last + LINE_HEIGHT)
    return placed
