"""What a workbook's scan found, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.parser.kinds import Mark
from pipeline.parser.scan import Scan
from pipeline.parser.workbook import Area

ERROR_NAMES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""How the binary formats number errors ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""


@dataclass
class BookScan:
    """Scans by sheet name (formats that name sheets otherwise: by number), and what concerns the whole workbook."""

    sheets: dict[str | int, Scan] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    """Sheets that cannot be read, each with the reason."""
    areas: list[Area] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)
    """What the file carries and nobody follows: `macros`, `links`."""
    counted: bool = False
    """The scans' counts of filled cells are to be held against the parser's."""

    def of(self, number: int, name: str) -> Scan | None:
        """The scan of a sheet, by its place in the workbook and its name."""
        return self.sheets.get(name, self.sheets.get(number))

    def mark(self, sheet: str | int, mark: Mark) -> None:
        """Note an error cell or the like."""
        scan = self.sheets.setdefault(sheet, Scan())
        scan.marks.append(mark)
        scan.reach(mark[0], mark[1])
