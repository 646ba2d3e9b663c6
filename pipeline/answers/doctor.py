"""The answer of `pipeline doctor`: each thing that is needed, its state, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.answers.text import table
from pipeline.doctor import Check

_STATES = {"well": "ok", "look": "look", "act": "ACT", "none": "-"}


def doctor_object(checks: Sequence[Check]) -> dict[str, Any]:
    """The answer of `pipeline doctor --json`."""
    return {"checks": [asdict(one) for one in checks], "well": all(one.state != "act" for one in checks)}


def doctor_lines(checks: Sequence[Check]) -> Iterator[str]:
    """One line a check, what to do below it."""
    rows = [(_STATES[one.state], one.what, one.found) for one in checks]
    for line, one in zip(table(rows), checks, strict=True):
        yield line
        if one.do:
            yield f"      {one.do}"
    acts = sum(one.state == "act" for one in checks)
    verb = "asks" if acts == 1 else "ask"
    yield "Everything that is needed is here." if not acts else f"{acts} of {len(checks)} {verb} you to act."
