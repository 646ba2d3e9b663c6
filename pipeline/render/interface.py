"""Everything that a template can name, listed from what it is made of: for the docs and `pipeline template names`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from pipeline.render.environment import environment
from pipeline.render.exhibits import EXHIBITS
from pipeline.render.imprint import GIVEN
from pipeline.render.messages import MESSAGES
from pipeline.render.rows import LIMITS
from pipeline.render.sandbox import OF_DATES
from pipeline.render.shipped import shipped
from pipeline.render.view import View

OWN_FILTERS_ONLY = "pipeline."
"""Filters of the template language itself are in its own manual."""
_BLOCK = re.compile(r"\{# block (\w+): (.+?) #\}")


def names() -> tuple[tuple[str, str, str], ...]:
    """Kind (report, message, exhibit, table, filter, call, block), how it is written, and what it is; kind by kind."""
    return (
        *(("report", f"report.{name}", meaning) for name, meaning in _members()),
        *(("message", f"report.message.{name}", _first_line(word)) for name, word in MESSAGES.items()),
        *(
            ("exhibit", f'm.show(report, "{name}")', _first_line(one.message) or _first_line(one.rows))
            for name, one in sorted(EXHIBITS.items())
        ),
        *(("table", f'report.table("{name}").rows', f"The first {limit} rows.") for name, limit in LIMITS.items()),
        *(("filter", f"| {name}", meaning) for name, meaning in _filters()),
        *(("call", f"day.{name}()", "Of a date, a time or a span of time.") for name in OF_DATES),
        *(("block", f"{{% block {name} %}}", meaning) for name, meaning in _blocks()),
    )


def members() -> frozenset[str]:
    """Everything that `report` has."""
    return frozenset((*GIVEN, *(name for name in dir(View) if not name.startswith("_"))))


def _members() -> Iterator[tuple[str, str]]:
    yield from GIVEN.items()
    for name, member in inspect.getmembers(View):
        if not name.startswith("_"):
            call = "" if not inspect.isfunction(member) else str(inspect.signature(member)).replace("self, ", "")
            arguments = re.sub(r": [^,)=]+| -> .*", "", call).replace("= ", "=")
            yield f"{name}{arguments}", _first_line(member)


def _filters() -> Iterator[tuple[str, str]]:
    for name, function in sorted(environment(shipped()).filters.items()):
        if str(getattr(function, "__module__", "")).startswith(OWN_FILTERS_ONLY):
            yield name, _first_line(function)


def _blocks() -> Iterator[tuple[str, str]]:
    for path in sorted(shipped().rglob("*.j2")):
        yield from _BLOCK.findall(path.read_text(encoding="utf-8"))


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")
