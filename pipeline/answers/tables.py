"""One table as an answer: lines for people, and CSV, JSON or Parquet for programs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.answers.text import shortened, table
from pipeline.defuse import defused

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 40
"""Columns of text that a cell takes on a terminal."""
_AS_WRITTEN = {"date": "%Y-%m-%d", "month": "%Y-%m"}
_DECIMALS = {"hours": 1, "share": 3, "probability": 3, "number": 2}


def table_lines(frame: pd.DataFrame, kinds: Mapping[str, str]) -> Iterator[str]:
    """The table for a terminal: long texts shortened, numbers rounded, what is unknown blank.

    `kinds` says of each column what it holds, as TABLES does.
    """
    rounded = {name: frame[name].round(_DECIMALS[kind]) for name, kind in kinds.items() if kind in _DECIMALS}
    written = _dated(frame.assign(**rounded), kinds)
    texts = {name: _shown(written[name]) for name in frame}
    return table([tuple(str(name).upper() for name in frame), *zip(*texts.values(), strict=True)])


def table_object(id: str, frame: pd.DataFrame, kinds: Mapping[str, str]) -> dict[str, Any]:
    """The answer of `pipeline table --json`."""
    return {"table": id, "rows": objects(frame, kinds)}


def objects(frame: pd.DataFrame, kinds: Mapping[str, str]) -> list[dict[str, Any]]:
    """One object a row: days as YYYY-MM-DD, months as YYYY-MM, what is unknown as null."""
    plain = _dated(frame, kinds)
    found: list[dict[str, Any]] = json.loads(plain.to_json(orient="records", double_precision=15, force_ascii=False))
    return found


def table_csv(frame: pd.DataFrame, kinds: Mapping[str, str]) -> bytes:
    """UTF-8 with a byte order mark; days and months as in JSON, unknown as nothing; no text begins a formula."""
    plain = _dated(frame, kinds)
    for name, kind in kinds.items():
        if kind == "flag":
            plain[name] = plain[name].map({True: "true", False: "false"})
        elif name in plain and plain[name].dtype == "string":
            plain[name] = plain[name].map(defused, na_action="ignore")
    return plain.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def table_parquet(frame: pd.DataFrame) -> bytes:
    """The table with its own types."""
    content = io.BytesIO()
    frame.to_parquet(content, index=False)
    return content.getvalue()


def _dated(frame: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Days and months as text, missing where there are none."""
    written = {name: frame[name].dt.strftime(_AS_WRITTEN[kind]) for name, kind in kinds.items() if kind in _AS_WRITTEN}
    return frame.assign(**written)


def _shown(column: pd.Series) -> list[str]:
    texts = column.astype("string").fillna("")
    return [shortened(text.removesuffix(".0"), _SHOWN) for text in texts]
