"""The People sheet -> who there is: names, spellings, departments, hours."""

from __future__ import annotations

from collections.abc import Mapping

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
from pipeline.ingest.leave import read_leave, span
from pipeline.ingest.numbers import is_nothing, read_share
from pipeline.ingest.ranges import letters
from pipeline.ingest.reader import RawSheet
from pipeline.marks import EXAMPLE_PATTERN
from pipeline.model import Finding
from pipeline.spoken import spoken
from pipeline.stints import stints

_TITLES = {field.id: field.title for field in PEOPLE_FIELDS}
_COLUMNS = {field.id: field.kind for field in PEOPLE_FIELDS}
_PLACE = ("file", "sheet", "cell")
"""Where each person stands on the sheet, beside the columns of PEOPLE_FIELDS."""
_LEAVE = ("leave", "leave_days")
"""Columns whose cells may hold days a year as well as spans of days."""


def read_people(file: str, sheet: RawSheet, known: Headings, setting: str) -> tuple[pd.DataFrame, list[Finding]]:
    """The people on the sheet, with the columns of PEOPLE_FIELDS and their place, and what was not read.

    Rows without a name are left out; of rows for one person that overlap in time the first is kept. `setting` is how
    text dates are ordered. `leave` holds spans such as `2026-10-05/2026-10-16; ...`, whichever column said them.
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
    places = {field: [f"{letters(at)}{row + header.last + 2}" for row in rows] for field, at in fields.items()}
    for field in fields:
        cells = places[field]
        words = texts[field].take(pa.array(rows)).to_pylist()
        if field in _LEAVE:
            unread = _take_leave(columns, words, setting)
        else:
            columns[field], unread = _typed(words, field, setting)
        code = "R30" if _COLUMNS[field] == "date" else "R40"
        title = _TITLES[field]
        found += [
            finding(code, file=file, sheet=sheet.name, cell=cells[row], read=words[row], field=title) for row in unread
        ]
    place = {"file": [file] * len(rows), "sheet": [sheet.name] * len(rows), "cell": places["name"]}
    people = pd.DataFrame({name: columns[name] for name in _COLUMNS}).assign(
        **{name: pd.Series(values, dtype="string[pyarrow]") for name, values in place.items()}
    )
    found += _joined_leave(people, places)
    found += [
        finding("R55", file=file, sheet=sheet.name, cell=cell, read=str(name))
        for cell, name in people.loc[~stints(people, "name"), ["cell", "name"]].itertuples(index=False)
    ]
    found += [
        finding("R73", file=file, sheet=sheet.name, cell=places["language"][row], read=text)
        for row, text in enumerate(people["language"].tolist())
        if text and not spoken(text)
    ]
    return people[stints(people, "name")].reset_index(drop=True), found


def no_people() -> pd.DataFrame:
    """A People sheet with nobody on it."""
    return pd.DataFrame(empty_columns({**_COLUMNS, **dict.fromkeys(_PLACE, "text")}, 0))


def _take_leave(columns: dict[str, pd.Series], texts: list[str], setting: str) -> list[int]:
    """Days a year and spans out of one column's cells, beside what is there; the places of what could not be read."""
    order: Order = order_of(texts)[0] or "day first" if setting == "auto" else setting  # type: ignore[assignment]
    made = {text: read_leave(text, order) for text in dict.fromkeys(texts)}
    read = [made[text] for text in texts]
    days = pd.Series([one.days for one in read], dtype="float64")
    columns["leave_days"] = columns["leave_days"].fillna(days)
    spans = pd.Series([one.spans for one in read], dtype="string[pyarrow]")
    columns["leave"] = (columns["leave"] + "; " + spans).str.strip("; ")
    return [at for at, one in enumerate(read) if not one.read]


def _joined_leave(people: pd.DataFrame, places: Mapping[str, list[str]]) -> list[Finding]:
    """Adds the leaves of the columns for a first and a last day to `leave`; what has no last day is told."""
    first, last = people["leave_from"], people["leave_to"]
    whole = first.notna() & last.notna()
    spans = [span(*days) for days in zip(first[whole].dt.date, last[whole].dt.date, strict=True)]
    own = pd.Series(spans, index=people.index[whole], dtype="string[pyarrow]").reindex(people.index).fillna("")
    people["leave"] = (people["leave"] + "; " + own).str.strip("; ")
    half = people[first.notna() ^ last.notna()]
    return [
        finding(
            "R62", file=str(file), sheet=str(sheet),
            cell=places["leave_from" if pd.notna(begun) else "leave_to"][int(at)],
            read=f"{begun if pd.notna(begun) else ended:%-d %b %Y}",
        )
        for at, file, sheet, begun, ended in half[["file", "sheet", "leave_from", "leave_to"]].itertuples(name=None)
    ]  # fmt: skip


def _typed(texts: list[str], field: str, setting: str) -> tuple[pd.Series, list[int]]:
    """A column, each different text read once; and the places of what could not be read."""
    kind = _COLUMNS[field]
    if kind == "date":
        order: Order = order_of(texts)[0] or "day first" if setting == "auto" else setting  # type: ignore[assignment]
        read = {text: read_date(text, order, end=field == "finish") for text in dict.fromkeys(texts)}
        days = [read[text] for text in texts]
        unread = [
            place for place, day in enumerate(days) if day.sort in ("none", "impossible", "yearless", "ambiguous")
        ]
        values = [day.value if day.sort in ("exact", "approximate") else None for day in days]
        return pd.Series(np.array(values, dtype="datetime64[s]")), unread
    if kind in ("number", "share"):
        sizes = {text: _amount(text, field) for text in dict.fromkeys(texts)}
        amounts = [sizes[text] for text in texts]
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
