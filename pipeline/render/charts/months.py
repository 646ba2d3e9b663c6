"""Hours by month against capacity: solid is registered, hatched forecast, an empty outline undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.render.charts.columns import Plot, capacity_line, column
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.key import KEY_MARK, Name, key, key_mark
from pipeline.render.charts.sheet import Sheet
from pipeline.render.charts.told import load_told
from pipeline.render.facts import Load
from pipeline.render.language import Language

_KINDS = 0.17
"""Share of a month's room left free on each side of its column."""
_SCREEN_TEXT, _WIDER = 10, 1.2
"""Text of drawings for a screen is no smaller; how much wider its letters may be."""


@dataclass(frozen=True)
class RuleChange:
    """The first month that other rules judged, and the names of both: `rule set 3.2`, `rule set 4.1`."""

    month: date
    before: str
    after: str


def months_chart(
    loads: Sequence[Load],
    now: int,
    sheet: Sheet,
    height: float,
    title: str,
    rules: RuleChange | None = None,
    share: bool = False,
) -> Markup:
    """Stacked columns of run, change and undecided hours a month, forecast hatched, with the capacity line.

    `now` is the place of the period's month in `loads`, whose months have dates. `share` adds a thin line of the share
    of change below. Loads are printed for the present month and those over capacity. No hours, no drawing.
    """
    if not any(one.hours or one.capacity for one in loads):
        return Markup("")
    say, size = sheet.language, sheet.text_size
    draw = Drawing(sheet, height)
    below = size * (2.8 + (1.3 if rules else 0) + (4.9 if share else 0))
    top, foot = size * (5.8 if sheet.phone else 4.2), height - below
    names = _names(loads, now, Plot.of(loads, sheet.width, top, foot), say)
    beside = 0.0 if sheet.phone else _beside(draw, names)
    plot = Plot.of(loads, sheet.width - beside, top, foot)
    _spans(draw, loads, plot, size * (1.7 if sheet.phone else 0), say)
    for place, one in enumerate(loads):
        with draw.mark(load_told(one, say)):
            column(draw, one, plot, place, _KINDS)
    _month_names(draw, loads, now, plot, say)
    draw.line(0, plot.foot, plot.right, plot.foot, "ink", 0.75)
    changed = _first_new(loads, rules)
    capacity_line(draw, loads, plot, {changed})
    _load_words(draw, loads, now, plot, say)
    if sheet.phone:
        key(draw, names)
    else:
        _end_labels(draw, loads[-1], names, plot)
    if rules and changed:
        _rule_change(draw, rules, changed, plot, height - size * (5.3 if share else 0.4))
    if share:
        _share_line(draw, loads, now, plot, height, say)
    return draw.markup(title)


def _beside(draw: Drawing, names: Sequence[Name]) -> float:
    """Room for the words beside the last column; a screen may have wider letters than those that we measure."""
    widest = max((draw.wide(word, bold) for word, _, bold in names), default=0.0)
    return widest * (1 if draw.text_size < _SCREEN_TEXT else _WIDER) + draw.text_size * (0.8 + KEY_MARK)


def _first_new(loads: Sequence[Load], rules: RuleChange | None) -> int:
    """The place of the first month that new rules judged; 0 where there is none after the first."""
    return next((place for place, one in enumerate(loads) if rules and one.month and one.month >= rules.month), 0)


def _names(loads: Sequence[Load], now: int, plot: Plot, say: Language) -> list[Name]:
    """The kinds of work that can be seen, and the capacity with its hours in the period: what a reader compares."""
    last, month = loads[-1], loads[now]
    kinds = [
        (say.gettext("Run"), "runtext", any(plot.shows(one.run) for one in loads)),
        (say.gettext("Change"), "change", any(plot.shows(one.change) for one in loads)),
        (say.gettext("Undecided"), "ink2", any(plot.shows(one.undecided) for one in loads)),
        (say.gettext("Capacity"), "ink", any(one.capacity is not None for one in loads)),
    ]
    named: list[Name] = [(word, colour, True) for word, colour, there in kinds if there]
    if month.capacity is not None:
        named.append((say.hours(month.capacity), "ink", False))
        if last.capacity != month.capacity and month.month:
            named.append((say.gettext("in {month}", month=say.month(month.month, short=True)), "ink", False))
    return named


def _spans(draw: Drawing, loads: Sequence[Load], plot: Plot, down: float, say: Language) -> None:
    """Brackets over the months so far and those forecast; one too short for its words has none."""
    size = draw.text_size
    so_far = sum(not one.forecast for one in loads)
    spans = ((say.gettext("Actual"), 0, so_far), (say.gettext("Forecast"), so_far, len(loads)))
    for label, first, last in spans:
        if last > first:
            start, end = first * plot.gap + 2, last * plot.gap - 2
            draw.line(start, down + size * 1.4, end, down + size * 1.4, "ink2", 0.75)
            if draw.wide(label) < end - start:
                draw.text(start, down + size, label, "ink2")


