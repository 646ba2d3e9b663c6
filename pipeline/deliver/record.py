"""Adds decisions to the file that keeps them: nothing in it is ever changed, and it is never half written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.decisions import read_decisions, written
from pipeline.deliver.locks import locked
from pipeline.deliver.whole import write_whole
from pipeline.errors import DeliveryError
from pipeline.model import Decision


def keep(decisions: Sequence[Decision], path: Path) -> None:
    """Add these decisions below those the file holds; a reader sees the old file or the new one, never half.

    Raises DeliveryError where the file cannot be written, and SettingsError where what stands there is no file of
    decisions: it is then left as it is.
    """
    if not decisions:
        return
    path = path.resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.parent):
            read_decisions(path)
            before = path.read_bytes() if path.exists() else b""
            apart = b"\r\n" if before and not before.endswith(b"\n") else b""
            write_whole(path, before + apart + written(decisions, headed=not before))
    except OSError as problem:
        raise DeliveryError(
            f"the decision could not be kept ({(problem.strerror or str(problem)).lower()}).",
            str(path),
            "Check that you may write there, or set decisions under [classify].",
        ) from problem
