"""The simulation of very large runs is right where one can reckon by hand, and its page is what the samples give."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import scale, scale_page
from benchmarks.scale import Samples
from benchmarks.simulate import Losses, Pool, makespan

NEVER = Losses(1e12, 0)


class LostAt:
    """Chance that loses machines at these times, and never again."""

    def __init__(self, *times: float) -> None:
        self.times: tuple[float, ...] = times

    def exponential(self, _: float, size: int | None = None) -> float | np.ndarray:
        return 1e12 if size is None else np.array(self.times)


def spent(tasks: list[float], pool: Pool, losses: Losses = NEVER, chance: object = None) -> float:
    chosen: np.random.Generator = chance or np.random.default_rng(1)  # type: ignore[assignment]
    return makespan(np.array(tasks), pool, losses, chosen)


def test_one_slot_takes_the_sum_and_slots_take_turns() -> None:
    assert spent([3, 1, 2], Pool(1, 1, 0)) == 6
    assert spent([2] * 12, Pool(4, 2, 0)) == 6
    assert spent([1, 1, 1, 5], Pool(2, 1, 0)) == 6
    assert spent([], Pool(2, 1, 0)) == 0


def test_a_scheduler_hands_out_one_task_after_the_other() -> None:
    assert spent([1] * 8, Pool(8, 4, 0.5)) == pytest.approx(8 * 0.5 + 1)


def test_tasks_of_a_lost_machine_begin_anew_elsewhere_or_when_it_is_back() -> None:
    losses = Losses(1, back=100)
    # Two machines of a slot each; the first is lost at 3, in its second task, which the other does after its own.
    assert spent([2, 2, 2, 2], Pool(2, 1, 0), losses, LostAt(3, 1e12)) == 6
    # One machine alone: the task that was lost at 3 begins anew at 103.
    assert spent([2, 2], Pool(1, 1, 0), losses, LostAt(3)) == 105
    # Both slots of a machine lose their tasks.
    assert spent([2, 2], Pool(2, 2, 0), losses, LostAt(1)) == 103


def test_a_line_tells_what_a_task_and_a_row_take() -> None:
    found = Samples({"parts": [{"rows": rows, "look": 0.5 + rows / 1000} for rows in (100, 1_000, 4_000)]})
    fixed, each, times = found.line("parts", "look")
    assert (fixed, each) == (pytest.approx(0.5), pytest.approx(0.001))
    assert times == pytest.approx(np.ones(3))


def test_the_page_on_scale_holds_what_the_samples_say() -> None:
    page = scale.PAGE.read_text(encoding="utf-8")
    assert scale_page.filled(page, scale.samples()) == page
