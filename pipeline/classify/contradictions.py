"""Where the register contradicts itself: declared type, a finish that has passed, a project that never ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, arrow_text, coded
from pipeline.classify.context import Context
from pipeline.classify.structure import declared_side, no_end, open_end
from pipeline.classify.tokens import Ints
from pipeline.findings import finding, standing_for
from pipeline.model import Finding, Register

_DONE = (
    r"\b(done|closed?|completed?|finished|cancell?ed|ended|terminated|delivered|retired|abandoned|rejected|archived"
    r"|abgeschlossen|erledigt|beendet|fertig|abgebrochen|storniert|geschlossen"
    r"|termin[ée]e?|clos|cl[ôo]tur[ée]e?|achev[ée]e?|annul[ée]e?|livr[ée]e?"
    r"|cerrad[oa]|completad[oa]|terminad[oa]|finalizad[oa]|cancelad[oa]|conclu[ií]d[oa]|encerrad[oa]|entregue"
    r"|chius[oa]|completat[oa]|conclus[oa]|terminat[oa]|annullat[oa]|afgerond|gereed|voltooid|geannuleerd|afgesloten)\b"
)


TOLD = 1000
"""Contradictions of one kind that are each told; the rest of a very large register's are told in one."""


@dataclass(frozen=True)
class _Contradiction:
    """Where one kind of contradiction is: the items, the sentence on each (None: its verdict says it), the finding."""

    code: str
    field: str
    rows: Ints
    words: Callable[[int], dict[str, str]]
    """Item -> the words of its finding."""
    sentences: pa.Array | None = None


def contradict(context: Context, verdicts: pd.DataFrame) -> tuple[pd.Categorical[Any], tuple[Finding, ...]]:
    """By item the sentences on its contradictions ("" where none), and the findings C01 to C04 with their places."""
    found = [
        _declared(context, verdicts),
        _overdue(context),
        _endless(context),
        _mixed(verdicts),
    ]
    told = pa.repeat(pa.scalar("", pa.large_string()), context.size)
    for one in found:
        if one.sentences is not None and len(one.rows):
            told = _joined(told, one.rows, one.sentences)
    findings = tuple(finding for one in found for finding in _findings(context.register, one))
    said = told.dictionary_encode()
    return coded(said.indices.to_numpy(), said.dictionary), findings


def _findings(register: Register, one: _Contradiction) -> list[Finding]:
    rows = one.rows[: TOLD + 1].tolist()
    spots = places(register, rows, one.field)
    said = [finding(one.code, **one.words(row), **place) for row, place in zip(rows, spots, strict=True)]
    if len(said) > TOLD:
        said[-1] = standing_for(said[-1], _cells(register, one.rows[TOLD:], said[-1]), len(one.rows) - TOLD)
    return said


def _cells(register: Register, rows: Ints, first: Finding) -> str:
    """The cells of these rows that are in the first one's column of its own table, which can be marked with it."""
    spots = register.items[["file", "sheet", "table", "row"]].iloc[rows]
    same = (spots.drop(columns="row") == spots.drop(columns="row").iloc[0]).all(axis=1)
    letter = first.cell.rstrip("0123456789")
    return " ".join(f"{letter}{row}" for row in spots["row"][same.to_numpy()].tolist()) if letter else ""


def _joined(told: pa.Array, rows: Ints, sentences: pa.Array) -> pa.Array:
    mine = np.zeros(len(told), dtype=bool)
    mine[rows] = True
    said = pc.binary_join_element_wise(
        told.take(pa.array(rows)), sentences.cast(pa.large_string()), pa.scalar(" ", pa.large_string())
    )
    return pc.replace_with_mask(told, pa.array(mine), pc.utf8_trim_whitespace(said))


def _declared(context: Context, verdicts: pd.DataFrame) -> _Contradiction:
    operation, project = ((verdicts["kind"] == kind).to_numpy(dtype=bool) for kind in ("operation", "project"))
    side = context.answer(declared_side)
    opposed = ((side > 0) & operation) | ((side < 0) & project)
    rows = np.flatnonzero(opposed & ~verdicts["review"].to_numpy())
    cells = context.register.cells["type"]
    says, kind, reasons = (_by_row(column, rows) for column in (cells, verdicts["kind"], verdicts["reasons"]))

    def words(row: int) -> dict[str, str]:
        besides = reasons[row].replace(f"The register calls it '{says[row]}'.", "").strip()
        return {"read": says[row], "kind": kind[row], "reasons": besides}

    declared = _texts(cells.iloc[rows])
    found = _texts(verdicts["kind"].iloc[rows])
    parts = ("The register says '", declared, "', the evidence says ", found, ".", "")
    return _Contradiction("C01", "type", rows, words, pc.binary_join_element_wise(*parts))


def _overdue(context: Context) -> _Contradiction:
    rows = np.flatnonzero(_past(context) & _active(context))
    days = context.dates("finish").iloc[rows].dt.strftime("%Y-%m-%d")
    status, finish = _by_row(context.register.cells["status"], rows), dict(zip(rows.tolist(), days, strict=True))

    def words(row: int) -> dict[str, str]:
        said = status[row]
        return {"read": finish[row], "status_part": f" ('{said}')" if said else ""}

    parts = ("The finish ", _texts(days), " has passed and the item is still active.", "")
    return _Contradiction("C02", "finish", rows, words, pc.binary_join_element_wise(*parts))


def _endless(context: Context) -> _Contradiction:
    endless = (context.answer(no_end) > 0) | (context.answer(open_end) > 0)
    rows = np.flatnonzero((context.answer(declared_side) > 0) & endless & _active(context))
    starts = context.dates("start").iloc[rows].dt.strftime(" since %Y-%m-%d").astype("string[pyarrow]").fillna("")
    sentences = pc.binary_join_element_wise("It is called a project, runs", _texts(starts), " and has no finish.", "")
    said = dict(zip(rows.tolist(), sentences.to_pylist(), strict=True))
    return _Contradiction("C03", "finish", rows, lambda row: {"reasons": said[row]}, sentences)


def _mixed(verdicts: pd.DataFrame) -> _Contradiction:
    rows = np.flatnonzero((verdicts["kind"] == "mixed").to_numpy(dtype=bool))
    reasons = _by_row(verdicts["reasons"], rows)
    return _Contradiction("C04", "title", rows, lambda row: {"reasons": reasons[row]})


def places(register: Register, rows: list[int], field: str) -> list[dict[str, str]]:
    """File, sheet and cell of a field of these rows."""
    spots = register.items[["file", "sheet", "table", "row"]].iloc[rows]
    found = []
    for file, sheet, table, row in spots.itertuples(index=False, name=None):
        letter = register.tables.get((file, sheet, int(table)), {}).get(field)
        found.append({"file": file, "sheet": sheet, "cell": f"{letter}{row}" if letter else ""})
    return found


def _by_row(column: pd.Series, rows: Ints) -> dict[int, str]:
    """The texts of the rows that are told one by one."""
    told = rows[: TOLD + 1]
    return dict(zip(told.tolist(), column.iloc[told].tolist(), strict=True))


def _texts(column: pd.Series) -> pa.Array:
    return arrow_text(column).cast(pa.string())


def _past(context: Context) -> Bools:
    return (context.dates("finish") < context.last_day).to_numpy(dtype=bool)


def _active(context: Context) -> Bools:
    """Status is written and is not one of the end, or progress is short of all."""
    done = context.matches("status", _DONE)
    progress = context.numbers("progress")
    known = context.filled("status") | ~np.isnan(progress)
    return np.asarray(known & ~done & ~(progress >= 1))
