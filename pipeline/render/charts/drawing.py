"""Hand-made vector drawings with real text, a title and a description; one unit is 1 pt on paper, 1 px on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Literal

from markupsafe import Markup, escape

from pipeline.render.charts.measure import Box, fitted, safe, text_width
from pipeline.render.charts.sheet import Sheet
from pipeline.render.text import one_line

Anchor = Literal["start", "middle", "end"]
_LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
_FAMILIES = "IBM Plex Sans, IBM Plex Sans Arabic, Heebo, Noto Sans CJK SC, Noto Sans SC, sans-serif"
"""Fonts of a drawing in a PDF, where no style sheet reaches it: the page's own and those behind it."""
_TOLD = 160
"""Letters that a mark tells at most."""
_ASCENT, _DESCENT = 0.78, 0.22
"""Shares of the text size above and below the line that letters stand on."""


class Drawing:
    """Shapes added one by one, then `markup()`. Colours are roles of the palette, resolved by the sheet."""

    def __init__(self, sheet: Sheet, height: float) -> None:
        self.width, self.height = sheet.width, height
        self.text_size = sheet.text_size
        self._colours = sheet.colours
        self._shapes: list[str] = []
        self._told: list[str] = []
        self._boxes: list[Box] = []

    @contextmanager
    def mark(self, told: str) -> Iterator[None]:
        """The shapes drawn inside carry a value, which a browser tells on hover and the description repeats."""
        told = told if len(told) <= _TOLD else one_line(told, _TOLD)
        self._told.append(told)
        self._shapes.append(f"<g><title>{_clean(told)}</title>")
        begun = len(self._shapes)
        yield
        if len(self._shapes) == begun:
            self._shapes.pop()
        else:
            self._shapes.append("</g>")

    @property
    def layer(self) -> int:
        """The place among the shapes at which the next will lie."""
        return len(self._shapes)

    @contextmanager
    def beneath(self, layer: int) -> Iterator[None]:
        """The shapes drawn inside lie under all those from `layer` on."""
        begun = len(self._shapes)
        yield
        self._shapes[layer:] = self._shapes[begun:] + self._shapes[layer:begun]

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, outline: str = "", pen: float = 0.75
    ) -> None:
        """A filled box; one that would be narrower than nothing is not drawn."""
        if width <= 0 or height <= 0:
            return
        edge = f' stroke="{self._colour(outline)}" stroke-width="{pen:g}"' if outline else ""
        box = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
        # An empty outline is still a place to point at.
        point = ' pointer-events="all"' if fill == "none" else ""
        self._shapes.append(f'<rect {box} fill="{self._colour(fill)}"{edge}{point}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = "ink", pen: float = 0.5) -> None:
        """A straight line."""
        ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
        self._shapes.append(f'<line {ends} stroke="{self._colour(colour)}" stroke-width="{pen:g}"/>')

    def upright(self, x: float, top: float, foot: float, colour: str = "ink", pen: float = 0.5) -> None:
        """A vertical line that leaves out the texts and discs drawn before it."""
        crossed = [
            box for box in self._boxes if box.left - 1 < x < box.right + 1 and box.bottom > top and box.top < foot
        ]
        for box in sorted(crossed, key=lambda box: box.top):
            if box.top > top:
                self.line(x, top, x, box.top, colour, pen)
            top = max(top, box.bottom)
        if foot > top:
            self.line(x, top, x, foot, colour, pen)

    def dashes(self, x1: float, y1: float, x2: float, y2: float, colour: str = "ink", pen: float = 0.9) -> None:
        """A dashed line."""
        self.line(x1, y1, x2, y2, colour, pen)
        self._shapes[-1] = self._shapes[-1].replace("/>", ' stroke-dasharray="3 2"/>')

    def steps(self, points: Iterable[tuple[float, float]], colour: str = "ink", pen: float = 1.1) -> None:
        """A line through points."""
        path = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        self._shapes.append(
            f'<polyline points="{path}" fill="none" stroke="{self._colour(colour)}" stroke-width="{pen:g}"/>'
        )

    def disc(self, x: float, y: float, radius: float, fill: str, outline: str = "") -> None:
        """A disc around a point; with an outline where it stands for something else."""
        edge = f' stroke="{self._colour(outline)}" stroke-width="0.9"' if outline else ""
        self._boxes.append(Box(x - radius, y - radius, x + radius, y + radius))
        self._shapes.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{self._colour(fill)}"{edge}/>')

    def diamond(self, x: float, y: float, radius: float, fill: str) -> None:
        """A square on its corner around a point: the second code beside a disc."""
        corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        path = " ".join(f"{across:.2f},{down:.2f}" for across, down in corners)
        self._boxes.append(Box(x - radius, y - radius, x + radius, y + radius))
        self._shapes.append(f'<polygon points="{path}" fill="{self._colour(fill)}"/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str = "ink",
        bold: bool = False,
        anchor: Anchor = "start",
        scale: float = 1,
        where_free: bool = False,
    ) -> bool:
        """One line of text standing on y; `scale` multiplies the drawing's text size. No words, no text.

        `where_free`: it is moved into the drawing, and left out where another stands. Says whether it was written.
        """
        if not words:
            return False
        box = self.box(x, y, words, bold, anchor, scale)
        if where_free:
            wide = box.right - box.left
            left = min(max(0.0, box.left), self.width - wide)
            box = Box(left, box.top, left + wide, box.bottom)
            if left < 0 or box.meets_any(self._boxes):
                return False
            x = left + wide * _LEFT[anchor]
        self._boxes.append(box)
        self._shapes.append(
            f'<text x="{x:.2f}" y="{y:.2f}" fill="{self._colour(colour)}" font-size="{self.text_size * scale:g}" '
            f'font-weight="{600 if bold else 400}" text-anchor="{anchor}">{_clean(words)}</text>'
        )
        return True

    def wide(self, words: str, bold: bool = False, scale: float = 1) -> float:
        """How wide a text will be."""
        return text_width(words, self.text_size, bold) * scale

    def fitted(self, words: str, room: float, bold: bool = False) -> str:
        """The text as far as it fits into `room`."""
        return fitted(words, room, self.text_size, bold)

    def box(self, x: float, y: float, words: str, bold: bool, anchor: Anchor, scale: float = 1) -> Box:
        """The room that a text takes."""
        wide, size = self.wide(words, bold, scale), self.text_size * scale
        left = x - wide * _LEFT[anchor]
        return Box(left, y - size * _ASCENT, left + wide, y + size * _DESCENT)

    def hatch(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A box of 45-degree lines in its own colour, clipped here so that every renderer draws the same."""
        if width <= 0 or height <= 0:
            return
        step, pen = self.text_size * 0.43, self.text_size * 0.14
        ends, at = [], step / 2
        while at < width + height:
            x1, y1 = (x + at, y) if at <= width else (x + width, y + at - width)
            x2, y2 = (x, y + at) if at <= height else (x + at - height, y + height)
            ends.append(f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}")
            at += step
        self.rect(x, y, width, height, "bg")
        self._shapes.append(f'<path d="{"".join(ends)}" stroke="{self._colour(colour)}" stroke-width="{pen:g}"/>')
        self.rect(x, y, width, height, "none", colour)

    def markup(self, title: str, description: str = "") -> Markup:
        """The drawing as safe markup; without a description of its own it is described by what its marks tell."""
        heading, described = _clean(title), _clean(description or "; ".join(self._told))
        label = f"{heading}. {described}" if described else heading
        return Markup(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="{label}" '
            f'font-family="{_FAMILIES}" width="{self.width:g}pt" height="{self.height:g}pt" '
            f'viewBox="0 0 {self.width:g} {self.height:g}">'
            f"<title>{heading}</title><desc>{described}</desc>"
            f"{''.join(self._shapes)}</svg>"
        )

    def _colour(self, role: str) -> str:
        return self._colours.get(role, role)


@lru_cache(maxsize=4096)
def _clean(words: str) -> str:
    """Text as markup; a drawing for another width or screen has the same texts."""
    return str(escape(safe(words)))
