"""Where the register contradicts itself: declared type, a finish that has passed, a project that never ends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.columns import Bools
from pipeline.classify.context import Context
from pipeline.classify.structure import declared_side, no_end, open_end
from pipeline.findings import finding
from pipeline.model import Finding, Register

_DONE = (
    r"\b(done|closed?|completed?|finished|cancell?ed|ended|terminated|delivered|retired|abandoned|rejected|archived"
    r"|abgeschlossen|erledigt|beendet|fertig|abgebrochen|storniert|geschlossen"
    r"|termin[ée]e?|clos|cl[ôo]tur[ée]e?|achev[ée]e?|annul[ée]e?|livr[ée]e?"
    r"|cerrad[oa]|completad[oa]|terminad[oa]|finalizad[oa]|cancelad[oa]|conclu[ií]d[oa]|encerrad[oa]|entregue"
    r"|chius[oa]|completat[oa]|conclus[oa]|terminat[oa]|annullat[oa]|afgerond|gereed|voltooid|geannuleerd|afgesloten)\b"
)


def contradict(context: Context, verdicts: pd.DataFrame) -> tuple[pd.Series, tuple[Finding, ...]]:
    """By item the sentences on its contradictions ("" where none), and the findings C01 to C04 with their places."""
    sentences = np.full(context.size, "", dtype=object)
    found = [
        *_declared(context, verdicts, sentences),
        *_overdue(context, sentences),
        *_endless(context, sentences),
        *_mixed(context, verdicts),
    ]
    return pd.Series(sentences, index=verdicts.index, dtype="string[pyarrow]"), tuple(found)


def _declared(context: Context, verdicts: pd.DataFrame, sentences: npt.NDArray[np.object_]) -> list[Finding]:
    kind = verdicts["kind"].to_numpy(dtype=object)
    side = declared_side(context)
    opposed = ((side > 0) & (kind == "operation")) | ((side < 0) & (kind == "project"))
    rows = np.flatnonzero(opposed & ~verdicts["review"].to_numpy()).tolist()
    says = context.register.cells["type"].to_numpy(dtype=object)
    reasons = verdicts["reasons"].to_numpy(dtype=object)
    for row in rows:
        _add(sentences, row, f"The register says '{says[row]}', the evidence says {kind[row]}.")
    return [
        finding("C01", read=says[row], kind=kind[row], reasons=_besides(reasons[row], says[row]), **place)
        for row, place in zip(rows, places(context.register, rows, "type"), strict=True)
    ]


def _besides(reasons: str, declared: str) -> str:
    """The reasons without the declared type itself, which speaks for the other side."""
    return reasons.replace(f"The register calls it '{declared}'.", "").strip()


def _overdue(context: Context, sentences: npt.NDArray[np.object_]) -> list[Finding]:
    rows = np.flatnonzero(_past(context) & _active(context)).tolist()
    finish = context.dates("finish").dt.strftime("%Y-%m-%d").to_numpy(dtype=object)
    status = context.register.cells["status"].to_numpy(dtype=object)
    for row in rows:
        _add(sentences, row, f"The finish {finish[row]} has passed and the item is still active.")
    return [
        finding("C02", read=finish[row], status_part=f" ('{status[row]}')" if status[row] else "", **place)
        for row, place in zip(rows, places(context.register, rows, "finish"), strict=True)
    ]


def _endless(context: Context, sentences: npt.NDArray[np.object_]) -> list[Finding]:
    endless = (no_end(context) > 0) | (open_end(context) > 0)
    rows = np.flatnonzero((declared_side(context) > 0) & endless & _active(context)).tolist()
    starts = context.dates("start").dt.strftime("%Y-%m-%d").to_numpy(dtype=object)
    found = []
    for row, place in zip(rows, places(context.register, rows, "finish"), strict=True):
        since = f" since {starts[row]}" if isinstance(starts[row], str) else ""
        sentence = f"It is called a project, runs{since} and has no finish."
        _add(sentences, row, sentence)
        found.append(finding("C03", reasons=sentence, **place))
    return found


def _mixed(context: Context, verdicts: pd.DataFrame) -> list[Finding]:
    rows = np.flatnonzero((verdicts["kind"] == "mixed").to_numpy(dtype=bool)).tolist()
    reasons = verdicts["reasons"].to_numpy(dtype=object)
    return [
        finding("C04", reasons=reasons[row], **place)
        for row, place in zip(rows, places(context.register, rows, "title"), strict=True)
    ]


def places(register: Register, rows: list[int], field: str) -> list[dict[str, str]]:
    """File, sheet and cell of a field of these rows."""
    letters = {
        (reading.name, sheet.sheet): sheet.columns.get(field, "")
        for reading in register.files
        for sheet in reading.sheets
    }
    spots = register.items[["file", "sheet", "row"]].iloc[rows]
    return [
        {"file": file, "sheet": sheet, "cell": f"{letter}{row}" if (letter := letters.get((file, sheet), "")) else ""}
        for file, sheet, row in zip(spots["file"], spots["sheet"], spots["row"], strict=True)
    ]


def _add(sentences: npt.NDArray[np.object_], row: int, sentence: str) -> None:
    sentences[row] = f"{sentences[row]} {sentence}".strip()


def _past(context: Context) -> Bools:
    return (context.dates("finish") < context.last_day).to_numpy(dtype=bool)


def _active(context: Context) -> Bools:
    """Status is written and is not one of the end, or progress is short of all."""
    done = context.matches("status", _DONE)
    progress = context.numbers("progress")
    known = context.filled("status") | ~np.isnan(progress)
    return np.asarray(known & ~done & ~(progress >= 1))
