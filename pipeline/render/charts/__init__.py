"""The charts of a report: pure functions from plain values and a Sheet to drawings. Colour means kind of work.

Solid is registered, hatched forecast or likely, an empty outline undecided. Values are printed, so there are no
gridlines; the baseline is zero. `title` is the finding; every mark tells its value when pointed at. Without values
there is no drawing: `Markup("")`. On a sheet for phones each has a layout of its own.

- `months_chart(loads, now, sheet, height, title, rules=None, share=False)`: hours by month against capacity
- `person_chart(loads, now, sheet, height, title)`: one person's months, loads and hours printed
- `bullet_chart(loads, sheet, height, title)`: load against capacity by part
- `timeline_chart(golives, first, months, sheet, title, today=None, windows=())`: go-lives as labelled dots;
  `timeline_height` of the same
- `slip_chart(slips, sheet, title, today, windows=())`: first recorded finish, finish now, weeks between
- `phase_chart(phases, sheet, title)`: projects, overdue and hours by phase
- `wave_chart(waves, sheet, height, title)`: hours added and freed by month, with the load they leave
- `trend_chart(points, sheet, height, title)`: a share by published month, broken where rules changed
- `band_chart(bands, sheet, title)`: rows by certainty
- `bar(value, most, sheet, colour, title)`, `squares(count, of, sheet, title, least=5 / 8)`: small enough for a
  table's cell
- `lean(points, most, sheet)`, `strip(kind, certainty, sheet, title)`: one verdict
"""

from pipeline.render.charts.axis import Window
from pipeline.render.charts.bands import Band, band_chart
from pipeline.render.charts.bullets import bullet_chart
from pipeline.render.charts.cells import bar, squares
from pipeline.render.charts.months import RuleChange, months_chart
from pipeline.render.charts.person import person_chart
from pipeline.render.charts.phases import Phase, phase_chart
from pipeline.render.charts.sheet import Sheet
from pipeline.render.charts.slips import Slip, slip_chart
from pipeline.render.charts.timeline import GoLive, timeline_chart, timeline_height
from pipeline.render.charts.trend import Point, trend_chart
from pipeline.render.charts.verdict import lean, strip
from pipeline.render.charts.wave import Wave, wave_chart

__all__ = [
    "Band", "GoLive", "Phase", "Point", "RuleChange", "Sheet", "Slip", "Wave", "Window",
    "band_chart", "bar", "bullet_chart", "lean", "months_chart", "person_chart",
    "phase_chart", "slip_chart", "squares", "strip", "timeline_chart", "timeline_height", "trend_chart",
    "wave_chart",
]  # fmt: skip
