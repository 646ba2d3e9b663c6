"""The load wave: hours that a month adds and frees, and what load they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.render.charts.columns import LEAST
from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet
from pipeline.render.language import Language


@dataclass(frozen=True)
class Wave:
    """One month: hours that start, hours that end, and the load of capacity then (None: not known)."""

    month: date
    added: float
    freed: float
    load: float | None = None

    @property
    def over(self) -> bool:
        """Whether a reader sees more than 100 %."""
        return self.load is not None and round(self.load, 3) > 1


def wave_chart(waves: Sequence[Wave], sheet: Sheet, height: float, title: str) -> Markup:
    """Hours added upwards, freed downwards in outline, printed; the load of each month at the foot, alert where over.

    The month that adds most is bold. In a crowd only what has room is printed; every value is told on its mark.
    No hours, no drawing.
    """
    if not any(one.added or one.freed for one in waves):
        return Markup("")
    say, size = sheet.language, sheet.text_size
    draw = Drawing(sheet, height)
    gap, top, low = sheet.width / len(waves), size * 3.0, height - size * 3.4
    most, least = max(one.added for one in waves), max(one.freed for one in waves)
    scale = (low - top) / max(LEAST, most + least)
    zero = top + most * scale
    loads = any(one.load is not None for one in waves)
    for place, one in enumerate(waves):
        with draw.mark(_told(one, say)):
            _month(draw, one, (place + 0.5) * gap, gap * 0.62, zero, scale, one.added == most, say)
            if loads:
                word = say.load(one.load)
                colour = "alert" if one.over else "ink2"
                draw.text((place + 0.5) * gap, height - size * 0.3, word, colour, one.over, "middle", where_free=True)
    draw.line(0, zero, sheet.width, zero, "ink", 0.75)
    draw.line(0, size * 1.5, sheet.width, size * 1.5, "rule", 0.5)
    if loads:
        draw.line(0, height - size * 1.55, sheet.width, height - size * 1.55, "rule", 0.5)
    return draw.markup(title)


def _month(
    draw: Drawing, one: Wave, middle: float, wide: float, zero: float, scale: float, strong: bool, say: Language
) -> None:
    size, left = draw.text_size, middle - wide / 2
    draw.text(middle, size, say.month(one.month, short=True), "ink2", anchor="middle", where_free=True)
    up, down = one.added * scale, one.freed * scale
    draw.rect(left, zero - up, wide, up, "ink2")
    draw.rect(left, zero, wide, down, "paper2", "ink2")
    if one.added:
        draw.text(middle, zero - up - size * 0.35, say.change(one.added), "ink", strong, "middle", where_free=True)
    if one.freed:
        draw.text(middle, zero + down + size * 1.1, say.change(-one.freed), "ink2", anchor="middle", where_free=True)


def _told(one: Wave, say: Language) -> str:
    values = {"month": say.month(one.month), "added": say.change(one.added), "freed": say.change(-one.freed)}
    if one.load is None:
        return say.gettext("{month}: {added} h added, {freed} h freed", **values)
    return say.gettext(
        "{month}: {added} h added, {freed} h freed; {load} of capacity", load=say.percent(one.load), **values
    )
