"""A sender killed at any moment: no mail is lost, none is sent twice, and each one in doubt is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.deliver.mail.killing import READERS, killed_sends

KILLS = int(os.environ.get("PIPELINE_KILLS", "25"))
"""`benchmarks/kill_send.py` makes 200."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_kill_loses_or_doubles_a_mail(tmp_path: Path) -> None:
    ends = killed_sends(tmp_path, KILLS)
    assert ends["sent"] + ends["unknown"] == sum(ends.values()) >= len(READERS)
    assert ends["unknown"] > 0
