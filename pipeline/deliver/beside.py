"""Writes files into a folder that is no published period: each whole, and none over what people edited."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from pipeline.deliver.folder import digest, free_name
from pipeline.deliver.names import is_plain
from pipeline.deliver.whole import write_whole
from pipeline.errors import DeliveryError

_WRITTEN = ".written.json"
"""The hashes of what was written here, by which a file that people edited since is known."""


def lay_out(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Put the files into the folder and return their paths.

    A file of the same name that is not as it was left here is kept, as `register-marked.kept-1.xlsx`. Raises
    DeliveryError where a name is not plain or the folder cannot be written.
    """
    odd = next((name for name in files if not is_plain(name) or "/" in name), None)
    if odd is not None:
        raise DeliveryError(f"{odd!r} cannot be the name of a file.", hint="Use letters, digits, '-', '_' and '.'.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = _written(folder)
        new = {name: [hashlib.sha256(content).hexdigest()] for name, content in files.items()}
        _note(folder, {name: [*written.get(name, ()), *new.get(name, ())] for name in written | new})
        for name, content in files.items():
            _put(folder / name, content, written.get(name, []) + new[name])
        _note(folder, written | new)
    except OSError as problem:
        raise DeliveryError(
            f"cannot be written to ({(problem.strerror or str(problem)).lower()}).",
            str(folder),
            "Choose another folder with --marked, or do without by --no-marked.",
        ) from problem
    return tuple(folder / name for name in files)


def _put(path: Path, content: bytes, ours: list[str]) -> None:
    """Write the file; one that is not as we left it, or as we would leave it, makes room first."""
    if os.path.lexists(path) and (path.is_symlink() or digest(path) not in ours):
        os.replace(path, free_name(path))
    write_whole(path, content)


def _note(folder: Path, written: Mapping[str, list[str]]) -> None:
    """Write down what is ours, before the files for one that is broken off, and after them."""
    write_whole(folder / _WRITTEN, json.dumps(written, indent=1, sort_keys=True).encode())


def _written(folder: Path) -> dict[str, list[str]]:
    """The hashes of each file as it was left; earlier versions wrote one, as a text. Raises OSError of the disk."""
    try:
        written = json.loads((folder / _WRITTEN).read_text(encoding="utf-8"))
        return {
            str(name): [one] if isinstance(one, str) else [str(each) for each in one] for name, one in written.items()
        }
    except (FileNotFoundError, IsADirectoryError, ValueError, AttributeError, TypeError):
        return {}
