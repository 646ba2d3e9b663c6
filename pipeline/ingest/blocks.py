"""Tell the tables of a sheet apart: one below the other, side by side, or each an Excel Table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pipeline.ingest.continuity import continues
from pipeline.ingest.header import Header, find_header, header_at, named_fields, recognised, repeats
from pipeline.ingest.heading_again import says_otherwise
from pipeline.ingest.headings import Headings, normalise
from pipeline.ingest.reader import BLANK, TEXT, Area, RawSheet
from pipeline.ingest.regions import Grid, Region, kinds_of, only, without

MOST_TABLES = 100
"""Tables looked for on one sheet."""
_CANDIDATES = 500
"""Rows that may head a further table and are looked at."""
_NARROW = 0.6
"""A table below that is no wider than this share of the first one may be told by less."""
_HEADED, _HEADED_WITHIN = 0.5, 0.7
"""Shares of a row's texts that are headings to the letter where it heads a further table: after a gap, and without."""
_NEAR = 40
"""Rows above and below a row that tell whether the table goes on."""
_FIGURES = 0.25
"""A row of which more texts than this hold a digit is no row of headings."""
_SHORT = 0.7
"""A block beside the table that ends before this share of its rows is a list of its own."""

_SPACED = 6
"""Rows from which a single blank one ends what is beside each other; among fewer it may be a spacer."""


@dataclass(frozen=True, eq=False)
class Block:
    """One table's part of a sheet, and its headings."""

    sheet: RawSheet
    header: Header
    region: Region
    area: Area | None = None
    """The Excel Table it is."""


def blocks(sheet: RawSheet, header: Header | None, known: Headings) -> Iterator[Block]:
    """The tables of a sheet: its Excel Tables, then the one under these best headings, then what is left around it."""
    rest = sheet
    for area in _tables(sheet, known):
        block = _excel_table(rest, area)
        yield block
        rest, header = without(rest, block.region), None
    for _ in range(MOST_TABLES):
        header = header or find_header(rest, known)
        if header is None:
            return
        region = _region(rest, header, known)
        inside = [heading if region.left <= at <= region.right else "" for at, heading in enumerate(header.headings)]
        part = rest if _is_all(rest, region) else only(rest, region)
        yield Block(part, replace(header, headings=tuple(inside)), region)
        rest, header = without(rest, region), None


def _is_all(sheet: RawSheet, region: Region) -> bool:
    """Nothing needs cutting off below or beside; title rows above the headings may stay."""
    return region.left == 0 and region.right >= len(sheet.texts) - 1 and region.bottom >= sheet.rows - 1


def _tables(sheet: RawSheet, known: Headings) -> list[Area]:
    """The sheet's Excel Tables from top to bottom, where at least one has headings of work."""
    areas = sorted((one for one in sheet.areas if _is_table(one, sheet)), key=lambda one: (one.top, one.left))
    heads = [[texts[one.top].as_py() for texts in sheet.texts[one.left : one.right + 1]] for one in areas]
    if any(sum(recognised([text for text in texts if text], known)) >= 2 for texts in heads):
        return areas[:MOST_TABLES]
    return []


def _is_table(area: Area, sheet: RawSheet) -> bool:
    inside = area.bottom < sheet.rows + area.totals_rows and area.right < len(sheet.texts)
    return area.kind == "table" and area.header_rows == 1 and area.top < sheet.rows - 1 and inside


def _excel_table(sheet: RawSheet, area: Area) -> Block:
    """The table with what was typed below its end, up to the next table or its title."""
    under = [one.top for one in sheet.areas if _is_under(one, area)]
    bottom = min(under) - 1 if under else sheet.rows - 1
    if under:
        bottom = _before_title(kinds_of(sheet)[:, area.left : area.right + 1] != BLANK, bottom + 1, area.bottom) - 1
    left, right = _with_neighbours(sheet, area)
    region = Region(area.top, left, max(bottom, area.bottom), right)
    return Block(only(sheet, region), header_at(sheet, area.top, area.top, left, right), region, area)


def _with_neighbours(sheet: RawSheet, area: Area) -> tuple[int, int]:
    """The table's columns and those right beside it that are headed in the same row and no table's own."""
    own = {
        column
        for one in sheet.areas
        if one.kind == "table" and one is not area and one.top <= area.bottom and one.bottom >= area.top
        for column in range(one.left, one.right + 1)
    }
    headed = [kinds[area.top] == TEXT and at not in own for at, kinds in enumerate(sheet.kinds)]
    left, right = area.left, area.right
    while left > 0 and headed[left - 1]:
        left -= 1
    while right + 1 < len(headed) and headed[right + 1]:
        right += 1
    return left, right


