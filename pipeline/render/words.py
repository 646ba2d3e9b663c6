"""How numbers, dates and lists are written in reports: English, no space before %, U+2212 for minus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.model import Figure

NOT_APPLICABLE = "–"
UNKNOWN = "unknown"
_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: float | None, absent: str = NOT_APPLICABLE) -> str:
    """`12,120`; a fraction below ten keeps one decimal, so that half an hour is not nothing."""
    if value is None or math.isnan(value):
        return absent
    digits = 1 if 0 < abs(value) < 9.95 and abs(value - round(value)) >= 0.05 else 0
    return f"{value:,.{digits}f}".replace("-", "\u2212")


def percent(value: float | None, absent: str = NOT_APPLICABLE) -> str:
    """`99%`; a share over all of it that would round to 100 keeps one decimal: `100.3%`."""
    if value is None or math.isnan(value):
        return absent
    whole = f"{100 * value:,.0f}%".replace("-", "\u2212")
    return f"{100 * value:.1f}%" if whole == "100%" and round(value, 3) > 1 else whole


def figure(one: Figure) -> str:
    """A headline number with what its unit asks for."""
    return percent(one.value) if one.unit == "share" else number(one.value)


def asks_to_act(one: Figure) -> bool:
    """Whether the figure asks somebody to act: an adverse count above zero, an adverse share above one."""
    return one.adverse and one.value is not None and round(one.value, 3) > (1 if one.unit == "share" else 0)


def day(value: date | None, year: int, absent: str = NOT_APPLICABLE) -> str:
    """`14 Nov`; the year only where it is not `year`."""
    if value is None:
        return absent
    return f"{value.day} {_MONTHS[value.month - 1][:3]}" + ("" if value.year == year else f" {value.year}")


def long_day(value: date, year: int) -> str:
    """`14 November`; the year only where it is not `year`."""
    return f"{value.day} {_MONTHS[value.month - 1]}" + ("" if value.year == year else f" {value.year}")


def month(value: date, short: bool = False) -> str:
    """`October` or `Oct`."""
    name = _MONTHS[value.month - 1]
    return name[:3] if short else name


def spelt(count: int) -> str:
    """`nine`, `64`: small counts in words."""
    return _SMALL[count] if 0 < count <= 10 else f"{count:,}"


def many(count: int, one: str, several: str = "") -> str:
    """`nine projects`, `one project`, `64 projects`."""
    return f"{spelt(count)} {plural(count, one, several)}"


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def plural(count: int, one: str, many: str = "") -> str:
    """The noun for a count: `project`, `projects`."""
    return one if count == 1 else many or one + "s"


def listed(names: Iterable[str], last: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    words = list(names)
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def first_few(names: Sequence[str], limit: int = 3) -> str:
    """`A, B, C and 4 more`."""
    if len(names) <= limit:
        return listed(names)
    return ", ".join(names[:limit]) + f" and {len(names) - limit:,} more"
