"""Who holds a claim, and whether they live: by locks that end with their process, so that no time-out has to guess."""

from __future__ import annotations

import os
import re
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, func, select

from pipeline.deliver.locks import lock
from pipeline.errors import DeliveryError

_FOLDER = "senders"
_OTHER = re.compile(r"[^A-Za-z0-9]+", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9-]{1,40}-\d{1,10}-[0-9a-f]{16}")


class Holders(Protocol):
    """How senders that share a ledger know of each other."""

    @contextmanager
    def hold(self) -> Iterator[str]:
        """A name for this sender, alive until the end of the block or of the process."""
        yield ""

    def alive(self, holder: str) -> bool:
        """Whether the sender of this name still runs."""


def _name() -> str:
    """`<machine>-<process>-<16 letters>`: the first two for people, the last so that no name ever comes twice."""
    machine = _OTHER.sub("-", socket.gethostname()).strip("-")[:40] or "machine"
    return f"{machine}-{os.getpid()}-{secrets.token_hex(8)}"


class LockFiles:
    """Senders on one machine: each keeps a file beside the ledger locked, which the system ends with the process."""

    def __init__(self, ledger: Path) -> None:
        self.folder = ledger.parent / _FOLDER

    @contextmanager
    def hold(self) -> Iterator[str]:
        """A name whose file is locked. Raises DeliveryError where none can be made."""
        name = _name()
        handle = self._locked(name)
        try:
            yield name
        finally:
            handle.close()
            self._file(name).unlink(missing_ok=True)

    def _locked(self, name: str) -> BufferedWriter:
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            handle = open(self._file(name), "xb")  # noqa: SIM115 - it stays open as long as the name is held
            lock(handle.fileno())
        except OSError as problem:
            hint = "Check that you may write to this folder."
            raise DeliveryError(f"no sender can begin: {problem.strerror}.", str(self.folder), hint) from problem
        return handle

    def alive(self, holder: str) -> bool:
        """Whether the file of this name is there and locked; one that is not is cleared away."""
        if not _NAME.fullmatch(holder):
            return False
        try:
            with open(self._file(holder), "r+b") as handle:
                lock(handle.fileno())
        except FileNotFoundError:
            return False
        except OSError:
            return True
        with suppress(OSError):
            self._file(holder).unlink()
        return False

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.lock"


class AdvisoryLocks:
    """Senders on several machines: each keeps a connection that holds a lock on its name in the database.

    Session-level advisory locks end with their connection, "including abnormally":
    https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def hold(self) -> Iterator[str]:
        """A name that is locked in the database."""
        name = _name()
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(select(func.pg_advisory_lock(_number(name))))
            yield name

    def alive(self, holder: str) -> bool:
        """Whether the lock on this name is taken."""
        if not _NAME.fullmatch(holder):
            return False
        with self.engine.begin() as connection:
            free = connection.execute(select(func.pg_try_advisory_xact_lock(_number(holder)))).scalar_one()
        return not free


def _number(name: str) -> int:
    """A name's own letters as the number of its lock, which PostgreSQL has signed with 64 bits."""
    return int.from_bytes(bytes.fromhex(name.rpartition("-")[2]), signed=True)
