"""Reading a drawing back: its texts with the room that each takes, its boxes, and what its marks tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from pipeline.render.charts.measure import Box, text_width

NS = "{http://www.w3.org/2000/svg}"
LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Label:
    """One text of a drawing."""

    text: str
    size: float
    bold: bool
    fill: str
    box: Box


def number(one: Element, name: str) -> float:
    return float(one.get(name, "nan"))


def labels(drawing: str) -> list[Label]:
    found = list(fromstring(drawing).iter(f"{NS}text"))
    base = min((number(one, "font-size") for one in found), default=1.0)
    return [_label(one, base) for one in found]


def texts(drawing: str) -> list[str]:
    return [one.text for one in labels(drawing)]


def told(drawing: str) -> list[str]:
    """What a browser tells of each mark."""
    return [str(one.findtext(f"{NS}title")) for one in fromstring(drawing).iter(f"{NS}g")]


def rects(drawing: str, fill: str) -> list[Element]:
    return [one for one in fromstring(drawing).iter(f"{NS}rect") if one.get("fill") == fill]


def size_of(drawing: str) -> tuple[float, float]:
    _, _, width, height = (float(part) for part in str(fromstring(drawing).get("viewBox")).split())
    return width, height


def faults(drawing: str) -> list[str]:
    """Texts that meet another or stand outside the drawing."""
    found, (width, height) = labels(drawing), size_of(drawing)
    outside = [
        f"outside: {one.text!r} {one.box}"
        for one in found
        if one.box.left < -0.6 or one.box.right > width + 0.6 or one.box.top < -0.6 or one.box.bottom > height + 0.6
    ]
    outside += [
        f"outside: {one.tag} {one.attrib}"
        for one, box in shapes(drawing)
        if box.left < -1.5 or box.right > width + 1.5 or box.top < -1.5 or box.bottom > height + 1.5
    ]
    meet = [
        f"meet: {one.text!r} {other.text!r}"
        for one, other in combinations(found, 2)
        if smaller(one.box).meets_any([smaller(other.box)])
    ]
    return outside + meet


def shapes(drawing: str) -> Iterator[tuple[Element, Box]]:
    """Every box, disc and line with the room it takes."""
    for one in fromstring(drawing).iter():
        if one.tag == f"{NS}rect":
            x, y = number(one, "x"), number(one, "y")
            yield one, Box(x, y, x + number(one, "width"), y + number(one, "height"))
        elif one.tag == f"{NS}circle":
            x, y, r = number(one, "cx"), number(one, "cy"), number(one, "r")
            yield one, Box(x - r, y - r, x + r, y + r)
        elif one.tag == f"{NS}line":
            across, down = (
                sorted([number(one, "x1"), number(one, "x2")]),
                sorted([number(one, "y1"), number(one, "y2")]),
            )
            yield one, Box(across[0], down[0], across[1], down[1])
        elif one.tag in (f"{NS}polyline", f"{NS}polygon"):
            points = [tuple(map(float, point.split(","))) for point in str(one.get("points")).split()]
            xs, ys = zip(*points, strict=True)
            yield one, Box(min(xs), min(ys), max(xs), max(ys))


def smaller(box: Box) -> Box:
    """The box without the hundredths that are lost in writing."""
    return Box(box.left + 0.02, box.top + 0.02, box.right - 0.02, box.bottom - 0.02)


def _label(one: Element, base: float) -> Label:
    size, bold = number(one, "font-size"), one.get("font-weight") == "600"
    text = str(one.text).replace("\xa0", " ").replace("\u202f", " ")
    wide, x, y = text_width(text, base, bold) * size / base, number(one, "x"), number(one, "y")
    left = x - wide * LEFT[one.get("text-anchor", "start")]
    return Label(text, size, bold, str(one.get("fill")), Box(left, y - size * 0.78, left + wide, y + size * 0.22))
