"""Cells quoted as reasons, in a reader's language: fields by name, days and points as its readers write them."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from pipeline.fields import FIELDS
from pipeline.render.language import MINUS, Language

SIDES = ("reasons_for", "reasons_against")
"""Columns of `Finish '30 Nov 2026' (+1.2); ...`."""
_TITLES = "|".join(re.escape(field.title) for field in FIELDS)
_REASON = re.compile(rf"(?:(?<=^)|(?<=; ))({_TITLES}) '(.*?)' \(([+{MINUS}])(\d+\.\d)\)(?=; |$)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def sides_in_language(review: pd.DataFrame, say: Language) -> pd.DataFrame:
    """The rows to review with what speaks either way as the reader has it."""

    def one(found: re.Match[str]) -> str:
        title, quote, sign, points = found.groups()
        said = say.points(float(points) * (-1 if sign == MINUS else 1), 1)
        return f"{say.word(title)} '{quoted(quote, say)}' ({said})"

    def told(texts: pd.Series) -> pd.Series:
        each = {text: _REASON.sub(one, text) for text in texts.unique()}
        return texts.map(each).astype(texts.dtype)

    return review.assign(**{name: told(review[name]) for name in SIDES})


def quoted(quote: str, say: Language) -> str:
    """What a cell says; a day, which cells of dates hold without words, as the reader writes days."""
    if not _DAY.fullmatch(quote):
        return quote
    try:
        return say.full_day(date.fromisoformat(quote))
    except ValueError:
        return quote
