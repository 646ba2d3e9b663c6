"""Files of a register in parts, in folders or wherever fsspec reaches, and what is kept there until a run has ended."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipeline.errors import DeliveryError, PipelineError, RegisterError

ENDINGS = (".parquet", ".csv")
_PASSED_OVER = re.compile(r"\..*|_SUCCESS")
"""Hidden files, and the empty one by which Spark says that all parts are there."""
_NAMED = 5
"""Entries of a folder that a message names."""


@dataclass(frozen=True)
class Kept:
    """A value that was kept: its address, and the SHA-256 of its bytes."""

    address: str
    sha256: str


def listed(folder: str) -> list[str]:
    """The addresses of the parts in a folder, in the order of their names; hidden files are passed over.

    Raises RegisterError where the folder cannot be read, or holds what would be left out.
    """
    with _reaching(folder, "read", RegisterError):
        found = [one for one in _entries(folder) if not _PASSED_OVER.fullmatch(one[0].rpartition("/")[2])]
    parts = sorted(address for address, is_file in found if is_file and address.lower().endswith(ENDINGS))
    others = sorted({address.rpartition("/")[2] for address, _ in found if address not in parts})
    if others:
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        hint = f"Write what belongs to the register into files that end in {' or '.join(ENDINGS)}; move the rest away."
        raise RegisterError(f"holds what is no part: {', '.join(others[:_NAMED])}{more}.", folder, hint)
    return parts


def _entries(folder: str) -> list[tuple[str, bool]]:
    """The address of each entry of a folder, and whether it is a file."""
    if "://" not in folder:
        return [(path.as_posix(), path.is_file()) for path in Path(folder).iterdir()]
    system, path = _system(folder)
    entries = (one for one in system.ls(path, detail=True) if one["name"].rstrip("/") != path.rstrip("/"))
    return [(system.unstrip_protocol(one["name"].rstrip("/")), one["type"] == "file") for one in entries]


def within(address: str, folder: str) -> bool:
    """Whether an address is a folder's own, or of anything in it."""
    inner, outer = (_plain(one) for one in (address, folder))
    return inner == outer or inner.startswith(f"{outer}/")


def _plain(address: str) -> str:
    path = address.removeprefix("file://")
    return (address if "://" in path else Path(path).resolve().as_posix()).rstrip("/")


def fetched(address: str) -> bytes:
    """The bytes at an address. Raises RegisterError where they cannot be read."""
    with _reaching(address, "read", RegisterError):
        return _bytes(address)


def _bytes(address: str) -> bytes:
    if "://" not in address:
        return Path(address).read_bytes()
    system, path = _system(address)
    return bytes(system.cat_file(path))


def put(folder: str, name: str, content: bytes) -> None:
    """A file as a whole; one that is put again, because a worker was lost, takes the place of its like.

    Raises DeliveryError where it cannot be written.
    """
    with _reaching(folder, "written to", DeliveryError):
        if "://" in folder:
            system, path = _system(folder)
            system.makedirs(path, exist_ok=True)
            system.pipe_file(f"{path}/{name}", content)
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        beside = Path(folder, f".{name}.{uuid4().hex}.new")
        try:
            beside.write_bytes(content)
            os.replace(beside, Path(folder, name))
        finally:
            beside.unlink(missing_ok=True)


def there(folder: str, name: str) -> bool:
    """Whether a folder has a file of this name."""
    with _reaching(folder, "read", RegisterError):
        if "://" not in folder:
            return Path(folder, name).is_file()
        system, path = _system(folder)
        return bool(system.isfile(f"{path}/{name}"))


def removed(folder: str, names: Iterable[str]) -> None:
    """Remove the files of these names from a folder, as far as they are there."""
    with _reaching(folder, "written to", DeliveryError):
        for name in names:
            if "://" not in folder:
                Path(folder, name).unlink(missing_ok=True)
                continue
            system, path = _system(folder)
            if system.exists(f"{path}/{name}"):
                system.rm_file(f"{path}/{name}")


def _system(address: str) -> tuple[Any, str]:
    """What fsspec reaches an address by, and the path there."""
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(address)
    except ImportError as problem:
        hint = "Install fsspec, and for S3 s3fs, where the command and its workers run; or give a folder."
        raise RegisterError(f"a library for such addresses is missing ({problem}).", address, hint) from problem
    return system, path


@contextmanager
def _reaching(address: str, doing: str, error: type[PipelineError]) -> Iterator[None]:
    """Raise what goes wrong meanwhile as an error that says where: each kind of storage has exceptions of its own."""
    try:
        yield
    except (PipelineError, MemoryError):
        raise
    except Exception as problem:
        said = (getattr(problem, "strerror", None) or str(problem) or type(problem).__name__).rstrip(".")
        hint = "Look at the address, and at what this user may do there."
        raise error(f"cannot be {doing} ({said[:1].lower()}{said[1:]}).", address, hint) from problem


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
        content = _bytes(kept.address)
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
    system, path = _system(folder)
    if system.exists(path):
        system.rm(path, recursive=True)
