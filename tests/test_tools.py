"""Where tools are required, a test that is skipped for want of one has failed; other skips stay skips."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import pytest_runtest_makereport


def told(reason: str) -> Any:
    """The report of a test that was skipped for this reason, as the hook leaves it."""
    report = SimpleNamespace(skipped=True, outcome="skipped", longrepr=("test_x.py", 1, f"Skipped: {reason}"))
    hook = pytest_runtest_makereport(None, None)  # type: ignore[arg-type]
    next(hook)
    with pytest.raises(StopIteration):
        hook.send(report)
    return report


@pytest.mark.parametrize(
    ("required", "reason", "outcome"),
    [
        ("required", "no Chromium is found: install the package chromium", "failed"),
        ("required", "LibreOffice is not installed here", "failed"),
        ("required", "qpdf is not installed", "failed"),
        ("required", "the PDF engine cannot be loaded here", "failed"),
        ("required", "the corpora are not here", "skipped"),
        ("", "qpdf is not installed", "skipped"),
    ],
)
def test_a_missing_tool_fails_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch, required: str, reason: str, outcome: str
) -> None:
    monkeypatch.setenv("PIPELINE_TOOLS", required)
    assert told(reason).outcome == outcome
