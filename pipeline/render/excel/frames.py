"""The tables that a workbook's layout may name: those of the summary, and a few that only a workbook shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from pipeline.model import FileReading
from pipeline.render.changes import points
from pipeline.render.excel.detail import let_go
from pipeline.render.view import View
from pipeline.versions import versions

_TEXT = "string[pyarrow]"


class WorkbookTables(Mapping[str, pd.DataFrame]):
    """Table id -> frame, each made when it is first asked for."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table not in _OWN:
            return self._view.tables[table]
        if table not in self._made:
            self._made[table] = _OWN[table](self._view)
        return self._made[table]

    def let_go(self, table: str) -> None:
        """Let go of a table as it is shown; it is made again for whoever asks."""
        self._made.pop(table, None)
        let_go(self._view.tables, table)

    def __contains__(self, table: object) -> bool:
        return table in _OWN or table in self._view.tables

    def __iter__(self) -> Iterator[str]:
        return iter((*self._view.tables, *_OWN))

    def __len__(self) -> int:
        return len(self._view.tables) + len(_OWN)


def _balance(view: View) -> pd.DataFrame:
    """The scope's share of change in the hours of each published month and this one."""
    known = points(view.facts)
    return pd.DataFrame(
        {
            "month": pd.Series([one.month for one in known], dtype="datetime64[s]"),
            "change_share": pd.Series([one.share for one in known], dtype="float64"),
            "rules_changed": pd.Series([one.new_rules for one in known], dtype="bool"),
        }
    )


def _wave(view: View) -> pd.DataFrame:
    """Hours that ending projects set free and their operations add, by month."""
    columns = ["freed_hours", "added_hours", "net_hours", "ending", "unnamed"]
    return view.tables["load_wave"].groupby("month", sort=True)[columns].sum().reset_index()


def _inputs(view: View) -> pd.DataFrame:
    """One row a file that was read or refused, with its hash and its rows."""
    files = view.summary.portfolio.register.files
    frame = pd.DataFrame(
        {
            "file": pd.Series([one.name for one in files], dtype=_TEXT),
            "status": pd.Series([one.status for one in files], dtype=_TEXT),
            "rows_in": pd.Series([_rows(one, "rows_in") for one in files], dtype="int64"),
            "rows_used": pd.Series([_rows(one, "rows_used") for one in files], dtype="int64"),
            "rows_refused": pd.Series([_rows(one, "rows_refused") for one in files], dtype="int64"),
            "size": pd.Series([one.size for one in files], dtype="int64"),
            "sha256": pd.Series([one.sha256 for one in files], dtype=_TEXT),
            "reason": pd.Series([one.reason for one in files], dtype=_TEXT),
        }
    )
    return frame


def _rows(file: FileReading, name: str) -> int:
    return sum(getattr(sheet, name) for sheet in file.sheets)


def _made_with(view: View) -> pd.DataFrame:
    """What made this workbook: the rule set with its hash, the program and the libraries."""
    rules, say = view.summary.portfolio.rule_set, view.language
    said = {
        say.gettext("Period"): str(view.summary.period),
        say.gettext("Rule set"): rules.version,
        say.gettext("Hash of the rule set"): rules.sha256,
        **versions(),
    }
    return pd.DataFrame({"what": pd.Series([*said], dtype=_TEXT), "said": pd.Series([*said.values()], dtype=_TEXT)})


_OWN: Mapping[str, Callable[[View], pd.DataFrame]] = {
    "balance": _balance,
    "wave": _wave,
    "inputs": _inputs,
    "made_with": _made_with,
}
"""The tables that only a workbook shows, and what makes them."""
