"""Blank cells that stand for the one above: inside merged blocks, and where a group's label stands on its first row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.header import Header
from pipeline.ingest.reader import BLANK, RawSheet
from pipeline.ingest.rows import Rows

_GROUPING = ("parent", "department", "team", "type", "phase", "executive")
"""Fields whose value may head a group of rows; people, dates and amounts of an item are its own."""

_MOST = 0.75
"""The share of groups that go on below their label where not all do."""


def unmerged(sheet: RawSheet, header: Header) -> tuple[RawSheet, list[tuple[int, int, int]]]:
    """The sheet with the first column of each merged block below the headings filled down from its first cell.

    Also the blocks: column, first and last filled row (0-based). A block of several columns with nothing beside its
    further rows is a tall title or note, not a value of those rows, and stays as it is.
    """
    blocks = []
    texts, kinds = list(sheet.texts), list(sheet.kinds)
    for top, left, bottom, right in sheet.merges:
        if top > header.last and bottom > top and left < len(texts) and kinds[left][top] != BLANK:
            beside = [*kinds[:left], *kinds[right + 1 :]]
            if right == left or any((one[top + 1 : bottom + 1] != BLANK).any() for one in beside):
                blocks.append((left, top + 1, min(bottom, sheet.rows - 1)))
    for column in {column for column, _, _ in blocks}:
        source = np.arange(sheet.rows)
        for at, first, last in blocks:
            if at == column:
                source[first : last + 1] = first - 1
        texts[column], kinds[column] = texts[column].take(pa.array(source)), kinds[column][source]
    return replace(sheet, texts=tuple(texts), kinds=tuple(kinds)), blocks


def carried_down(sheet: RawSheet, rows: Rows, fields: Mapping[str, int]) -> tuple[RawSheet, dict[int, np.ndarray]]:
    """The sheet with the labels of groups carried down to the items below them, and the rows (0-based) by column.

    Only where the column shows that pattern: it stands left of the title, its first item is filled, no label comes
    twice, and the blanks are those of groups (`_are_groups`), not of a column that is filled when somebody cares to.
    """
    carried: dict[int, np.ndarray] = {}
    texts, kinds = list(sheet.texts), list(sheet.kinds)
    named = fields.get("title", fields.get("description", 0))
    for column in (fields[name] for name in _GROUPING if name in fields and fields[name] < named):
        body = pc.utf8_trim_whitespace(texts[column].slice(rows.first))
        source = _sources(np.asarray(pc.not_equal(body, "")), rows, body)
        if source is not None:
            blank = np.flatnonzero(source != np.arange(len(source)))
            whole = np.concatenate([np.arange(rows.first), source + rows.first])
            texts[column], kinds[column] = texts[column].take(pa.array(whole)), kinds[column][whole]
            carried[column] = blank + rows.first
    return replace(sheet, texts=tuple(texts), kinds=tuple(kinds)), carried


def _sources(filled: np.ndarray, rows: Rows, body: pa.StringArray) -> np.ndarray | None:
    """For each row the row its label stands on; None where the column does not show the pattern."""
    used = rows.items & ~rows.refused
    labels = np.flatnonzero(filled & (used | rows.labels | rows.sections))
    items = np.flatnonzero(used)
    if len(labels) < 2 or not len(items) or labels[0] > items[0]:
        return None
    texts = body.take(pa.array(labels))
    heads = np.searchsorted(labels, items, side="right") - 1
    sizes = np.bincount(heads, minlength=len(labels))
    blanks = sizes - used[labels]
    if len(texts.unique()) < len(labels) or not _are_groups(blanks, alone=not used[labels].any()):
        return None
    source = np.arange(len(filled))
    source[items] = labels[heads]
    return source


def _are_groups(blanks: np.ndarray, alone: bool) -> bool:
    """The blank items below each label are those of groups; `alone`: the labels stand on rows of their own.

    Either every group goes on, and one of them over several rows, or most do and at least three over several.
    """
    going_on, several = int((blanks >= 1).sum()), int((blanks >= 2).sum())
    if going_on < 2:
        return False
    if alone or (going_on == len(blanks) and several >= 1):
        return True
    return several >= 3 and going_on >= _MOST * len(blanks)
