"""Files of a register in parts, in folders or wherever fsspec reaches, and what is kept there until a run has ended."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RegisterError

ENDINGS = (".parquet", ".csv")


@dataclass(frozen=True)
class Kept:
    """A value that was kept: its address, and the SHA-256 of its bytes."""

    address: str
    sha256: str


def listed(folder: str) -> list[str]:
    """The addresses of the parts in a folder, in the order of their names."""
    if "://" not in folder:
        return sorted(str(path) for path in Path(folder).iterdir() if path.suffix in ENDINGS)
    import fsspec

    system, path = fsspec.core.url_to_fs(folder)
    return sorted(system.unstrip_protocol(one) for one in system.ls(path, detail=False) if one.endswith(ENDINGS))


def fetched(address: str) -> bytes:
    """The bytes at an address."""
    if "://" not in address:
        return Path(address).read_bytes()
    import fsspec

    system, path = fsspec.core.url_to_fs(address)
    return bytes(system.cat_file(path))


def put(folder: str, name: str, content: bytes) -> None:
    """A file as a whole; one that is put again, because a worker was lost, takes the place of its like."""
    if "://" not in folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as beside:
            beside.write(content)
        os.replace(beside.name, Path(folder, name))
        return
    import fsspec

    system, path = fsspec.core.url_to_fs(folder)
    system.makedirs(path, exist_ok=True)
    system.pipe_file(f"{path}/{name}", content)


def keep(folder: str, value: object) -> Kept:
    """Keep a value for other processes, under a name that is its content's: who keeps it again does no harm."""
    content = pickle.dumps(value, protocol=5)
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{sha256[:32]}.pickle"
    put(folder, name, content)
    return Kept(f"{folder}/{name}", sha256)


def recalled(kept: Kept) -> Any:
    """The value that was kept. Raises RegisterError where the file is gone or holds anything else.

    Unpickling can run any program, so nothing is unpickled that whoever may write to the storage has put there.
    """
    try:
        content = fetched(kept.address)
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        hint = "Give each command an output folder of its own, and run again."
        raise RegisterError("was changed or removed by another command while the command ran.", kept.address, hint)
    return pickle.loads(content)


def dropped(folder: str) -> None:
    """Remove a folder and all that was kept in it, where there is one."""
    if "://" not in folder:
        shutil.rmtree(folder, ignore_errors=True)
        return
    import fsspec

    system, path = fsspec.core.url_to_fs(folder)
    if system.exists(path):
        system.rm(path, recursive=True)
