"""A finished report read back as its reader finds it, and what was not read of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.render.read_page import read_page
from pipeline.render.read_paper import read_paper
from pipeline.render.read_parts import Line, Read
from pipeline.render.read_workbook import read_workbook

__all__ = ["Line", "Read", "read"]


def read(content: bytes, form: str) -> Read:
    """Every text of a finished report, its properties, links and alternative texts among them.

    `form` is the id of its format; a file that is none of it is told as unread, whatever its reader stumbles over.
    Raises KeyError for a format that cannot be read back, MemoryError where that takes more than there is.
    """
    reader = _READERS[form]
    try:
        return reader(content)
    except MemoryError:
        raise
    except Exception:
        return Read(unread=["the file, which cannot be read back"])


def _paper(content: bytes) -> Read:
    return read_paper(content, {"html": read_page, "xlsx": read_workbook})


_READERS: Mapping[str, Callable[[bytes], Read]] = {"pdf": _paper, "html": read_page, "xlsx": read_workbook}
