"""What is wrong in `pipeline.toml`, in words: which setting, on which line, what was read there, and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError

_HEADER = re.compile(r"\s*\[{1,2}(?P<name>[^\[\]]+)\]{1,2}\s*(#.*)?")
_ASSIGNED = re.compile(
    r"""\s*(?P<name>(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PYDANTIC = "Value error, "
_HINT = "Write another value there."
_LONGEST = 60
"""Letters of what was read that a message repeats."""

Place = tuple[str | int, ...]


class Fault(ValueError):
    """What a check of several settings raises where one of them, named from that section on, cannot be meant."""

    def __init__(self, setting: tuple[str, ...], read: object, what: str) -> None:
        super().__init__(what)
        self.setting, self.read = setting, read


def explained(first: Mapping[str, Any], text: str, path: Path) -> SettingsError:
    """The error of a setting whose value cannot be used: `text` is what the file at `path` holds.

    A message `what; what to do` becomes two sentences.
    """
    fault = (first.get("ctx") or {}).get("error")
    place: Place = (*first["loc"], *(fault.setting if isinstance(fault, Fault) else ()))
    read = fault.read if isinstance(fault, Fault) else first["input"]
    said = str(first["msg"])
    what, _, to_do = said.removeprefix(_PYDANTIC).partition("; ")
    ours = said.startswith(_PYDANTIC)
    line = line_of(text, place)
    where = f"{path}, line {line}" if line else str(path)
    return SettingsError(
        f"{'.'.join(map(str, place))}{_shown(read)}: {what}.", where, _sentence(to_do) if to_do or ours else _HINT
    )


def line_of(text: str, place: Place) -> int:
    """The number, from 1, of the line that sets what stands at a place, or that begins its section; 0 for none."""
    wanted = [str(part) for part in place]
    section: list[str] = []
    found, depth = 0, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            section = here = _parts(header["name"])
        elif assigned := _ASSIGNED.match(line):
            here = [*section, *_parts(assigned["name"])]
        else:
            continue
        if here == wanted[: len(here)] and len(here) > depth:
            found, depth = number, len(here)
    return found


def _parts(name: str) -> list[str]:
    """The parts of a key as TOML reads them; none where it is no key."""
    try:
        inner: Any = tomllib.loads(f"{name} = 0")
    except tomllib.TOMLDecodeError:
        return []
    parts = []
    while isinstance(inner, dict):
        (part, inner), *_ = inner.items()
        parts.append(part)
    return parts


def _shown(read: object) -> str:
    """What was read; nothing for a whole section."""
    if isinstance(read, dict | list):
        return ""
    shown = repr(read)
    return f" = {shown if len(shown) <= _LONGEST else shown[:_LONGEST] + '...'}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
