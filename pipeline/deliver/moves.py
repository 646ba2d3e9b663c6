"""Moves one file of a user out of the input folder, so that a kill at any moment leaves it whole in one place.

On one disk a move gives the file a second name, then takes the first away; where the file system knows no second
names, it is one renaming. Across disks the copy is on the disk, checked, before the file is unlinked. A run killed
between the two leaves both, and the next one finds the other and unlinks the file. Nothing is ever written over,
whoever put it there: another file of the same name gets a number, the same bytes are kept once.
"""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.deliver.folder import digest, sync_folder

UNFINISHED = ".moving-"
"""What names of half-made copies begin with; the file each is made from is still where it was."""
_CHUNK = 1 << 20
_LONGEST_NAME = 230
"""Bytes of a name that leave room for a number or `.why.txt` on every file system."""
_READ = os.O_RDONLY
for _flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"):
    _READ |= getattr(os, _flag, 0)
_TRIES = 100
"""Names that other programs may take, one after another, while a file moves."""
_CHANGED = "It was changed after it was read, so it waits for the next run."


Stamp = tuple[int, ...]


class Waits(Exception):
    """The file is not moved, and `str()` says why."""


def stamp(path: Path) -> Stamp:
    """What tells that a file has not been touched since; () where there is none."""
    try:
        return _stamp(os.lstat(path))
    except OSError:
        return ()


def put_away(source: Path, known: str | Stamp, target: Path, base: Path, note: str = "") -> Path:
    """Move a file that still is the one that was read to `target`, below `base`, and return where it is now.

    `known` is its SHA-256, or its stamp where it was refused before it was read. `note` is written beside it first,
    as `<name>.why.txt`. Raises Waits for a file that is another now, OSError where the move cannot be done; either
    way the file is where it was.
    """
    seen, sha256 = _unchanged(source, known)
    _make_folders(target.parent, base)
    for _ in range(_TRIES):
        with suppress(FileExistsError):
            return _put(source, seen, sha256, target, note)
    raise FileExistsError(errno.EEXIST, "other programs keep taking its name")


def _put(source: Path, seen: os.stat_result, sha256: str, target: Path, note: str) -> Path:
    """Move the file to the first free name; raises FileExistsError where that was taken meanwhile."""
    place, there = _place(target, seen, sha256)
    made = _written_note(place, note) if note else None
    try:
        if there:
            sync_folder(place.parent)
            _unlink(source, seen)
        else:
            _move(source, seen, place, sha256)
    except BaseException:
        if made:
            _drop(made)
        raise
    return place


def find_again(target: Path, sha256: str) -> Path | None:
    """Where a file of these bytes lies that was put away as `target`, under that name or a numbered one."""
    for place in _numbered(target):
        if not os.path.lexists(place):
            return None
        if place.is_file() and not place.is_symlink() and digest(place) == sha256:
            return place
    return None


def _unchanged(source: Path, known: str | Stamp) -> tuple[os.stat_result, str]:
    """What tells the file from any other, and its SHA-256; raises Waits where it is not the one that was read."""
    try:
        handle = os.open(source, _READ)
    except FileNotFoundError as problem:
        raise Waits("It is no longer where it was read.") from problem
    except OSError as problem:
        if problem.errno in (errno.ELOOP, errno.EMLINK):
            raise Waits("It is a link; only files themselves are moved.") from problem
        raise
    with open(handle, "rb") as file:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode) or not seen.st_size:
            raise Waits("It is empty or no regular file; it may still be arriving.")
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if known not in (sha256, _stamp(seen)):
        raise Waits(_CHANGED)
    return seen, sha256


