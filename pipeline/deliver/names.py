"""Names of published files: they mean the same on every system and lead nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,149}", re.ASCII)
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.ASCII | re.IGNORECASE)
_OTHER = re.compile(r"[^A-Za-z0-9]+", re.ASCII)
_LONGEST = 80


def is_plain(name: str) -> bool:
    """A file's name, or the names of a folder and a file in it with `/` between."""
    parts = name.split("/")
    return len(parts) <= 2 and all(
        _PLAIN.fullmatch(part) and not _DEVICE.fullmatch(part) and not part.endswith(".") for part in parts
    )


def plain(name: str, taken: Container[str]) -> str:
    """The nearest plain name to a user's file name, numbered where it, in lower case, is taken.

    `Größe (2).XLSX` becomes `Grosse-2.xlsx`.
    """
    stem, _, ending = name.rpartition(".")
    letters = unicodedata.normalize("NFKD", stem.replace("ß", "ss"))
    base = _OTHER.sub("-", "".join(one for one in letters if not unicodedata.combining(one)))
    base = base[:_LONGEST].strip("-") or "register"
    if _DEVICE.fullmatch(base):
        base = f"register-{base}"
    ending = _OTHER.sub("", ending).lower()
    number, free = 1, f"{base}.{ending}"
    while free.casefold() in taken:
        number += 1
        free = f"{base}-{number}.{ending}"
    return free
