"""One way once, in this process: gets ready, does the work, and prints its wall and processor seconds.

Of a kit, which returns no work, nothing is printed.

python -m benchmarks.once MODULE:FUNCTION KIT SIZE
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.processes import used


def named(way: str) -> Any:
    """The function that `module:function` names."""
    module, _, function = way.partition(":")
    return getattr(importlib.import_module(module), function)


def main(way: str, kit: str, size: str) -> None:
    """Print what the work took."""
    work = named(way)(Path(kit), int(size))
    if work is None:
        return
    begun, cpu = time.perf_counter(), used()
    work()
    print(json.dumps({"wall": time.perf_counter() - begun, "cpu": used() - cpu}))


if __name__ == "__main__":
    main(*sys.argv[1:])
