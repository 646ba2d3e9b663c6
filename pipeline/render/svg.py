"""Hand-made vector drawings with real text, a title and a description; one unit is 1 pt on paper, 1 px on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from markupsafe import Markup, escape

from pipeline.render.text import page_text

Anchor = Literal["start", "middle", "end"]


class Drawing:
    """Shapes added one by one, then `markup()`. Colours are roles of the palette, resolved by `colours`."""

    def __init__(self, width: float, height: float, colours: Mapping[str, str], text_size: float) -> None:
        self.width, self.height, self.text_size = width, height, text_size
        self._colours = colours
        self._shapes: list[str] = []

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, outline: str = "", pen: float = 0.75
    ) -> None:
        """A filled box; one that would be narrower than nothing is not drawn."""
        if width <= 0 or height <= 0:
            return
        edge = f' stroke="{self._colour(outline)}" stroke-width="{pen:g}"' if outline else ""
        box = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
        self._shapes.append(f'<rect {box} fill="{self._colour(fill)}"{edge}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = "ink", pen: float = 0.5) -> None:
        """A straight line."""
        ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
        self._shapes.append(f'<line {ends} stroke="{self._colour(colour)}" stroke-width="{pen:g}"/>')

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

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str = "ink",
        bold: bool = False,
        anchor: Anchor = "start",
        scale: float = 1,
    ) -> None:
        """One line of text standing on y; `scale` multiplies the drawing's text size."""
        self._shapes.append(
            f'<text x="{x:.2f}" y="{y:.2f}" fill="{self._colour(colour)}" font-size="{self.text_size * scale:g}" '
            f'font-weight="{600 if bold else 400}" text-anchor="{anchor}">{escape(page_text(words))}</text>'
        )

    def hatch(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A box of 45-degree lines in its own colour, clipped here so that every renderer draws the same."""
        if width <= 0 or height <= 0:
            return
        step, pen = self.text_size * 0.43, self.text_size * 0.14
        at = step / 2
        while at < width + height:
            x1, y1 = (x + at, y) if at <= width else (x + width, y + at - width)
            x2, y2 = (x, y + at) if at <= height else (x + at - height, y + height)
            self.line(x1, y1, x2, y2, colour, pen)
            at += step
        self.rect(x, y, width, height, "none", colour)

    def markup(self, title: str, description: str) -> Markup:
        """The drawing as safe markup with its alternative text."""
        label = escape(page_text(f"{title}. {description}"))
        return Markup(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="{label}" '
            f'font-family="IBM Plex Sans" width="{self.width:g}pt" height="{self.height:g}pt" '
            f'viewBox="0 0 {self.width:g} {self.height:g}">'
            f"<title>{escape(page_text(title))}</title><desc>{escape(page_text(description))}</desc>"
            f"{''.join(self._shapes)}</svg>"
        )

    def _colour(self, role: str) -> str:
        return self._colours.get(role, role)
