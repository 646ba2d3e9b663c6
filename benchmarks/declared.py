"""What a benchmark is: a part of the work, the way this program does it and the ways of others, and the sizes."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """One way to do a part's work, in a process of its own.

    `run` names a function (`module:function`) that is given the folder of the kit and the size, gets ready and returns
    the work as a call without arguments. `command` instead is what Python is called with, `{kit}` being that folder.
    """

    name: str
    run: str = ""
    command: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Modules, and programs as `program:name`, without which it is left out."""
    most: int = 10_000_000
    """The largest size it is measured at."""
    because: str = ""
    """Why not beyond."""

    def missing(self) -> str:
        """What it needs and is not here, in words; "" where all is."""
        gone = [one.removeprefix("program:") for one in self.needs if not _is_here(one)]
        return f"{', '.join(gone)} not installed" if gone else ""


@dataclass(frozen=True)
class Part:
    """A part of the work. The first way is this program's own; every other is set against it."""

    id: str
    title: str
    unit: str
    """What its sizes count."""
    ways: tuple[Way, ...]
    sizes: tuple[int, ...]
    larger: tuple[int, ...] = ()
    """Sizes that are measured only where all are asked for."""
    kit: str = ""
    """`module:function` that is given a folder and a size and puts there what the ways work on; not measured."""
    cold: bool = False
    """The whole process is measured, with the start of Python and the import of libraries; else the work alone."""
    seconds: float = 60
    """A way that would take longer is left out at that size; this program's own never is."""


def _is_here(need: str) -> bool:
    program = need.removeprefix("program:")
    return shutil.which(program) is not None if program != need else importlib.util.find_spec(need) is not None
