"""The fonts that are shipped: static, under names of their own, with their licence."""

from __future__ import annotations

import io

import pytest

from pipeline.render.fonts import FONTS, Font

CUTS = [font for font in FONTS if font.package == "pipeline.render.faces"]


@pytest.mark.parametrize("font", CUTS, ids=lambda font: font.file)
def test_a_cut_is_static_and_bears_no_reserved_name(font: Font) -> None:
    ttlib = pytest.importorskip("fontTools.ttLib")
    cut = ttlib.TTFont(io.BytesIO(font.content))
    assert "fvar" not in cut
    assert cut["OS/2"].usWeightClass == int(font.weight)
    named = " ".join(str(name) for name in cut["name"].names if name.nameID in {1, 3, 4, 6, 16})
    assert "Register" in named
    assert "Plex" not in named
    assert "Source" not in named
    assert "SIL Open Font License" in str(cut["name"].getName(13, 3, 1, 0x409))
