"""Columns of text -> dates: one decision on day and month order per column, the deciding cell shown."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Order = Literal["day first", "month first", "year first", ""]

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january janvier enero ene janeiro gennaio gen januari",
            "feb februar february fevrier fev febrero fevereiro febbraio februari",
            "mar marz march mars marzo marco maart mrt maerz mrz",
            "apr april avril avr abril abr aprile",
            "may mai mayo maio maggio mag mei",
            "jun juni june juin junio junho giugno giu",
            "jul juli july juillet juil julio julho luglio lug",
            "aug august aout agosto ago augustus",
            "sep sept september septembre septiembre setembro set settembre setiembre",
            "oct oktober october octobre octubre outubro out ottobre ott okt",
            "nov november novembre noviembre novembro",
            "dec dezember december decembre diciembre dic dezembro dez dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_OPEN = {
    "ongoing", "open", "open ended", "permanent", "permanently", "continuous", "continuing", "continual", "indefinite", "no end", "none", "rolling", "bau",
    "n a", "na", "not applicable", "standing", "evergreen", "recurring", "unbefristet", "laufend", "fortlaufend", "dauerhaft", "daueraufgabe", "offen", "entfallt",
    "en cours", "permanente", "sans fin", "continu", "indetermine", "indefinido", "en curso", "continuo", "sin fin", "sem fim", "continuado", "em curso", "em andamento",
    "in corso", "a tempo indeterminato", "senza fine", "doorlopend", "lopend", "onbepaald", "geen", "ninguno", "nenhum", "aucun", "keine", "nessuno", "x",
}  # fmt: skip
"""Words that say there is no date, on purpose: no finding is due for them."""
_NUMERIC = re.compile(r"^(\d{1,4})\s*([./\-\s])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?(?:[ T]\d{1,2}:\d{2}.*)?$")
_COMPACT = re.compile(r"^(20\d{2})(\d{2})(\d{2})$")
_DAY_MONTH = re.compile(
    r"^(?:[a-z]+ )?(\d{1,2})(?:st|nd|rd|th|er|o)? (?:de |of |di )?([a-z]+) (?:de |del )?(\d{4}|\d{2})$"
)
_MONTH_DAY = re.compile(r"^(?:[a-z]+ )?([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})$")
_MONTH_YEAR = re.compile(
    r"^(?:(early|mid|late|end|begin|beginning|start|anfang|mitte|ende|debut|fin|fim|final|meados|inicio|principios|mediados|meta|fine|begin|eind|halverwege) )?(?:of |de |di |del )?([a-z]+) ?(?:de |del )?(\d{4}|\d{2})$"
)
_QUARTER = re.compile(
    r"^(?:(?:q|t|k) ?([1-4])|([1-4]) ?(?:q|t|quartal|trimestre|trim|kwartaal)|(?:quarter|quartal|trimestre|kwartaal) ([1-4]))[ /]*(\d{4}|\d{2})$|^(\d{4})[ /]*(?:q|t) ?([1-4])$"
)
_HALF = re.compile(r"^(?:h|s|hj) ?([12])[ /]*(\d{4})$|^(\d{4})[ /]*h ?([12])$")
_WEEK = re.compile(
    r"^(?:kw|week|wk|w|cw|semaine|semana|sem|settimana) ?(\d{1,2})[ /]*(\d{4})$|^(\d{4})[ \-]?w(\d{1,2})$"
)
_EARLIEST, _LATEST = 1951, 2089
"""Years outside stand for 'no date': 1900 and 1904 are empty cells of old sheets, 2099 and 9999 mean never."""


@dataclass(frozen=True)
class DateRead:
    """What one text says: a date, whether the day was assumed, or what else it is."""

    value: date | None = None
    sort: Literal["exact", "approximate", "placeholder", "open", "ambiguous", "none"] = "exact"
    other: date | None = None
    """The second reading of an ambiguous date (month first)."""


def order_of(texts: Sequence[str]) -> tuple[Order, str]:
    """How numeric dates of a column are ordered, and the text that decides; ("", "") where none does.

    A first number above 12 can only be a day, a second one above 12 only a month before it; a date parted by dots is
    day first everywhere it is usual. Where texts contradict each other, none decides.
    """
    votes: dict[Order, str] = {}
    for text in texts:
        match = _NUMERIC.match(text.strip())
        if not match or len(match[1]) > 2:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            votes.setdefault("day first", text)
        elif second > 12 >= first:
            votes.setdefault("month first", text)
        elif match[2] == "." and "day first" not in votes:
            votes["day first"] = text
    return next(iter(votes.items())) if len(votes) == 1 else ("", "")


def read_date(text: str, order: Order, *, end: bool) -> DateRead:
    """The date a text stands for. `end`: of a span (a month, a quarter) the last day is meant, else the first."""
    plain = text.strip()
    match = _NUMERIC.match(plain)
    if match:
        return _bounded(_numeric(match, order))
    compact = _COMPACT.match(plain)
    if compact:
        return _bounded(_made(int(compact[1]), int(compact[2]), int(compact[3])))
    words = _plain(plain)
    if not words or words.replace("/", " ") in _OPEN:
        return DateRead(sort="open")
    return _bounded(_worded(words, end))


def from_serial(number: float) -> DateRead:
    """An Excel serial number (days since 1899-12-30) that stands in a column of dates."""
    if not 18264 <= number <= 73050:  # 1950 to 2100
        return DateRead(sort="none")
    return _bounded(DateRead(date(1899, 12, 30) + timedelta(days=int(number))))


def is_placeholder(year: int) -> bool:
    """The year stands for no date at all."""
    return not _EARLIEST <= year <= _LATEST


def _bounded(read: DateRead) -> DateRead:
    if read.value is not None and is_placeholder(read.value.year):
        return DateRead(read.value, "placeholder")
    return read


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w/]+", " ", kept).split())


def _numeric(match: re.Match[str], order: Order) -> DateRead:
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4 or (order == "year first" and len(third) <= 2):
        year, month, day = _year(first), int(second), int(third)
        # 2012-30-09: no month 30, so the last two are day and month
        return _made(year, day, month) if month > 12 >= day else _made(year, month, day)
    if len(third) == 3:
        return DateRead(sort="none")
    day, month, year = int(first), int(second), _year(third)
    if day > 12 or month > 12:
        return _made(year, month, day) if day > 12 else _made(year, day, month)
    if day == month or order == "day first":
        return _made(year, month, day)
    if order == "month first":
        return _made(year, day, month)
    return DateRead(_made(year, month, day).value, "ambiguous", _made(year, day, month).value)


def _worded(words: str, end: bool) -> DateRead:
    for pattern, places in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2))):
        match = pattern.match(words)
        if match and match[places[1]] in MONTHS:
            return _made(_year(match[places[0]]), MONTHS[match[places[1]]], int(match[places[2]]))
    span = _span(words)
    if span is None:
        return DateRead(sort="none")
    first, last = span
    return DateRead(last if end else first, "approximate")


def _span(words: str) -> tuple[date, date] | None:
    """First and last day of the month, quarter, half-year, week or year that the words name."""
    match = _MONTH_YEAR.match(words)
    if match and match[2] in MONTHS:
        return _part_of_month(_year(match[3]), MONTHS[match[2]], match[1] or "")
    match = _QUARTER.match(words)
    if match:
        quarter = int(match[1] or match[2] or match[3] or match[6])
        return _months(_year(match[4] or match[5]), 3 * quarter - 2, 3)
    match = _HALF.match(words)
    if match:
        return _months(int(match[2] or match[3]), 6 * int(match[1] or match[4]) - 5, 6)
    match = _WEEK.match(words)
    if match and 1 <= int(match[1] or match[4]) <= 52:
        monday = date.fromisocalendar(int(match[2] or match[3]), int(match[1] or match[4]), 1)
        return monday, monday + timedelta(days=4)
    numeric_month = re.match(r"^(\d{1,2})/(\d{4})$", words)
    if numeric_month and 1 <= int(numeric_month[1]) <= 12:
        return _months(int(numeric_month[2]), int(numeric_month[1]), 1)
    return _months(int(words), 1, 12) if re.match(r"^(?:19|20)\d{2}$", words) else None


def _part_of_month(year: int, month: int, part: str) -> tuple[date, date]:
    first, last = _months(year, month, 1)
    if part in ("mid", "mitte", "meados", "mediados", "meta", "halverwege"):
        return first.replace(day=15), first.replace(day=15)
    if part in ("early", "begin", "beginning", "start", "anfang", "debut", "inicio", "principios"):
        return first, first.replace(day=10)
    return (last, last) if part else (first, last)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    until = month + count - 1
    return date(year, month, 1), date(year, until, calendar.monthrange(year, until)[1])


def _year(text: str) -> int:
    year = int(text)
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _made(year: int, month: int, day: int) -> DateRead:
    try:
        return DateRead(date(year, month, day))
    except ValueError:
        return DateRead(sort="none")
