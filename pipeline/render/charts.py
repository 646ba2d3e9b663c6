"""The charts of a report: pure functions from loads and counts to drawings. Colour means kind of work.

Solid is registered up to the period, hatched is forecast, an empty outline is undecided. Values are printed,
so there are no gridlines; the baseline is zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.render import words
from pipeline.render.facts import Load
from pipeline.render.language import ENGLISH, Language
from pipeline.render.svg import Drawing
from pipeline.render.text import one_line

WHITE_GAP = 0.8
"""Points of ground between two kinds of work."""


@dataclass(frozen=True)
class Sheet:
    """What a chart is drawn on: its width in points, its text size, its colours by role, and the reader's language."""

    width: float
    text_size: float
    colours: Mapping[str, str]
    language: Language = ENGLISH


@dataclass(frozen=True)
class Band:
    """One part of a whole: its name, count and how it is filled (`run`, `change` or ``; hatched where likely)."""

    name: str
    count: int
    fill: str
    hatched: bool = False


def months_chart(loads: Sequence[Load], now: int, sheet: Sheet, height: float, title: str) -> Markup:
    """Stacked columns of run, change and undecided hours a month, forecast hatched, with the capacity line.

    `now` is the place of the period's month in `loads`, which must not be empty.
    """
    size = sheet.text_size
    draw = Drawing(sheet.width, height, sheet.colours, size)
    top, foot, right = size * 3.4, height - size * 2.8, sheet.width - size * 6.8
    peak = max(max(one.hours, one.capacity or 0) for one in loads) or 1
    scale = (foot - top) / peak
    gap = right / len(loads)
    _spans(draw, loads, gap, right)
    for place, one in enumerate(loads):
        _column(draw, one, place * gap + gap * 0.17, gap * 0.66, foot, scale)
    _month_names(draw, loads, now, gap, foot)
    draw.line(0, foot, right, foot, "ink", 0.75)
    _capacity_line(draw, loads, gap, foot, scale)
    _load_words(draw, loads, now, gap, foot, scale)
    _end_labels(draw, loads[-1], loads[now], right, foot, scale)
    return draw.markup(title, "; ".join(_described(one) for one in loads))


def bullet_chart(loads: Sequence[Load], sheet: Sheet, height: float, title: str) -> Markup:
    """One bar a part: run, change and undecided hours as a share of capacity, with a mark at 100 %.

    `height` is the room there is; rows grow into it up to a limit.
    """
    size = sheet.text_size
    row, top = min(size * 4.4, max(size * 3.1, (height - size * 1.7) / max(1, len(loads)))), size * 0.2
    height = top + row * len(loads) + size * 1.5
    draw = Drawing(sheet.width, height, sheet.colours, size)
    reach = max(1.2, min(2.0, max((one.load or 0 for one in loads), default=1.2) * 1.04))
    track = sheet.width - size * 4.6
    for place, one in enumerate(loads):
        _bullet(draw, one, top + place * row, row - size * 1.95, track, reach)
    for mark in (0.0, 0.5, 1.0):
        draw.text(track * mark / reach, height - 1.5, words.percent(mark), "ink2", anchor="middle" if mark else "start")
    return draw.markup(title, "; ".join(f"{one.name} {words.percent(one.load, words.UNKNOWN)}" for one in loads))


def band_chart(bands: Sequence[Band], sheet: Sheet, title: str) -> Markup:
    """A whole cut into bands, each with its count above and its name below; bands of nothing are left out."""
    size = sheet.text_size
    shown = [band for band in bands if band.count]
    draw = Drawing(sheet.width, size * 6.9, sheet.colours, size)
    least, gap = size * 5.2, size * 0.7
    room = sheet.width - gap * (len(shown) - 1) - least * len(shown)
    total = sum(band.count for band in shown) or 1
    x, y, tall = 0.0, size * 2.6, size * 1.5
    for band in shown:
        wide = least + room * band.count / total
        _band(draw, band, x, y, wide, tall)
        x += wide + gap
    return draw.markup(title, "; ".join(f"{band.name} {band.count:,}" for band in shown))


def bar(value: float, most: float, sheet: Sheet, colour: str, title: str) -> Markup:
    """A single small bar from zero, for a table's cell."""
    draw = Drawing(sheet.width, sheet.text_size, sheet.colours, sheet.text_size)
    draw.rect(0, 0, sheet.width * value / most if most else 0, sheet.text_size, colour)
    return draw.markup(title, words.number(value))


def _spans(draw: Drawing, loads: Sequence[Load], gap: float, right: float) -> None:
    """Brackets over the months so far and those forecast; one too short for its words has none."""
    size = draw.text_size
    so_far = sum(not one.forecast for one in loads)
    for label, first, last in (("To date", 0, so_far), ("Forecast", so_far, len(loads))):
        if last > first:
            end = min(last * gap - 3, right)
            draw.line(first * gap + 2, size * 1.4, end, size * 1.4, "ink2", 0.75)
            if end - first * gap > size * 4:
                draw.text(first * gap + 2, size, label, "ink2")


def _column(draw: Drawing, one: Load, x: float, wide: float, foot: float, scale: float) -> None:
    base = foot
    for hours, colour in ((one.run, "run"), (one.change, "change")):
        tall = hours * scale
        if one.forecast:
            draw.hatch(x, base - tall, wide, tall, colour)
        else:
            draw.rect(x, base - tall, wide, tall - (WHITE_GAP if base < foot else 0), colour)
        base -= tall
    draw.rect(x, base - one.undecided * scale, wide, one.undecided * scale - WHITE_GAP, "bg", "ink2")


