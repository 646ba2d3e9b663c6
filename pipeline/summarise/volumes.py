"""What a month handles and costs, from how registers write it: `1,200 tickets / week` under a heading, money a year."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.model import Register
from pipeline.summarise.calendar import Calendar
from pipeline.summarise.effort import DAYS_PER_WEEK, MONTHS_PER_YEAR
from pipeline.summarise.names import TEXT, each_text

PERIOD_WORDS: Mapping[str, str] = {
    "day": "day|days|daily|tag|tage|taglich|jour|jours|dia|dias|diario|diaria|giorno|giorni|dag|dagen|dagelijks",
    "week": "week|weeks|weekly|wk|woche|wochen|wochentlich|semaine|semaines|hebdo|semana|semanas|semanal|settimana"
    "|settimanale|weken|wekelijks",
    "month": "month|months|monthly|mth|mo|monat|monate|monatlich|mois|mensuel|mensuelle|mes|meses|mensual|mensal|mese"
    "|mesi|mensile|maand|maanden|maandelijks",
    "quarter": "quarter|quarters|quarterly|qtr|quartal|trimestre|trimestriel|trimestral|trimestrale|kwartaal",
    "year": "year|years|yearly|annual|annually|annum|yr|jahr|jahre|jahrlich|an|annee|annuel|annuelle|ano|anos|anual"
    "|anno|anni|annuale|annuo|jaar|jaarlijks|pa|p a",
}
"""Period -> the words that name it in seven languages, without accents."""

_PERIODS = {word: period for period, words in PERIOD_WORDS.items() for word in words.split("|")}
_JOINING = frozenset("per a an each pro je par por al all alla le la el il der die das im in of the x ca".split())
_GENERAL = frozenset(
    "volume volumes volumen volumetrie quantity quantite quantidade quantita hoeveelheid menge count number anzahl "
    "aantal cantidad throughput fallzahl stuckzahl nombre numero cost costs kosten cout couts coste costo custo".split()
)
"""Words of a heading that say that something is counted, not what."""
_SO_FAR = re.compile(r"to date|bisher|angefallen|a date|tot nu toe|hasta la fecha|ate a data|finora")
_COUNT = re.compile(r"(?:[^\W\d_]{2,6}\.? |[~≈] ?)?(\d(?:[\d .,'’\u00a0\u202f]*\d)?)(.*)", re.DOTALL)
_GROUPED = re.compile(r"(\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?")
_LONGEST = 80
"""Longer texts are sentences, no counts."""


def counts(texts: pd.Series) -> pd.DataFrame:
    """`amount` (float64, NaN where none is read), `unit` (what is counted) and `per` (a period, or "") of each text.

    `1,200 tickets / week` is 1200, tickets, week. A mark before three digits parts thousands: what is handled is
    counted in ones.
    """
    codes, distinct = pd.factorize(texts)
    read = [*(_count(str(text)) for text in distinct), (math.nan, "", "")]
    frame = pd.DataFrame(read, columns=["amount", "unit", "per"]).astype(
        {"amount": "float64", "unit": TEXT, "per": TEXT}
    )
    return frame.take(codes % len(frame)).set_axis(texts.index)


def _count(text: str) -> tuple[float, str, str]:
    """One text; what holds a second number (`10-20`, `12 in 3 weeks`) is none that can be told."""
    match = _COUNT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if not match or re.search(r"\d", match[2]):
        return math.nan, "", ""
    digits = re.sub(r"[^\d.,]", "", match[1])
    grouped = _GROUPED.fullmatch(digits)
    plain = f"{re.sub('[.,]', '', grouped[1])}.{grouped[2] or 0}" if grouped else digits.replace(",", ".")
    if plain.count(".") > 1:
        return math.nan, "", ""
    thousands = re.match(r"\s?(?:k|tsd)\b\.?", match[2].casefold())
    return (float(plain) * (1000 if thousands else 1), *_told(match[2][thousands.end() if thousands else 0 :]))


def headed(register: Register, items: pd.DataFrame, field: str) -> pd.Series:
    """The heading (a category) under which each item's cell of a field stands; "" where its sheet has none."""
    headings = {
        (file.name, sheet.sheet): heading
        for file in register.files
        for sheet in file.sheets
        for heading, name in sheet.mapping.items()
        if name == field
    }
    (file, files), (sheet, sheets) = (pd.factorize(items[name]) for name in ("file", "sheet"))
    codes, places = pd.factorize(file * max(len(sheets), 1) + sheet)
    pairs = (divmod(int(place), len(sheets)) for place in places)
    said = pd.Categorical([headings.get((str(files[one]), str(sheets[other])), "") for one, other in pairs])
    return pd.Series(said.take(codes), index=items.index)


def heading_words(headings: pd.Series) -> pd.DataFrame:
    """`unit` and `per` that headings name: `Tickets per month` is tickets, month; `Volume` names neither."""
    return pd.DataFrame(
        {place: each_text(headings, lambda text, at=at: _told(text)[at]) for at, place in enumerate(("unit", "per"))}  # type: ignore[misc]
    )


def spent_so_far(register: Register, items: pd.DataFrame) -> pd.Series:
    """All the money spent on each item; missing where its heading names a period, unless that is one to date."""
    headings = headed(register, items, "actual_cost")
    so_far = each_text(headings, lambda text: "" if _SO_FAR.search(_plain(text)) else _told(text)[1]) == ""
    return items["actual_cost"].where(so_far)


def in_a_month(amount: pd.Series, per: pd.Series, otherwise: str, calendar: Calendar) -> pd.Series:
    """Amounts over a period as those of the period's month; what names none is over `otherwise`.

    A day's counts for each working day of the month, a week's for five of them.
    """
    days = float(calendar.month_days[calendar.period_at])
    times = {"day": days, "week": days / DAYS_PER_WEEK, "month": 1.0, "quarter": 4 / MONTHS_PER_YEAR,
             "year": 1 / MONTHS_PER_YEAR}  # fmt: skip
    codes, periods = pd.factorize(per)
    return amount * np.array([times[period or otherwise] for period in periods], dtype=np.float64)[codes]


def _told(text: str) -> tuple[str, str]:
    """What is counted, and over which period."""
    words = re.findall(r"[^\W\d_]+", text)
    plain = [_plain(word) for word in words]
    per = next((_PERIODS[word] for word in reversed(plain) if word in _PERIODS), "")
    kept = [
        word
        for word, bare in zip(words, plain, strict=True)
        if bare not in _PERIODS and bare not in _JOINING and bare not in _GENERAL
    ]
    return " ".join(kept).casefold(), per


def _plain(text: str) -> str:
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return bare.casefold()
