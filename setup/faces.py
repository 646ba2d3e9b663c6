"""Cuts the static fonts of pipeline/render/faces from the variable ones: `.venv/bin/python setup/faces.py`.

Each PDF would cut them anew, which takes a fifth of its time. The licence (OFL-1.1) reserves the names Plex and Source
for the originals, so the cuts bear names of their own. The same originals give the same bytes.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FACES = Path(__file__).resolve().parents[1] / "pipeline" / "render" / "faces"
SANS = ("fontpkg_ibm_plex_sans", "IBMPlexSans[wdth,wght].ttf", "Register Sans", "OFL-sans.txt")
SERIF = ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", "Register Serif", "OFL-serif.txt")
# Optical sizes in CSS pixels, as the engine takes them: standfirsts of 11.5 points, headlines of 18.5.
CUTS = (
    (SANS, "Regular", {"wght": 400, "wdth": 100}),
    (SANS, "SemiBold", {"wght": 600, "wdth": 100}),
    (SERIF, "Regular", {"wght": 400, "opsz": 15.333}),
    (SERIF, "SemiBold", {"wght": 600, "opsz": 24.667}),
)
NAMES = {1: "{family}", 2: "Regular", 3: "{post}", 4: "{family} {style}", 6: "{post}", 16: "{family}", 17: "{style}"}
SAID = {0, 5, 7, 8, 9, 11, 12, 13, 14}
"""Names kept from the original: copyright, version, trademark, who made it and the licence."""


def cut(package: str, file: str, family: str, style: str, axes: dict[str, float]) -> TTFont:
    """One static font, under a name of its own."""
    original = files(package) / "files" / file
    font = instantiateVariableFont(TTFont(str(original), recalcTimestamp=False), axes, static=True)
    names = font["name"]
    names.names = [one for one in names.names if one.nameID in SAID]
    words = {"family": family, "style": style, "post": f"{family.replace(' ', '')}-{style}"}
    for id, name in NAMES.items():
        names.setName(name.format(**words), id, 3, 1, 0x409)
    names.setName(f"Cut from {file} at {axes}.", 10, 3, 1, 0x409)
    font["OS/2"].usWeightClass = int(axes["wght"])
    for table in ("DSIG", "STAT"):
        if table in font:
            del font[table]
    return font


def main() -> None:
    """Write every cut and the licences beside them."""
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    FACES.joinpath("files").mkdir(parents=True, exist_ok=True)
    for (package, file, family, licence), style, axes in CUTS:
        cut(package, file, family, style, axes).save(FACES / "files" / f"{family.replace(' ', '')}-{style}.ttf")
        (FACES / "files" / licence).write_bytes((files(package) / "LICENSE").read_bytes())


if __name__ == "__main__":
    main()
