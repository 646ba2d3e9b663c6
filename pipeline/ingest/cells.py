"""The cells of one mapped column: each different text of it once, and the findings they raise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import Field
from pipeline.findings import finding, standing_for
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.reader import BLANK, DURATION, EMPTY_FORMULA, ERROR, TEXT
from pipeline.ingest.table import Table
from pipeline.model import Finding

T = TypeVar("T")
_SHOWN = 25
"""Findings of one code in one column that are told cell by cell; what follows is told in one."""


@dataclass
class Cells:
    """One mapped column of a table: its used cells' texts and kinds, and the findings they raise."""

    table: Table
    field: Field
    texts: pa.StringArray
    kinds: np.ndarray
    findings: list[Finding] = dataclasses.field(default_factory=list)
    rest: dict[str, list[tuple[np.ndarray, Mapping[str, object]]]] = dataclasses.field(default_factory=dict)
    """Rows beyond those that are told cell by cell, by code, with the words of their findings."""

    def address(self, position: int) -> str:
        """The cell of a used row, such as `F12`."""
        return f"{letters(self.table.fields[self.field.id])}{self.table.used[position] + 1}"

    def ranges(self, positions: np.ndarray) -> str:
        """The cells of these used rows, such as `F12:F40 F52`."""
        return cell_ranges(letters(self.table.fields[self.field.id]), self.table.used[positions] + 1)

    def report(self, code: str, positions: Sequence[int] | np.ndarray, **words: object) -> None:
        """A finding for each of these used rows, up to a number for each code; `told` folds the rest into one."""
        free = max(0, _SHOWN - sum(one.code == code for one in self.findings))
        for position in positions[:free]:
            self.add(code, int(position), read=self.quoted(int(position)), **words)
        if len(positions) > free:
            self.rest.setdefault(code, []).append((np.asarray(positions[free:]), words))

    def told(self) -> list[Finding]:
        """The findings cell by cell, then one for all further cells of each code."""
        for code, parts in self.rest.items():
            rows = np.sort(np.concatenate([rows for rows, _ in parts]))
            first, words = int(parts[0][0][0]), parts[0][1]
            self.add(code, first, read=self.quoted(first), **words)
            self.findings[-1] = standing_for(self.findings[-1], self.ranges(rows), len(rows))
        self.rest = {}
        return self.findings

    def quoted(self, position: int) -> str:
        """The text of a used row as a person sees it: a time of day or a duration by the clock, not in hours."""
        text = str(self.texts[position].as_py())
        if self.kinds[position] != DURATION:
            return text
        minutes = round(abs(float(text)) * 60)
        return f"{'-' if text.startswith('-') else ''}{minutes // 60:02}:{minutes % 60:02}"

    def add(self, code: str, position: int, **words: object) -> None:
        """One finding at the cell of a used row."""
        place = {"file": self.table.file, "sheet": self.table.sheet.name, "cell": self.address(position)}
        self.findings.append(finding(code, **place, field=self.field.title, **words))  # type: ignore[arg-type]

    def report_errors(self) -> None:
        """Cells that show an error, and formulas never calculated."""
        self.report("R44", np.flatnonzero(self.kinds == ERROR))
        self.report("R46", np.flatnonzero(self.kinds == EMPTY_FORMULA))

    def report_others(self, code: str, *read: int) -> None:
        """Cells of a kind that the field does not read, such as a date among efforts, are left empty and told."""
        self.report(code, np.flatnonzero(~np.isin(self.kinds, (*read, BLANK, ERROR, EMPTY_FORMULA))))

    @property
    def words(self) -> list[str]:
        """Each different text that somebody wrote in the column, once."""
        return written(self.texts, self.kinds)

    def first(self, text: str) -> int:
        """The first used row with this text."""
        return int(pc.index(self.texts, text).as_py())

    def by_text(self, mask: np.ndarray, read: Callable[[str], T]) -> list[tuple[T, np.ndarray]]:
        """For each different text among the masked rows: what it reads as, and its rows."""
        rows = np.flatnonzero(mask)
        words, codes = _distinct(self.texts.take(pa.array(rows)))
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(len(words) + 1))
        return [(read(word), rows[order[bounds[at] : bounds[at + 1]]]) for at, word in enumerate(words)]


def written(texts: pa.StringArray, kinds: np.ndarray) -> list[str]:
    """Each different text among cells of text, once."""
    return [text for text in texts.filter(pa.array(kinds == TEXT)).unique().to_pylist() if text]


def _distinct(texts: pa.StringArray) -> tuple[list[str], np.ndarray]:
    """Each different text once, and for every row the position of its text."""
    encoded = texts.dictionary_encode()
    return encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
