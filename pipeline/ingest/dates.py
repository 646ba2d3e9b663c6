"""Columns of text -> dates: one decision on day and month order per column, the deciding cell shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.ingest.date_spans import NoSuchDay, Span, full_year, made, month_span, span_of
from pipeline.ingest.date_words import LEADING, OPEN, PENDING, ROUGHLY, TRAILING, WEEKDAYS

Order = Literal["day first", "month first", "year first", ""]

_LONGEST = 100
"""Longer texts are sentences, no dates."""
_NUMERIC = re.compile(r"(\d{1,4})([./\-\s]) ?(\d{1,2})\2 ?'?(\d{1,4})\.?")
_ANYWHERE = re.compile(r"(?<!\d)(\d{1,2})([./\-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[1-7]\d{4}(?:\.\d+)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./\-](\d{4})|(\d{4})[./\-](\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})([./]) ?(\d{1,2})\.?")
_MONTH_AND_NUMBER = re.compile(r"[a-z]+\.? \d\d")
_TIME = re.compile(
    r"(?<=\d)[t ,]+(?:at |um |a )?\d{1,2}(?:[:h]\d{2}(?::\d{2}(?:\.\d+)?)?|(?= ?[ap]m))"
    r"(?: ?[ap]m| uhr)?(?: ?(?:z|utc|gmt|cet|cest|[+\-]\d\d:?\d\d))?$"
)
_NOTE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
_EAST_ASIAN = str.maketrans({"年": "-", "月": "-", "日": " "})
_JOINED = re.compile(
    r"\s*(?:-|\bto\b|\bbis\b|\bau?\b|\bal\b|\bate\b|\btot\b|\be\b|\bund\b|\band\b|\buntil\b)\s*"
    r"|(?<=\d)/(?=\d{4}-)|(?<=[a-z]\d)/(?=[a-z]\d)"
)
_WORD = re.compile(r"[^\W_]+")
_EARLIEST, _LATEST = 1951, 2089
"""Years outside stand for 'no date': 1900 and 1904 are empty cells of old sheets, 2099 and 9999 mean never."""


@dataclass(frozen=True)
class DateRead:
    """What one text says: a date, whether the day was assumed, or what else it is.

    `open`: none, on purpose; `pending`: still to come; `yearless`: no year in it, and none was given;
    `impossible`: a day that does not exist; `none`: no date at all.
    """

    value: date | None = None
    sort: Literal[
        "exact", "approximate", "placeholder", "open", "pending", "ambiguous", "yearless", "impossible", "none"
    ] = "exact"
    other: date | None = None
    """The second reading of an ambiguous date (month first)."""


def order_of(texts: Iterable[str]) -> tuple[Order, str]:
    """How numeric dates of a column are ordered, and the text that decides; ("", "") where none does.

    Where texts contradict each other, none decides.
    """
    votes = order_votes(texts)
    return next(iter(votes.items())) if len(votes) == 1 else ("", "")


def order_votes(texts: Iterable[str]) -> dict[Order, str]:
    """Each order that numeric dates of a column show, with the first text that shows it.

    A first number above 12 can only be a day, a second one above 12 only a month before it; a date parted by dots is
    day first everywhere it is usual.
    """
    votes: dict[Order, str] = {}
    for text in texts:
        for match in _ANYWHERE.finditer(text[:_LONGEST]):
            first, second = int(match[1]), int(match[3])
            if match[2] in (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]):
                continue  # the end of 2026-03-04
            if first > 12 >= second:
                votes.setdefault("day first", text)
            elif second > 12 >= first:
                votes.setdefault("month first", text)
            elif match[2] == "." and "day first" not in votes:
                votes["day first"] = text
    return votes


def year_of(texts: Iterable[str]) -> int | None:
    """The one year in which all dates of a column lie that name it, for those that name none; None where several.

    `Jan 26`, `Mar 26`: where all of at least two such texts have one number, it is their year.
    """
    years: set[int] = set()
    numbers: list[int] = []
    for text in texts:
        read = read_date(text, "day first", end=False)
        if read.sort == "ambiguous":
            numbers.append(int(text.strip()[-2:]))
        elif read.sort in ("exact", "approximate") and read.value is not None:
            years.add(read.value.year)
    if len(numbers) > 1 and len(set(numbers)) == 1:
        years.add(2000 + numbers[0])
    return years.pop() if len(years) == 1 else None


def swapping_text(counts: Mapping[str, int], days: Sequence[int]) -> str:
    """The text that shows that a column's real dates may have day and month swapped; "" where none does.

    A program set to the other order makes a date of what it can read (01/11/2016) and leaves as text what has no such
    month (25/10/2016). So all numeric texts have a day above 12, and no real date has one: at least three of each, or
    two and five. `counts`: the texts, each with its cells; `days`: those of the real dates' months.
    """
    told = {text: day for text in counts if (day := _highest(text))}
    written = sum(counts[text] for text in told)
    if min(written, len(days)) < 2 or (min(written, len(days)) == 2 and max(written, len(days)) < 5):
        return ""
    # plans begin on the first of a month: such days alone show nothing
    beside = 1 < max(days) <= 12 < min(told.values())
    return next(iter(told)) if beside and order_of(told)[0] else ""


def _highest(text: str) -> int:
    """The higher of day and month of a date in digits with its year last; 0 for all other texts."""
    match = _NUMERIC.fullmatch(_bared(_folded(text))[0]) if len(text) <= _LONGEST else None
    return max(int(match[1]), int(match[3])) if match and len(match[1]) <= 2 else 0


def read_date(text: str, order: Order, *, end: bool, year: int | None = None) -> DateRead:
    """The date a text stands for. `end`: of a span (a month, a quarter) the last day is meant, else the first.

    `year` is that of the column, for texts that name none. Never raises; the time is linear in the text.
    """
    if len(text) > 8 * _LONGEST or len(text.strip()) > _LONGEST:
        return DateRead(sort="none")
    plain = _folded(text)
    words = " ".join(_WORD.findall(plain))
    if words in OPEN or (not words and "?" not in text):
        return DateRead(sort="open")
    if words in PENDING or not words:
        return DateRead(sort="pending")
    bare, sure = _bared(plain)
    read = _bounded(_read(bare, order, end, year))
    return read if sure or read.sort != "exact" else DateRead(read.value, "approximate")


def from_serial(number: float) -> DateRead:
    """An Excel serial number (days since 1899-12-30) that stands in a column of dates."""
    if not 18264 <= number <= 73050:  # 1950 to 2100
        return DateRead(sort="none")
    return _bounded(DateRead(date(1899, 12, 30) + timedelta(days=int(number))))


def is_placeholder(year: int) -> bool:
    """The year stands for no date at all."""
    return not _EARLIEST <= year <= _LATEST


def _bounded(read: DateRead) -> DateRead:
    if read.value is not None and read.sort != "yearless" and is_placeholder(read.value.year):
        return DateRead(read.value, "placeholder")
    return read


def _folded(text: str) -> str:
    """Without case and accents, with plain digits (of any script), dashes, quotes and single blanks."""
    letters = unicodedata.normalize("NFKD", text.translate(_EAST_ASIAN).replace("\u00ba", " ").casefold())
    kept = "".join(str(unicodedata.decimal(letter, letter)) for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", kept).replace("\u2019", "'").split())


def _bared(plain: str) -> tuple[str, bool]:
    """The text without what stands around a date, and whether it was said for sure: `ca. 15.03.2026`, `31.12.26?`."""
    noted = _NOTE.sub("", plain)
    bare = _TIME.sub("", noted.rstrip(" ?*")).strip(" ,;").rstrip("-")
    sure = noted == plain and "?" not in plain and "~" not in plain
    words = bare.lstrip("~ ").split()
    while len(words) > 1 and _lone(words[0]) in LEADING | ROUGHLY:
        sure = sure and _lone(words[0]) not in ROUGHLY
        words = words[1:]
    while len(words) > 1 and _lone(words[-1]) in TRAILING:
        words = words[:-1]
    return " ".join(words), sure


def _lone(word: str) -> str:
    """`jusqu'au` -> `jusqu`, `ca.` -> `ca`."""
    return word.partition("'")[0].strip(".,")


def _read(bare: str, order: Order, end: bool, year: int | None) -> DateRead:
    try:
        return _single(bare, order, end, year) or _ranged(bare, order, end, year) or DateRead(sort="none")
    except NoSuchDay:
        return DateRead(sort="impossible")


def _single(bare: str, order: Order, end: bool, year: int | None) -> DateRead | None:
    """One day or one span; None where the text is neither. Raises NoSuchDay."""
    read = _numeric(bare, order, end) or _day_and_month(bare, year)
    if read is not None:
        return read
    found = span_of(bare, year)
    if found is None:
        return None
    span, named = found
    if not named and _MONTH_AND_NUMBER.fullmatch(bare):
        return _month_and_number(bare, span, end, year)
    return _chosen(span, end, exact=named)


def _month_and_number(bare: str, span: Span, end: bool, year: int | None) -> DateRead:
    """`Oct 26` is October 2026 or its 26th day; where it can be no day, or is the column's year, the year is meant."""
    number = int(bare[-2:])
    if number > span.last.day or not number or (year is not None and year % 100 == number):
        return _chosen(span, end, exact=False)
    return DateRead(span.last if end else span.first, "ambiguous", span.first.replace(day=number))


