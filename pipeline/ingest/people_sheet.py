"""The People sheet -> who there is: names, spellings, departments, hours."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import PEOPLE_FIELDS
from pipeline.findings import finding
from pipeline.ingest.amounts import read_effort
from pipeline.ingest.columns import empty_columns
from pipeline.ingest.dates import Order, order_of, read_date
from pipeline.ingest.header import find_header
from pipeline.ingest.headings import Headings, assign
from pipeline.ingest.numbers import is_nothing, read_share
from pipeline.ingest.ranges import letters
from pipeline.ingest.reader import RawSheet
from pipeline.marks import EXAMPLE_PATTERN
from pipeline.model import Finding

_TITLES = {field.id: field.title for field in PEOPLE_FIELDS}
_COLUMNS = {field.id: field.kind for field in PEOPLE_FIELDS}


def read_people(file: str, sheet: RawSheet, known: Headings, setting: str) -> tuple[pd.DataFrame, list[Finding]]:
    """One row for each person on the sheet, with the columns of PEOPLE_FIELDS, and what could not be read.

    Rows without a name are left out; of rows for one person the first is kept. `setting` is how text dates are
    ordered.
    """
    header = find_header(sheet, known)
    if header is None:
        return no_people(), []
    fields = {match.field: column for column, match in assign(header.headings, known)[0].items()}
    texts = {field: pc.utf8_trim_whitespace(sheet.texts[at].slice(header.last + 1)) for field, at in fields.items()}
    examples = np.asarray(pc.match_substring_regex(texts["name"], EXAMPLE_PATTERN))
    rows = np.flatnonzero(np.asarray(pc.not_equal(texts["name"], "")) & ~examples)
    found: list[Finding] = []
    columns = empty_columns(_COLUMNS, len(rows))
    for field, at in fields.items():
        cells = [f"{letters(at)}{row + header.last + 2}" for row in rows]
        words = texts[field].take(pa.array(rows)).to_pylist()
        columns[field], unread = _typed(words, field, setting)
        code = "R30" if _COLUMNS[field] == "date" else "R40"
        title = _TITLES[field]
        found += [
            finding(code, file=file, sheet=sheet.name, cell=cells[row], read=words[row], field=title) for row in unread
        ]
    people = pd.DataFrame({name: columns[name] for name in _COLUMNS})
    twice = np.flatnonzero(people["name"].duplicated())
    names = [f"{letters(fields['name'])}{rows[row] + header.last + 2}" for row in twice]
    found += [
        finding("R55", file=file, sheet=sheet.name, cell=cell, read=str(people.at[int(row), "name"]))
        for cell, row in zip(names, twice, strict=True)
    ]
    return people.drop_duplicates("name").reset_index(drop=True), found


def no_people() -> pd.DataFrame:
    """A People sheet with nobody on it."""
    return pd.DataFrame(empty_columns(_COLUMNS, 0))


def _typed(texts: list[str], field: str, setting: str) -> tuple[pd.Series, list[int]]:
    """A column of a few thousand people at most, read cell by cell; and the places of what could not be read."""
    kind = _COLUMNS[field]
    if kind == "date":
        order: Order = order_of(texts)[0] or "day first" if setting == "auto" else setting  # type: ignore[assignment]
        days = [read_date(text, order, end=field == "finish") for text in texts]
        unread = [
            place for place, day in enumerate(days) if day.sort in ("none", "impossible", "yearless", "ambiguous")
        ]
        values = [day.value if day.sort in ("exact", "approximate") else None for day in days]
        return pd.Series(np.array(values, dtype="datetime64[s]")), unread
    if kind in ("number", "share"):
        amounts = [_amount(text, field) for text in texts]
        unread = [
            at
            for at, (text, amount) in enumerate(zip(texts, amounts, strict=True))
            if amount is None and not is_nothing(text)
        ]
        return pd.Series([float("nan") if amount is None else amount for amount in amounts], dtype="float64"), unread
    return pd.Series(pa.array(texts, pa.string()).to_pandas(), dtype="string[pyarrow]"), []


def _amount(text: str, field: str) -> float | None:
    """`37,5 h` -> 37.5 hours, `80 %` -> 0.8 FTE, `25 days` -> 25."""
    if "%" in text:
        return read_share(text)
    if field == "target":
        share = read_share(text)
        return share / 100 if share is not None and share > 1.5 else share
    effort = read_effort(text, {"weekly_hours": "hours", "fte": "fte"}.get(field, "days"), "")
    return None if effort is None else effort.value
