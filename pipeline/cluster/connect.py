"""Finding a cluster and making sure of it, before any work is handed to it."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from pipeline.cluster.about import about, differences
from pipeline.errors import ClusterError

_SOON = 5
"""Seconds in which a scheduler's port is opened, where anybody listens."""
PATIENCE = 30
"""Seconds to wait for the scheduler, and for its first worker."""
_OWN_CORES = "or leave `executor` under [run] empty, so that this machine's cores are used."
_SHOWN = 3
"""Workers that a message names."""


@dataclass(frozen=True)
class Connection:
    """A cluster that runs the same program."""

    client: Any

    @property
    def threads(self) -> int:
        """How many tasks its workers do at a time, as many as there are now."""
        return max(1, sum(int(threads) for threads in self.client.nthreads().values()))


_known: dict[str, Connection] = {}


def reach(address: str) -> None:
    """Make sure that somebody listens at a scheduler's address, before the work that comes first is done for nothing.

    Raises ClusterError, which says what to do. Workers and what they run are looked at by `connected`, which takes far
    longer.
    """
    if find_spec("distributed") is None:
        raise _not_installed(address)
    place = urlsplit(address)
    try:
        socket.create_connection((place.hostname or "", place.port or 0), timeout=_SOON).close()
    except OSError as problem:
        raise _no_answer(address, _SOON) from problem


def connected(address: str) -> Connection:
    """The cluster behind a scheduler's address, asked once. Raises ClusterError, which says what to do."""
    known = _known.get(address)
    if known is None or known.client.status != "running":
        _known[address] = known = _connected(address)
    return known


def _connected(address: str) -> Connection:
    try:
        from distributed import Client
    except ImportError as problem:
        raise _not_installed(address) from problem
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as problem:
        raise _no_answer(address, PATIENCE) from problem
    try:
        _check(client, address)
    except ClusterError:
        client.close()
        raise
    return Connection(client)


def _not_installed(address: str) -> ClusterError:
    hint = f"Install it in the folder of the program with `.venv/bin/pip install '.[dask]'`, {_OWN_CORES}"
    return ClusterError("the library that speaks to a cluster (Dask) is not installed.", address, hint)


def _no_answer(address: str, seconds: int) -> ClusterError:
    hint = f"Start it with `dask scheduler`, look at the address and the network, {_OWN_CORES}"
    return ClusterError(f"no scheduler answered within {seconds} seconds.", address, hint)


def _check(client: Any, address: str) -> None:
    """Raise ClusterError unless there are workers and each of them runs this very program."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as problem:
        hint = f"Start some with `dask worker {address}`, {_OWN_CORES}"
        raise ClusterError("the scheduler has no worker.", address, hint) from problem
    told = client.run(about, on_error="return")
    wrong = {worker: _wrong(one) for worker, one in told.items()}
    if any(wrong.values()):
        named = [f"{worker}: {why}" for worker, why in sorted(wrong.items()) if why]
        more = f"; and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
        hint = f"Install the same versions there, start those workers again, {_OWN_CORES}"
        raise ClusterError(f"workers differ from this machine: {'; '.join(named[:_SHOWN])}{more}.", address, hint)


def _wrong(told: object) -> str:
    """What is other on a worker, "" where nothing is."""
    if isinstance(told, dict):
        return differences(about(), told)
    if isinstance(told, ImportError):
        return "this program is not installed"
    return f"it could not say what it runs ({type(told).__name__})"
