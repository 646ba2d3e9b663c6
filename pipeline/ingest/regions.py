"""Parts of a sheet that keep its rows and columns: what lies outside a part is blank in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from pipeline.ingest.reader import BLANK, RawSheet

_Kept: TypeAlias = Callable[[int, int], bool]
Grid: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]"


@dataclass(frozen=True)
class Region:
    """A block of cells, rows and columns 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, top: int, left: int) -> bool:
        """The cell lies within."""
        return self.top <= top <= self.bottom and self.left <= left <= self.right


def kinds_of(sheet: RawSheet, top: int = 0, bottom: int | None = None) -> Grid:
    """What each cell is, rows by columns, from row `top` to before `bottom`."""
    if not sheet.kinds:
        return np.zeros((0, 0), np.uint8)
    return np.column_stack([kinds[top:bottom] for kinds in sheet.kinds])


def first_filled_row(sheet: RawSheet) -> int:
    """The first row that holds anything; 0 on an empty sheet."""
    tops = [int(filled.argmax()) for kinds in sheet.kinds if (filled := kinds != BLANK).any()]
    return min(tops, default=0)


def below(sheet: RawSheet, top: int) -> RawSheet:
    """The sheet from row `top` on, which becomes its first."""
    if not top:
        return sheet
    return replace(
        sheet,
        texts=tuple(texts.slice(top) for texts in sheet.texts),
        kinds=tuple(kinds[top:] for kinds in sheet.kinds),
        merges=tuple((a - top, left, b - top, right) for a, left, b, right in sheet.merges if a >= top),
        hidden_rows=tuple(row - top for row in sheet.hidden_rows if row >= top),
        areas=tuple(replace(one, top=one.top - top, bottom=one.bottom - top) for one in sheet.areas if one.top >= top),
    )


def only(sheet: RawSheet, region: Region) -> RawSheet:
    """The sheet with nothing but the region: rows after it are dropped, all else outside is blank."""
    bottom = min(region.bottom + 1, sheet.rows)
    nothing, no_kinds = _blank(bottom), np.zeros(bottom, np.uint8)
    texts, kinds = [], []
    for column, (text, kind) in enumerate(zip(sheet.texts, sheet.kinds, strict=True)):
        inside = region.left <= column <= region.right
        held = _joined(nothing.slice(0, region.top), text.slice(region.top, bottom - region.top))
        texts.append(held if inside else nothing)
        kinds.append(np.concatenate([no_kinds[: region.top], kind[region.top : bottom]]) if inside else no_kinds)
    return _within(sheet, texts, kinds, lambda top, left: region.holds(top, left))


def without(sheet: RawSheet, region: Region) -> RawSheet:
    """The sheet with the region blank."""
    bottom = min(region.bottom + 1, sheet.rows)
    rows = bottom - region.top
    texts, kinds, nothing = list(sheet.texts), list(sheet.kinds), _blank(rows)
    for column in range(region.left, min(region.right + 1, len(texts))):
        texts[column] = _joined(texts[column].slice(0, region.top), nothing, texts[column].slice(bottom))
        kinds[column] = kinds[column].copy()
        kinds[column][region.top : bottom] = BLANK
    return _within(sheet, texts, kinds, lambda top, left: not region.holds(top, left))


def first_columns(sheet: RawSheet, count: int) -> RawSheet:
    """The sheet without what stands after so many columns."""
    part = replace(sheet, texts=sheet.texts[:count], kinds=sheet.kinds[:count])
    return _within(part, part.texts, part.kinds, lambda _, left: left < count)


def outside(sheet: RawSheet, regions: Iterable[Region]) -> np.ndarray:
    """Which cells, rows by columns, are filled and in none of the regions."""
    filled = np.asarray(kinds_of(sheet) != BLANK)
    for one in regions:
        filled[one.top : one.bottom + 1, one.left : one.right + 1] = False
    return filled


def _within(
    sheet: RawSheet, texts: Iterable[pa.LargeStringArray], kinds: Iterable[np.ndarray], kept: _Kept
) -> RawSheet:
    return replace(
        sheet,
        texts=tuple(texts),
        kinds=tuple(kinds),
        merges=tuple(merge for merge in sheet.merges if kept(merge[0], merge[1])),
        areas=tuple(area for area in sheet.areas if kept(area.top, area.left)),
    )


def _blank(rows: int) -> pa.LargeStringArray:
    return pa.repeat(pa.scalar("", pa.large_string()), rows)


def _joined(*parts: pa.LargeStringArray) -> pa.LargeStringArray:
    held = [part for part in parts if len(part)]
    return pa.concat_arrays(held) if len(held) > 1 else (held[0] if held else _blank(0))
