"""Tell totals from work items: rows that sum up others, and rows whose name merely begins with a word for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.headings import normalise
from pipeline.ingest.reader import NUMBER, RawSheet

_TOTAL = (
    r"(?is)^\s*(?:grand[\s-]*|sub[\s-]*|zwischen|gesamt|sous[\s-]*)?"
    r"(?:total(?:e|es|en|i)?|totaal|sum|summe|gesamtsumme|gesamt|somme|suma|soma|somma|合計|小計|总计|合计|итого|סה\"כ|합계|总计|المجموع|razem)"
    r"($|[^\p{L}].*)"
)
_AMOUNT = (
    r"^(?:[A-Z]{3}\s)?[\s$€£¥+\-\x{2212}\x{2013}\d.,'%()]*\d[\s$€£¥\d.,'%()kKmM\-\x{2013}]*"
    r"(?:\s?\p{L}{1,5}\.?)?\s*$"
)
"""A figure, with what it is counted in: `1,168 h`, `EUR 400`."""
_NO_TITLE = re.compile(r"\s*(?:$|[^\w\s-]|\d|-+(?:\s|\d|$)|[–—]|.*:\s*$)", re.DOTALL)
"""What follows a word for total where no title does: nothing, a number or a year, a mark, or words up to a colon."""
_ASIDE = re.compile(r"\(.*?\)")
_PARTED = re.compile(r"\s[-–—]\s|[:/|]\s*")
"""Marks between the groups that a title over the table names."""
_LINKS = frozenset(
    "of for de del des du di do da dos das della dei delle der fur von pour para por per van voor".split()
)
"""Words that say what is summed: `Total for Works`."""
_MEASURES = frozenset(
    "cost costs expenses budget hours days effort amount amounts price value fte items projects tasks general overall"
    " eur usd gbp chf kosten stunden aufwand betrag tage projekte cout couts heures jours montant generale general"
    " coste costes costo costos horas dias importe presupuesto custo custos geral orcamento valor total totals totales"
    " costi ore giorni importo uren dagen bedrag algemeen".split()
)
"""What is summed; normalised."""

Mask: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"


def tell_totals(
    sheet: RawSheet, columns: list[int], filled: Mask, first: int, id_column: int | None = None
) -> tuple[Mask, Mask]:
    """Rows that are totals, and rows that may be but are likelier items; `filled` are the cells from row `first` on.

    The first words of both begin with one for total, and they hold hardly anything but amounts besides: a number in
    `id_column` is none. A total says no more, or a number, a colon, what is summed (`Total for Works`, `Total costs`),
    or what a cell above says: `Total IT` below items of the department IT, or is one of several that differ by their
    number (`Total unit 07`). Other words after it make a title: `Total quality rollout`.
    """
    totals, doubtful = np.zeros(len(filled), bool), np.zeros(len(filled), bool)
    begun = [*_beginning_so(sheet, columns, filled, first, id_column)]
    amounts = _hold_amounts(sheet, columns, filled, first, [(row, position) for row, position, _ in begun])
    rests = {row: rest for (row, _, rest), alone in zip(begun, amounts.tolist(), strict=True) if alone}
    names = {row: _names(rest) for row, rest in rests.items() if not _is_no_title(rest)}
    said = _first_said(sheet, first, sorted({name for some in names.values() for name in some}))
    numbered = Counter(plain for whole, plain in names.values() if whole != plain)
    for row in rests:
        totals[row] = row not in names or any(said.get(name, row) < row for name in names[row])
        totals[row] |= row in names and numbered[names[row][1]] >= 2
        doubtful[row] = not totals[row]
    return totals, doubtful


def lone_amounts(sheet: RawSheet, columns: list[int], count: np.ndarray, numbered: Mask, first: int) -> Mask:
    """Rows that hold one number and nothing else, outside the numbering: a total that nobody labelled."""
    amounts = np.column_stack([sheet.kinds[column][first:] == NUMBER for column in columns]).any(axis=1)
    return np.asarray((count == 1) & amounts & ~numbered, dtype=bool)


def _beginning_so(
    sheet: RawSheet, columns: list[int], filled: Mask, first: int, id_column: int | None
) -> Iterator[tuple[int, int, str]]:
    """The rows whose first words begin with one for total, where those stand, and what follows it there.

    Sums may stand left of them.
    """
    numbers = [(sheet.kinds[column][first:] == NUMBER) & (column != id_column) for column in columns]
    worded = filled & ~np.column_stack(numbers)
    leftmost = worded.argmax(axis=1)
    for position, column in enumerate(columns):
        rows = np.flatnonzero(worded[:, position] & (leftmost == position))
        texts = sheet.texts[column].slice(first).take(pa.array(rows))
        begin = np.flatnonzero(np.asarray(pc.match_substring_regex(texts, _TOTAL)))
        rests = pc.replace_substring_regex(texts.take(pa.array(begin)), _TOTAL, r"\1").to_pylist()
        yield from zip(rows[begin].tolist(), [position] * len(begin), rests, strict=True)


def _hold_amounts(
    sheet: RawSheet, columns: list[int], filled: Mask, first: int, labels: Sequence[tuple[int, int]]
) -> Mask:
    """For each label's row and position: nothing but amounts stands beside it, or those and one text."""
    rows, positions = np.array(labels, int).reshape(-1, 2).T
    beside = filled[rows]
    beside[np.arange(len(rows)), positions] = False
    amounts = np.column_stack([_are_amounts(sheet, column, first + rows) for column in columns])
    words = (beside & ~amounts).sum(axis=1)
    return np.asarray((words == 0) | ((words == 1) & (beside.sum(axis=1) > 1)))


def _are_amounts(sheet: RawSheet, column: int, rows: np.ndarray) -> Mask:
    texts = sheet.texts[column].take(pa.array(rows))
    return np.asarray((sheet.kinds[column][rows] == NUMBER) | np.asarray(pc.match_substring_regex(texts, _AMOUNT)))


def _is_no_title(rest: str) -> bool:
    """What follows the word for total is a number, a mark or what is summed."""
    if _NO_TITLE.match(rest):
        return True
    words = normalise(_ASIDE.sub(" ", rest)).split()
    return not words or words[0] in _LINKS or words[-1] in _MEASURES


def _names(rest: str) -> tuple[str, str]:
    """What follows the word for total as the name of a group, with its number and without."""
    words = _ASIDE.sub(" ", rest).lower().split()
    return " ".join(words), " ".join(word for word in words if not word.isdigit())


def _first_said(sheet: RawSheet, first: int, names: list[str]) -> dict[str, int]:
    """The row, counted from `first`, of the first cell that says just this name; -1 for headings and titles."""
    said: dict[str, int] = {}
    if not names:
        return said
    for texts in sheet.texts:
        body = pc.utf8_trim_whitespace(pc.utf8_lower(texts.slice(first)))
        places = pc.index_in(body, value_set=pa.array(names)).fill_null(-1).to_numpy()
        for place, row in zip(*np.unique(places, return_index=True), strict=True):
            if place >= 0:
                said[names[place]] = min(said.get(names[place], int(row)), int(row))
        above = {part for text in texts.slice(0, first).to_pylist() for part in _PARTED.split(text.strip().lower())}
        said.update(dict.fromkeys(above.intersection(names), -1))
    return said
