"""What `pipeline init` leaves: folders, commented settings and an example register to begin with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.settings import FILE_NAME

_PACKAGE = Path(__file__).parent
_EXAMPLE = "example-register.xlsx"


def begin(folder: Path) -> Iterator[str]:
    """Make what is missing in the folder, touch nothing that is there, and say in lines what was done.

    Raises DeliveryError where the folder cannot be written.
    """
    try:
        for name in ("input", "output"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        copies = [
            (_shipped(FILE_NAME), folder / FILE_NAME),
            (_shipped(f"input/{_EXAMPLE}"), folder / "input" / _EXAMPLE),
        ]
        for source, target in copies:
            if target.exists():
                yield f"kept   {target}"
            else:
                shutil.copyfile(source, target)
                yield f"made   {target}"
    except OSError as problem:
        raise DeliveryError(f"cannot be made ({problem.strerror}).", str(folder), "Choose another folder.") from problem
    there = "" if folder == Path() else f"cd {folder} && "
    yield f"Try:   {there}pipeline run --period 2026-10"
    yield "Then replace the example in input/ by your own register."


def _shipped(name: str) -> Path:
    """A file that comes with the program: inside the installed package, else in the checkout beside it."""
    inside = _PACKAGE / "_example" / Path(name).name
    return inside if inside.exists() else _PACKAGE.parent / name
