"""Tell a row of headings that says a table's own in another way, so that other columns follow below it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.header import repeats
from pipeline.ingest.headings import Headings

_CERTAIN = 0.9
_LEAST, _SHARED = 3, 0.6
"""Headings of a row that is taken for one, and the share of them that say what the table says of its items."""


def says_otherwise(row: Sequence[str], headings: Sequence[str], known: Headings) -> bool:
    """The row heads a table of the same sort with other columns, or the same ones elsewhere or in other words.

    Either it repeats the headings but for some that mean something else, or all it says are headings, each once, most
    of which mean what the table's mean.
    """
    said = {at: text.strip() for at, text in enumerate(row) if text.strip()}
    meant = {at: _fields(text, known) for at, text in said.items()}
    own = [_fields(heading, known) for heading in headings]
    if repeats(list(row), list(headings)):
        changed = [at for at, text in said.items() if text.casefold() != headings[at].strip().casefold()]
        return any((meant[at] or own[at]) and not meant[at] & own[at] for at in changed)
    if len(said) < _LEAST or not all(meant.values()) or len(set(meant.values())) < len(meant):
        return False
    table = frozenset[str]().union(*own)
    return sum(bool(fields & table) for fields in meant.values()) >= _SHARED * len(said)


def _fields(heading: str, known: Headings) -> frozenset[str]:
    """The fields that a heading may mean for certain."""
    return frozenset(match.field for match in known.matches(heading) if match.certainty > _CERTAIN)
