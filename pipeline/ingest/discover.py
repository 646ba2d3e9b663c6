"""Files, folders and globs -> the registers among them, in a stable order."""

from __future__ import annotations

import fnmatch
import glob
from pathlib import Path

from pipeline.errors import RegisterError

FORMATS: tuple[str, ...] = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv")
"""File endings that are read."""

_PASSED_OVER = ("~$*", ".*", "*.tmp.*", "*.partial", "*.crdownload", "*.part")
"""Lock files of office programs, hidden files and half-made copies."""


def discover(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Every register that the paths name, once, sorted by name.

    A file named outright is returned whatever it is (it will be read or refused with a reason); in folders and
    globs, files of other kinds, hidden and temporary ones are skipped, and in folders what a run published there:
    copies of registers would count twice. Raises RegisterError for a path that leads nowhere.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _behind(path):
            found.setdefault(file)
    return tuple(sorted(found, key=lambda file: (file.name.casefold(), str(file))))


def _behind(path: Path) -> list[Path]:
    if path.is_dir():
        published = {record.parent for record in path.rglob("run.json")} - {path}
        found = [file for file in path.rglob("*") if _is_register(file.relative_to(path)) and file.is_file()]
        return [file for file in found if not published.intersection(file.parents)] if published else found
    if path.exists() or path.is_symlink():
        return [path]
    matches = [Path(match) for match in glob.glob(str(path), recursive=True)]
    if not matches:
        raise RegisterError(
            "there is no such file or folder.", str(path), "Check the path, or drop a register into the input folder."
        )
    return [file for file in matches if _is_register(file) and file.is_file()]


def _is_register(file: Path) -> bool:
    if any(part.startswith(".") for part in file.parts if part not in ("..", ".")):
        return False
    name = file.name.lower()
    if any(fnmatch.fnmatch(name, pattern) for pattern in _PASSED_OVER):
        return False
    return file.suffix.lower().lstrip(".") in FORMATS
