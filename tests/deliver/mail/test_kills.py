"""A sender killed at any moment: no mail is lost, none is sent twice, and each one in doubt is told."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.deliver.databases import new_database
from tests.deliver.mail.killing import READERS, faulted_sends, killed_sends

KILLS = int(os.environ.get("PIPELINE_KILLS", "16"))
"""`benchmarks/kill_send.py` makes 200."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_kill_loses_or_doubles_a_mail(tmp_path: Path) -> None:
    ends = killed_sends(tmp_path, KILLS)
    assert ends["sent"] + ends["unknown"] == sum(ends.values()) >= len(READERS)
    assert ends["unknown"] > 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nor_does_one_where_machines_share_a_database(tmp_path: Path, postgresql: str) -> None:
    ends = killed_sends(tmp_path, 5, seed=12, database=lambda: new_database(postgresql))
    assert ends["sent"] + ends["unknown"] == sum(ends.values()) >= len(READERS)


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize(
    ("call", "fault", "nth"),
    [("sendto", "signal=KILL", 9), ("sendto", "error=EIO", 8), ("pwrite64", "error=ENOSPC", 30), ("fdatasync", "error=EIO", 3)],
)  # fmt: skip
def test_no_fault_at_a_system_call_loses_or_doubles_a_mail(tmp_path: Path, call: str, fault: str, nth: int) -> None:
    """`benchmarks/kill_send.py --calls` tries each call with each fault."""
    assert faulted_sends(tmp_path, (call,), (fault,), (nth,))["points"] == 1
