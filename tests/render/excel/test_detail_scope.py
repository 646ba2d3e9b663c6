"""Files beside a workbook hold no row that its reader may not see."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from pipeline.model import Seen
from pipeline.render.excel import detail
from pipeline.render.packs import PACKS
from pipeline.render.readers import Reader


@pytest.mark.parametrize(
    ("rows", "told"), [([0, 1, -1], ""), ([0, 7], "Rows in the table register that Water may not see: 1.")]
)
def test_a_file_beside_a_workbook_has_no_foreign_row(
    rows: list[int], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail, "is_long", lambda summary, table: table == "register")
    frame = pd.DataFrame({"item": pd.Series(rows, dtype="int64"), "title": "x"})
    summary = SimpleNamespace(scope="Water", seen=Seen(frozenset([0, 1]), frozenset()), tables={"register": frame})
    files = detail.Details(Reader(PACKS[1], summary, "en", "water")).reports()  # type: ignore[arg-type]
    assert [one.problem for one in files] == [told] * 2
    assert all(bool(one.content) != bool(told) for one in files)
