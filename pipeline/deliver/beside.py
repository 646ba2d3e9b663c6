"""Writes files into a folder that is no published period: each whole, and none over what people edited."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from pipeline.deliver.folder import digest, free_name, sync_folder
from pipeline.deliver.names import is_plain
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
        for name, content in files.items():
            written[name] = _put(folder / name, content, written.get(name, ""))
        _put(folder / _WRITTEN, json.dumps(written, indent=1, sort_keys=True).encode(), "")
        sync_folder(folder)
    except OSError as problem:
        raise DeliveryError(
            f"cannot be written to ({(problem.strerror or str(problem)).lower()}).",
            str(folder),
            "Choose another folder with --marked, or do without by --no-marked.",
        ) from problem
    return tuple(folder / name for name in files)


def _put(path: Path, content: bytes, left: str) -> str:
    """Write the file and return its hash; one that is not as it was `left` makes room first."""
    if path.name != _WRITTEN and os.path.lexists(path) and (path.is_symlink() or digest(path) != left):
        os.replace(path, free_name(path))
    beside = path.with_name(f".{path.name}.new")
    with open(beside, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(beside, path)
    return digest(path)


def _written(folder: Path) -> dict[str, str]:
    try:
        written = json.loads((folder / _WRITTEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return written if isinstance(written, dict) else {}
