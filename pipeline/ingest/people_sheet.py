"""The People sheet -> who there is: names, spellings, departments, hours."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import PEOPLE_FIELDS
from pipeline.ingest.amounts import read_number, read_share
from pipeline.ingest.columns import empty_columns
from pipeline.ingest.dates import read_date
from pipeline.ingest.header import find_header
from pipeline.ingest.headings import Headings, assign
from pipeline.ingest.reader import RawSheet

_COLUMNS = {field.id: field.kind for field in PEOPLE_FIELDS}


def read_people(sheet: RawSheet, known: Headings) -> pd.DataFrame:
    """One row for each person on the sheet, with the columns of PEOPLE_FIELDS; rows without a name are left out."""
    header = find_header(sheet, known)
    if header is None:
        return no_people()
    fields = {match.field: column for column, match in assign(header.headings, known)[0].items()}
    texts = {
        field: pc.utf8_trim_whitespace(sheet.texts[column].slice(header.last + 1)) for field, column in fields.items()
    }
    named = pc.not_equal(texts["name"], "")
    columns = {field: column.filter(named) for field, column in texts.items()}
    frame = {
        name: _typed(columns[name].to_pylist(), kind) if name in columns else None for name, kind in _COLUMNS.items()
    }
    blank = empty_columns(_COLUMNS, len(columns["name"]))
    people = pd.DataFrame({name: blank[name] if column is None else column for name, column in frame.items()})
    return people.drop_duplicates("name").reset_index(drop=True)


def no_people() -> pd.DataFrame:
    """A People sheet with nobody on it."""
    return pd.DataFrame(empty_columns(_COLUMNS, 0))


def _typed(texts: list[str], kind: str) -> pd.Series:
    """A column of a few hundred people at most: read cell by cell."""
    if kind == "date":
        days = [read_date(text, "day first", end=False).value for text in texts]
        return pd.Series(np.array(days, dtype="datetime64[s]"))
    if kind == "number":
        amounts = [read_number(text) for text in texts]
        return pd.Series([float("nan") if amount is None else amount.value for amount in amounts], dtype="float64")
    if kind == "share":
        shares = [read_share(text) for text in texts]
        return pd.Series(
            [float("nan") if share is None else share / 100 if share > 1.5 else share for share in shares],
            dtype="float64",
        )
    return pd.Series(pa.array(texts, pa.string()).to_pandas(), dtype="string[pyarrow]")
