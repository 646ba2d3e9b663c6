"""Two years of months drawn as columns by others."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

TEMPLATE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 176" role="img"><title>{{ title }}</title>
{% for one in loads %}{% set x = loop.index0 * 12 %}{% set run = one.run / 100 %}{% set change = one.change / 100 %}
<g><title>{{ one.name }}</title><rect x="{{ "%.2f" | format(x) }}" y="{{ "%.2f" | format(150 - run) }}" width="8"
 height="{{ "%.2f" | format(run) }}" fill="#BF8327"/><rect x="{{ "%.2f" | format(x) }}" width="8" fill="#12506A"
 y="{{ "%.2f" | format(150 - run - change) }}" height="{{ "%.2f" | format(change) }}"/></g>
<text x="{{ "%.2f" | format(x) }}" y="165" font-size="7.5">{{ one.name[:3] }}</text>{% endfor %}</svg>"""


def two_years() -> list[Any]:
    """Twenty-four months of load."""
    from tests.render.charts.samples import MONTHS, load, month

    return [load(one.name, one.run, one.change, one.capacity, month=month(at)) for at, one in enumerate(MONTHS * 2)]


def jinja(_: Path, count: int) -> Callable[[], object]:
    """A Jinja template."""
    from jinja2 import Environment

    template, loads = Environment(autoescape=True).from_string(TEMPLATE), two_years()
    return lambda: [template.render(loads=loads, title="Title") for _ in range(count)]


def leather(_: Path, count: int) -> Callable[[], object]:
    """leather."""
    from leather import Chart

    loads = two_years()

    def draw() -> str:
        chart, stream = Chart("Title"), StringIO()
        chart.add_columns([(str(at), one.hours) for at, one in enumerate(loads)])
        chart.to_svg(stream)
        return stream.getvalue()

    return lambda: [draw() for _ in range(count)]


def pygal(_: Path, count: int) -> Callable[[], object]:
    """pygal."""
    from pygal import StackedBar

    loads = two_years()

    def draw() -> str:
        chart = StackedBar(title="Title")
        chart.add("Run", [one.run for one in loads])
        chart.add("Change", [one.change for one in loads])
        return str(chart.render(is_unicode=True))

    return lambda: [draw() for _ in range(count)]
