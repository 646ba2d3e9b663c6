"""Worded dates -> the days they span: `12 Nov 2026`, `Q3 2026`, `mid-May 2026`, `KW 32/2026`, `Spring 2026`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.ingest.date_words import (
    AFTER_NUMBERS,
    MONTHS,
    ORDINALS,
    PARTS,
    SEASONS,
    SMALL,
    SPANS,
    WEEKDAYS,
    YEAR_ENDS,
)

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_WORKWEEK_DAYS = 4
"""A week of work ends so many days after its Monday."""


@dataclass(frozen=True)
class Span:
    """First and last day; `known` is False where the text names no year and none was given."""

    first: date
    last: date
    known: bool = True

    @property
    def is_day(self) -> bool:
        """It is one day, not assumed."""
        return self.first == self.last


class NoSuchDay(ValueError):
    """The text names a day that does not exist, such as 31 February."""


def span_of(text: str, year: int | None) -> tuple[Span, bool] | None:
    """The days that a folded text names in words, and whether they are one named day; None where it names none.

    `year` is taken where the text names none. Raises NoSuchDay.
    """
    words = _words(text)
    given = year if year is not None else 2000  # a leap year: 29 February may be meant
    for read in (_day, _part, _month, _numbered_span, _year):
        found = read(words, year, given)
        if found is not None:
            return found, read is _day
    return None


def _words(text: str) -> list[str]:
    """`Thursday, 12th of November '26` -> 12, nov.., 26: numbers and the words that date."""
    found = _TOKEN.findall(text)
    if len(found) > 1 and found[0] in WEEKDAYS and _may_follow_a_weekday(found[0], found[1]):
        found = found[2:] if found[1] == "feira" else found[1:]
    kept: list[str] = []
    for word in found:
        if word in SMALL or (word in AFTER_NUMBERS and kept and kept[-1].isdigit() and len(kept[-1]) <= 2):
            continue
        kept.append(str(ORDINALS[word]) if word in ORDINALS else word)
    return kept


def _may_follow_a_weekday(weekday: str, word: str) -> bool:
    """`mi 31` is a Wednesday, `mi mai` the middle of May."""
    return word.isdigit() or word in WEEKDAYS | SMALL or (word in MONTHS and weekday not in PARTS)


def full_year(text: str) -> int:
    """`26` -> 2026, `85` -> 1985: two digits are 1970 to 2069."""
    number = int(text)
    return number if number > 99 else 2000 + number if number < 70 else 1900 + number


def made(year: int, month: int, day: int) -> date:
    """The day. Raises NoSuchDay."""
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise NoSuchDay from problem


def month_span(year: int, month: int) -> Span:
    """A month of a year. Raises NoSuchDay."""
    made(year, month, 1)
    return _months(year, month, 1, True)


def _is_year(word: str) -> bool:
    return word.isdigit() and len(word) in (2, 4)


def _day(words: list[str], year: int | None, given: int) -> Span | None:
    """`12 nov 2026`, `nov 12 2026`, `2026 nov 12`, and without a year `12 nov`."""
    months = [at for at, word in enumerate(words) if word in MONTHS]
    if len(months) != 1 or not 2 <= len(words) <= 3:
        return None
    numbers = [word for word in words if word.isdigit()]
    month = MONTHS[words[months[0]]]
    if len(words) == 3 and len(numbers) == 2:
        first, last = numbers
        day, wrote = (last, first) if len(first) == 4 else (first, last)
        if len(day) > 2 or not _is_year(wrote):
            return None
        one = made(full_year(wrote), month, int(day))
        return Span(one, one)
    if len(words) == 2 and len(numbers) == 1 and len(numbers[0]) <= (2 if months[0] == 1 else 1):
        one = made(given, month, int(numbers[0]))
        return Span(one, one, year is not None)
    return None


def _month(words: list[str], year: int | None, given: int) -> Span | None:
    """`oct 2026`, `2026 oct`, `oct 26`, and `october` alone."""
    if len(words) == 1 and words[0] in MONTHS:
        return _months(given, MONTHS[words[0]], 1, year is not None)
    if len(words) != 2:
        return None
    name, number = words if words[0] in MONTHS else words[::-1]
    if name not in MONTHS or not _is_year(number) or (words[1] == name and len(number) != 4):
        return None
    return _months(full_year(number), MONTHS[name], 1, True)


def _part(words: list[str], year: int | None, given: int) -> Span | None:
    """`mid may 2026`, `end q 3 2026`, `early 2026`, `year end`: a part of another span."""
    if words and words[0] in YEAR_ENDS:
        whole = _year(words[1:], year, given) if len(words) > 1 else _months(given, 1, 12, year is not None)
        return None if whole is None else _cut(whole, "end")
    if len(words) == 2 and set(words) & {"end", "ende"} and SPANS.get(words[0]) == "year":
        return _cut(_months(given, 1, 12, year is not None), "end")
    if len(words) < 2 or words[0] not in PARTS or (words[0] == "half" and words[1] not in MONTHS):
        return None
    rest = words[1:]
    if SPANS.get(rest[0]) == "year" and len(rest) == 1:
        return _cut(_months(given, 1, 12, year is not None), PARTS[words[0]])
    whole = _month(rest, year, given) or _numbered_span(rest, year, given) or _year(rest, year, given)
    return None if whole is None else _cut(whole, PARTS[words[0]])


def _cut(whole: Span, part: str) -> Span:
    """The beginning, middle or end of a month, a quarter, a half-year or a year."""
    months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    if part == "end":
        return Span(whole.last, whole.last, whole.known)
    if part == "mid":
        middle = whole.first.replace(month=whole.first.month + months // 2)
        day = middle - timedelta(days=1) if months % 2 == 0 else middle.replace(day=15)
        return Span(day, day, whole.known)
    if months == 1:
        first, last = whole.first, whole.last
        return (
            Span(first.replace(day=21), last, whole.known)
            if part == "late"
            else Span(first, first.replace(day=10), whole.known)
        )
    third = max(1, months // 4 if months > 3 else 1)
    start = whole.first.month if part == "begin" else whole.last.month - third + 1
    return _months(whole.first.year, start, third, whole.known)


def _numbered_span(words: list[str], year: int | None, given: int) -> Span | None:
    """`q 3 2026`, `3 quartal 2026`, `2026 w 32`, `h 2`, `fy 26`, `spring 2026`, `winter 2026 27`."""
    markers = [at for at, word in enumerate(words) if word in SPANS]
    numbers = [word for word in words if word.isdigit()]
    if len(markers) != 1 or len(numbers) != len(words) - 1 or len(numbers) > 2:
        return None
    at, sort = markers[0], SPANS[words[markers[0]]]
    if sort == "year":
        return _months(full_year(numbers[0]), 1, 12, True) if len(numbers) == 1 and _is_year(numbers[0]) else None
    if sort in SEASONS:
        return _season(SEASONS[sort], numbers, year, given)
    after, before = words[at + 1 : at + 2], words[at - 1 : at] if at else []
    for place in (*after, *before):
        others = list(numbers)
        others.remove(place)
        if len(place) <= 2 and (not others or _is_year(others[0])):
            found = _nth(sort, int(place), full_year(others[0]) if others else given, bool(others) or year is not None)
            if found is not None:
                return found
    return None


def _season(month: int, numbers: list[str], year: int | None, given: int) -> Span | None:
    if not all(_is_year(number) for number in numbers):
        return None
    if len(numbers) == 2 and (month != 12 or full_year(numbers[1]) != full_year(numbers[0]) + 1):
        return None
    return _months(full_year(numbers[0]) if numbers else given, month, 3, bool(numbers) or year is not None)


def _nth(sort: str, number: int, year: int, known: bool) -> Span | None:
    if sort == "s":
        sort = "half" if number <= 2 else "week"
    if sort == "quarter" and 1 <= number <= 4:
        return _months(year, 3 * number - 2, 3, known)
    if sort == "half" and 1 <= number <= 2:
        return _months(year, 6 * number - 5, 6, known)
    if sort == "week" and 1 <= number <= 53:
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError as problem:
            raise NoSuchDay from problem
        return Span(monday, monday + timedelta(days=_WORKWEEK_DAYS), known)
    return None


def _year(words: list[str], year: int | None, given: int) -> Span | None:
    """`2026`; two digits alone are no year."""
    if len(words) == 1 and re.fullmatch(r"(?:19|20)\d\d", words[0]):
        return _months(int(words[0]), 1, 12, True)
    return None


def _months(year: int, month: int, count: int, known: bool) -> Span:
    if not 1 <= year <= 9998:
        raise NoSuchDay
    until_year, until = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    return Span(date(year, month, 1), date(until_year, until, calendar.monthrange(until_year, until)[1]), known)
