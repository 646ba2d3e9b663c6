"""Tell totals from work items: rows that sum up others, and rows whose name merely begins with a word for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.headings import normalise
from pipeline.ingest.reader import NUMBER, RawSheet

_TOTAL = (
    r"(?is)^\s*(?:grand[\s-]*|sub[\s-]*|zwischen|gesamt|sous[\s-]*)?"
    r"(?:total(?:e|es|en|i)?|totaal|sum|summe|gesamtsumme|gesamt|somme|suma|soma|somma|合計|小計|总计|合计|итого|סה\"כ|합계|总计|المجموع|razem)"
    r"($|[^\p{L}].*)"
)
_COMPOUND = (
    r"(?is)^\s*(?:gesamt(?:kosten|aufwand|budget|betrag|stunden|preis|ergebnis|schätzung|volumen|wert)|endsumme|endbetrag"
    r"|teilsumme|insgesamt|au total|en total|no total|em total|in total|all together|altogether)\s*:?\s*$"
)
"""Words that mean a total all by themselves."""
_LAST = (
    r"(?is)^\s*(\S.{0,60}?)[\s:–-]+(?:sub[\s-]?)?"
    r"(?:total(?:e|es|en|i)?|totaux|totals|totaal|summe|insgesamt|gesamt|somme|suma|soma|somma)\s*:?\s*$"
)
"""A word for total that ends the text: `Coste total`, `Phase 1 total`."""
_PATTERNS = {_TOTAL: r"\1", _COMPOUND: "", _LAST: r"\1"}
"""How a label for a total reads, tried in this order -> what it says beside the word for it."""
_ADDENDS = 2
"""Fewer figures than these above are no sum."""
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
    " costi ore giorni importo uren dagen bedrag algemeen net gross final annual netto brutto estimate estimates"
    " estimated expenditure spend spending funding"
    " revenue income savings fees workload headcount schatzung ausgaben einnahmen volumen umsatz estimation estimations"
    " depenses recettes charge estimacion gastos ingresos estimado estimativa despesas receitas estimada".split()
)
"""What is summed; normalised."""

Mask: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"


def tell_totals(
    sheet: RawSheet, columns: list[int], filled: Mask, first: int, id_column: int | None = None
) -> tuple[Mask, Mask]:
    """Rows that are totals, and rows that may be but are likelier items; `filled` are the cells from row `first` on.

    The first words of both begin or end with one for total, and they hold hardly anything but amounts besides: a number
    in `id_column` is none. A total says no more, or a number, a colon, what is summed (`Total for Works`, `Coste
    total`), or what a cell above says: `Total IT` below items of the department IT, or is one of several that differ by
    their number (`Total unit 07`), or its figures are the sums of those above. Other words beside it make a title:
    `Total quality rollout`.
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
    summed = doubtful & _are_sums(sheet, [one for one in columns if one != id_column], first, totals, doubtful)
    totals, doubtful = totals | summed, doubtful & ~summed
    return totals, doubtful


def _are_sums(sheet: RawSheet, columns: list[int], first: int, totals: Mask, doubtful: Mask) -> Mask:
    """Of the doubtful rows, those of whose numbers half or more are sums of two and more above: of all, or of those
    since the total before.
    """
    rows = np.flatnonzero(doubtful)
    same, told = np.zeros(len(rows), int), np.zeros(len(rows), int)
    # One more than the row of the last total, or of what may be one, above each row; 0 where there is none.
    since = np.maximum.accumulate(np.where(totals | doubtful, np.arange(len(totals)) + 1, 0))
    since = np.concatenate([[0], since[:-1]])[rows]
    for column in columns if len(rows) else []:
        numbers = sheet.kinds[column][first:] == NUMBER
        texts = pc.if_else(pa.array(numbers), sheet.texts[column].slice(first), "0")
        values = pd.to_numeric(texts.to_pandas(), errors="coerce").fillna(0.0).to_numpy("float64")
        above = np.where(totals | doubtful, 0.0, values)
        sums, addends = (np.concatenate([[0], np.cumsum(one)]) for one in (above, above != 0))
        told += numbers[rows] & (values[rows] != 0)
        ranges = ((sums[rows], addends[rows]), (sums[rows] - sums[since], addends[rows] - addends[since]))
        hits = [np.isclose(whole, values[rows], atol=0.01) & (count >= _ADDENDS) for whole, count in ranges]
        same += np.logical_or(*hits) & (values[rows] != 0)
    found = np.zeros(len(doubtful), bool)
    found[rows] = (told > 0) & (2 * same >= told)
    return found


def lone_amounts(sheet: RawSheet, columns: list[int], count: np.ndarray, numbered: Mask, first: int) -> Mask:
    """Rows that hold one number and nothing else, outside the numbering: a total that nobody labelled."""
    amounts = np.column_stack([sheet.kinds[column][first:] == NUMBER for column in columns]).any(axis=1)
    return np.asarray((count == 1) & amounts & ~numbered, dtype=bool)


def _beginning_so(
    sheet: RawSheet, columns: list[int], filled: Mask, first: int, id_column: int | None
) -> Iterator[tuple[int, int, str]]:
    """The rows whose first words begin or end with one for total, where those stand, and what they say beside it.

    Sums may stand left of them.
    """
    numbers = [(sheet.kinds[column][first:] == NUMBER) & (column != id_column) for column in columns]
    worded = filled & ~np.column_stack(numbers)
    leftmost = worded.argmax(axis=1)
    for position, column in enumerate(columns):
        rows = np.flatnonzero(worded[:, position] & (leftmost == position))
        texts = sheet.texts[column].slice(first).take(pa.array(rows))
        found = [np.asarray(pc.match_substring_regex(texts, pattern)) for pattern in _PATTERNS]
        begin = np.flatnonzero(np.logical_or.reduce(found))
        rests = texts.take(pa.array(begin))
        for pattern, rest in _PATTERNS.items():
            rests = pc.replace_substring_regex(rests, pattern, rest)
        yield from zip(rows[begin].tolist(), [position] * len(begin), rests.to_pylist(), strict=True)


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
