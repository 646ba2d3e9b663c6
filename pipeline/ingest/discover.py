"""Files, folders and globs -> the registers among them, in a stable order."""

from __future__ import annotations

import fnmatch
import glob
import json
from pathlib import Path

from pipeline.errors import RegisterError

FORMATS: tuple[str, ...] = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "parquet")
"""File endings that are read."""

_PASSED_OVER = ("~$*", ".*", "*.tmp.*", "*.partial", "*.crdownload", "*.part")
"""Lock files of office programs, hidden files and half-made copies."""
_NOTE = "readme.md"
"""What a folder says of itself, as the input folder does: nobody takes it for a register."""


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


def unread(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files in the folders among the paths that are of no kind that is read, sorted; without hidden ones and notes
    called README.md.
    """
    files = {file for path in paths if path.is_dir() for file in _in_folder(path)}
    return tuple(sorted(file for file in files if not _is_read(file) and file.name.lower() != _NOTE))


def _behind(path: Path) -> list[Path]:
    if path.is_dir():
        return [file for file in _in_folder(path) if _is_read(file)]
    if path.exists() or path.is_symlink():
        return [path]
    matches = [Path(match) for match in glob.glob(str(path), recursive=True)]
    if not matches:
        raise RegisterError(
            "there is no such file or folder.", str(path), "Check the path, or drop a register into the input folder."
        )
    return [file for file in matches if _is_shown(file) and _is_read(file) and file.is_file()]


def _in_folder(folder: Path) -> list[Path]:
    """The files in a folder and those below it that neither are hidden nor were published there."""
    published = {record.parent for record in folder.rglob("run.json") if _is_record(record)} - {folder}
    found = [file for file in folder.rglob("*") if _is_shown(file.relative_to(folder)) and file.is_file()]
    return [file for file in found if not published.intersection(file.parents)] if published else found


def _is_record(path: Path) -> bool:
    """Whether a file is the record of a run: others may be called run.json, too, and hide no register."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return isinstance(record["outputs"], list) and "workregister" in record["versions"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _is_shown(file: Path) -> bool:
    if any(part.startswith(".") for part in file.parts if part not in ("..", ".")):
        return False
    name = file.name.lower()
    return not any(fnmatch.fnmatch(name, pattern) for pattern in _PASSED_OVER)


def _is_read(file: Path) -> bool:
    return file.suffix.lower().lstrip(".") in FORMATS
