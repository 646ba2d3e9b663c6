"""The example register: the script writes the same bytes, and its figures are those worked out from its rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_script_writes_the_example_that_is_shipped(tmp_path: Path):
    made = tmp_path / "example.xlsx"
    subprocess.run([sys.executable, str(ROOT / "examples" / "make_example.py"), str(made)], check=True)
    assert made.read_bytes() == (ROOT / "input" / "example-register.xlsx").read_bytes()
