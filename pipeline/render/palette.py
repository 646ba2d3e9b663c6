"""The colours of a report, each once: charts, style sheets and the workbook take them from here.

Colour means kind of work, `alert` means act, the rest is ink on white. Contrasts are kept by a test.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "bg": "#FFFFFF",
    "ink": "#1A1917",
    "ink2": "#56514A",
    "rule": "#CDC6B8",
    "paper": "#F5F2EC",
    "paper2": "#E9E3D7",
    "change": "#12506A",
    "run": "#BF8327",
    "runtext": "#7A5200",
    "alert": "#A9321B",
    "tint": "#F8E7DF",
    "heat1": "#F5F2EC",
    "heat2": "#E4DCCB",
    "heat3": "#CDBFA3",
    "heat4": "#B5522F",
    "heat5": "#7C2412",
    "onheat": "#1A1917",
    "onover": "#FFFFFF",
}
"""Role -> colour on white paper."""

DARK: Mapping[str, str] = {
    "bg": "#171614",
    "ink": "#F1EDE4",
    "ink2": "#B9B2A5",
    "rule": "#3C3933",
    "paper": "#211F1C",
    "paper2": "#312E29",
    "change": "#4C97BA",
    "run": "#EBC27A",
    "runtext": "#EBC27A",
    "alert": "#FF9A7B",
    "tint": "#4A241A",
    "heat1": "#211F1C",
    "heat2": "#3A362F",
    "heat3": "#5A5347",
    "heat4": "#E0764F",
    "heat5": "#FFB59B",
    "onheat": "#F1EDE4",
    "onover": "#1A1110",
}
"""Role -> colour on a dark screen."""

VARIABLES: Mapping[str, str] = {role: f"var(--{role})" for role in LIGHT}
"""Role -> CSS variable, for charts on a page that follows the reader's light or dark."""

HEAT_STEPS: tuple[float, ...] = (0.6, 0.8, 1.0, 1.2)
"""Upper bounds of the first four heat steps, as shares of capacity; the fifth is open."""


def heat_step(load: float) -> int:
    """The heat step 1 to 5 of a load (1 = at capacity); 4 and 5 are over capacity.

    The load is judged as a reader sees it, to a tenth of a per cent.
    """
    shown = round(load, 3)
    return 1 + sum(shown > bound for bound in HEAT_STEPS)


def contrast(colour: str, ground: str) -> float:
    """The contrast of two colours, 1 to 21, by WCAG 2.2 (relative luminance of sRGB)."""
    lighter, darker = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
