"""The cluster's workers as an executor whose futures hold what the local ones would."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from typing import Any, ParamSpec, TypeVar

from pipeline.cluster.about import about
from pipeline.cluster.connect import Connection
from pipeline.cluster.task import carry_out

P = ParamSpec("P")
T = TypeVar("T")


class Cluster(Executor):
    """Runs each call on a worker, in a process of its own that has imported `preload` and may hold `memory_mb`.

    A call whose worker is lost is made again by another; calls are top-level functions with plain arguments, and change
    nothing outside, so that this is safe. What is delivered is delivered by the process that asks, never by a worker.
    """

    def __init__(self, connection: Connection, preload: tuple[str, ...], memory_mb: int) -> None:
        self._pool = connection.client.get_executor(pure=False)
        self._preload, self._memory_mb = preload, memory_mb

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future of the call. It holds MemoryError where every worker that took it up was lost, as the local pool's
        does where memory ran out; and BrokenExecutor where the connection to the cluster was.
        """
        call = partial(fn, **kwargs) if kwargs else fn
        outer: Future[T] = Future()
        outer.set_running_or_notify_cancel()
        inner = self._pool.submit(carry_out, about(), self._preload, self._memory_mb, call, args)
        inner.add_done_callback(partial(_settle, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """No more calls; those that nobody waits for any more are taken back."""
        self._pool.shutdown(wait=wait and not cancel_futures)


def _settle(outer: Future[Any], inner: Future[Any]) -> None:
    from distributed import KilledWorker

    if inner.cancelled():
        outer.set_exception(BrokenExecutor("the connection to the cluster was lost"))
        return
    problem = inner.exception()
    if problem is None:
        outer.set_result(inner.result())
    elif isinstance(problem, KilledWorker):
        outer.set_exception(MemoryError("every worker that took it up was lost"))
    else:
        outer.set_exception(problem)
