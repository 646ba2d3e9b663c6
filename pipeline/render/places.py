"""The named places of a sentence, `{count} of {total}`: which there are, and filling them with values and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import Formatter

from pipeline.errors import TemplateError


def places(text: str) -> frozenset[str]:
    """The named places of a sentence: `{count} of {n}` -> count, n. Raises ValueError where braces do not pair."""
    return frozenset(_names(text))


def reaching(text: str) -> str:
    """A place that would look behind its value, `{one.more}` or `{one[0]}`; "" where none does."""
    return next((name for name in sorted(places(text)) if "." in name or "[" in name), "")


def filled(text: str, values: Mapping[str, object]) -> str:
    """The sentence with its places filled. Raises TemplateError for a place that would look behind its value.

    A template chooses the sentence: `{f.__globals__}` would print what no report is given.
    """
    behind = _reaching(text)
    if behind:
        what = f"'{{{behind}}}' looks behind a value, which a sentence must not."
        raise TemplateError(what, hint="Give the value a name of its own: {name}.")
    return text.format(**values)


@lru_cache(maxsize=4096)
def _reaching(text: str) -> str:
    """As `reaching`: the sentences of a report are filled again and again."""
    return reaching(text)


def _names(text: str) -> Iterator[str]:
    """The places, and those in their formats: `{hours:{width}}`."""
    for _, name, form, _ in Formatter().parse(text):
        if name is not None:
            yield name
            yield from _names(form or "")
