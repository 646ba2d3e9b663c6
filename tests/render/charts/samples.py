"""One drawing of each chart, from values of a small university; the tests and the picture of all charts draw these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from markupsafe import Markup

from pipeline.render.charts import (
    Band,
    GoLive,
    Phase,
    Point,
    RuleChange,
    Sheet,
    Slip,
    Wave,
    Window,
    band_chart,
    bar,
    bullet_chart,
    lean,
    months_chart,
    person_chart,
    phase_chart,
    slip_chart,
    squares,
    strip,
    timeline_chart,
    trend_chart,
    wave_chart,
)
from pipeline.render.facts import Load

TODAY = date(2026, 10, 31)


def load(
    name: str,
    run: float,
    change: float,
    capacity: float | None,
    *,
    month: date | None = None,
    forecast: bool = False,
    undecided: float = 0,
) -> Load:
    hours = run + change + undecided
    return Load(name, run, change, undecided, hours, capacity, hours / capacity if capacity else None, month, forecast)


def month(index: int) -> date:
    """February 2026 and so on."""
    return date(2026 + (index + 1) // 12, (index + 1) % 12 + 1, 1)


_HOURS = ((8110, 2490), (8200, 2680), (8150, 2650), (8200, 2920), (8230, 2990), (8330, 2820), (8300, 2710), (8500, 3360),
          (8620, 3500), (8800, 3670), (8550, 3660), (8930, 3750))  # fmt: skip
MONTHS = tuple(
    load(f"{month(at):%B}", run, change, 11_960 if at < 5 else 12_220, month=month(at), forecast=at > 8)
    for at, (run, change) in enumerate(_HOURS)
)
MONTHS_UNDECIDED = tuple(
    load(one.name, one.run, one.change, one.capacity, month=one.month, forecast=one.forecast, undecided=700)
    for one in MONTHS
)
PARTS = (
    load("IT Services", 2690, 1720, 4030),
    load("Student Services", 1420, 490, 1820),
    load("Estates and Facilities", 1980, 540, 2600),
    load("Finance and Procurement", 780, 310, 1170, undecided=40),
    load("Library and Learning", 1190, 270, None),
    load("Research Office", 560, 170, 300),
)
PERSON = tuple(
    load(f"{month(8 + at):%B}", 79, total - 79, 130, month=month(8 + at), forecast=at > 0)
    for at, total in enumerate((153, 164, 157, 161, 146, 127))
)
_GOLIVES = (
    ("R-044", "Single sign-on renewal", "D. Osei", date(2026, 10, 12), date(2026, 11, 16)),
    ("R-052", "Student portal redesign", "A. Nwosu", date(2026, 11, 2), date(2026, 11, 30)),
    ("R-061", "e-Invoicing for suppliers", "K. Haddad", date(2026, 12, 1), date(2026, 12, 1)),
    ("R-031", "HR self-service", "D. Osei", date(2026, 10, 26), date(2026, 12, 7)),
    ("R-038", "Network refresh, north campus", "M. Lindqvist", date(2026, 11, 23), date(2026, 12, 14)),
    ("R-070", "Visitor parking system", "I. Calloway", None, date(2026, 12, 14)),
    ("R-055", "Wellbeing app", "L. Tran", date(2027, 1, 11), date(2027, 1, 18)),
    ("R-066", "Lecture capture", "P. Raman", date(2027, 1, 4), date(2027, 1, 25)),
    ("R-073", "Laboratory ventilation, block C", "S. Brandt", date(2027, 1, 18), date(2027, 2, 8)),
    ("R-047", "Second data centre", "M. Lindqvist", date(2027, 1, 11), date(2027, 2, 22)),
    ("R-079", "Research grants workflow", "J. Weber", date(2027, 3, 1), date(2027, 3, 1)),
    ("R-082", "Library discovery layer", "H. Farrow", date(2027, 3, 29), date(2027, 3, 15)),
    ("R-090", "Timetable integration", "T. Weatherall", date(2027, 3, 22), date(2027, 4, 19)),
)
SLIPS = tuple(Slip(*one) for one in _GOLIVES)
GOLIVES = tuple(GoLive(one.name, one.now, one.grave) for one in SLIPS)
WINDOWS = (Window(date(2026, 11, 30), date(2026, 12, 14), 5),)
PHASES = (
    Phase("Initiate", 14, 1, 310),
    Phase("Plan", 11, 1, 740),
    Phase("Execute", 32, 7, 2210),
    Phase("Close", 7, 0, 240),
)
WAVES = tuple(
    Wave(month(9 + at), *one)
    for at, one in enumerate(
        ((520, 170, 1.02), (170, 690, 0.98), (940, 210, 1.04), (190, 470, 1.01), (190, 330, 1.003), (150, 540, 0.97))
    )
)
POINTS = tuple(
    Point(month(at), share, at == 5) for at, share in enumerate((0.24, 0.25, 0.25, None, 0.26, 0.31, 0.3, 0.28, 0.29))
)
BANDS = (
    Band("Clear operation", 215, "run"),
    Band("Likely operation", 47, "run", hatched=True),
    Band("To review", 18, ""),
    Band("Likely project", 32, "change", hatched=True),
    Band("Clear project", 86, "change"),
)

Draw = Callable[[Sheet], Markup]
SAMPLES: Mapping[str, tuple[float, Draw]] = {
    "months": (286, lambda sheet: months_chart(MONTHS, 8, sheet, 176 * sheet.text_size / 7.5, "Load passes capacity in November and January")),
    "months-rules": (
        286,
        lambda sheet: months_chart(
            MONTHS_UNDECIDED, 8, sheet, 210 * sheet.text_size / 7.5, "Change takes 29% of hours",
            RuleChange(month(5), "Rule set 3.2", "Rule set 4.1 from July"), share=True,
        ),
    ),
    "bullets": (202, lambda sheet: bullet_chart(PARTS, sheet, 176 * sheet.text_size / 7.5, "Three parts are over capacity")),
    "person": (504, lambda sheet: person_chart(PERSON, 0, sheet, 128 * sheet.text_size / 7.5, "Five months above capacity, then relief")),
    "timeline": (504, lambda sheet: timeline_chart(GOLIVES, date(2026, 11, 1), 6, sheet, "Five go-lives fall in 15 days", windows=WINDOWS)),
    "slips": (504, lambda sheet: slip_chart(SLIPS, sheet, "Nine of 13 go-lives have moved", TODAY, WINDOWS)),
    "phases": (504, lambda sheet: phase_chart(PHASES, sheet, "Execute holds half of the projects")),
    "wave": (202, lambda sheet: wave_chart(WAVES, sheet, 160 * sheet.text_size / 7.5, "January adds 940 hours")),
    "trend": (504, lambda sheet: trend_chart(POINTS, sheet, 110 * sheet.text_size / 7.5, "Change went from 24% to 29%")),
    "bands": (504, lambda sheet: band_chart(BANDS, sheet, "301 of 398 rows are clear")),
    "squares": (90, lambda sheet: squares(6, 8, sheet, "Six of eight conditions are met")),
    "squares-low": (90, lambda sheet: squares(3, 8, sheet, "Three of eight conditions are met")),
    "bar": (64, lambda sheet: bar(1420, 2690, sheet, "run", "Hours")),
    "lean": (96, lambda sheet: lean(-0.9, 1.3, sheet)),
    "strip": (112, lambda sheet: strip("project", "likely", sheet, "Verdict")),
}  # fmt: skip
"""Name -> width on paper and how it is drawn."""
