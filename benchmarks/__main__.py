"""Measures every declared part, this program beside others in the same run, and tells it as table, plot and JSON.

python -m benchmarks [PART ...] [--all | --smallest] [--most SIZE] [--repeats N] [--against FILE] [--name NAME]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.declared import Part
from benchmarks.measure import OURS, measure
from benchmarks.parts import PARTS
from benchmarks.plot import plot
from benchmarks.results import FOLDER, Results, about, read, write
from benchmarks.table import comparison, table


def main(arguments: Sequence[str]) -> int:
    """Measure and tell; 1 where one of this program's own ways failed."""
    told = _arguments(arguments)
    parts = [part for part in PARTS if part.id in told.parts] if told.parts else list(PARTS)
    results = Results(about())
    with tempfile.TemporaryDirectory() as folder:
        for part in parts:
            for size in _sizes(part, told):
                measure(part, size, told.repeats, Path(folder), results)
    print(table(results, parts))
    if told.against:
        print(comparison(results, read(told.against), parts))
    if told.name:
        write(results, FOLDER / f"{told.name}.json")
        (FOLDER / f"{told.name}.svg").write_text(plot(results, parts), encoding="utf-8")
        (FOLDER / f"{told.name}.md").write_text(table(results, parts), encoding="utf-8")
    failed = [one for one in results.left_out if one.way == OURS]
    for one in failed:
        print(f"{one.part}, {one.size:,}: {one.why}", file=sys.stderr)
    return 1 if failed else 0


def _sizes(part: Part, told: argparse.Namespace) -> tuple[int, ...]:
    """The sizes of a part that are asked for."""
    if told.smallest:
        return part.sizes[:1]
    sizes = part.sizes + (part.larger if told.all else ())
    return tuple(size for size in sizes if size <= told.most)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Speed and memory, beside others.")
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(part.id for part in PARTS)}; default: all")
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--all", action="store_true", help="the largest sizes too, which take hours")
    sizes.add_argument("--smallest", action="store_true", help="only the smallest size of each part, once")
    parser.add_argument("--most", type=int, default=sys.maxsize, help="no size above this")
    parser.add_argument("--repeats", type=int, default=0, help="turns of each way; default: more, the quicker it is")
    parser.add_argument("--against", type=Path, help="earlier results, to show what a change did")
    parser.add_argument("--name", default="", help="keep the results as benchmarks/results/NAME.json, .svg and .md")
    told = parser.parse_args(arguments)
    if unknown := set(told.parts) - {part.id for part in PARTS}:
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    told.repeats = told.repeats or int(told.smallest)
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
