"""Work runs here or in other processes, through one interface."""

from __future__ import annotations

import os

import pytest

from pipeline.executor import Here, cores, executor


def _square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def _fail(number: int) -> int:
    raise ValueError(f"no {number}")


def test_one_worker_runs_here() -> None:
    with executor(0) as pool:
        assert isinstance(pool, Here)
        assert pool.submit(_square, 3).result() == (9, os.getpid())


def test_several_workers_run_elsewhere_and_keep_the_order() -> None:
    with executor(2) as pool:
        done = list(pool.map(_square, range(5)))
    assert [value for value, _ in done] == [0, 1, 4, 9, 16]
    assert os.getpid() not in {process for _, process in done}


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_call_raises_is_in_its_future(workers: int) -> None:
    with executor(workers) as pool, pytest.raises(ValueError, match="no 7"):
        pool.submit(_fail, 7).result()


def test_there_is_a_processor() -> None:
    assert cores() >= 1
