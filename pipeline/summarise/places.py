"""Where an item stands: its cells by name, and the item of a finding."""

from __future__ import annotations

import re

import pandas as pd

from pipeline.model import Finding, Register

_ROW = re.compile(r"^[A-Z]*(\d+)")


def row_of(finding: Finding, items: pd.DataFrame) -> int | None:
    """The item on whose row a finding lies; None where it names no row, or none of these items."""
    match = _ROW.match(finding.cell)
    if match is None:
        return None
    here = (items["row"] == int(match[1])) & (items["file"] == finding.file) & (items["sheet"] == finding.sheet)
    found = items.index[here]
    return int(found[0]) if len(found) else None


def place_of(register: Register, item: int, *fields: str) -> dict[str, str]:
    """`file`, `sheet` and `cell` of an item, the cell of the first of the fields that its sheet has a column for."""
    spot = register.items.loc[item, ["file", "sheet", "row"]]
    cells = (register.cell_of(item, name) for name in fields)
    cell = next((cell for cell in cells if cell), str(spot["row"]))
    return {"file": str(spot["file"]), "sheet": str(spot["sheet"]), "cell": cell}
