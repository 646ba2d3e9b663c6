"""The bytes of a drawn report and what its reader finds in them: both are made where it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.render.read_back import Read, read

if TYPE_CHECKING:
    from pipeline.model import Report


@dataclass(frozen=True)
class Finished:
    """The bytes of one report; `says`: what was read back of them, None of one that nobody looks through.

    `beside`: the files that come with it.
    """

    content: bytes
    says: Read | None = None
    beside: tuple[Report, ...] = ()


def finished(finish: Callable[[Any], bytes], drawn: Any, form: str, looked_through: bool) -> Finished:
    """The report made of what was drawn, in the format `form`, and read back where it is to be looked through.

    Raises what `finish` raises.
    """
    content = finish(drawn)
    return Finished(content, read(content, form) if looked_through else None, getattr(drawn, "beside", ()))
