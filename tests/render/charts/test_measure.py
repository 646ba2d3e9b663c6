"""Widths are reckoned close to the font's own, and never much below them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from pipeline.render.charts.measure import fitted, fitted_id, text_width

WORDS = ["October", "Finance and Procurement", "12,220 h", "100.3%", "Kapazität", "IT", "Überlastung möglich", "iiiiiilll", "WWWMMM", "Réservé à l’équipe"]  # fmt: skip


@pytest.fixture(scope="module")
def advances() -> dict[str, float]:
    ttlib = pytest.importorskip("fontTools.ttLib")
    path = files("fontpkg_ibm_plex_sans") / "files" / "IBMPlexSans[wdth,wght].ttf"
    font = ttlib.TTFont(str(path))
    widths, em = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}


@pytest.mark.parametrize("word", WORDS)
def test_a_width_is_at_most_a_fifth_above_the_fonts(word: str, advances: dict[str, float]) -> None:
    real = sum(advances[letter] for letter in word)
    assert real <= text_width(word, 1) <= real * 1.25


@pytest.mark.parametrize(
    "word", ["Estates and Facilities", "信息技术部门", "x" * 32_000, "a\u0301" * 50, "\u202e\u2066"]
)
@pytest.mark.parametrize("room", [0, 3, 20, 60, 300])
def test_a_fitted_text_fits(word: str, room: float) -> None:
    assert text_width(fitted(word, room, 7.5), 7.5) <= room


def test_a_text_that_fits_stays_whole() -> None:
    assert fitted("Estates  and\nFacilities", 500, 7.5) == "Estates and Facilities"
    assert fitted("Estates and Facilities", 50, 7.5).endswith("…")


def test_a_fitted_text_ends_with_a_whole_word() -> None:
    assert fitted("Estates and Facilities", 60, 7.5) == "Estates and…"


def test_long_ids_are_told_apart_by_their_ends() -> None:
    cut = [fitted_id(f"Non-Trading (Drop 2)!{row}", 60, 8) for row in (10, 11)]
    assert [one[-3:] for one in cut] == ["!10", "!11"]
    assert all(one.startswith("Non") and "…" in one and text_width(one, 8) <= 60 for one in cut)
    assert fitted_id("PO-004", 60, 8) == "PO-004"
    assert text_width(fitted_id("PO-0000000004", 20, 8), 8) <= 20
