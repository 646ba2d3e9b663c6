"""The words of a chart above it, each beside its mark, where there is no room beside the last column."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.render.charts.drawing import Drawing

Name = tuple[str, str, bool]
"""A word of a chart: text, colour, whether bold; one that is not bold belongs to the word before it."""

KEY_MARK = 1.2
"""Sizes of text that a mark takes before its word."""


def key(draw: Drawing, names: Sequence[Name]) -> None:
    """The words in one line, each after its mark, as far as the line goes: those that matter most come first."""
    x, size = 0.0, draw.text_size
    for word, colour, bold in names:
        left = x + (size * KEY_MARK if bold else 0)
        if left + draw.wide(word, bold) > draw.width:
            break
        if bold:
            key_mark(draw, x, 0, colour)
        draw.text(left, size, word, colour, bold)
        x = left + draw.wide(word, bold) + size * 0.6


def key_mark(draw: Drawing, x: float, y: float, colour: str) -> None:
    """A line for the capacity, a square for a kind of work, an empty one for work of no kind yet. y: top."""
    size = draw.text_size
    if colour == "ink":
        draw.line(x, y + size * 0.6, x + size * 0.9, y + size * 0.6, "ink", 1.6)
    else:
        fill = {"runtext": "run", "ink2": "bg"}.get(colour, colour)
        draw.rect(x, y + size * 0.2, size * 0.8, size * 0.8, fill, "ink2" if fill == "bg" else "")
