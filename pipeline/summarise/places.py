"""Where items stand: the file, sheet and cell to name in a finding."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.model import Register
from pipeline.summarise.names import TEXT

_PLACE = ["file", "sheet", "cell"]


def places(register: Register, items: pd.Index, *fields: str) -> list[dict[str, str]]:
    """`file`, `sheet` and `cell` of each item: in the first of the fields its sheet has a column for, else its name."""
    letters = pd.DataFrame(
        [(*table, _letter(columns, fields)) for table, columns in register.tables.items()],
        columns=["file", "sheet", "table", "letter"],
    ).astype({"file": TEXT, "sheet": TEXT, "table": "int64", "letter": TEXT})
    spots = register.items.loc[items, ["file", "sheet", "table", "row"]].merge(
        letters, on=["file", "sheet", "table"], how="left"
    )
    spots["cell"] = spots["letter"].fillna("") + spots["row"].astype(TEXT)
    rows = zip(*(spots[name].to_numpy(object) for name in _PLACE), strict=True)
    return [dict(zip(_PLACE, row, strict=True)) for row in rows]


def _letter(columns: Mapping[str, str], fields: tuple[str, ...]) -> str:
    return next((columns[name] for name in (*fields, "title", "id", *columns) if name in columns), "")
