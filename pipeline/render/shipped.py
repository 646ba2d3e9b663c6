"""Where the shipped templates are."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def shipped() -> Path:
    """The folder of the shipped templates: in the installed package, else in the checkout."""
    package = Path(str(files("pipeline")))
    packed = package / "_templates"
    return packed if packed.is_dir() else package.parent / "templates"
