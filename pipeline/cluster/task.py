"""What a worker does with a task: check that it is the same program, then run it in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.cluster.about import about, differences
from pipeline.cluster.child import own_child
from pipeline.errors import ClusterError


def carry_out(
    asked_by: Mapping[str, str],
    preload: tuple[str, ...],
    memory_mb: int,
    call: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> Any:
    """What the call returns, or raises. Raises ClusterError where a worker that joined later runs another program."""
    if other := differences(asked_by, about()):
        raise ClusterError(f"a worker runs {other}.", "", "Install the same versions on every worker, and run again.")
    return own_child(preload, memory_mb)(call, arguments)
