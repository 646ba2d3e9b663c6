"""Projects and their hours by phase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.render.charts.drawing import Drawing
from pipeline.render.charts.sheet import Sheet
from pipeline.render.language import Language


@dataclass(frozen=True)
class Phase:
    """A phase by its name in the reader's language: its projects, how many of them are overdue, their hours a month."""

    name: str
    projects: int
    overdue: int = 0
    hours: float | None = None


def phase_chart(phases: Sequence[Phase], sheet: Sheet, title: str) -> Markup:
    """Bars on a common scale, one a phase: count above, overdue part tinted, overdue and hours below.

    Side by side; on a phone, or with more than six, one below another. No project in any phase, no drawing.
    """
    if not any(one.projects for one in phases):
        return Markup("")
    say, size = sheet.language, sheet.text_size
    stacked = sheet.phone or len(phases) > 6
    slot = sheet.width if stacked else sheet.width / len(phases)
    tall = size * (4.4 if stacked else 9.6)
    draw = Drawing(sheet, tall * (len(phases) if stacked else 1))
    scale = (slot - size * (0.1 if stacked else 1.2)) / max(one.projects for one in phases)
    for place, one in enumerate(phases):
        with draw.mark(_told(one, say)):
            if stacked:
                _row(draw, one, place * tall, scale, say)
            else:
                _slot(draw, one, place * slot, slot - size * 1.2, scale, say)
    return draw.markup(title)


def _slot(draw: Drawing, one: Phase, x: float, room: float, scale: float, say: Language) -> None:
    size = draw.text_size
    draw.text(x, size * 0.95, draw.fitted(one.name, room), "ink2")
    draw.text(x, size * 3.35, say.number(one.projects), bold=True, scale=2.4)
    _bar(draw, one, x, size * 4.1, size * 1.9, scale)
    y = size * 7.35
    if one.hours is not None:
        draw.text(x, y, draw.fitted(say.hours(one.hours), room), "ink2")
        y += size * 1.3
    if one.overdue:
        draw.text(x, y, draw.fitted(_overdue(one, say), room, True), "alert", True)


def _row(draw: Drawing, one: Phase, y: float, scale: float, say: Language) -> None:
    size, count = draw.text_size, say.number(one.projects)
    draw.text(0, y + size, count, bold=True)
    x = draw.wide(count, True) + size * 0.6
    hours = "" if one.hours is None else say.hours(one.hours)
    late = _overdue(one, say) if one.overdue else ""
    draw.text(draw.width, y + size, hours, "ink2", anchor="end")
    right = draw.width - (draw.wide(hours) + size * 0.8 if hours else 0)
    draw.text(right, y + size, late, "alert", True, "end")
    right -= draw.wide(late, True) + size * 0.8 if late else 0
    draw.text(x, y + size, draw.fitted(one.name, right - x), "ink2")
    _bar(draw, one, 0, y + size * 1.5, size * 1.6, scale)


def _bar(draw: Drawing, one: Phase, x: float, y: float, tall: float, scale: float) -> None:
    """All of them, then those overdue over its beginning: outlined, so that it is told apart without colour."""
    draw.rect(x, y, one.projects * scale, tall, "change")
    draw.rect(x + 0.45, y + 0.45, one.overdue * scale - 0.9, tall - 0.9, "tint", "alert", 0.9)


def _overdue(one: Phase, say: Language) -> str:
    return say.ngettext("one overdue", "{count} overdue", one.overdue)


def _told(one: Phase, say: Language) -> str:
    parts = [say.ngettext("one project", "{count} projects", one.projects)]
    if one.overdue:
        parts.append(_overdue(one, say))
    if one.hours is not None:
        parts.append(say.hours(one.hours))
    return f"{one.name}: {', '.join(parts)}"
