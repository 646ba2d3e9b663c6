"""Locks on files that die with the process that holds them, on every system."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt

    def lock(descriptor: int, *, wait: bool = False) -> None:
        """Take the file for this process; raises OSError where another has it (with `wait`: for ten seconds)."""
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def lock(descriptor: int, *, wait: bool = False) -> None:
        """Take the file for this process; raises OSError where another has it, or waits for that to end."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