def _is_under(one: Area, area: Area) -> bool:
    return one.kind == "table" and one.top > area.bottom and one.left <= area.right and one.right >= area.left


def _region(sheet: RawSheet, header: Header, known: Headings) -> Region:
    """What belongs to the table under these headings: its columns, and its rows up to the next table's title."""
    left, right = _columns(sheet, header, known)
    bottom = _last_row(sheet, header, left, right, known)
    return Region(header.first, left, bottom, right)


def _columns(sheet: RawSheet, header: Header, known: Headings) -> tuple[int, int]:
    """First and last column of the table: all, but for tables and lists beside it across a blank column."""
    filled = _filled_rows(sheet, header)
    groups = _groups(header, filled)
    if len(groups) < 2:
        return 0, len(sheet.texts) - 1
    words = [[header.headings[at] for at in group if header.headings[at]] for group in groups]
    main = max(range(len(groups)), key=lambda at: (_is_named(words[at], known), sum(recognised(words[at], known)), -at))
    apart = [
        at for at in range(len(groups))
        if at != main and (
            _says_again(words[at], words[main]) or _is_list(filled, groups[at], groups[main])
            or _stands_alone(words[at], words[main], known)
        )
    ]  # fmt: skip
    left = max((groups[at][-1] + 1 for at in apart if at < main), default=0)
    right = min((groups[at][0] - 1 for at in apart if at > main), default=len(sheet.texts) - 1)
    return left, right


def _filled_rows(sheet: RawSheet, header: Header) -> np.ndarray:
    """Which cells are filled in the rows below the headings, up to a blank row that parts tables.

    A single one between the first few rows does not: it spaces them out.
    """
    filled = np.asarray(kinds_of(sheet, header.last + 1, header.last + 1 + 300) != BLANK)
    held = np.asarray(filled.any(axis=1))
    parts = ~held & ((np.cumsum(held) >= _SPACED) | np.append(~held[1:], True))
    return filled[: int(parts.argmax())] if parts.any() else filled


def _groups(header: Header, filled: np.ndarray) -> list[list[int]]:
    """Columns that stand together: wholly blank ones without a heading part them."""
    held = [bool(heading) or bool(filled[:, at].any()) for at, heading in enumerate(header.headings)]
    groups: list[list[int]] = []
    for at, is_held in enumerate(held):
        if is_held and at and held[at - 1]:
            groups[-1].append(at)
        elif is_held:
            groups.append([at])
    return [group for group in groups if any(header.headings[at] for at in group)]


def _is_named(words: list[str], known: Headings) -> bool:
    return any(match.field == "title" and match.certainty > 0.9 for word in words for match in known.matches(word))


def _says_again(words: list[str], others: list[str]) -> bool:
    """The same headings stand here once more."""
    before = {normalise(word) for word in others}
    return len(words) >= 2 and sum(normalise(word) in before for word in words) >= 0.6 * max(len(words), 2)


def _stands_alone(words: list[str], others: list[str], known: Headings) -> bool:
    """Headings of a table that names its own items and says of them what the other table says of its own."""
    if not (_is_named(words, known) and _is_named(others, known)):
        return False
    own, taken = named_fields(words, known), named_fields(others, known)
    return len(own) >= 3 and len(own & taken - {"id", "title"}) >= 1


def _is_list(filled: np.ndarray, group: list[int], main: list[int]) -> bool:
    """Filled without a gap from the first row, and ending well before the table's end or after it."""
    rows = np.flatnonzero(filled[:, group].any(axis=1))
    table = int(filled[:, main].any(axis=1).sum())
    unbroken = len(rows) >= 2 and rows[0] == 0 and rows[-1] == len(rows) - 1 and bool(filled[rows, group[0]].all())
    return unbroken and table >= 3 and (len(rows) <= _SHORT * table or len(rows) >= table + 2)


def _last_row(sheet: RawSheet, header: Header, left: int, right: int, known: Headings) -> int:
    """The table's last row: the sheet's, or the one before the title of a further table."""
    kinds = kinds_of(sheet)[:, left : right + 1]
    filled = kinds != BLANK
    for row in _candidates(sheet, kinds, filled, header.last + 1, left, known):
        texts = {left + at: sheet.texts[left + at][row].as_py().strip() for at in np.flatnonzero(filled[row]).tolist()}
        if _heads_another(sheet, header, row, texts, filled, left, known):
            return _before_title(filled, row, header.last) - 1
    return sheet.rows - 1


