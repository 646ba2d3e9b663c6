"""Tell the rows of a table apart: work items, blank rows, repeated headings, totals, sections and side notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.header import Header
from pipeline.ingest.reader import EMPTY_FORMULA, ERROR, TEXT, Area, RawSheet
from pipeline.ingest.sums import Mask
from pipeline.ingest.totals import lone_amounts, tell_totals
from pipeline.marks import EXAMPLE_PATTERN

_SECTION_SHARE = 0.3
"""Where more rows than this fill the title alone, a lone title is how this register writes its items."""

_FOOT = 20
_LABEL = re.compile(r":$|^_[_\s]+_$")
_LINE = re.compile(r"[_.…\s-]{3,}")
"""Rows looked at for a form below the items, and what stands in it: `Approved by:` and a line to write on."""

_NUMBERED = 0.9
"""Share of the other rows with a number from which a lone title without one is no item."""

_PAGE = (
    r"(?i)^\W*(?:pages?|seite|blatt|página|pagina|pág|pag|bladzijde|folha|hoja|foglio)"
    r"\W*\d+(?:\s*(?:of|von|sur|de|di|van|/)\s*\d+)?\W*$"
)
"""A lone text that numbers a printed page."""

_SAMPLE = 5000
"""Rows that decide which column names the items."""


@dataclass(frozen=True, eq=False)
class Rows:
    """What each row below the headings is: masks over the rows from `first` (0-based sheet row) on."""

    first: int
    named_in: int
    """The column (0-based) that names the items."""
    items: Mask
    totals: Mask
    sections: Mask
    """Certain section titles: one text merged over several columns; and notes: at the foot, or a page's number."""
    headings: Mask
    nameless: Mask
    """Items (also in `items`) that no column names: they are counted and refused."""
    labels: Mask
    """Items (also in `items`) that are one lone text, likely a section title: they are counted and refused."""
    examples: Mask
    """Rows whose title is marked as an example's: no work, whatever else they say."""
    doubtful: Mask
    """Items (also in `items`) that begin with a word for a total and hold nothing but amounts besides."""

    @property
    def refused(self) -> Mask:
        """Items that are not used."""
        return self.nameless | self.labels

    def numbers(self, mask: Mask) -> np.ndarray:
        """The 1-based sheet rows of a mask."""
        return np.flatnonzero(mask) + self.first + 1


def tell_rows(
    sheet: RawSheet,
    header: Header,
    columns: list[int],
    names: list[int],
    spare: int | None,
    fields: Mapping[str, int],
    telling: list[int],
    area: Area | None = None,
) -> Rows:
    """Sort the rows below the headings.

    `columns` are the table's columns, `names` those of title and description, `spare` one that can name an item
    where those are blank, `fields` tells the column of each field, `telling` those that only work fills (people,
    dates, status): a row that fills one is no total; `area` is the Excel Table that the rows are, whose totals row is
    one. A lone text is a section title for certain when it is merged over several columns, and a note where no item
    follows it and it names none; otherwise it is counted as an item and refused with a finding.
    """
    first, id_column = header.last + 1, fields.get("id")
    filled = np.column_stack([_filled(sheet, column, first) for column in columns])
    count = filled.sum(axis=1)
    at = {column: position for position, column in enumerate(columns)}
    worded = np.column_stack([filled[:, at[column]] & _says(sheet, column, first) for column in names])
    named = _any(worded)
    numbered = filled[:, at[id_column]] if id_column is not None else np.zeros(len(count), bool)
    nameable = named | (filled[:, at[spare]] & _says(sheet, spare, first)) if spare is not None else named
    worked = _any(filled[:, [at[column] for column in telling]]) if telling else np.zeros(len(count), bool)
    totals, doubtful = (mask & ~worked for mask in tell_totals(sheet, columns, filled, first, fields))
    totals |= lone_amounts(sheet, columns, count, numbered, first)
    if area is not None and area.totals_rows:
        totals[area.bottom - area.totals_rows + 1 - first : area.bottom + 1 - first] = True
    headings = _repeated(sheet, header, columns, count, first) & ~totals
    examples = np.asarray(pc.match_substring_regex(sheet.texts[names[0]].slice(first), EXAMPLE_PATTERN))
    lone = ((count == 1) & ~named & ~numbered) | _lone_titles(count, named, totals | headings, numbered)
    wide = _merged_wide(sheet, first, len(count))
    lone |= _titles_across(count, wide)
    notes = _notes(sheet, columns, filled, named, id_column, first)
    notes |= _form_at_foot(sheet, columns, filled, first, names, {id_column, *telling})
    sections = ((lone & wide) | notes) & ~totals & ~headings
    items = (count > 0) & ~totals & ~headings & ~sections & ~examples
    labels = lone & items
    nameless = items & ~nameable & ~labels
    doubtful &= items & ~nameless & ~labels
    return Rows(first, names[0], items, totals, sections, headings, nameless, labels, examples, doubtful)


def _any(cells: Mask) -> Mask:
    """The rows that have any of these cells."""
    return np.asarray(cells.any(axis=1), dtype=bool)


def _says(sheet: RawSheet, column: int, first: int) -> Mask:
    """Rows whose cell is no failed formula: `#N/A` names nothing."""
    return np.asarray(~np.isin(sheet.kinds[column][first:], (ERROR, EMPTY_FORMULA)), dtype=bool)


def _merged_wide(sheet: RawSheet, first: int, rows: int) -> Mask:
    """Rows that begin a block merged over several columns."""
    wide = np.zeros(rows, bool)
    tops = [top - first for top, left, _, right in sheet.merges if right > left and first <= top < first + rows]
    wide[tops] = True
    return wide


