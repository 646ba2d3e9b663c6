"""What is drawn can be read in light and dark, and in grey: contrast as WCAG 2.2 reckons it, of the drawings themselves."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from pipeline.render.charts import Sheet
from pipeline.render.charts.measure import Box
from pipeline.render.palette import DARK, LIGHT
from tests.render.charts.reading import NS, labels, number, smaller
from tests.render.charts.samples import SAMPLES
from tests.render.test_palette import contrast, luminance

PALETTES = {"light": LIGHT, "dark": DARK}
TEXT, SHAPE = 4.5, 3.0
COVERED = 0.14 / (0.43 / 2**0.5)
"""The share of a hatched box that its lines cover: their pen over their distance."""
TRACKS = {"paper2", "tint", "bg"}
"""Grounds of other marks: each has an outline or carries no value."""


def drawn(name: str, palette: Mapping[str, str]) -> str:
    width, draw = SAMPLES[name]
    return draw(Sheet(width, 7.5, palette))


def box_of(one: Element) -> Box:
    x, y = number(one, "x"), number(one, "y")
    return Box(x, y, x + number(one, "width"), y + number(one, "height"))


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_can_be_read_on_everything_under_it(name: str, palette: Mapping[str, str]) -> None:
    drawing = drawn(name, palette)
    grounds = [(box_of(one), str(one.get("fill"))) for one in fromstring(drawing).iter(f"{NS}rect")]
    for label in labels(drawing):
        under = [fill for box, fill in grounds if fill != "none" and box.meets_any([smaller(label.box)])]
        for ground in {palette["bg"], *under}:
            assert contrast(label.fill, ground) >= TEXT, (label.text, label.fill, ground)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_mark_can_be_seen(name: str, palette: Mapping[str, str]) -> None:
    tracks = {palette[role] for role in TRACKS} | {"none"}
    for one in fromstring(drawn(name, palette)).iter(f"{NS}rect"):
        fill, outline = str(one.get("fill")), one.get("stroke")
        if fill not in tracks:
            assert contrast(fill, palette["bg"]) >= SHAPE
        if outline:
            assert contrast(outline, palette["bg"]) >= SHAPE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_run_and_change_solid_and_hatched_are_four_greys(palette: Mapping[str, str]) -> None:
    ground = grey(palette["bg"])
    solid = {role: grey(palette[role]) for role in ("run", "change")}
    hatched = {f"{role} hatched": COVERED * value + (1 - COVERED) * ground for role, value in solid.items()}
    for (one, lighter), (other, darker) in combinations((solid | hatched | {"ground": ground}).items(), 2):
        assert abs(lighter - darker) >= 0.07, (one, other)


def grey(colour: str) -> float:
    """How light a colour is to the eye, 0 to 1."""
    y = luminance(colour)
    return (1.16 * y ** (1 / 3) - 0.16) if y > 0.008856 else 9.033 * y


@pytest.mark.parametrize("name", SAMPLES)
def test_a_drawing_for_a_page_of_two_grounds_names_no_colour_itself(name: str) -> None:
    width, draw = SAMPLES[name]
    marks = {role: f"var(--{role})" for role in LIGHT}
    fills = {
        one.get(part)
        for one in fromstring(draw(Sheet(width, 13, marks))).iter()
        for part in ("fill", "stroke")
        if one.get(part)
    }
    assert fills <= {*marks.values(), "none"}
