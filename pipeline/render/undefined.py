"""What a template gets for a name that does not exist: an error that names the nearest one that does."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined
from jinja2.utils import missing


class Unsaid(Exception):
    """A sentence that there is cannot be worded: no fault of the template that asks for it."""


class Named(StrictUndefined):
    """Undefined is never blank: printing, testing or calling it says which name is missing, and what is near it."""

    @property
    def _undefined_message(self) -> str:
        name, owner = str(self._undefined_name), self._undefined_obj
        if self._undefined_hint:
            return str(self._undefined_hint)
        where = "" if owner is missing else f" in {_called(owner)}"
        return f"there is no '{name}'{where}{nearest(name, _names(owner))}"


def nearest(name: str, known: Iterable[str]) -> str:
    """`: did you mean 'headline'?` for the known name that is nearest, else the empty text."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f": did you mean '{found[0]}'?" if found else ""


def _called(owner: Any) -> str:
    """What a person would call it: rows and sentences are mappings, the report is a View."""
    if isinstance(owner, Mapping):
        return f"the names {', '.join(map(str, list(owner)[:12]))}" if len(owner) <= 12 else "these names"
    return {"View": "report"}.get(type(owner).__name__, type(owner).__name__)


def _names(owner: Any) -> list[str]:
    if isinstance(owner, Mapping):
        return [str(name) for name in owner]
    return [] if owner is missing else [name for name in dir(owner) if not name.startswith("_")]
