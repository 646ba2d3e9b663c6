"""A summary's tables as a reader has them: in their language, decisions by date, rows to review with their turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.model import Summary
from pipeline.render.language import Language
from pipeline.render.said import in_language
from pipeline.render.verdicts import with_turns


class ReaderTables(Mapping[str, pd.DataFrame]):
    """The tables by id, each made when it is first asked for: no report shows all of them."""

    def __init__(self, summary: Summary, say: Language) -> None:
        self._summary, self._say = summary, say
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table not in self._made:
            self._made[table] = self._shown(table)
        return self._made[table]

    def let_go(self, table: str) -> None:
        """Let go of a table as its reader has it."""
        self._made.pop(table, None)

    def __contains__(self, table: object) -> bool:
        return table in self._summary.tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._summary.tables)

    def __len__(self) -> int:
        return len(self._summary.tables)

    def _shown(self, table: str) -> pd.DataFrame:
        frame = in_language(table, self._summary.tables[table], self._say)
        if table == "decisions":
            return frame.sort_values("by", kind="stable")
        return with_turns(frame, self._summary.explained, self._say) if table == "review" else frame
