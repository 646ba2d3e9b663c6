"""Find the table on a sheet: its heading rows and what each of its columns is called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from pipeline.ingest.continuity import continues
from pipeline.ingest.heading_rows import Box, joined
from pipeline.ingest.headings import Headings
from pipeline.ingest.matrix import is_code
from pipeline.ingest.reader import BLANK, TEXT, RawSheet
from pipeline.ingest.regions import below, first_filled_row
from pipeline.model import Basis

_SEARCHED_ROWS = 60
_SAMPLE_ROWS = 40
_LONGEST_HEADING = 80
_TOLD = 3.0
"""What it weighs that an Excel Table or a filter begins with the row: as much as one heading we know."""


_Spoken: TypeAlias = frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Header:
    """Where the headings stand (0-based rows, first and last) and the heading of every sheet column ("" = none)."""

    first: int
    last: int
    headings: tuple[str, ...]
    score: float
    boxes: tuple[Box, ...] = ()
    """Groups above headings that are read without them, or might be."""


def find_header(sheet: RawSheet, known: Headings) -> Header | None:
    """The heading rows of the sheet's table, or None where there is no table with headings.

    A row is a heading row when its cells are short texts that differ from each other and from what stands below
    them, the more so the more of them are headings we know. Merged cells join two or three rows into one
    heading: `Plan` over `Start` becomes `Plan Start`. The row that begins an Excel Table or a filtered range is
    preferred.
    """
    top = first_filled_row(sheet)
    part = below(sheet, top)
    rows = part.preview(_SEARCHED_ROWS + _SAMPLE_ROWS)
    told = {area.top for area in part.areas if area.kind == "filter" or area.header_rows}
    spoken = [_spoken(row) for row in rows]
    scores = [_score(rows, spoken, at, part, known) for at in range(min(len(rows) - 1, _SEARCHED_ROWS))]
    scores = [score + _TOLD * (score > 0 and at in told) for at, score in enumerate(scores)]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at), default=None)
    if best is None or scores[best] <= 0 or _is_drawing(part, best):
        return None
    best = _above_the_rows(rows, best, scores, known)
    first, last = _block(rows, best, part, scores)
    if last + 1 < len(rows) and _completes(rows, last, part, known):
        last += 1
    headings, boxes = joined(rows, first, last, part, known)
    boxes = tuple(replace(box, row=box.row + top) for box in boxes)
    return Header(first + top, last + top, headings, scores[best], boxes)


def _above_the_rows(rows: list[list[str]], best: int, scores: list[float], known: Headings) -> int:
    """The headings an unbroken table begins with, where the best row is one of its items that only sounds like them."""
    filled = [[bool(cell.strip()) for cell in row] for row in rows]
    top = best
    while top > 0 and sum(filled[top - 1]) >= 2:
        top -= 1
    for at in range(top, best - 1):
        heads = [cell for cell in rows[at] if cell.strip()]
        if scores[at] > 0 and len(heads) >= 0.6 * sum(filled[best]) and recognised(heads, known)[0] >= 2:
            above, below = (list(zip(*part, strict=True)) for part in (rows[at + 1 : best], rows[best + 1 :]))
            return at if continues(above, below) else best
    return best


def header_at(sheet: RawSheet, first: int, last: int, left: int, right: int) -> Header:
    """The headings of rows that are known to hold them, such as those of an Excel Table."""
    part = below(sheet, first)
    headings, _ = joined(part.preview(last - first + 1), 0, last - first, part, None)
    inside = tuple(heading if left <= at <= right else "" for at, heading in enumerate(headings))
    return Header(first, last, inside, _TOLD)


def _is_drawing(sheet: RawSheet, at: int) -> bool:
    """A form or a chart of boxes: most filled cells below the row are merged over several columns."""
    filled = sum(int(np.count_nonzero(kinds[at + 1 :] != BLANK)) for kinds in sheet.kinds)
    boxes = sum(top > at and right > left for top, left, _, right in sheet.merges)
    return boxes > 0.5 * filled


def _score(rows: list[list[str]], spoken: list[_Spoken], at: int, sheet: RawSheet, known: Headings) -> float:
    """How much a row looks like headings; 0 or less: not at all."""
    cells = [(column, text.strip()) for column, text in enumerate(rows[at]) if text.strip()]
    texts = [
        (column, text) for column, text in cells if sheet.kinds[column][at] == TEXT and len(text) <= _LONGEST_HEADING
    ]
    if not texts:
        return 0.0
    samples = range(at + 1, min(at + 1 + _SAMPLE_ROWS, len(rows)))
    under = [rows[one] for one in samples if not _says_again(spoken[one], spoken[at])]
    if not any(any(cell.strip() for cell in row) for row in under):
        return 0.0
    # Letters of roles (R, A, C, I) over letters of roles are a row of a matrix, not headings.
    codes = {column for column, text in texts if is_code(text)}
    codes = codes if codes and any(is_code(cell.strip()) for row in under for cell in row) else set()
    exact, close = recognised([text for column, text in texts if column not in codes], known)
    if exact + close == 0 and not _stands_apart(rows, at, cells, texts, sheet):
        return 0.0
    heads = _heads_something(exact + close, cells, under) or _heads_list(cells, under, known)
    if exact + close > 0 and not heads:
        return 0.0
    distinct = len({text.casefold() for _, text in texts}) / len(texts)
    repeated = sum(any(text == row[column].strip() for row in under) for column, text in texts) / len(texts)
    foreign = (len(cells) - len(texts)) / len(cells)
    return 3.0 * exact + 1.5 * close + 0.4 * min(len(texts), 12) * distinct - 4.0 * repeated - 4.0 * foreign


def repeats(row: list[str], headings: list[str]) -> bool:
    """The row says the headings again, as long tables do at a page's head."""
    return _says_again(_spoken(row), _spoken(headings))


