"""Hold what a heading promises against what its column contains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from pipeline.fields import FIELDS
from pipeline.ingest.amounts import read_effort
from pipeline.ingest.cadences import read_cadence
from pipeline.ingest.dates import read_date
from pipeline.ingest.header import Header
from pipeline.ingest.headings import Contest, Match
from pipeline.ingest.numbers import read_number
from pipeline.ingest.reader import BLANK, DATE, DURATION, NUMBER, TEXT, RawSheet

_KINDS = {field.id: field.kind for field in FIELDS}
_SAMPLE = 300
_CERTAIN = 0.9
_FULLER = 1.5
"""A column of titles is filled so many times as often as one of groups."""


def checked_by_content(sheet: RawSheet, header: Header, chosen: dict[int, Match]) -> dict[int, Match]:
    """The mapping without close matches whose cells are of another nature, and without a title that holds numbers.

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
        elif match.field == "title" and _are_numbers(sheet, header, column):
            continue
        elif (
            match.certainty > _CERTAIN
            or kind not in ("date", "number", "effort", "share")
            or _share(sheet, header, column, kind) >= 0.3
        ):
            kept[column] = match
    return kept


def titled_by_the_fuller(
    sheet: RawSheet, header: Header, chosen: dict[int, Match], contests: list[Contest]
) -> tuple[dict[int, Match], list[Contest]]:
    """The mapping with the title where it names every row, and the contests as they then stand.

    Of two columns headed as titles, one that is filled on the first row of each group only names the groups
    (`Project | Task`): it is taken for the parent.
    """
    for place, contest in enumerate(contests):
        if contest.field == "title" and contest.winner in chosen:
            group, title = _filled(sheet, header, contest.winner), _filled(sheet, header, contest.loser)
            if title.sum() >= _FULLER * group.sum() and not (group & ~title).any():
                mapped = dict(chosen)
                match = mapped.pop(contest.winner)
                mapped[contest.loser] = match
                if all(other.field != "parent" for other in mapped.values()):
                    mapped[contest.winner] = replace(match, field="parent", certainty=0.6, basis="content")
                reason = "it names every row, the other only the groups"
                swapped = replace(contest, loser=contest.winner, winner=contest.loser, reason=reason)
                return mapped, [*contests[:place], swapped, *contests[place + 1 :]]
    return chosen, contests


def _are_numbers(sheet: RawSheet, header: Header, column: int) -> bool:
    kinds = sheet.kinds[column][header.last + 1 :]
    return bool((kinds == NUMBER).sum() > 0.8 * max(1, int((kinds != BLANK).sum())))


def _filled(sheet: RawSheet, header: Header, column: int) -> np.ndarray:
    return np.asarray(sheet.kinds[column][header.last + 1 :] != BLANK)


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
        return read_date(text, "", end=False).sort not in ("none", "open", "pending")
    if kind == "cadence":
        return read_cadence(text) is not None
    return read_effort(text, "", "") is not None if kind == "effort" else read_number(text.replace("%", "")) is not None
