"""What a process runs: the versions that driver and workers must have alike, so that results are the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.versions import versions


@cache
def about() -> Mapping[str, str]:
    """Versions of the program, of Python and of the libraries that shape a report; a hash of the program's files."""
    return versions() | {"code": code(Path(__file__).parents[1])}


def code(package: Path) -> str:
    """A hash of a package's own files, however it was installed: one machine's may be altered under the same version.

    Folders that begin with `_` hold what is compiled, and the templates that an installed copy brings: pages are drawn
    before they are handed out.
    """
    digest = hashlib.sha256()
    files = {path.relative_to(package): path for path in package.rglob("*") if path.is_file()}
    for name in sorted(files, key=Path.as_posix):
        if not any(folder.startswith("_") for folder in name.parts[:-1]):
            digest.update(f"{name.as_posix()}\0".encode() + files[name].read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What is other there than here, as one line: `weasyprint 69.0 (here 70.0)`; "" where nothing is."""
    other = [(name, there.get(name, "not installed"), value) for name, value in here.items()]
    return ", ".join(f"{name} {theirs} (here {ours})" for name, theirs, ours in other if theirs != ours)