def _chosen(span: Span, end: bool, *, exact: bool) -> DateRead:
    if not span.known:
        return DateRead(span.last if end else span.first, "yearless")
    return DateRead(span.last if end else span.first, "exact" if exact else "approximate")


def _numeric(bare: str, order: Order, end: bool) -> DateRead | None:
    """A day, a month of a year or a serial number, all in digits; None where there are words as well."""
    words = bare.split()
    if len(words) == 2 and words[0].strip(".,") in WEEKDAYS:
        bare = words[1]
    match = _NUMERIC.fullmatch(bare)
    if match:
        read = _ordered(match[1], match[3], match[4], order)
        # 26-01-05 may begin with its year as well
        doubtful = match[2] == "-" and len(match[1]) == len(match[4]) == 2 and order != "year first"
        return DateRead(read.value, "approximate") if doubtful and read.sort == "exact" else read
    compact = _COMPACT.fullmatch(bare)
    if compact:
        return DateRead(made(int(compact[1]), int(compact[2]), int(compact[3])))
    month = _MONTH_YEAR.fullmatch(bare)
    if month:
        return _chosen(month_span(int(month[2] or month[3]), int(month[1] or month[4])), end, exact=False)
    return from_serial(float(bare)) if _SERIAL.fullmatch(bare) else None


