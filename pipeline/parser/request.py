"""What the parser is asked: one file, and the limits it must keep."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Request:
    """One file to parse into a folder. `kind` is its format by content; `scan_only` asks why parsing it failed."""

    path: str
    kind: str
    folder: str
    max_cells: int
    max_parts: int
    max_ratio: int
    max_unpacked_mb: float
    memory_mb: int
    seconds: int
    scan_only: bool = False

    def line(self) -> bytes:
        """The request as one line."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @classmethod
    def of(cls, line: bytes) -> Request:
        """The request of such a line."""
        return cls(**json.loads(line))

    def answer(self, answer: dict[str, Any]) -> None:
        """Leave the answer where the asker looks for it; a later answer never replaces an earlier one."""
        try:
            with Path(self.folder, ANSWER).open("x", encoding="utf-8") as file:
                json.dump(answer, file)
        except FileExistsError:
            return


ANSWER = "answer.json"
LATE = b"late"
"""What the process that parses says of a file that used up its processor time."""
