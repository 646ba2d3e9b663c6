"""What a workbook's package holds that a copy of it does not keep, told from the names of its parts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_PARTS: tuple[tuple[str, str], ...] = (
    ("charts", r"xl/(?:charts|chartsheets)/.+\.xml"),
    ("pictures", r"xl/media/.+"),
    ("shapes and diagrams", r"xl/(?:diagrams|ink)/.+|xl/drawings/(?:drawing|shapes?)[^/]*\.xml"),
    ("macros", r"xl/(?:vbaProject.*\.bin|macrosheets/.+|dialogsheets/.+|intlMacrosheets/.+)"),
    ("buttons and form controls", r"xl/(?:ctrlProps|activeX|customUI)/.+|customUI/.+"),
    ("pivot tables (their values are there)", r"xl/pivot(?:Tables|Cache)/.+"),
    ("slicers and timelines", r"xl/(?:slicers|slicerCaches|timelines|timelineCaches)/.+"),
    ("threads of comments (their text is kept as notes)", r"xl/(?:threadedComments|persons)/.+"),
    ("links to other workbooks and data connections", r"xl/(?:externalLinks|queryTables)/.+|xl/connections\.xml"),
    ("embedded files", r"xl/embeddings/.+"),
    ("a digital signature", r"_xmlsignatures/.+"),
)
"""What people call it, and the parts it is kept in."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
_CELL, _FORMULA, _NEWER = re.compile(rb"<(?:\w+:)?c[ >]"), re.compile(rb"<(?:\w+:)?f[ >/]"), re.compile(rb"<x14:\w")
_PIECE, _OVERLAP = 1 << 20, 8


def left_out(path: Path) -> list[str]:
    """What the copy of this workbook will lack, in words; macros and drawings as well as formulas."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        told = [what for what, part in _PARTS if any(re.fullmatch(part, name, re.I) for name in names)]
        if set(told) & {"charts", "pictures"}:
            told = [what for what in told if what != "shapes and diagrams"]
        if _holds(archive, _FORMULA):
            told.append("formulas (their values are there)")
        if _holds(archive, _NEWER):
            told.append("conditional formats and drop-downs of newer Excel")
    return told


def cells_in(path: Path, enough: int) -> int:
    """How many cells the workbook's sheets write down, counted until there are `enough`."""
    found = 0
    with zipfile.ZipFile(path) as archive:
        for name in filter(_SHEET.fullmatch, archive.namelist()):
            with archive.open(name) as part:
                while found < enough and (piece := part.read(_PIECE)):
                    found += len(_CELL.findall(piece))
    return found


def _holds(archive: zipfile.ZipFile, pattern: re.Pattern[bytes]) -> bool:
    """A sheet of the workbook holds such a tag."""
    for name in filter(_SHEET.fullmatch, archive.namelist()):
        rest = b""
        with archive.open(name) as part:
            while piece := part.read(_PIECE):
                if pattern.search(rest + piece):
                    return True
                rest = piece[-_OVERLAP:]
    return False
