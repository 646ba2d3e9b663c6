"""Tell totals from work items: rows that sum up others, and rows whose name merely begins with a word for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.headings import normalise
from pipeline.ingest.reader import NUMBER, RawSheet
from pipeline.ingest.sums import AMOUNTS, Mask, are_sums

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
_AMOUNT = (
    r"^(?:[A-Z]{3}\s)?[\s$€£¥+\-\x{2212}\x{2013}\d.,'%()]*\d[\s$€£¥\d.,'%()kKmM\-\x{2013}]*"
    r"(?:\s?\p{L}{1,5}\.?)?\s*$"
)
"""A figure, with what it is counted in: `1,168 h`, `EUR 400`."""
_ASIDE = re.compile(r"\(.*?\)")
_NUMBERED = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+\b")
"""A number that is no year."""
_PARTED = re.compile(r"\s[-–—]\s|[:/|]\s*")
"""Marks between the groups that a title over the table names."""
_LINKS = frozenset(
    "of for the all de del des du di do da dos das della dei delle der die das fur von pour para por per van voor les"
    " los las alle tous todos tutti".split()
)
"""Words before what is summed: `Total for Works`."""
_MEASURES = frozenset(
    "cost costs expenses budget hours days effort amount amounts price value fte items projects tasks general overall"
    " eur usd gbp chf kosten stunden aufwand betrag tage projekte cout couts heures jours montant generale general"
    " coste costes costo costos horas dias importe presupuesto custo custos geral orcamento valor total totals totales"
    " costi ore giorni importo uren dagen bedrag algemeen net gross final annual netto brutto estimate estimates"
    " estimated expenditure spend spending funding initial operating planned approved actual remaining"
    " revenue income savings fees workload headcount schatzung ausgaben einnahmen volumen umsatz estimation estimations"
    " depenses recettes charge estimacion gastos ingresos estimado estimativa despesas receitas estimada".split()
)
"""What is summed; normalised."""
_KEY = (
    (r"\(.*?\)|\p{M}", ""),
    (r"[^\p{L}\p{N}]+", " "),
    (rf"^(?: ?\b(?:{'|'.join(sorted(_LINKS))})\b)+ ", ""),
    (rf"(?: \b(?:{'|'.join(sorted(_MEASURES))})\b)+ ?$", ""),
    (r"s\b", ""),
    (r"^ | $", ""),
)
"""What the name of a group loses, in this order, so that `Cloud Service Costs` is `for Cloud Services`."""
_NAMING = ("id", "department", "team", "function")
"""Fields that an item fills and a sum of several does not, beside those of people."""


def tell_totals(
    sheet: RawSheet, columns: list[int], filled: Mask, first: int, fields: Mapping[str, int]
) -> tuple[Mask, Mask]:
    """Rows that are totals, and rows that may be but are likelier items; `filled` are the cells from row `first` on.

    The first words of both begin or end with one for total, and they hold hardly anything but amounts besides: a number
    in the column of IDs is none; `fields` tells the column of each. A total says no more, or a number, a colon, only
    what is summed (`Total costs`, `Coste total`), or what a cell above says: `Total for IT` below items of the
    department IT, or is one of several that differ by their number (`Total unit 07`), or all its amounts are the sums
    of those above. Other words beside it make a title: `Total quality rollout`.
    """
    totals, doubtful = np.zeros(len(filled), bool), np.zeros(len(filled), bool)
    begun = [*_beginning_so(sheet, columns, filled, first, fields.get("id"))]
    amounts = _hold_amounts(sheet, columns, filled, first, [(row, position) for row, position, _ in begun])
    beginning = [one for one, alone in zip(begun, amounts.tolist(), strict=True) if alone]
    names = dict(_names([(row, rest) for row, _, rest in beginning if not _is_no_title(rest)]))
    said = _first_said(sheet, first, sorted({name for some in names.values() for name in some}))
    numbered = Counter(plain for whole, plain in names.values() if _NUMBERED.sub("", whole) != whole)
    for row, _, _ in beginning:
        totals[row] = row not in names or any(said.get(name, row) < row for name in names[row])
        totals[row] |= row in names and numbered[names[row][1]] >= 2
        doubtful[row] = not totals[row]
    unnamed = doubtful & ~_named_besides(beginning, columns, filled, fields)
    summing = [fields[name] for name in AMOUNTS if name in fields]
    ends = np.append((totals | ~filled.any(axis=1))[1:], True)
    summed = unnamed & are_sums(sheet, summing, first, totals, doubtful, ends)
    return totals | summed, doubtful & ~summed


def _named_besides(
    beginning: Sequence[tuple[int, int, str]], columns: list[int], filled: Mask, fields: Mapping[str, int]
) -> Mask:
    """The rows that say an ID or a place in the organisation elsewhere than where the word for total stands."""
    naming = [at for at, column in enumerate(columns) if column in {fields[name] for name in _NAMING if name in fields}]
    besides = filled[:, naming].sum(axis=1)
    for row, position, _ in beginning:
        besides[row] -= position in naming
    return np.asarray(besides > 0)


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
    """What stands beside the word for total is a number, a mark, words up to a colon, or only what is summed."""
    if rest.rstrip().endswith(":"):
        return True
    words = [normalise(word) for word in _ASIDE.sub(" ", rest).split()]
    return all(not any(map(str.isalpha, word)) or word in _MEASURES or word in _LINKS for word in words)


def _names(rests: Sequence[tuple[int, str]]) -> Iterator[tuple[int, tuple[str, str]]]:
    """By row: what stands beside the word for total as the name of a group, with its number and without."""
    keys = _keys(pa.array([rest for _, rest in rests], pa.string())).to_pylist()
    for (row, _), key in zip(rests, keys, strict=True):
        plain = " ".join(word for word in key.split() if not word.isdigit())
        yield row, (key, plain)


def _keys(texts: pa.Array) -> pa.Array:
    """By what names of groups are compared."""
    keys = pc.utf8_lower(pc.utf8_normalize(texts, "NFKD"))
    for pattern, instead in _KEY:
        keys = pc.replace_substring_regex(keys, pattern, instead)
    return keys


def _first_said(sheet: RawSheet, first: int, names: list[str]) -> dict[str, int]:
    """The row, counted from `first`, of the first cell that says just this name; -1 for headings and titles."""
    said: dict[str, int] = {}
    if not names:
        return said
    for texts in sheet.texts:
        body = texts.slice(first).dictionary_encode()
        known = pc.index_in(_keys(body.dictionary), value_set=pa.array(names)).fill_null(-1).to_numpy()
        places = known[body.indices.to_numpy()] if len(known) else known
        for place, row in zip(*np.unique(places, return_index=True), strict=True):
            if place >= 0:
                said[names[place]] = min(said.get(names[place], int(row)), int(row))
        above = [part for text in texts.slice(0, first).to_pylist() for part in _PARTED.split(text)]
        said.update(dict.fromkeys(set(_keys(pa.array(above, pa.string())).to_pylist()).intersection(names), -1))
    return said
