"""Replaces a published folder as a whole: written beside, swapped in by renaming, finished later if interrupted.

For a period `2026-10` the folder `.2026-10.new` is being written and `.2026-10.old` is on its way out. Between
the two renames of a swap, for an instant, no folder has the period's name: no system offers a portable exchange
of two folders. A run killed there is put right by `recover` when the next one starts.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import DeliveryError

MANIFEST = "run.json"
_LOCK = ".publishing.lock"
_LEFT_BEHIND = re.compile(r"\.(?P<target>\d{4}-\d{2})\.(?P<state>new|old)", re.ASCII)


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold the output folder for one run; the system lets go of it even when the run is killed.

    Raises DeliveryError where another run holds it: its half-written folder must not be taken for a leftover.
    """
    with open(output / _LOCK, "ab") as handle:
        try:
            _lock(handle.fileno())
        except (BlockingIOError, PermissionError) as problem:
            raise DeliveryError("another run is publishing here.", str(output), "Wait until it is done.") from problem
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def stage(target: Path, contents: Mapping[str, bytes]) -> Path:
    """Write the files to a folder beside `target`, in order and down to the disk; leave nothing if that fails."""
    new = _beside(target, "new")
    try:
        new.mkdir()
        for name, content in contents.items():
            with open(new / name, "xb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
        _sync_folder(new)
    except BaseException:
        _remove(new)
        raise
    return new


def swap_in(new: Path, target: Path) -> None:
    """Let `new` take the place of `target`, keeping what people put there. Puts the old one back on failure."""
    old = _beside(target, "old")
    try:
        if target.exists():
            os.replace(target, old)
        os.replace(new, target)
    except BaseException:
        if old.exists() and not target.exists():
            os.replace(old, target)
        _remove(new)
        raise
    try:
        _sync_folder(target.parent)
        if old.exists():
            _retire(old, target)
    except OSError as problem:
        raise DeliveryError(
            f"the new reports are in place, but the old folder could not be cleared away: {problem.strerror}.",
            str(old),
            "Your own files from it are still there; the next run moves them back.",
        ) from problem


def recover(output: Path) -> None:
    """Finish what a killed run left in the output folder, whatever period it was for."""
    for left in sorted(output.iterdir()):
        match = _LEFT_BEHIND.fullmatch(left.name)
        if not match:
            continue
        target = output / match["target"]
        if match["state"] == "new" or left.is_symlink():
            _remove(left)
        elif target.exists():
            _retire(left, target)
        else:
            os.replace(left, target)


def _retire(old: Path, target: Path) -> None:
    """Move people's files from the old folder to the new one, then remove the old one.

    The manifest goes last: as long as it stands, a later run can still tell whose the other files are.
    """
    own = _own_files(old)
    for entry in sorted(old.iterdir()):
        if entry.name not in own and entry.name != MANIFEST:
            os.replace(entry, _free_name(target / entry.name))
    for name in own:
        (old / name).unlink()
    (old / MANIFEST).unlink(missing_ok=True)
    _sync_folder(target)
    old.rmdir()


def _own_files(folder: Path) -> list[str]:
    """The files of a published folder that are still as its run left them, by its own manifest."""
    try:
        outputs = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
        recorded = {str(one["name"]): one["sha256"] for one in outputs}
    except (OSError, ValueError, KeyError, TypeError):
        return []
    present = {entry.name: entry for entry in folder.iterdir() if entry.is_file() and not entry.is_symlink()}
    return [name for name, digest in recorded.items() if name in present and _digest(present[name]) == digest]


def _digest(path: Path) -> str:
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _free_name(path: Path) -> Path:
    """`report.xlsx`, or `report.kept-1.xlsx` where a new report has taken the name of one that people edited."""
    number, free = 0, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.stem}.kept-{number}{path.suffix}")
    return free


def _beside(target: Path, state: str) -> Path:
    return target.with_name(f".{target.name}.{state}")


def _remove(path: Path) -> None:
    """Remove a folder of ours, best effort: what cannot go now goes when the next run starts."""
    if path.is_symlink() or path.is_file():
        path.unlink()
        return
    with suppress(FileNotFoundError):
        shutil.rmtree(path, ignore_errors=sys.exc_info()[0] is not None)


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder last a power cut; Windows keeps them by itself and cannot open a folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
