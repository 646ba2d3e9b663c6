"""Opens a ledger: on a disk where it may lie, whole, at the newest version, and with the key it was made with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, update

from pipeline.deliver.ledger.database import AUTOMATIC, postgresql_engine, sqlite_engine, told
from pipeline.deliver.ledger.holder import AdvisoryLocks, LockFiles
from pipeline.deliver.ledger.key import check_of, key_path, make_key, missing_key, read_key
from pipeline.deliver.ledger.ledger import Ledger
from pipeline.deliver.ledger.place import check_place
from pipeline.deliver.ledger.schema import about, migrate, newest, version_of
from pipeline.deliver.locks import lock
from pipeline.errors import DeliveryError
from pipeline.settings import DeliverSettings

_SETTING_UP = 0x6C6564676572
"""The number of the lock in PostgreSQL under which a ledger is set up; any would do."""


def open_ledger(settings: DeliverSettings) -> Ledger:
    """The ledger of the settings, made where there is none yet.

    Raises DeliveryError for a ledger on a network share, a damaged one, one of a later version, one whose key is
    missing or another's, and for a key whose ledger is missing: with any of these, mails would go out twice.
    """
    key_file = key_path(settings.ledger)
    try:
        settings.ledger.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.ledger_url:
            return _shared(settings.ledger_url, key_file)
        return _own(settings.ledger, key_file)
    except OSError as problem:
        raise DeliveryError(
            f"the ledger cannot be used: {problem.strerror or problem}.",
            str(settings.ledger.parent),
            "Check that you may write to this folder.",
        ) from problem


def _own(path: Path, key_file: Path) -> Ledger:
    check_place(path)
    with _one_at_a_time(path.with_suffix(".lock")), told(str(path)):
        if not path.exists() and read_key(key_file) is not None:
            raise _missing_ledger(str(path), key_file)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        engine = sqlite_engine(path)
        _be_whole(engine, path)
        key = _set_up(engine, str(path), key_file)
    return Ledger(engine, LockFiles(path), str(path), key)


def _shared(url: str, key_file: Path) -> Ledger:
    engine = postgresql_engine(url)
    where = engine.url.render_as_string(hide_password=True)
    with told(where):
        key = _set_up(engine, where, key_file)
    return Ledger(engine, AdvisoryLocks(engine), where, key)


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until no other process opens this ledger: turning a new file to its journal bears no company."""
    with open(path, "ab") as handle:
        lock(handle.fileno(), wait=True)
        yield


def _be_whole(engine: Engine, path: Path) -> None:
    """Raises DeliveryError for a damaged file, or where the system cannot keep a write-ahead journal beside it."""
    with engine.connect().execution_options(**{AUTOMATIC: True}) as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if found != ["ok"]:
            hint = "Put a backup in its place, with its key: see the guide on the ledger."
            raise DeliveryError("the ledger is damaged; nothing is sent on it.", str(path), hint)
        mode = connection.exec_driver_sql("PRAGMA journal_mode = WAL").scalar_one()
    if mode != "wal":
        hint = "Set ledger under [deliver] to a folder on a disk of this machine."
        raise DeliveryError("this file system cannot keep a ledger's journal.", str(path), hint)


def _set_up(engine: Engine, where: str, key_file: Path) -> bytes:
    """Bring the ledger to the newest version, and find its key.

    The tables are on the disk before the key is made: so a key without a ledger always means that one is missing.
    """
    with _alone(engine) as connection:
        version = version_of(connection)
        if version == 0 and read_key(key_file) is not None:
            raise _missing_ledger(where, key_file)
        if version > newest():
            hint = "Use the version of this program that made it, or a newer one."
            raise DeliveryError("the ledger was made by a newer version of this program.", where, hint)
        migrate(connection, version)
    with _alone(engine) as connection:
        known = connection.execute(select(about.c.key_check)).scalar_one()
        key = read_key(key_file)
        if not known:
            key = key or make_key(key_file)
            connection.execute(update(about).values(key_check=check_of(key)))
        if key is None or (known and check_of(key) != known):
            raise missing_key(key_file)
        return key


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which no other process sets this ledger up."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_SETTING_UP)))
        yield connection


def _missing_ledger(where: str, key_file: Path) -> DeliveryError:
    return DeliveryError(
        f"there is no ledger, but by {key_file.name} there was one: with a new one, every mail would look unsent.",
        where,
        f"Put the ledger back from a backup; to begin anew nonetheless, move {key_file} away.",
    )
