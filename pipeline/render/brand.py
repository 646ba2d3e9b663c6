"""The organisation's own look: colours by role, a logo, fonts; everything else stays as the design has it."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.render import palette
from pipeline.render.fonts import OwnFont
from pipeline.render_settings import BrandSettings

_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"wOFF", b"wOF2")
_HEAVY = 2_000_000
_READ = (
    *((text, "bg") for text in ("ink", "ink2", "change", "runtext", "alert")),
    *((text, ground) for text in ("ink", "ink2") for ground in ("paper", "paper2")),
    *(("onheat", f"heat{step}") for step in (1, 2, 3)),
    ("onover", "heat4"), ("onover", "heat5"),
)  # fmt: skip
"""Text and the ground it stands on."""
_SEEN = (("run", "bg"), ("change", "bg"))
"""Bars and lines, and the ground they are drawn on."""
_LEAST = {4.5: _READ, 3.0: _SEEN}
"""WCAG 2.2: the least contrast of text (1.4.3) and of drawings (1.4.11)."""


@dataclass(frozen=True)
class Brand:
    """Colours of paper and of light and dark screens by role, the logo as a data address, and own fonts."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    logo: str = ""
    fonts: tuple[OwnFont, ...] = ()


def brand(said: BrandSettings) -> Brand:
    """The brand of the settings.

    Raises SettingsError for a file that cannot be read or is no picture or font, and for a colour that cannot be told
    from the one it stands on.
    """
    return _brand(tuple(said.colours.items()), said.logo, said.sans, said.serif)


@lru_cache(maxsize=4)
def _brand(colours: tuple[tuple[str, str], ...], logo: Path | None, sans: Path | None, serif: Path | None) -> Brand:
    """Read once for all reports of a run."""
    light = {**palette.LIGHT, **dict(colours)}
    for problem in _too_alike(light, dict(colours)):
        raise problem
    families = {"IBM Plex Sans": sans, "Source Serif 4": serif}
    fonts = tuple(OwnFont(family, _font(path)) for family, path in families.items() if path is not None)
    return Brand(light, palette.DARK, _logo(logo), fonts)


def forget_brand() -> None:
    """Read logo and fonts anew when they are asked for again."""
    _brand.cache_clear()


def brand_problems(said: BrandSettings) -> tuple[SettingsError, ...]:
    """Everything that `brand` would refuse, not the first alone."""
    found = [*_too_alike({**palette.LIGHT, **said.colours}, said.colours)]
    for load, path in ((_logo, said.logo), (_font, said.sans), (_font, said.serif)):
        try:
            _ = load(path) if path else None
        except SettingsError as problem:
            found.append(problem)
    return tuple(found)


def _too_alike(light: Mapping[str, str], own: Mapping[str, str]) -> Iterator[SettingsError]:
    """Each pair of colours that are too much alike, at the one that was chosen."""
    for least, pairs in _LEAST.items():
        for role, ground in pairs:
            found = palette.contrast(light[role], light[ground])
            if found < least:
                yield SettingsError(
                    f"{role} {light[role]} on {ground} {light[ground]} has a contrast of {found:.1f} to 1.",
                    f"[render.brand] colours.{role if role in own else ground}",
                    f"Make one darker or the other lighter: {role} on {ground} needs {least:g} to 1.",
                )


def _logo(path: Path | None) -> str:
    """The picture as an address that needs no network; "" where there is none."""
    if path is None:
        return ""
    content = _read(path, "logo")
    kind = next((kind for start, kind in _KINDS.items() if content.startswith(start)), "")
    if not kind:
        raise SettingsError("is no PNG or JPEG picture.", str(path), "Save the logo as PNG.")
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _font(path: Path) -> bytes:
    content = _read(path, "font")
    if not content.startswith(_FONTS):
        raise SettingsError("is no font file.", str(path), "Use a .ttf, .otf or .woff file.")
    return content


def _read(path: Path, what: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or "it cannot be read").lower()
        raise SettingsError(f"the {what} cannot be read: {reason}.", str(path), "Check [render.brand].") from problem
    if len(content) > _HEAVY:
        raise SettingsError(f"the {what} is larger than 2 MB.", str(path), "Every report carries it: make it smaller.")
    return content