def _titles_across(count: Mask, wide: Mask) -> Mask:
    """Lone texts merged over several columns, where at least as many rows hold more."""
    lone = (count == 1) & wide
    return np.asarray(lone & bool(lone.sum() <= (count > 1).sum()), dtype=bool)


def _notes(sheet: RawSheet, columns: list[int], filled: Mask, named: Mask, id_column: int | None, first: int) -> Mask:
    """Lone texts that are no title of anything: below the last row that fills two cells, or the number of a page.

    At the foot, one that names an item is none, nor is a single word in the column of numbers.
    """
    count = filled.sum(axis=1)
    more = np.flatnonzero(count >= 2)
    foot = ~named & (np.arange(len(count)) > (more[-1] if len(more) else len(count)))
    notes = np.zeros(len(count), bool)
    for position, column in enumerate(columns):
        lone = filled[:, position] & (count == 1) & (sheet.kinds[column][first:] == TEXT)
        rows = np.flatnonzero(lone)
        texts = sheet.texts[column].slice(first).take(pa.array(rows))
        words = pc.match_substring_regex(texts, r"\S\s+\S" if column == id_column else r"\S")
        notes[rows] = (np.asarray(words) & foot[rows]) | np.asarray(pc.match_substring_regex(texts, _PAGE))
    return notes


def _form_at_foot(
    sheet: RawSheet, columns: list[int], filled: Mask, first: int, names: list[int], works: set[int | None]
) -> Mask:
    """Who signs, below the items: the last rows, after a blank one, each a label with lines to write on.

    `names` and `works` are the columns that name items, and those that only items fill with words. A form has a line
    or a label elsewhere than under the names: a title may end in a colon.
    """
    held = _any(filled)
    top, signed = len(held), False
    for row in range(len(held) - 1, max(len(held) - _FOOT, 0) - 1, -1):
        said = {
            columns[at]: sheet.texts[columns[at]][first + row].as_py().strip() for at in np.flatnonzero(filled[row])
        }
        if not said:
            top = row if signed else top
            continue
        labels = {column for column, text in said.items() if _LABEL.search(text)}
        lines = {column for column, text in said.items() if _LINE.fullmatch(text)}
        words = said.keys() - labels - lines
        if not labels or len(words) > len(labels | lines) or not words.isdisjoint(works):
            break
        signed = signed or bool(lines or not labels.issubset(names))
    return held & (np.arange(len(held)) > top)


def _filled(sheet: RawSheet, column: int, first: int) -> Mask:
    """Rows whose cell says something; white space says nothing."""
    texts = sheet.texts[column].slice(first)
    filled = np.asarray(pc.not_equal(texts, ""))
    if (sheet.kinds[column][first:] == TEXT).any():
        filled = filled & ~np.asarray(pc.utf8_is_space(texts))
    return filled


def _repeated(sheet: RawSheet, header: Header, columns: list[int], count: Mask, first: int) -> Mask:
    """Rows that say the headings again; they hold nothing but texts."""
    texts_alone = sum((sheet.kinds[column][first:] == TEXT).astype(int) for column in columns) >= count
    rows = np.flatnonzero(texts_alone & (count >= 2))
    same = np.zeros(len(count), int)
    for column in columns:
        for level in range(header.first, header.last + 1):
            heading = sheet.texts[column][level].as_py().strip()
            if heading:
                body = pc.utf8_trim_whitespace(sheet.texts[column].slice(first).take(pa.array(rows)))
                same[rows] += np.asarray(pc.equal(pc.utf8_lower(body), pa.scalar(heading.lower())))
    return (same >= 2) & (same >= 0.6 * count)


def _lone_titles(count: Mask, named: Mask, other: Mask, numbered: Mask) -> Mask:
    """Rows that fill their title alone between rows that fill at least three cells: section titles.

    Where all the others have a number, they may be many.
    """
    lone = (count == 1) & named & ~other
    rows = (count > 0) & ~other
    fuller = rows & ~lone
    if not fuller.any() or np.median(count[fuller], axis=0) < 3:
        return np.zeros(len(count), bool)
    most = 1.0 if numbered[fuller].mean() >= _NUMBERED else _SECTION_SHARE
    if lone.sum() > min(most * rows.sum(), fuller.sum()):
        return np.zeros(len(count), bool)
    at = np.flatnonzero(rows)
    followed = np.zeros(len(count), bool)
    followed[at[:-1]] = count[at[1:]] >= 2
    return np.asarray(lone & followed, dtype=bool)


def name_column(sheet: RawSheet, header: Header, columns: list[int], taken: set[int]) -> int | None:
    """The column that names the items where no heading says so: mostly filled with different, longer texts.

    Returns None where no column is fit.
    """
    best: tuple[float, int] | None = None
    for column in columns:
        texts = pc.utf8_trim_whitespace(sheet.texts[column].slice(header.last + 1, _SAMPLE))
        is_text = sheet.kinds[column][header.last + 1 :][:_SAMPLE] == TEXT
        if column in taken or is_text.sum() < 1:
            continue
        words = texts.filter(pa.array(is_text))
        length = float(pc.mean(pc.utf8_length(words)).as_py())
        distinct = len(words.unique()) / len(words)
        fitness = is_text.mean() * distinct * min(length, 30.0)
        if length >= 4 and (best is None or fitness > best[0] * 1.15):
            best = (fitness, column)
    return best[1] if best else None
