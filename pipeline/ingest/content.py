"""Hold what a heading promises against what its column contains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from pipeline.fields import FIELDS
from pipeline.ingest.amounts import read_effort, read_number
from pipeline.ingest.cadences import read_cadence
from pipeline.ingest.dates import read_date
from pipeline.ingest.header import Header
from pipeline.ingest.headings import Match
from pipeline.ingest.reader import DATE, DURATION, NUMBER, TEXT, RawSheet

_KINDS = {field.id: field.kind for field in FIELDS}
_SAMPLE = 300
_CERTAIN = 0.9


def checked_by_content(sheet: RawSheet, header: Header, chosen: dict[int, Match]) -> dict[int, Match]:
    """The mapping without close matches whose cells are of another nature.

    A date column whose texts name cadences ("Timeline: once every quarter") is taken for the cadence, where no
    other column is.
    """
    kept: dict[int, Match] = {}
    free = all(match.field != "cadence" for match in chosen.values())
    for column, match in chosen.items():
        kind = _KINDS[match.field]
        if (
            kind == "date"
            and free
            and _share(sheet, header, column, "date") < 0.2
            and _share(sheet, header, column, "cadence") >= 0.5
        ):
            kept[column] = replace(match, field="cadence", certainty=0.85, basis="content")
            free = False
        elif (
            match.certainty > _CERTAIN
            or kind not in ("date", "number", "effort", "share")
            or _share(sheet, header, column, kind) >= 0.3
        ):
            kept[column] = match
    return kept


def _share(sheet: RawSheet, header: Header, column: int, kind: str) -> float:
    """The share of the column's filled cells that read as this kind; 1 for an empty column."""
    kinds = sheet.kinds[column][header.last + 1 :][:_SAMPLE]
    filled = int(np.isin(kinds, (TEXT, NUMBER, DATE, DURATION)).sum())
    if not filled:
        return 1.0
    native = {"date": (DATE,), "cadence": ()}.get(kind, (NUMBER, DURATION))
    texts = sheet.texts[column].slice(header.last + 1, _SAMPLE).filter(pa.array(kinds == TEXT)).to_pylist()
    return (int(np.isin(kinds, native).sum()) + sum(_reads(text, kind) for text in texts)) / filled


def _reads(text: str, kind: str) -> bool:
    if kind == "date":
        return read_date(text, "", end=False).sort not in ("none", "open")
    if kind == "cadence":
        return read_cadence(text) is not None
    return read_effort(text, "", "") is not None if kind == "effort" else read_number(text.replace("%", "")) is not None