def _stamp(seen: os.stat_result) -> Stamp:
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def _is_same(one: os.stat_result, other: os.stat_result) -> bool:
    return os.path.samestat(one, other) and (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _make_folders(folder: Path, base: Path) -> None:
    base.mkdir(parents=True, exist_ok=True)
    at = base
    for part in folder.relative_to(base).parts:
        at = at / part
        if at.is_symlink():
            raise OSError(errno.ELOOP, f"the folder {at.name} is a link")
        at.mkdir(exist_ok=True)


def _numbered(path: Path, longest: int = _LONGEST_NAME) -> Iterator[Path]:
    """`register.xlsx`, `register-2.xlsx`, `register-3.xlsx` and so on."""
    stem = path.stem
    while len(os.fsencode(stem + path.suffix)) > longest:
        stem = stem[:-1]
    later = (path.with_name(f"{stem}-{number}{path.suffix}") for number in itertools.count(2))
    return itertools.chain([path.with_name(stem + path.suffix)], later)


def _place(target: Path, seen: os.stat_result, sha256: str) -> tuple[Path, bool]:
    """The first name that is free, or that a file of the same bytes has; and whether it has."""
    for place in _numbered(target):
        try:
            found = os.lstat(place)
        except FileNotFoundError:
            return place, False
        if os.path.samestat(found, seen):
            if seen.st_nlink < 2:
                raise Waits("Its folder is the archive itself, seen from elsewhere.")
            return place, True  # a move that was killed halfway, or somebody's second name of the file
        if stat.S_ISREG(found.st_mode) and found.st_size == seen.st_size and digest(place) == sha256:
            return place, True
    raise AssertionError("numbers do not end")


def _move(source: Path, seen: os.stat_result, place: Path, sha256: str) -> None:
    if _has_second_name(source, place):
        _leave_first_name(source, seen, place)
    else:
        try:
            os.rename(source, place)
        except OSError as problem:
            if problem.errno != errno.EXDEV:
                raise
            _copy(source, place, sha256)
            _unlink(source, seen)
            return
        if not _is_same(os.lstat(place), seen):
            os.rename(place, next(one for one in _numbered(source) if not os.path.lexists(one)))
            raise Waits(_CHANGED)
    # A renaming that a power cut undoes leaves the file where it was, so a failing sync loses nothing.
    with suppress(OSError):
        sync_folder(place.parent)
        sync_folder(source.parent)


def _has_second_name(source: Path, place: Path) -> bool:
    """Give the file a second name; False where the file system knows none, or it is another disk.

    Unlike renaming, this never replaces a file: raises FileExistsError where somebody has put one there since.
    """
    try:
        os.link(source, place)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def _leave_first_name(source: Path, seen: os.stat_result, place: Path) -> None:
    """Take the first name away; where the file was saved meanwhile, the second one instead, unless it is the last."""
    try:
        if not _is_same(os.lstat(place), seen):
            raise Waits(_CHANGED)
        _unlink(source, seen)
    except BaseException:
        with suppress(OSError):
            if os.lstat(place).st_nlink > 1:
                os.unlink(place)
        raise


def _rename(unfinished: Path, place: Path) -> None:
    """Give a finished copy its name; raises FileExistsError where somebody has taken it since."""
    if _has_second_name(unfinished, place):
        os.unlink(unfinished)
    else:
        os.rename(unfinished, place)


def _copy(source: Path, place: Path, sha256: str) -> None:
    """Copy to another disk under an unfinished name first, checked and synced; raises Waits for other bytes."""
    unfinished = place.with_name(UNFINISHED + sha256[:12])
    unfinished.unlink(missing_ok=True)
    hashed = hashlib.sha256()
    try:
        with open(source, "rb") as file, open(unfinished, "xb") as copied:
            while chunk := file.read(_CHUNK):
                hashed.update(chunk)
                copied.write(chunk)
            copied.flush()
            os.fsync(copied.fileno())
        if hashed.hexdigest() != sha256:
            raise Waits(_CHANGED)
        with suppress(OSError):
            shutil.copystat(source, unfinished)
        _rename(unfinished, place)
    except BaseException:
        _drop(unfinished)
        raise
    sync_folder(place.parent)


def _unlink(source: Path, seen: os.stat_result) -> None:
    if not _is_same(os.lstat(source), seen):
        raise Waits(_CHANGED)
    os.unlink(source)


def _written_note(place: Path, text: str) -> Path | None:
    """Write the note beside the place; None where it stands there already, from a run that was killed."""
    content = text.encode()
    for note in _numbered(place.with_name(f"{place.name}.why.txt"), _LONGEST_NAME + 15):
        if not os.path.lexists(note):
            break
        if note.is_file() and not note.is_symlink() and note.read_bytes() == content:
            return None
    unfinished = place.with_name(f"{UNFINISHED}note")
    unfinished.unlink(missing_ok=True)
    try:
        with open(unfinished, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _rename(unfinished, note)
    except BaseException:
        _drop(unfinished)
        raise
    sync_folder(note.parent)
    return note


def _drop(made: Path) -> None:
    """Remove what was made for a move that failed, best effort: a next run clears it away."""
    with suppress(OSError):
        made.unlink(missing_ok=True)
