"""Milliseconds to make each chart, beside peers drawing 24 columns: leather and pygal where installed, else Jinja.

python benchmarks/charts.py [ROUNDS]      default: 200

Each is made once before it is measured; printed are the median processor time of the rounds and the drawing's size,
which a page carries. Laying it out in a PDF costs more than making it, by the number of its texts and shapes.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline.render.charts import Sheet, months_chart
from pipeline.render.palette import LIGHT
from tests.render.charts.samples import MONTHS, SAMPLES, load, month

TWO_YEARS = [load(one.name, one.run, one.change, one.capacity, month=month(at)) for at, one in enumerate(MONTHS * 2)]
TEMPLATE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 176" role="img"><title>{{ title }}</title>
{% for one in loads %}{% set x = loop.index0 * 12 %}{% set run = one.run / 100 %}{% set change = one.change / 100 %}
<g><title>{{ one.name }}</title><rect x="{{ "%.2f" | format(x) }}" y="{{ "%.2f" | format(150 - run) }}" width="8"
 height="{{ "%.2f" | format(run) }}" fill="#BF8327"/><rect x="{{ "%.2f" | format(x) }}" width="8" fill="#12506A"
 y="{{ "%.2f" | format(150 - run - change) }}" height="{{ "%.2f" | format(change) }}"/></g>
<text x="{{ "%.2f" | format(x) }}" y="165" font-size="7.5">{{ one.name[:3] }}</text>{% endfor %}</svg>"""


def ours() -> Iterator[tuple[str, Callable[[], str]]]:
    """Every sample on paper, and two years of months, which the peers draw."""
    for name, (width, draw) in SAMPLES.items():
        yield name, partial(draw, Sheet(width, 7.5, LIGHT))
    sheet = Sheet(504, 7.5, LIGHT)
    yield "24 columns", lambda: months_chart(TWO_YEARS, 8, sheet, 176, "Title")


def peers() -> Iterator[tuple[str, Callable[[], str]]]:
    """Two years of months by others, those that are installed."""
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(TEMPLATE)
    yield "24 columns, Jinja template", lambda: template.render(loads=TWO_YEARS, title="Title")
    if importlib.util.find_spec("leather"):
        yield "24 columns, leather", _leather
    if importlib.util.find_spec("pygal"):
        yield "24 columns, pygal", _pygal


def _leather() -> str:
    import leather

    chart = leather.Chart("Title")
    chart.add_columns([(str(at), one.hours) for at, one in enumerate(TWO_YEARS)])
    stream = StringIO()
    chart.to_svg(stream)
    return stream.getvalue()


def _pygal() -> str:
    import pygal

    chart = pygal.StackedBar(title="Title")
    chart.add("Run", [one.run for one in TWO_YEARS])
    chart.add("Change", [one.change for one in TWO_YEARS])
    return chart.render(is_unicode=True)


def measured(make: Callable[[], str], rounds: int) -> tuple[float, int]:
    """Median milliseconds and bytes of one drawing."""
    size = len(make().encode())
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        make()
        times.append(time.process_time() - begun)
    return 1000 * statistics.median(times), size


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{'chart':<28}{'ms':>8}{'kB':>8}")
    for name, make in (*ours(), *peers()):
        milliseconds, size = measured(make, rounds)
        print(f"{name:<28}{milliseconds:>8.2f}{size / 1000:>8.1f}")


if __name__ == "__main__":
    main()
