"""Colours can be read: contrast as WCAG 2.2 reckons it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.render.palette import DARK, LIGHT

TEXT, SHAPE = 4.5, 3.0
READ = [(ink, ground) for ink in ("ink", "ink2", "alert") for ground in ("bg", "paper")]
READ += [("change", "bg"), ("runtext", "bg"), ("onover", "heat4"), ("onover", "heat5")]
READ += [("onheat", f"heat{step}") for step in (1, 2, 3)]
SEEN = [("run", "bg"), ("change", "bg"), ("ink", "paper2")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_can_be_read(palette: Mapping[str, str], ink: str, ground: str) -> None:
    assert contrast(palette[ink], palette[ground]) >= TEXT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SEEN)
def test_shapes_can_be_seen(palette: Mapping[str, str], shape: str, ground: str) -> None:
    assert contrast(palette[shape], palette[ground]) >= SHAPE


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_run_is_lighter_than_change_so_that_grey_print_tells_them_apart(palette: Mapping[str, str]) -> None:
    assert luminance(palette["run"]) > luminance(palette["change"])
    assert contrast(palette["run"], palette["change"]) >= 1.8


def test_both_palettes_have_the_same_roles() -> None:
    assert list(LIGHT) == list(DARK)
