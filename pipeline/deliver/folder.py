"""Replaces a published folder as a whole: written beside, swapped in by renaming, finished later if interrupted.

Its files lie in it or in one of its own subfolders, such as `registers/budget.xlsx`; names have `/` on every system.

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
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.deliver.names import is_plain
from pipeline.deliver.originals import Original, copy
from pipeline.errors import DeliveryError
from pipeline.spool import Spooled

MANIFEST = "run.json"
_LEFT_BEHIND = re.compile(r"\.(?P<target>\d{4}-\d{2})\.(?P<state>new|old|record)", re.ASCII)


def stage(target: Path, contents: Mapping[str, bytes | Spooled | Original]) -> Path:
    """Write the files to a folder beside `target`, in order and down to the disk; leave nothing if that fails.

    Raises DeliveryError for an original that is no longer the file that was read.
    """
    new = _beside(target, "new")
    try:
        new.mkdir()
        for name, content in contents.items():
            (new / name).parent.mkdir(exist_ok=True)
            with open(new / name, "xb") as handle:
                if isinstance(content, Original):
                    copy(content, handle)
                else:
                    for piece in (content,) if isinstance(content, bytes) else content.pieces():
                        handle.write(piece)
                handle.flush()
                os.fsync(handle.fileno())
        for folder in sorted({(new / name).parent for name in contents} - {new}):
            sync_folder(folder)
        sync_folder(new)
    except BaseException:
        _remove(new)
        raise
    return new


def amend(target: Path, content: bytes) -> None:
    """Replace the manifest of a published folder, so that a reader sees the old one or the new one."""
    beside = _beside(target, "record")
    with open(beside, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(beside, target / MANIFEST)
    sync_folder(target)


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
        sync_folder(target.parent)
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
        if match["state"] != "old" or left.is_symlink():
            _remove(left)
        elif target.exists():
            _retire(left, target)
        else:
            os.replace(left, target)


def _retire(old: Path, target: Path) -> None:
    """Move people's files from the old folder to the new one, then remove the old one.

    The manifest goes last: as long as it stands, a later run can still tell whose the other files are.
    """
    recorded = _recorded(old)
    own = own_files(old)
    ours = {old / name.split("/")[0] for name in recorded if "/" in name}
    folders = sorted(folder for folder in ours if folder.is_dir() and not folder.is_symlink())
    for entry in sorted(old.iterdir()):
        if entry not in own and entry not in folders and entry.name != MANIFEST:
            os.replace(entry, free_name(target / entry.name))
    for folder in folders:
        _keep_others(folder, own, target / folder.name)
    for path in own:
        path.unlink()
    for folder in folders:
        folder.rmdir()
    (old / MANIFEST).unlink(missing_ok=True)
    sync_folder(target)
    old.rmdir()


def _keep_others(folder: Path, own: list[Path], target: Path) -> None:
    """Move people's files from one of our subfolders to its successor, made where there is none."""
    others = [entry for entry in sorted(folder.iterdir()) if entry not in own]
    if not others:
        return
    if target.is_symlink() or not target.is_dir():
        target = free_name(target)
        target.mkdir()
    for entry in others:
        os.replace(entry, free_name(target / entry.name))
    sync_folder(target)


def is_recorded(folder: Path) -> bool:
    """Whether a folder has the record of a run that published it."""
    return bool(_recorded(folder))


def own_files(folder: Path) -> list[Path]:
    """The files of a published folder that still are as its run left them."""
    return [folder / name for name, digest in _recorded(folder).items() if _is_intact(folder, name, digest)]


def _recorded(folder: Path) -> dict[str, str]:
    """The files that a published folder's own manifest lists, each with its hash; none where it has no such manifest.

    Raises OSError where the disk fails: what is ours must not be taken for people's.
    """
    try:
        outputs = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
        recorded = {str(one["name"]): str(one["sha256"]) for one in outputs}
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError, KeyError, TypeError):
        return {}
    return {name: digest for name, digest in recorded.items() if is_plain(name)}


def _is_intact(folder: Path, name: str, sha256: str) -> bool:
    """Still as its run left it."""
    path = folder / name
    if not path.is_file() or path.is_symlink() or path.parent.is_symlink():
        return False
    return digest(path) == sha256


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def free_name(path: Path) -> Path:
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


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last a power cut; Windows keeps them by itself and cannot open a folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
