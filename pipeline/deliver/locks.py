"""Locks that the system lets go of when their process ends, however it ends, and who holds them."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import DeliveryError

PUBLISHING, RUNNING, WATCHING, SCHEDULING = (
    ".publishing.lock", ".running.lock", ".watching.lock", ".scheduling.lock"
)  # fmt: skip
"""The files that are locked, in the output folder. They stay; only a lock on them means something."""
_BYTE = 1 << 30
"""What is locked lies far behind what is written there: Windows lets nobody read a byte that is locked."""


@contextmanager
def locked(folder: Path, name: str = PUBLISHING, doing: str = "publishing", *, shared: bool = False) -> Iterator[None]:
    """Hold a folder for one process; the system lets go of it even when the process is killed.

    With `shared`, others may hold it so as well, and nobody alone (on Windows, which has no such lock, nobody at all).
    Raises DeliveryError, saying who, where another process holds it, and OSError where it cannot be locked at all.
    """
    descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        try:
            lock(descriptor, shared=shared)
        except (BlockingIOError, PermissionError) as problem:
            raise DeliveryError(_held(descriptor), str(folder), "Wait until it is done.") from problem
        _sign(descriptor, doing)
        yield
    finally:
        os.close(descriptor)


def holder(folder: Path, name: str) -> str:
    """Who holds a lock, in words; "" where nobody does."""
    try:
        descriptor = os.open(folder / name, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError:
        return ""
    try:
        lock(descriptor)
    except OSError:
        return _held(descriptor)
    else:
        return ""
    finally:
        os.close(descriptor)


def _sign(descriptor: int, doing: str) -> None:
    """Write down who holds the lock; a full disk keeps nobody from running."""
    who = {"doing": doing, "pid": os.getpid(), "host": platform.node(), "since": _now()}
    try:
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps(who).encode())
    except OSError:
        return


def _held(descriptor: int) -> str:
    """Who holds a lock: what they do, the number of their process, its machine, and since when."""
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        who = json.loads(os.read(descriptor, 4096))
        return (
            f"another run is {_plain(who['doing'])} here: process {int(who['pid'])} on {_plain(who['host'])}, "
            f"since {_plain(who['since'])} UTC."
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "another run is at work here."


def _plain(text: object) -> str:
    return "".join(letter for letter in str(text)[:80] if letter.isprintable())


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


if sys.platform == "win32":
    import msvcrt

    def lock(descriptor: int, *, wait: bool = False, shared: bool = False) -> None:
        """Take the file for this process; raises OSError where another has it (with `wait`: for ten seconds)."""
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def lock(descriptor: int, *, wait: bool = False, shared: bool = False) -> None:
        """Take the file for this process; raises OSError where another has it, or waits for that to end."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind | (0 if wait else fcntl.LOCK_NB))
