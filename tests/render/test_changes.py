"""What changed: columns take the room of their texts, and one without a text is left out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipeline.model import Summary
from tests.render.conftest import drawn


def with_changes(summary: Summary, count: int, **columns: object) -> Summary:
    """The summary in which the first items are new."""
    said = {"change": "New", "before": "", "now": "In the register", "why": "", "days": 0, **columns}
    rows = summary.tables["register"].head(count).assign(**said)
    table = summary.tables["changes"]
    rows = rows[[*table.columns]].astype(table.dtypes)
    return replace(summary, tables={**summary.tables, "changes": pd.concat([table, rows], ignore_index=True)})


def test_a_column_without_a_text_is_left_out(summary: Summary) -> None:
    page = drawn(with_changes(summary, 3), "html").decode()
    assert "Not compared: title, effort and declared type." in page
    assert "<th>Why</th>" not in page
    assert "<th>Before</th>" not in page
    why = drawn(with_changes(summary, 3, before="Active", why="The data changed"), "html").decode()
    assert "<th>Why</th>" in why
    assert "<th>Before</th>" in why
