"""Where an item stands: its cells by name."""

from __future__ import annotations

from pipeline.model import Register


def place_of(register: Register, item: int, *fields: str) -> dict[str, str]:
    """`file`, `sheet` and `cell` of an item: the cell of the first of the fields that has a column, else its row."""
    spot = register.items.loc[item, ["file", "sheet", "row"]]
    cells = (register.cell_of(item, name) for name in fields)
    cell = next((cell for cell in cells if cell), str(spot["row"]))
    return {"file": str(spot["file"]), "sheet": str(spot["sheet"]), "cell": cell}
