"""What a process runs: the versions that driver and workers must have alike, so that results are the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.versions import versions


@cache
def about() -> Mapping[str, str]:
    """Versions of the program, of Python and of the libraries that shape a report."""
    return versions()


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What is other there than here, as one line: `weasyprint 69.0 (here 70.0)`; "" where nothing is."""
    other = [(name, there.get(name, "not installed"), value) for name, value in here.items()]
    return ", ".join(f"{name} {theirs} (here {ours})" for name, theirs, ours in other if theirs != ours)