def _spoken(row: list[str]) -> _Spoken:
    """The filled cells of a row by column, in one case."""
    return frozenset((column, cell.strip().casefold()) for column, cell in enumerate(row) if cell.strip())


def _says_again(row: _Spoken, headings: _Spoken) -> bool:
    same = len(row & headings)
    return same >= 2 and same >= 0.6 * len(row)


def named_fields(texts: list[str], known: Headings, by: tuple[Basis, ...] = ("exact", "synonym", "parts")) -> set[str]:
    """The fields that the texts name for certain, told in one of these ways."""
    matches = [matches[0] for text in texts if (matches := known.matches(text))]
    return {match.field for match in matches if match.certainty > 0.9 and match.basis in by}


def recognised(texts: list[str], known: Headings) -> tuple[int, int]:
    """How many different fields the texts name, exactly and closely."""
    exact: set[str] = set()
    close: set[str] = set()
    for text in texts:
        matches = known.matches(text)
        if matches:
            (exact if matches[0].certainty > 0.9 else close).add(matches[0].field)
    return len(exact), len(close - exact)


def _heads_something(known: int, cells: list[tuple[int, str]], below: list[list[str]]) -> bool:
    """Headings stand over columns: a lone `Owner: Ana` beside the table or a form's label does not."""
    if known >= 2 and (len(cells) >= 3 or known == len(cells)):
        return True
    heights = [sum(bool(row[column].strip()) for row in below[:12]) for column, _ in cells]
    filled = sum(any(cell.strip() for cell in row) for row in below[:12])
    return filled >= 2 and max(heights) >= 0.25 * filled and (len(cells) >= 2 or _table_beside(cells[0][0], below))


def _heads_list(cells: list[tuple[int, str]], below: list[list[str]], known: Headings) -> bool:
    """One heading for titles over nothing but different texts in its column: the barest register."""
    ((column, text), *more) = cells
    if more or not any(match.field == "title" and match.certainty > 0.9 for match in known.matches(text)):
        return False
    rows = [row for row in below if any(cell.strip() for cell in row)]
    alone = all(sum(bool(cell.strip()) for cell in row) == 1 and row[column].strip() for row in rows)
    return alone and len(rows) >= 3 and len({row[column] for row in rows}) == len(rows)


def _table_beside(column: int, below: list[list[str]]) -> bool:
    """One heading over a table whose other columns have none: the rows below reach past it."""
    return sum(any(cell.strip() for cell in row[column + 1 :]) for row in below[:12]) >= 3


