"""Where independent work runs: in this process, in several, or on a cluster; one small interface,
`concurrent.futures.Executor`.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import ParamSpec, TypeVar

_CREATED = 1_000_000
"""Objects after which a worker looks for circles among them: those of some five PDFs, each of which leaves 30 MB."""
P = ParamSpec("P")
T = TypeVar("T")
H = TypeVar("H")


class Here(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The finished future of the call; what it raised is in it."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


def executor(workers: int, preload: Sequence[str] = (), memory_mb: int = 0, address: str = "") -> Executor:
    """An executor of so many processes, or of this one where none is asked for; or of the cluster at an address.

    `preload` names modules whose import is paid once, in the server that workers are forked from; `memory_mb` is what
    each process may hold beside them (0: as much as there is). Work must be a top-level function with plain arguments.
    Plain fork is never used: it copies threads and locks. Raises ClusterError where there is no fit cluster at the
    address.
    """
    if workers < 1:
        return Here()
    if address:
        from pipeline.cluster import Cluster, connected

        return Cluster(connected(address), tuple(preload), memory_mb)
    if sys.platform == "win32":
        return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(bytes, b"", memory_mb))


def holding(workers: int, preload: Sequence[str], begin: Callable[[H], object], held: H, memory_mb: int) -> Executor:
    """An executor of so many processes of this machine, each of which begins with what `begin` makes of `held`.

    `memory_mb` is what each may hold beside that.
    """
    kind = "spawn" if sys.platform == "win32" else "forkserver"
    context = multiprocessing.get_context(kind)
    if kind == "forkserver":
        context.set_forkserver_preload(list(preload))
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(begin, held, memory_mb))


def _begin(begin: Callable[[H], object], held: H, memory_mb: int) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    begin(held)
    gc.freeze()  # what is loaded by now stays: no look for circles need go through it
    gc.set_threshold(_CREATED, 20, 100)
    limit(memory_mb)


def _end_with_parent() -> None:
    """End this process when the one that wants its work is killed: nobody else would."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _held_mb() -> int:
    """What this process holds of its own, as the limit counts it; 0 where that is not told."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) >> 10 for line in told.splitlines() if line.startswith("VmData"))


def limit(memory_mb: int) -> None:
    """Hold this process to so much memory beside what it has now: more raises MemoryError in it, and harms no other.

    What has been imported by now counts for nothing: the store of a library alone may be set aside by the gigabyte.
    """
    if memory_mb and sys.platform != "win32":
        import resource

        most = memory_mb + _held_mb() << 20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def beside(fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """The call on its way in a thread of its own: for what mostly waits for other processes."""
    pool = ThreadPoolExecutor(1)
    future = pool.submit(fn, *args, **kwargs)
    pool.shutdown(wait=False)
    return future


def warmed(preload: Sequence[str]) -> None:
    """Start the server that workers are forked from, so that it imports `preload` while this process does other work.

    Nothing is done where there is no such server or only one processor.
    """
    if sys.platform == "win32" or cores() <= 1:
        return
    from multiprocessing import forkserver

    forkserver.set_forkserver_preload(list(preload))
    forkserver.ensure_running()


def breadth(address: str = "") -> int:
    """How many calls run at a time: on this machine's processors, or on the cluster at an address.

    Raises ClusterError where there is no fit cluster there.
    """
    if not address:
        return cores()
    from pipeline.cluster import connected

    return connected(address).threads


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
