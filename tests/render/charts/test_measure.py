"""Widths are reckoned close to the font's own, and never much below them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from pipeline.render.charts.measure import fitted, text_width

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
