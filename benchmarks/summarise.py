"""Seconds and memory of adding up: allocation and every table, and how time grows; against pandas one item at a time.

python benchmarks/summarise.py [ITEMS ...]      default: 10000 30000 100000

Each size runs cold in a process of its own: items x 24 months x 5,000 people. `slope` is that of the logarithms of
processor seconds by size: 1 is linear. The peer allocates alone, without any table, on a part of the items; its
seconds are extrapolated by the number of items, which flatters it. TaskJuggler plans what it can where it is installed.
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
import time

import numpy as np
import pandas as pd
from organisation import PEOPLE, PERIOD, make_portfolio
from peers import taskjuggler
from peers.merged import person_months
from whole_run import measured

from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from pipeline.summarise.work import gather

SETTINGS = SummariseSettings(months_before=11, months_after=12)
MONTHS = pd.period_range("2025-11", "2027-10", freq="M")
PEER_ITEMS = 2_000
TASKS = 300


def once(items: int) -> dict[str, float]:
    """One size, measured in this process: allocation alone, then all of it."""
    portfolio = make_portfolio(items)
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun, used = time.perf_counter(), time.process_time()
    (summary,) = summarise(portfolio, SETTINGS, PERIOD)
    wall, cpu = time.perf_counter() - begun, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    used = time.process_time()
    gather(portfolio, SETTINGS, PERIOD)
    alone = time.process_time() - used
    rows = sum(len(table) for table in summary.tables.values())
    return {
        "wall": wall, "cpu": cpu, "allocation": alone, "peak": peak, "made": made, "rows": rows,
        "peer": peer(items) if items <= 100_000 else math.nan, "busy": os.getloadavg()[0],
    }  # fmt: skip


def peer(items: int) -> float:
    """Processor seconds of the peer for so many items, from a part of them."""
    portfolio = make_portfolio(PEER_ITEMS)
    used = time.process_time()
    person_months(portfolio, MONTHS, PEER_ITEMS)
    return (time.process_time() - used) * items / PEER_ITEMS


def main(sizes: list[int]) -> None:
    """Print one line a size, and the slope."""
    print(f"{PEOPLE:,} people x 24 months; seconds of one cold process a size")
    print(
        f"{'items':>10} {'wall':>7} {'cpu':>7} {'allocate':>9} {'peak MB':>8} {'rows':>11} "
        f"{'peer cpu':>9} {'ratio':>7} {'load':>5}"
    )
    spent = []
    for items in sizes:
        _, _, printed = measured(__file__, "--once", str(items))
        one = json.loads(printed)
        spent.append(one["cpu"])
        print(
            f"{items:10,} {one['wall']:7.1f} {one['cpu']:7.1f} {one['allocation']:9.1f} {one['peak']:8.0f} "
            f"{one['rows']:11,} {one['peer']:9.0f} {one['peer'] / one['allocation']:6.0f}x {one['busy']:5.1f}",
            flush=True,
        )
    if len(sizes) > 1:
        slope = np.polyfit(np.log(sizes), np.log(spent), 1)[0]
        print(f"slope {slope:.2f}")
    print(_taskjuggler())


def _taskjuggler() -> str:
    """TaskJuggler on a small part, which is as much as it plans in a minute."""
    why = taskjuggler.missing()
    if why:
        return f"TaskJuggler: not run, {why}"
    seconds = taskjuggler.seconds_of(make_portfolio(TASKS * 4), TASKS, TASKS // 10)
    return f"TaskJuggler: {TASKS} tasks of {TASKS // 10} people x 24 months: {seconds:.1f} s of processor"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        print(json.dumps(once(int(sys.argv[2]))))
    else:
        main([int(argument) for argument in sys.argv[1:]] or [10_000, 30_000, 100_000])
