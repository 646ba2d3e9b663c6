"""Which versions made a report: of the program, of Python, and of the libraries that shape it."""

from __future__ import annotations

import platform
from importlib import metadata

_LIBRARIES = ("pandas", "pyarrow", "python-calamine", "rapidfuzz", "xlsxwriter", "weasyprint", "jinja2", "holidays")


def versions() -> dict[str, str]:
    """The versions of the program, of Python, and of the libraries that shape a report."""
    found = {"workregister": _version("workregister"), "python": platform.python_version()}
    return found | {name: _version(name) for name in _LIBRARIES}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
