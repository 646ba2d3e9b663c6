"""FONTS: the fonts of a PDF, shipped or a dependency, and embedded, so that every machine lays out the same pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Font:
    """One font file: its family, its weight ("" = it holds all), and the letters that ask for it ("" = always)."""

    family: str
    weight: str
    package: str
    file: str
    letters: str = ""

    @property
    def address(self) -> str:
        """Where the style sheet finds it; nothing else can be loaded."""
        return f"asset:{self.file.partition('.')[0].partition('[')[0]}"

    @property
    def content(self) -> bytes:
        """The file."""
        return _content(self.package, self.file)


_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_HEBREW = "\u0590-\u05ff\ufb1d-\ufb4f"

FONTS: tuple[Font, ...] = (
    Font("IBM Plex Sans", "400", "pipeline.render.faces", "RegisterSans-Regular.ttf"),
    Font("IBM Plex Sans", "600", "pipeline.render.faces", "RegisterSans-SemiBold.ttf"),
    Font("Source Serif 4", "400", "pipeline.render.faces", "RegisterSerif-Regular.ttf"),
    Font("Source Serif 4", "600", "pipeline.render.faces", "RegisterSerif-SemiBold.ttf"),
    Font("IBM Plex Sans Arabic", "400", "fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Regular.ttf", _ARABIC),
    Font("IBM Plex Sans Arabic", "600", "fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-SemiBold.ttf", _ARABIC),
    Font("Heebo", "", "fontpkg_heebo", "Heebo[wght].ttf", _HEBREW),
)
"""Every shipped font. Chinese, Japanese and Korean letters come from the fonts of the machine: they weigh 15 MB."""


def fonts_for(text: str, own: Sequence[OwnFont] = ()) -> tuple[Font | OwnFont, ...]:
    """The fonts that a page of this text needs; the user's own take the place of shipped ones."""
    replaced = {font.family for font in own}
    shipped = [font for font in FONTS if font.family not in replaced]
    return (*own, *(font for font in shipped if not font.letters or re.search(f"[{font.letters}]", text)))


def faces(fonts: Iterable[Font | OwnFont]) -> str:
    """The style sheet that names the fonts."""
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; src: url({font.address});{_weight(font.weight)} }}\n'
        for font in fonts
    )


def _weight(weight: str) -> str:
    return f" font-weight: {weight};" if weight else ""


@dataclass(frozen=True)
class OwnFont:
    """A font of the user's own, in the place of the shipped family."""

    family: str
    content: bytes
    weight: str = ""

    @property
    def address(self) -> str:
        """Where the style sheet finds it."""
        return f"asset:own-{self.family.replace(' ', '-')}"


@lru_cache(maxsize=16)
def _content(package: str, file: str) -> bytes:
    return (files(package) / "files" / file).read_bytes()
