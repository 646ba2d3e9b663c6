"""A copy of a ledger in one file, whichever database it is in, that can take the ledger's place."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, insert, select

from pipeline.deliver.folder import sync_folder
from pipeline.deliver.ledger.database import sqlite_engine
from pipeline.deliver.ledger.key import key_path
from pipeline.deliver.ledger.schema import about, events, mails, metadata, unaddressed
from pipeline.deliver.private import write_private
from pipeline.errors import DeliveryError


def copy_to(path: Path, source: Connection, key: bytes) -> None:
    """Write everything the source's transaction sees, and the key, to new files down to the disk.

    Raises DeliveryError where one is there already, or cannot be written; there is then no file of this name.
    """
    for taken in (path, key_path(path)):
        if os.path.lexists(taken):
            raise DeliveryError("is there already.", str(taken), "Name a new file; none is written over.")
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _fill(beside, source)
        with open(beside, "rb+") as handle:
            os.fsync(handle.fileno())
        write_private(key_path(path), f"{key.hex()}\n".encode())
        os.replace(beside, path)
        sync_folder(path.parent)
    except OSError as problem:
        key_path(path).unlink(missing_ok=True)
        raise DeliveryError(f"cannot be written: {problem.strerror}.", str(path), "Name another file.") from problem
    finally:
        beside.unlink(missing_ok=True)


def _fill(path: Path, source: Connection) -> None:
    engine = sqlite_engine(path)
    with engine.begin() as target:
        metadata.create_all(target)
        for table in (about, mails, events, unaddressed):
            records = [dict(one) for one in source.execute(select(table)).mappings()]
            if records:
                target.execute(insert(table), records)
    engine.dispose()
