"""One part at one size: what its ways work on is made, then they take turns, each in a process of its own."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from benchmarks.declared import Part, Way
from benchmarks.processes import Failed, Taken, measured
from benchmarks.results import LeftOut, Measurement, Results

OURS = "this"
"""How the names of this program's own ways begin; none of them is left out for being slow."""
TURNS = ((1, 5), (20, 3), (float("inf"), 1))
"""Where the slowest way takes up to so many seconds, each takes its turn so many times."""
LONGEST_SECONDS = 3600
"""After which a process is ended, whichever it is."""


def measure(part: Part, size: int, repeats: int, folder: Path, results: Results) -> None:
    """Add every way's measurements to the results; turns are interleaved, so that a busy machine is busy for all."""
    ways = []
    for way in part.ways:
        why = _reason(part, way, size, results)
        if why:
            results.left_out.append(LeftOut(part.id, way.name, size, why))
        else:
            ways.append(way)
    kit = folder / f"{part.id}-{size}".replace(" ", "-")
    kit.mkdir()
    try:
        _prepare(part, size, kit)
        _take_turns(part, ways, size, repeats, kit, results)
    except Failed as problem:
        results.left_out += [LeftOut(part.id, way.name, size, f"nothing to work on: {problem}") for way in ways]
    shutil.rmtree(kit)


def _reason(part: Part, way: Way, size: int, results: Results) -> str:
    """Why a way is left out at a size, in words; "" where it is not."""
    if missing := way.missing():
        return missing
    if size > way.most:
        return f"not measured: {way.because}"
    earlier = next((one.why for one in results.left_out if (one.part, one.way) == (part.id, way.name)), "")
    if earlier:
        return earlier if earlier.startswith("not measured") else f"not measured: {earlier} at a smaller size"
    seconds = expected(part, way, size, results)
    if way.name.startswith(OURS) or seconds <= part.seconds:
        return ""
    return f"not measured: about {seconds:.0f} s are expected, more than {part.seconds:.0f} s"


def expected(part: Part, way: Way, size: int, results: Results) -> float:
    """Seconds that a way will take, on the straight line through its two largest sizes so far; 0 with fewer."""
    sizes = results.sizes(part.id, way.name)[-2:]
    known = [found.wall for one in sizes if (found := results.middle(part.id, way.name, one))]
    if len(known) < 2:
        return 0.0
    return known[1] + (known[1] - known[0]) / (sizes[1] - sizes[0]) * (size - sizes[1])


def _prepare(part: Part, size: int, kit: Path) -> None:
    if part.kit:
        _say(f"{part.id}, {size:,} {part.unit}: making what is worked on")
        measured("-m", "benchmarks.once", part.kit, str(kit), str(size))


def _take_turns(part: Part, ways: list[Way], size: int, repeats: int, kit: Path, results: Results) -> None:
    turn, turns = 0, 1
    while turn < turns and ways:
        for way in tuple(ways):
            _say(f"{part.id}, {size:,} {part.unit}: {way.name}")
            try:
                results.measurements.append(_once(part, way, size, turn, kit))
            except Failed as problem:
                results.left_out.append(LeftOut(part.id, way.name, size, str(problem)))
                ways.remove(way)
        slowest = max((one.wall for one in results.measurements if (one.part, one.size) == (part.id, size)), default=0)
        turns, turn = repeats or next(times for most, times in TURNS if slowest <= most), turn + 1


def _once(part: Part, way: Way, size: int, turn: int, kit: Path) -> Measurement:
    command = [one.format(kit=kit) for one in way.command] or ["-m", "benchmarks.once", way.run, str(kit), str(size)]
    seconds = LONGEST_SECONDS if way.name.startswith(OURS) else 3 * part.seconds
    taken: Taken = measured(*command, seconds=seconds)
    work = {"wall": taken.wall, "cpu": taken.cpu} if part.cold else json.loads(taken.printed.splitlines()[-1])
    return Measurement(part.id, way.name, size, turn, work["wall"], work["cpu"], taken.memory_mb)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
