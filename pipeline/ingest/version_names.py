"""What the names of a file and its sheet say of a version: its month, its year, draft or final, and its number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.ingest.date_words import MONTHS, SMALL
from pipeline.ingest.headings import normalise
from pipeline.model import Period

_AHEAD = 2
"""Months by which a name without a year may lie after what it is read beside; more, and it is of the year before."""
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d{2})[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[-_. ](20\d{2})(?!\d)")
_MONTH_NAME = re.compile(r"([^\W\d_]{3,})[-_. ]*(20\d{2}|\d{2})?(?![\d])")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_FINAL = re.compile(r"final|endgültig|définitif|definitiv", re.I)
_OUTDATED = re.compile(
    r"\b(?:old|alt|copy|kopie|copie|copia|cópia|backup|bak|archived?|archiv|draft|entwurf|brouillon|borrador|rascunho|bozza|previous|vorher|ancien|viejo|antigo|vecchio|oud)\b",
    re.I,
)
_VERSION = re.compile(r"(?:\bv|version|rev|\()\s*(\d{1,3})(?:\.(\d{1,3}))?", re.I)


@dataclass(frozen=True)
class VersionName:
    """What a file and a sheet name say."""

    bare: str
    """Both without what speaks of a version: versions of one register are often of one name."""
    month: Period | None
    year: int
    """The year the names speak of; 0 where they name none."""
    current: bool
    """Not called old, a copy or a draft."""
    final: bool
    number: tuple[int, int]


def read_name(file: str, sheet: str, beside: Callable[[], Period]) -> VersionName:
    """What the names say. A month without a year is of the year they name, else the one that lies best by `beside`."""
    file, sheet = file.rsplit(".", 1)[0].replace("_", " "), sheet.replace("_", " ")
    both = f"{file} {sheet}"
    number, year = _VERSION.search(both), _YEAR.search(sheet) or _YEAR.search(file)
    named = int(year[1]) if year else 0
    return VersionName(
        bare=f"{_bare(file)}\n{_bare(sheet)}",
        month=_month(sheet, named, beside) or _month(file, named, beside),
        year=named,
        current=not _OUTDATED.search(both),
        final=bool(_FINAL.search(both)),
        number=(int(number[1]), int(number[2] or 0)) if number else (0, 0),
    )


def speaks_of_version(name: str) -> bool:
    """It names a month, a number or a state that only versions have."""
    patterns = (_OUTDATED, _FINAL, _VERSION, _YEAR_MONTH, _MONTH_YEAR)
    return any(pattern.search(name) for pattern in patterns) or bool(_month_words(name))


def _bare(name: str) -> str:
    for pattern in (_YEAR_MONTH, _MONTH_YEAR):
        name = pattern.sub(" ", name)
    name = _MONTH_NAME.sub(lambda match: " " if normalise(match[1]) in MONTHS else match[0], name)
    for pattern in (_YEAR, _FINAL, _OUTDATED, _VERSION):
        name = pattern.sub(" ", name)
    return " ".join(word for word in re.findall(r"[^\W_]+", name.casefold()) if word not in SMALL)


def _month_words(text: str) -> list[tuple[int, str]]:
    return [(MONTHS[plain], year) for word, year in _MONTH_NAME.findall(text) if (plain := normalise(word)) in MONTHS]


def _month(text: str, year: int, beside: Callable[[], Period]) -> Period | None:
    if match := _YEAR_MONTH.search(text):
        return Period(int(match[1]), int(match[2]))
    if match := _MONTH_YEAR.search(text):
        return Period(int(match[2]), int(match[1]))
    for month, own_year in _month_words(text):
        if own_year:
            return Period(int(own_year) + (2000 if len(own_year) == 2 else 0), month)
        if year:
            return Period(year, month)
        latest = beside().plus(_AHEAD)
        return Period(latest.year - (month > latest.month), month)
    return None