def _candidates(sheet: RawSheet, kinds: Grid, filled: np.ndarray, first: int, left: int, known: Headings) -> list[int]:
    """Rows of two texts or more and nothing else: after a blank row or a lone title that follows one, or of three
    headings that we know.
    """
    count = filled.sum(axis=1)
    only_texts = (count >= 2) & ((kinds == TEXT).sum(axis=1) == count)
    only_texts[:first] = False
    blank = np.concatenate([[False], count[:-1] == 0])
    title = np.concatenate([[False], (count[:-1] == 1) & blank[:-1]])
    apart = np.flatnonzero(only_texts & (blank | title))[:_CANDIDATES]
    within = np.flatnonzero(only_texts & ~(blank | title) & (count >= 3))[:_CANDIDATES]
    heading = [row for row in within.tolist() if _known_in(sheet, row, np.flatnonzero(filled[row]) + left, known) >= 3]
    return sorted([*apart.tolist(), *heading])


def _known_in(sheet: RawSheet, row: int, columns: np.ndarray, known: Headings) -> int:
    """How many cells of a row are usual headings to the letter."""
    texts = {normalise(sheet.texts[column][row].as_py()) for column in columns.tolist()}
    return sum(len(text) > 1 and text in known.known for text in texts)


def _heads_another(
    sheet: RawSheet, header: Header, row: int, texts: dict[int, str], filled: np.ndarray, left: int, known: Headings
) -> bool:
    """The row heads a table of its own: headings we know, over rows that keep within its columns."""
    line = [texts.get(at, "") for at in range(len(header.headings))]
    if row + 1 >= len(filled) or not filled[row + 1].any():
        return False
    if header.first == header.last and says_otherwise(line, header.headings, known):
        return True
    if repeats(line, list(header.headings)):
        return False
    if not recognised(list(texts.values()), known)[0] or _holds_figures(texts):
        return False
    apart = filled[row - 1].sum() <= 1
    if not apart and continues(*_around(sheet, header.last + 1, row, list(texts))):
        return False
    new = [text for at, text in texts.items() if len(text) > 1 and not _is_value(sheet, at, header.last + 1, row, text)]
    exact, _ = recognised(new, known)
    gaps = np.flatnonzero(~filled[row + 1 :].any(axis=1))
    rows = filled[row + 1 : row + 1 + int(gaps[0])] if len(gaps) else filled[row + 1 :]
    within = not rows[:, [at for at in range(filled.shape[1]) if at + left not in texts]].any()
    if exact >= 3 or (exact >= 2 and within):
        return len(new) >= 0.6 * len(texts) and exact >= (_HEADED if apart else _HEADED_WITHIN) * len(texts)
    width = float(np.median(filled[header.last + 1 : row].sum(axis=1).clip(1)))
    headed = sum(map(bool, header.headings))
    narrow = len(texts) <= _NARROW * max(width, headed)
    return within and narrow and exact == 1 and len(new) == len(texts) and len(rows) >= 2


def _around(sheet: RawSheet, first: int, row: int, columns: list[int]) -> tuple[list[list[str]], list[list[str]]]:
    """The cells of these columns above and below a row, as far as tells what they hold."""
    top = max(first, row - _NEAR)
    above = [sheet.texts[at].slice(top, row - top).to_pylist() for at in columns]
    return above, [sheet.texts[at].slice(row + 1, _NEAR).to_pylist() for at in columns]


def _holds_figures(texts: dict[int, str]) -> bool:
    """Dates, numbers and codes stand in the row, as they do among items."""
    return sum(any(letter.isdigit() for letter in text) for text in texts.values()) > _FIGURES * len(texts)


def _is_value(sheet: RawSheet, column: int, first: int, row: int, text: str) -> bool:
    """The text stands among the cells above in its column: it is no heading."""
    return bool(text in {cell.strip() for cell in sheet.texts[column].slice(first, row - first).unique().to_pylist()})


def _before_title(filled: np.ndarray, row: int, after: int) -> int:
    """Where what stands above a row as its title begins: up to two lone texts, after a blank row or right above."""
    top = row
    while top - 1 > after and not filled[top - 1].any():
        top -= 1
    title = top
    while title - 1 > after and top - title < 2 and filled[title - 1].sum() == 1:
        title -= 1
    return title if top == row or not filled[title - 1].any() else top
