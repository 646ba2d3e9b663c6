"""Tasks on a cluster by events: the next task goes to the first free slot; a machine that is lost loses its tasks."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Pool:
    """Slots that each do a task at a time, so many on a machine; `dispatch` seconds go by between two tasks' starts."""

    slots: int
    slots_a_machine: int
    dispatch: float


@dataclass(frozen=True)
class Losses:
    """Mean seconds between the losses of a machine, and seconds until it is back."""

    between: float
    back: float


def makespan(seconds: np.ndarray, pool: Pool, losses: Losses, chance: np.random.Generator) -> float:
    """Seconds until every task is done; a task whose machine is lost begins anew, after those that wait."""
    machines = -(-pool.slots // pool.slots_a_machine)
    lost_at = chance.exponential(losses.between, machines)
    free = [(0.0, slot) for slot in range(pool.slots)]
    waiting, handed_out, ends = deque(seconds.tolist()), 0.0, 0.0
    begun_again: list[tuple[float, float]] = []
    while waiting or begun_again:
        at, slot = heapq.heappop(free)
        machine = slot // pool.slots_a_machine
        if lost_at[machine] + losses.back <= at:
            lost_at[machine] = at + chance.exponential(losses.between)
        if lost_at[machine] <= at:
            heapq.heappush(free, (lost_at[machine] + losses.back, slot))
            continue
        if waiting:
            ready, task = 0.0, waiting.popleft()
        else:
            ready, task = heapq.heappop(begun_again)
        start = handed_out = max(at, ready, handed_out + pool.dispatch)
        if start + task > lost_at[machine]:
            heapq.heappush(begun_again, (float(lost_at[machine]), task))
            heapq.heappush(free, (float(lost_at[machine]) + losses.back, slot))
        else:
            ends = max(ends, start + task)
            heapq.heappush(free, (start + task, slot))
    return ends
