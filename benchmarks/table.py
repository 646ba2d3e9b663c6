"""Results as Markdown: each part with every way as a ratio to this program's own, and what a change did."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence

from benchmarks.declared import Part
from benchmarks.results import Results


def table(results: Results, parts: Sequence[Part]) -> str:
    """A table a part: wall and processor seconds, peak memory, how many times this program's own, and growth."""
    return "\n".join(line for part in parts if results.sizes(part.id) for line in (*_part(results, part), ""))


def _part(results: Results, part: Part) -> Iterator[str]:
    yield f"### {part.title}"
    yield ""
    yield f"| {part.unit} | way | wall s | CPU s | MB | times this, wall | times this, CPU | slope |"
    yield "|--:|---|--:|--:|--:|--:|--:|--:|"
    for size in results.sizes(part.id):
        yield from (f"| {size:,} | {way.name} | {_cells(results, part, way.name, size)} |" for way in part.ways)


def _cells(results: Results, part: Part, way: str, size: int) -> str:
    """What stands behind a way: its figures, or why there are none."""
    one, ours = (results.middle(part.id, name, size) for name in (way, part.ways[0].name))
    if one is None:
        return f"{results.why_not(part.id, way, size)} | | | | |"
    ratios = f"{one.wall / ours.wall:.2f} | {one.cpu / ours.cpu:.2f}" if ours else "– | –"
    slope = results.slope(part.id, way) if results.sizes(part.id, way)[-1] == size else math.nan
    grown = "" if math.isnan(slope) else f"{slope:.2f}"
    return f"{one.wall:.3g} | {one.cpu:.3g} | {one.memory_mb:.0f} | {ratios} | {grown}"


def comparison(now: Results, before: Results, parts: Sequence[Part]) -> str:
    """What a change did to this program's own ways: wall seconds then and now.

    The machine: how much the others of the same part and size, which did not change, are slower or faster now. The
    change itself: the quotient without the machine's part.
    """
    lines = [
        f"### Against {before.about.get('commit', '')} of {before.about.get('date', '')}",
        "",
        "| part | size | way | then s | now s | machine | the change itself |",
        "|---|--:|---|--:|--:|--:|--:|",
    ]
    for part in parts:
        own = [way.name for way in part.ways if way.name.startswith("this")]
        for size in now.sizes(part.id):
            others = [
                new.wall / old.wall
                for way in part.ways
                if way.name not in own
                and (new := now.middle(part.id, way.name, size))
                and (old := before.middle(part.id, way.name, size))
            ]
            machine = statistics.median(others) if others else 1.0
            for name in own:
                new, old = now.middle(part.id, name, size), before.middle(part.id, name, size)
                if new and old:
                    change = f"{machine:.2f} | {new.wall / old.wall / machine:.2f}"
                    lines.append(f"| {part.id} | {size:,} | {name} | {old.wall:.3g} | {new.wall:.3g} | {change} |")
    return "\n".join([*lines, ""])