def _ordered(first: str, second: str, third: str, order: Order) -> DateRead:
    if len(first) == 3 or len(third) == 3:
        return DateRead(sort="none")
    if len(first) == 4 or (order == "year first" and len(third) <= 2):
        year, month, day = full_year(first), int(second), int(third)
        return DateRead(made(year, month, day))
    day, month, year = int(first), int(second), full_year(third)
    if day > 12 or month > 12:
        return DateRead(made(year, month, day) if day > 12 else made(year, day, month))
    if day == month or order == "day first":
        return DateRead(made(year, month, day))
    if order == "month first":
        return DateRead(made(year, day, month))
    return DateRead(made(year, month, day), "ambiguous", made(year, day, month))


def _ranged(bare: str, order: Order, end: bool, year: int | None) -> DateRead | None:
    """`01.02.-15.03.2026`, `Jan - Mar 2026`, `1-5 June 2026`: where one ends, the other begins with what it lacks."""
    for joint in _JOINED.finditer(bare):
        left, right = bare[: joint.start()].strip(" ,"), bare[joint.end() :].strip(" ,")
        last = _side(right, order, True, year)
        if last is None:
            continue
        first = _side(left, order, False, last.value.year) if last.value else None
        if first is None and last.value and re.fullmatch(r"\d{1,2}\.?", left) and last.sort == "exact":
            first = DateRead(made(last.value.year, last.value.month, int(left.rstrip("."))))
        if first is not None and first.value and last.value and first.value <= last.value:
            return last if end else first
    return None


def _side(text: str, order: Order, end: bool, year: int | None) -> DateRead | None:
    """One side of a range; None where it is no date by itself."""
    bare, _ = _bared(text) if text else ("", True)
    read = _single(bare, order, end, year) if bare else None
    return read if read is not None and read.sort in ("exact", "approximate") else None


def _day_and_month(bare: str, year: int | None) -> DateRead | None:
    """`31.12.`: a day without its year; `12/10` may be two days, `11/26` a month, and are none."""
    match = _DAY_MONTH.fullmatch(bare)
    if not match:
        return None
    day, month = int(match[1]), int(match[3])
    if month > 12 or not day or not month or (match[2] == "/" and day <= 12):
        return DateRead(sort="none")
    if year is None:
        return DateRead(made(2000, month, day), "yearless")
    # 24/7 may be no day at all
    return DateRead(made(year, month, day), "approximate" if match[2] == "/" else "exact")
