"""The answer of `pipeline schedule show`: when months are due, and which are done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pipeline.answers.text import table
from pipeline.findings import counted
from pipeline.schedule.record import Record
from pipeline.schedule.rule import Due, Rule

_NEXT = 3
_DONE = 12


def schedule_object(rule: Rule, record: Record | None, now: datetime) -> dict[str, Any]:
    """The answer of `pipeline schedule show --json`."""
    tried = record.tried if record else None
    done = sorted(record.done.items()) if record else []
    return {
        "when": rule.when,
        "time": f"{rule.time:%H:%M}",
        "timezone": rule.zone.key,
        "begun": record is not None,
        "next": [_due(rule, one) for one in rule.following(now, _NEXT)],
        "done": [{"period": str(period), "at": _local(rule, at)} for period, at in done[-_DONE:]],
        "failed": tried and {"period": str(tried.period), "times": tried.times, "again": _local(rule, tried.again)},
    }


def schedule_lines(told: dict[str, Any]) -> Iterator[str]:
    """What `pipeline schedule show` prints, from its object."""
    yield f"On the {told['when']} of each month at {told['time']}, {told['timezone']}"
    yield "Next"
    yield from table([(f"  {one['at']}", f"reports of {one['period']}") for one in told["next"]])
    if told["done"]:
        yield "Done"
        yield from table([(f"  {one['at']}", f"reports of {one['period']}") for one in told["done"]])
    if told["failed"]:
        one = told["failed"]
        yield f"{one['period']} did not succeed so far (begun {counted(one['times'], 'time')}). Again: {one['again']}."
    if not told["begun"]:
        yield "Nothing has asked so far: `pipeline schedule install` has this machine ask."


def _due(rule: Rule, due: Due) -> dict[str, str]:
    return {"period": str(due.period), "at": _local(rule, due.at)}


def _local(rule: Rule, moment: datetime) -> str:
    return f"{moment.astimezone(rule.zone):%Y-%m-%d %H:%M%z}"