def _month_names(draw: Drawing, loads: Sequence[Load], now: int, gap: float, foot: float) -> None:
    """The months below their columns, each January and the first with its year; in a crowd, every second or so."""
    size = draw.text_size
    step = max(1, round(size * 2.6 / gap))
    for place, one in enumerate(loads):
        if one.month is None or (place - now) % step:
            continue
        middle = max(place * gap + gap / 2, size * 1.3)
        draw.text(middle, foot + size * 1.3, words.month(one.month, short=True), "ink" if place == now else "ink2",
                  place == now, "middle")  # fmt: skip
        if place < step or one.month.month <= step:
            draw.text(middle, foot + size * 2.5, str(one.month.year), "ink2", anchor="middle")


def _load_words(draw: Drawing, loads: Sequence[Load], now: int, gap: float, foot: float, scale: float) -> None:
    """The load above the present month and those over capacity; in a crowd, of the present and the highest."""
    size = draw.text_size
    highest = max(range(len(loads)), key=lambda place: loads[place].load or 0)
    for place, one in enumerate(loads):
        wanted = place in (now, highest) if gap < size * 2.6 else place == now
        if one.load is not None and (wanted or (one.over and gap >= size * 2.6)):
            y = foot - max(one.hours, one.capacity or 0) * scale - size * 0.45
            colour = "alert" if one.over else "ink"
            draw.text(max(place * gap + gap / 2, size), y, words.percent(one.load), colour, True, "middle")


def _capacity_line(draw: Drawing, loads: Sequence[Load], gap: float, foot: float, scale: float) -> None:
    """A step a month with a white edge over dark columns; months of unknown capacity break the line."""
    run: list[tuple[float, float]] = []
    runs = [run]
    for place, one in enumerate(loads):
        if one.capacity is None:
            run = []
            runs.append(run)
        else:
            y = foot - one.capacity * scale
            run += [(place * gap, y), ((place + 1) * gap, y)]
    for points in filter(None, runs):
        draw.steps(points, "bg", 2.6)
        draw.steps(points, "ink", 1.1)


def _end_labels(draw: Drawing, last: Load, now: Load, right: float, foot: float, scale: float) -> None:
    """The kinds of work and the capacity named beside the last column, pushed apart where they would touch.

    The capacity's figure is the period's own, with its month: a reader compares it with the period's hours.
    """
    size, x = draw.text_size, right + draw.text_size * 0.6
    wanted = [(last.run / 2, "Run", "runtext", "")] if last.run else []
    if last.change:
        wanted.append((last.run + last.change / 2, "Change", "change", ""))
    if last.undecided:
        wanted.append((last.run + last.change + last.undecided / 2, "Undecided", "ink2", ""))
    if last.capacity is not None:
        at = f"{words.month(now.month, short=True)}: " if now.month else ""
        wanted.append((last.capacity, "Capacity", "ink", f"{at}{words.number(now.capacity)} h"))
    ceiling = foot + size
    for level, label, colour, note in sorted(wanted):
        step = size * (2.5 if note else 1.25)
        y = min(foot - level * scale + size * 0.35, ceiling - step)
        draw.text(x, y, label, colour, True)
        if note:
            draw.text(x, y + size * 1.2, note)
        ceiling = y


def _bullet(draw: Drawing, one: Load, top: float, tall: float, track: float, reach: float) -> None:
    size = draw.text_size
    y, hundred = top + size * 1.35, track / reach
    draw.text(0, top + size * 0.95, one_line(one.name, int(track / size * 1.25)))
    room = f"of {words.number(one.capacity)} h" if one.capacity is not None else "h"
    draw.text(track, top + size * 0.95, f"{words.number(one.hours)} {room}", "ink2", anchor="end")
    draw.rect(0, y, track, tall, "paper2")
    if one.load is None or not one.capacity:
        draw.text(draw.width, y + tall / 2 + size * 0.4, words.NOT_APPLICABLE, "ink2", anchor="end", scale=1.15)
        return
    x, inset = 0.0, tall * 0.16
    for hours, colour in ((one.run, "run"), (one.change, "change"), (one.undecided, "bg")):
        wide = min(hours / one.capacity * hundred, track - x)
        outline = "ink2" if colour == "bg" else ""
        draw.rect(
            x + (WHITE_GAP if x else 0), y + inset, wide - (WHITE_GAP if x else 0), tall - 2 * inset, colour, outline
        )
        x += wide
    draw.line(hundred, y - 0.8, hundred, y + tall + 0.8, "bg", 3.4)
    draw.line(hundred, y - 0.8, hundred, y + tall + 0.8, "ink", 1.6)
    draw.text(
        draw.width,
        y + tall / 2 + size * 0.4,
        words.percent(one.load),
        "alert" if one.over else "ink",
        True,
        "end",
        1.15,
    )


def _band(draw: Drawing, band: Band, x: float, y: float, wide: float, tall: float) -> None:
    size = draw.text_size
    draw.text(x, y - size * 0.7, f"{band.count:,}", bold=True, scale=1.75)
    if not band.fill:
        draw.rect(x + 0.5, y + 0.5, wide - 1, tall - 1, "bg", "ink", 1)
    elif band.hatched:
        draw.hatch(x, y, wide, tall, band.fill)
    else:
        draw.rect(x, y, wide, tall, band.fill)
    for line, word in enumerate(band.name.split(" ", 1)):
        draw.text(x, y + tall + size * (1.3 + 1.2 * line), word, "ink2")


def _described(one: Load) -> str:
    load = f", {words.percent(one.load)} of capacity" if one.load is not None else ""
    return f"{one.name}{' forecast' if one.forecast else ''} {words.number(one.hours)} hours{load}"
