"""Values for tests, made straight from a few dicts, without a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from pipeline.fields import FIELDS, PEOPLE_FIELDS, item_columns
from pipeline.model import FileReading, Register, SheetReading

_DTYPES = {"date": "datetime64[s]", "effort": "float64", "number": "float64", "share": "float64"}


def typed(rows: list[Mapping[str, object]], columns: Mapping[str, str]) -> pd.DataFrame:
    """A frame with exactly these columns, each of the dtype of its kind."""
    frame: dict[str, pd.Series] = {}
    for name, kind in columns.items():
        dtype = _DTYPES.get(kind, "string[pyarrow]")
        values = [row.get(name, "" if dtype == "string[pyarrow]" else None) for row in rows]
        frame[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(frame)


def make_register(items: Iterable[Mapping[str, object]], people: Iterable[Mapping[str, object]] = ()) -> Register:
    """A register of these items: typed values by field; `cells` holds the same values as text.

    A key `cells` in an item overrides the text of single cells, such as `{"cells": {"finish": "ongoing"}}`.
    Accountable, responsible, owner, deputy and sponsor become roles; "Ana; Bo" shares equally.
    """
    rows = [dict(item) for item in items]
    texts = [dict(row.pop("cells", {})) for row in rows]  # type: ignore[call-overload]
    frame = typed(rows, item_columns())
    place = pd.DataFrame(
        {
            "file": pd.Series(["register.xlsx"] * len(rows), dtype="string[pyarrow]"),
            "sheet": pd.Series(["Register"] * len(rows), dtype="string[pyarrow]"),
            "row": pd.Series(range(2, 2 + len(rows)), dtype="int64"),
            "table": pd.Series([0] * len(rows), dtype="int64"),
        }
    )
    cells = pd.DataFrame(
        {
            field.id: pd.Series(
                [text.get(field.id, _shown(row.get(field.id))) for row, text in zip(rows, texts, strict=True)],
                dtype="string[pyarrow]",
            )
            for field in FIELDS
        }
    )
    letters = {field.id: _letters(number) for number, field in enumerate(FIELDS)}
    sheet = SheetReading("Register", 1, len(rows), len(rows), 0, {field.title: field.id for field in FIELDS}, letters)
    return Register(
        items=pd.concat([place, frame], axis=1),
        cells=cells,
        people=_staff(list(people)),
        roles=_roles(rows),
        files=(FileReading("register.xlsx", "register.xlsx", "read", sheets=(sheet,)),),
    )


def _staff(people: list[Mapping[str, object]]) -> pd.DataFrame:
    frame = typed(people, {field.id: field.kind for field in PEOPLE_FIELDS})
    place = {"file": "register.xlsx", "sheet": "People"}
    cells = pd.Series([f"A{row}" for row in range(2, 2 + len(frame))], dtype="string[pyarrow]")
    return frame.assign(
        **{name: pd.Series([text] * len(frame), dtype="string[pyarrow]") for name, text in place.items()}, cell=cells
    )


def _roles(rows: list[dict[str, object]]) -> pd.DataFrame:
    named: list[tuple[int, str, str, float]] = []
    for item, row in enumerate(rows):
        owner = row.get("owner", "")
        filled = {**row, "accountable": row.get("accountable", owner), "responsible": row.get("responsible", owner)}
        for role in ("accountable", "responsible", "deputy", "sponsor", "consulted", "informed"):
            people = [name.strip() for name in str(filled.get(role, "")).split(";") if name.strip()]
            named += [(item, role, person, 1 / len(people)) for person in people]
    frame = pd.DataFrame(named, columns=["item", "role", "person", "share"])
    return frame.astype({"item": "int64", "role": "string[pyarrow]", "person": "string[pyarrow]", "share": "float64"})


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
