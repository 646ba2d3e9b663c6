"""How cells look: a look is put together once, and cells that look alike share it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import copy
from typing import Any, TypeAlias

from openpyxl.cell import Cell, MergedCell

AnyCell: TypeAlias = Cell | MergedCell


class Looks:
    """The looks given so far: to tell that two are one, openpyxl would compare all their parts for every cell."""

    def __init__(self) -> None:
        self._made: dict[tuple[Hashable, ...], Any] = {}

    def give(self, cell: AnyCell, look: Hashable, dress: Callable[[AnyCell], None]) -> None:
        """Have `dress` change how the cell looks; cells that looked alike before are given what came of the first."""
        styled: Any = cell
        key = (look, *(styled._style or ()))
        if key not in self._made:
            dress(cell)
            self._made[key] = copy(styled._style)
        styled._style = copy(self._made[key])