def _stands_apart(
    rows: list[list[str]], at: int, cells: list[tuple[int, str]], texts: list[tuple[int, str]], sheet: RawSheet
) -> bool:
    """Headings nobody has taught us: at least three different short texts over columns of another nature."""
    if len(texts) < 3 or len(texts) < len(cells) or len({text.casefold() for _, text in texts}) < len(texts):
        return False
    below = rows[at + 1 : at + 1 + _SAMPLE_ROWS]
    width = max(sum(bool(cell.strip()) for cell in row) for row in below)
    if len(texts) < 0.6 * width or any(text == row[column].strip() for column, text in texts for row in below):
        return False
    return any(_differs(column, text, at, sheet) for column, text in texts)


def _differs(column: int, text: str, at: int, sheet: RawSheet) -> bool:
    """The column below holds no texts, or texts of quite another length than its heading."""
    kinds = sheet.kinds[column][at + 1 : at + 1 + _SAMPLE_ROWS]
    filled = kinds[kinds != BLANK]
    if len(filled) < 2:
        return False
    if np.mean(filled != TEXT) > 0.6:
        return True
    lengths = [len(cell) for cell in sheet.texts[column].slice(at + 1, _SAMPLE_ROWS).to_pylist() if cell]
    typical = float(np.median(lengths))
    return typical > 2.5 * len(text) or typical <= 3 < len(text)


def _block(rows: list[list[str]], best: int, sheet: RawSheet, scores: list[float]) -> tuple[int, int]:
    """First and last heading row: rows that merged cells tie to the best one belong to it."""
    first = last = best
    for top, left, bottom, right in sheet.merges:
        if (
            top == best
            and bottom > best
            and bottom - best <= 2
            and rows[best][left].strip()
            and any(map(str.strip, rows[bottom]))
        ):
            last = max(last, bottom)
        if (
            right > left
            and top == bottom == best
            and best + 1 < len(rows)
            and _is_heading_like(rows[best + 1], best + 1, left, right, sheet)
        ):
            last = max(last, best + 1)
        if right > left and top == bottom == best - 1 and _groups(rows, best, left, right):
            first = min(first, best - 1)
        if top < best <= bottom and top >= best - 2 and rows[top][left].strip():
            first = min(first, top)
    return first, last


def _completes(rows: list[list[str]], last: int, sheet: RawSheet, known: Headings) -> bool:
    """The row after the headings says the rest of them: `Data` over `inizio` and `Data` over `fine`.

    It holds only texts, each under a heading that stands more than once or that means a field together with it.
    """
    under = {column: cell.strip() for column, cell in enumerate(rows[last + 1]) if cell.strip()}
    heads = [cell.strip() for cell in rows[last]]
    if len(under) < 2 or len(under) >= sum(map(bool, heads)):
        return False
    spread = [_spread(heads, column) for column in range(len(heads))]
    certain = [
        sheet.kinds[column][last + 1] == TEXT
        and bool(spread[column])
        and spread.count(spread[column]) > 1
        and any(match.certainty > 0.9 for match in known.matches(f"{spread[column]} {text}"))
        for column, text in under.items()
    ]
    return all(certain)


def _spread(heads: list[str], column: int) -> str:
    """The heading over a column, or the one to its left where it has none, as over columns of a group."""
    return next((heads[at] for at in range(column, -1, -1) if heads[at]), "")


def _is_heading_like(row: list[str], at: int, left: int, right: int, sheet: RawSheet) -> bool:
    """Under a merged heading: different texts and nothing but texts, in the row as a whole."""
    under = [row[column].strip() for column in range(left, min(right + 1, len(row)))]
    filled = [column for column, cell in enumerate(row) if cell.strip()]
    return sum(map(bool, under)) >= 2 and all(sheet.kinds[column][at] == TEXT for column in filled)


def _groups(rows: list[list[str]], best: int, left: int, right: int) -> bool:
    """A merged cell above the headings that spans several of them but not all: a group, not a title."""
    headed = [column for column, cell in enumerate(rows[best]) if cell.strip()]
    under = [column for column in headed if left <= column <= right]
    return len(under) >= 2 and len(under) < len(headed) and bool(rows[best - 1][left].strip())
