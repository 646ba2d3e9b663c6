"""A whole cut into bands: rows by certainty, from clear operation to clear project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet


@dataclass(frozen=True)
class Band:
    """One part of a whole: its name, count and how it is filled (`run`, `change` or ``; hatched where likely)."""

    name: str
    count: int
    fill: str
    hatched: bool = False


def band_chart(bands: Sequence[Band], sheet: Sheet, title: str) -> Markup:
    """A whole cut into bands in proportion, each with its count above and its name below; empty bands are left out.

    On a phone each band has a line of its own. Nothing in any band, no drawing.
    """
    shown = [band for band in bands if band.count]
    if not shown:
        return Markup("")
    return (_lines(shown, sheet) if sheet.phone else _across(shown, sheet)).markup(title)


def _across(bands: Sequence[Band], sheet: Sheet) -> Drawing:
    """Side by side; words of a thin band are moved beside those of its neighbours, with a line to its foot."""
    size, say = sheet.text_size, sheet.language
    draw = Drawing(sheet, size * 6.9)
    gap, y, tall = size * 0.7, size * 2.6, size * 1.5
    unit = (sheet.width - gap * (len(bands) - 1)) / sum(band.count for band in bands)
    starts = [gap * place + unit * sum(band.count for band in bands[:place]) for place in range(len(bands))]
    room = sheet.width / len(bands) - size * 0.6
    words = [[draw.fitted(word, room) for word in band.name.split(" ", 1)] for band in bands]
    counts = [say.number(band.count) for band in bands]
    wides = [
        max(draw.wide(count, True, 1.75), *map(draw.wide, lines)) + size * 0.5
        for count, lines in zip(counts, words, strict=True)
    ]
    lefts = _apart(starts, wides, sheet.width)
    for band, x, left, lines, count in zip(bands, starts, lefts, words, counts, strict=True):
        with draw.mark(f"{band.name}: {count}"):
            _fill(draw, band, x, y, unit * band.count, tall)
            draw.text(left, y - size * 0.7, count, bold=True, scale=1.75)
            for line, word in enumerate(lines):
                draw.text(left, y + tall + size * (1.3 + 1.2 * line), word, "ink2")
    return draw


def _lines(bands: Sequence[Band], sheet: Sheet) -> Drawing:
    """One below another, on a common scale."""
    size, say = sheet.text_size, sheet.language
    row = size * 2.9
    draw = Drawing(sheet, row * len(bands))
    most = max(band.count for band in bands)
    for place, band in enumerate(bands):
        top, count = place * row, say.number(band.count)
        with draw.mark(f"{band.name}: {count}"):
            draw.text(0, top + size, draw.fitted(band.name, sheet.width - draw.wide(count, True) - size), "ink2")
            draw.text(sheet.width, top + size, count, bold=True, anchor="end")
            _fill(draw, band, 0, top + size * 1.4, sheet.width * band.count / most, size)
    return draw


def _fill(draw: Drawing, band: Band, x: float, y: float, wide: float, tall: float) -> None:
    if not band.fill:
        draw.rect(x + 0.5, y + 0.5, max(0.6, wide - 1), tall - 1, "bg", "ink", 1)
    elif band.hatched:
        draw.hatch(x, y, wide, tall, band.fill)
    else:
        draw.rect(x, y, wide, tall, band.fill)


def _apart(starts: Sequence[float], wides: Sequence[float], end: float) -> list[float]:
    """The nearest places to `starts`, in order, at which nothing so wide meets its neighbour or passes the end."""
    lefts, free = [], 0.0
    for start, wide in zip(starts, wides, strict=True):
        lefts.append(max(start, free))
        free = lefts[-1] + wide
    for place in range(len(lefts) - 1, -1, -1):
        lefts[place] = min(lefts[place], end - wides[place])
        end = lefts[place]
    return lefts