def _month_names(draw: Drawing, loads: Sequence[Load], now: int, plot: Plot, say: Language) -> None:
    """The months below their columns, each January and the first with its year; in a crowd, every second or so."""
    size = draw.text_size
    named = [(place, one.month) for place, one in enumerate(loads) if one.month]
    short = {place: say.month(month, short=True) for place, month in named}
    step = plot.step(max((draw.wide(word) for word in short.values()), default=0) + size * 0.2)
    year = 0
    for place, month in named:
        if (place - now) % step:
            continue
        strong = place == now
        draw.text(
            plot.middle(place),
            plot.foot + size * 1.3,
            short[place],
            "ink" if strong else "ink2",
            strong,
            "middle",
            where_free=True,
        )
        if month.year != year:
            year = month.year
            draw.text(plot.middle(place), plot.foot + size * 2.5, str(year), "ink2", anchor="middle", where_free=True)


def _load_words(draw: Drawing, loads: Sequence[Load], now: int, plot: Plot, say: Language) -> None:
    """The load above the present month and those over capacity: in a crowd, the highest first while there is room."""
    wanted = [place for place, one in enumerate(loads) if one.load is not None and (one.over or place == now)]
    for place in sorted(wanted, key=lambda place: (place != now, -(loads[place].load or 0))):
        one = loads[place]
        word, size, reach = say.load(one.load), draw.text_size, 0.0
        wide = draw.wide(word, True)
        for other, beside in enumerate(loads):
            if abs(plot.middle(other) - plot.middle(place)) < (wide + plot.gap) / 2:
                reach = max(reach, beside.capacity or 0)
        x, y = plot.middle(place), plot.y(max(one.hours, reach)) - size * 0.45
        nudge = plot.gap * 0.3
        for across, up in ((0, 0), (nudge, 0), (-nudge, 0), (0, size * 1.1), (nudge, size * 1.1)):
            middle = min(max(x + across, wide / 2), plot.right - wide / 2)
            if draw.text(middle, y - up, word, "alert" if one.over else "ink", True, "middle", where_free=True):
                break


def _end_labels(draw: Drawing, last: Load, names: Sequence[Name], plot: Plot) -> None:
    """The words beside the last column at the middle of their part, pushed apart where they would touch; one of a kind
    that the last column has nothing of stands after a mark of its own.
    """
    size, x = draw.text_size, plot.right + draw.text_size * 0.6
    middles = {
        "runtext": last.run / 2,
        "change": last.run + last.change / 2,
        "ink2": last.run + last.change + last.undecided / 2,
        "ink": last.capacity if last.capacity is not None else last.hours,
    }
    hours = {"runtext": last.run, "change": last.change, "ink2": last.undecided}
    note = [word for word, _, bold in names if not bold]
    ceiling = plot.foot + size
    for level, word, colour in sorted((middles[colour], word, colour) for word, colour, bold in names if bold):
        below = note if colour == "ink" else []
        y = min(plot.y(level) + size * 0.35, ceiling - size * 1.25 * (1 + len(below)))
        alone = colour in hours and not plot.shows(hours[colour])
        if alone:
            key_mark(draw, x, y - size, colour)
        draw.text(x + size * KEY_MARK * alone, y, word, colour, True)
        for at, line in enumerate(below):
            draw.text(x, y + size * 1.2 * (at + 1), line)
        ceiling = y


def _rule_change(draw: Drawing, rules: RuleChange, place: int, plot: Plot, y: float) -> None:
    """A dashed line where the rules changed, and the names of both under the axis."""
    x, size = place * plot.gap, draw.text_size
    draw.dashes(x, plot.top - size * 0.9, x, y + size * 0.2, "ink2", 0.75)
    before = draw.fitted(rules.before, x - size * 0.8)
    draw.text(x - size * 0.4, y, before, "ink2", anchor="end")
    draw.text(x + size * 0.4, y, draw.fitted(rules.after, draw.width - x - size * 0.4), "ink2")


def _share_line(draw: Drawing, loads: Sequence[Load], now: int, plot: Plot, height: float, say: Language) -> None:
    """The share of change in each month's hours as a thin line; the first, the present and the last are printed.

    It runs from the lowest to the highest share, ten points apart at least: it shows movement, which the columns hide.
    """
    size, shares = draw.text_size, [(place, one.change / one.hours) for place, one in enumerate(loads) if one.hours]
    if not shares:
        return
    low, high = min(share for _, share in shares), max(share for _, share in shares)
    foot, scale = height - size * 0.6, size * 1.4 / max(0.1, high - low)
    draw.text(0, height - size * 3.9, draw.fitted(say.gettext("Share of change in hours"), draw.width), "change")
    points = [(plot.middle(place), foot - (share - low) * scale) for place, share in shares]
    draw.steps(points, "change", 0.9)
    for (place, share), (x, y) in zip(shares, points, strict=True):
        told = say.gettext("{month}: {share} of hours are change", month=loads[place].name, share=say.percent(share))
        with draw.mark(told):
            draw.disc(x, y, size * 0.2, "change")
    for at, (place, share) in enumerate(shares):
        if place == now or at in (0, len(shares) - 1):
            x, y = points[at]
            draw.text(x, y - size * 0.5, say.percent(share), "change", place == now, "middle", where_free=True)
