"""What a command sets up for work on columns holds before the libraries that it is meant for are loaded."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import gc, os, sys
sys.argv = ["pipeline", "--help"]
from pipeline.cli import main
try:
    main()
except SystemExit:
    pass
import pyarrow
print(pyarrow.default_memory_pool().backend_name, os.environ["OPENBLAS_NUM_THREADS"], gc.get_threshold()[0])
"""


def test_columns_let_go_are_the_systems_and_circles_are_looked_for_rarely() -> None:
    unset = {name: said for name, said in os.environ.items() if not name.startswith(("OPENBLAS_", "ARROW_"))}
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=unset)
    assert done.stdout.splitlines()[-1] == "system 1 50000"
