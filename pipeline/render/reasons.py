"""Reasons of verdicts in a reader's language: the sentences they are made of are known, what they quote is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import pandas as pd

from pipeline.fields import FIELDS
from pipeline.render.language import Language
from pipeline.render.places import places
from pipeline.render.quoted import quoted
from pipeline.vocabulary import REVIEW_REASONS

REASONS: Mapping[str, str] = {"register": "reasons", "projects": "reason", "operations": "reason"}
"""Table -> its column of such sentences, one behind the other."""
_REVIEW = "To review: {why}."
_PLACES = {
    "quote": "(?P<quote{at}>.{{1,60}}?)",
    "field": f"(?P<field{{at}}>{'|'.join(re.escape(one.title) for one in FIELDS)})",
    "why": f"(?P<why{{at}}>{'|'.join(map(re.escape, REVIEW_REASONS))})",
}


def reasons_in_language(texts: pd.Series, say: Language) -> pd.Series:
    """The texts with each sentence of ours as the reader has it; whatever else stands in them stays."""
    known, pattern = _known(say)

    def one(found: re.Match[str]) -> str:
        at = int(str(found.lastgroup).removeprefix("said"))
        values = {name: found.groupdict().get(f"{name}{at}") or "" for name in _PLACES}
        if known[at] == _REVIEW:
            return say.gettext("To review: {why}.", why=say.word(values["why"]))
        return say.gettext(known[at], field=say.word(values["field"]), quote=quoted(values["quote"], say))

    made = {text: pattern.sub(one, text) for text in texts.dropna().unique()}
    return texts.map(made).astype(texts.dtype)


@lru_cache(maxsize=16)
def _known(say: Language) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The sentences that quote a cell, and a pattern that finds each whole: `said<n>` is the n-th."""
    sentences = (*(text for text in say.with_place("quote") if places(text) <= _PLACES.keys()), _REVIEW)
    found = "|".join(f"(?P<said{at}>{''.join(_parts(text, at))})" for at, text in enumerate(sentences))
    return sentences, re.compile(rf"(?:(?<=^)|(?<= ))(?:{found})(?= |$)")


def _parts(text: str, at: int) -> Iterator[str]:
    for part in re.split(r"(\{\w+\})", text):
        yield _PLACES[part[1:-1]].format(at=at) if part.startswith("{") else re.escape(part)
