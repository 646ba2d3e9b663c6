"""Texts -> numbers, shares and efforts, with either decimal mark and the units people write."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"[-+\u2212]?\d[\d.,'\u2019\s\u00a0\u202f]*")
_CURRENCY = re.compile(
    r"(?i)(?:us|can|au|nz|r)?\$|€|£|¥|\b(?:eur|usd|gbp|chf|cad|aud|nzd|brl|mxn|pen|jpy|sek|nok|dkk)\b|fr\.|r\$"
)
_RANGE = re.compile(r"^(.*?\d[^a-z]*?)\s*(?:-|\u2013|\u2014|to|bis|a|à|até|tot)\s*([^a-z]*?\d.*)$", re.I)
_SCALES = {
    "k": 1e3,
    "m": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "mrd": 1e9,
    "bn": 1e9,
    "tsd": 1e3,
}
_UNITS: tuple[tuple[str, str], ...] = (
    ("hours", r"h|hr|hrs|hours?|std|stdn|stunden?|heures?|horas?|hs|ore|ora|uren|uur|u"),
    ("days", r"d|days?|pd|md|mandays?|pt|tage?|tag|at|mt|jours?|j-h|jh|jrs|j|dias?|días?|jornadas?|giorni|giorno|gg|dagen|dag"),
    ("weeks", r"w|wks?|weeks?|wochen?|semaines?|sem|semanas?|settimane|settimana|weken"),
    ("months", r"mo|months?|pm|mm|monate?|mois|meses|mes|mês|mesi|mese|maanden|maand"),
    ("fte", r"ftes?|vz[äa]e?|vollzeitstellen?|etp|etc|eti|eqtp|persons?|people|pers|personen?|pessoas?|personas?|persone|staff|heads?|stellen?|postes?"),
    ("share", r"%|percent|prozent|pour ?cent|por ?ciento|por ?cento"),
)  # fmt: skip
_PERIODS: tuple[tuple[str, str], ...] = (
    ("day", r"day|daily|tag|täglich|jour|día|dia|giorno|dag"),
    ("week", r"week|weekly|wk|woche|wöchentlich|semaine|semana|settimana"),
    ("month", r"month|monthly|mon|monat|monatlich|mois|mes|mês|mese|maand|pcm|p\.?m\.?"),
    ("quarter", r"quarter|quarterly|quartal|trimestre|kwartaal|qtr"),
    ("year", r"year|yearly|annually|annual|annum|yr|jahr|jährlich|an|année|año|ano|anno|jaar|p\.?a\.?"),
    (
        "occurrence",
        r"occurrence|time|run|cycle|session|instance|each|sitzung|mal|durchgang|fois|vez|volta|keer|event|case|visit|meeting",
    ),
)
_PER = re.compile(
    r"(?:/|\bper\b|\ba\b|\ban\b|\beach\b|\bpro\b|\bje\b|\bpar\b|\bpor\b|\bal\b|\bal\b|\bao\b|\ba la\b|\bto\b)\s*([a-zäöüéêñãõ.]+)",
    re.I,
)
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_COMPOUND = re.compile(r"^(\d{1,4})\s*(?:h|hrs?|hours?|std\.?)\s*([0-5]?\d)\s*(?:m|min|minutes?)?\b(.*)$", re.I)
_ALTOGETHER = {
    "total",
    "in total",
    "overall",
    "gesamt",
    "insgesamt",
    "au total",
    "en total",
    "no total",
    "in totale",
    "totaal",
    "est",
    "est.",
    "estimated",
    "approx",
    "approx.",
}
_DURATION = re.compile(r"^(\d{1,4}):([0-5]\d)(?::[0-5]\d)?$")
_NOTHING = {
    "",
    "nan",
    "null",
    "#n/a",
    "-",
    "\u2013",
    "\u2014",
    "n/a",
    "na",
    "n.a.",
    "none",
    "?",
    "tbc",
    "tbd",
    "tba",
    "unknown",
    "k.a.",
    "offen",
    "nc",
    "nd",
    "por definir",
    "a definir",
    "à définir",
    "n.b.",
}


@dataclass(frozen=True)
class Amount:
    """A number that was read, and whether it is the middle of a range."""

    value: float
    ranged: bool = False


@dataclass(frozen=True)
class Effort:
    """An amount of work: `unit` of fields.EFFORT_UNITS, `per` of fields.EFFORT_PERIODS ("" for fte and share)."""

    value: float
    unit: str
    per: str
    ranged: bool = False


def is_nothing(text: str) -> bool:
    """The text says that there is no value (yet)."""
    return text.strip().casefold() in _NOTHING


def read_number(text: str) -> Amount | None:
    """The number a text stands for (`1.234,5`, `$5k`, `(120)`, `5000-10000` at its middle), or None."""
    plain = _CURRENCY.sub("", text.casefold()).strip()
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain.strip("()").strip()
    span = _RANGE.match(plain)
    if span and not plain.startswith(("-", "\u2212")):
        low, high = read_number(span[1]), read_number(span[2])
        return Amount((low.value + high.value) / 2, True) if low and high and low.value <= high.value else None
    match = _NUMBER.match(plain)
    if not match:
        return None
    scale = plain[match.end() :].strip().rstrip(".").strip()
    if scale and scale not in _SCALES:
        return None
    value = _decimal(match[0])
    return None if value is None else Amount((-1 if negative else 1) * value * _SCALES.get(scale, 1.0))


def read_share(text: str) -> float | None:
    """`50 %` -> 0.5; a bare number is returned as it stands (the column decides what it means)."""
    percent = "%" in text
    amount = read_number(text.replace("%", " "))
    return None if amount is None else amount.value / 100 if percent else amount.value


def read_effort(text: str, unit: str, per: str) -> Effort | None:
    """The work a text stands for: `40 h`, `0,5 FTE`, `3 d/week`, `5 Std. je Sitzung`, `16:00`; else None.

    `unit` and `per` are what the heading says, for a bare number.
    """
    if _CURRENCY.search(text) or _DATED.search(text):
        return None
    clock = _DURATION.match(text.strip())
    if clock:
        return Effort(int(clock[1]) + int(clock[2]) / 60, "hours", per or "total")
    compound = _COMPOUND.match(text.strip())
    if compound:
        return Effort(int(compound[1]) + int(compound[2]) / 60, "hours", heading_period(compound[3]) or per or "total")
    span = re.match(r"^(\D*\d[\d.,\s]*)(?:-|\u2013|to|bis|à|até|tot)\s*(\d.*)$", text.strip(), re.I)
    if span:
        low, high = read_number(span[1]), read_effort(span[2], unit, per)
        return None if low is None or high is None else Effort((low.value + high.value) / 2, high.unit, high.per, True)
    match = _NUMBER.search(text)
    value = _decimal(match[0]) if match else None
    if match is None or value is None or match.start() > 12:
        return None
    rest = text[match.end() :].strip().casefold()
    return _with_unit(value, rest, unit, per)


def _with_unit(value: float, rest: str, unit: str, per: str) -> Effort | None:
    found = unit
    if rest:
        units = ((name, re.match(rf"(?:{words})(?![a-zäöüéê])\.?", rest)) for name, words in _UNITS)
        named, match = next(((name, match) for name, match in units if match), (None, None))
        left = rest[match.end() :].strip() if match else rest
        if left and not heading_period(left) and not left.startswith("(") and left not in _ALTOGETHER:
            return None
        found = named or unit
    period = heading_period(rest) or per
    if found == "share":
        return Effort(value / 100 if rest.startswith(("%", "p")) or value > 1.5 else value, "share", "")
    if found == "fte":
        return Effort(value, "fte", "")
    return Effort(value, found or "hours", period or "total")


def heading_unit(heading: str) -> str:
    """The unit a heading names (`Effort (h)`, `Person days`, `FTE`, `% allocation`), or ""."""
    words = [word for word in re.split(r"[^\w%-]+|_", heading.casefold()) if word]
    for name, pattern in _UNITS:
        if any(
            re.fullmatch(pattern, word)
            for word in words
            if word not in ("u", "w", "j", "sem", "mes", "at", "people", "person", "staff")
        ):
            return name
    return ""


def heading_period(text: str) -> str:
    """The period a text names after `per`, `/`, `a`, `pro`, `je`, `par`, `por`, or as an adverb, or ""."""
    lowered = text.casefold()
    for match in _PER.finditer(lowered):
        word = match[1].rstrip(".")
        for name, pattern in _PERIODS:
            if re.fullmatch(rf"(?:{pattern})s?", word):
                return name
        if match[0].lstrip().startswith(("je", "per ")) and len(word) > 2:
            return "occurrence"
    adverb = re.search(
        r"\b(daily|weekly|monthly|quarterly|yearly|annually|annual|täglich|wöchentlich|monatlich|jährlich|p\.?a\.?|p\.?m\.?|pw)\b",
        lowered,
    )
    if not adverb:
        return ""
    return (
        "week"
        if adverb[1] == "pw"
        else next((name for name, pattern in _PERIODS if re.fullmatch(pattern, adverb[1])), "")
    )


def _decimal(text: str) -> float | None:
    """`1.234,5`, `1,234.5`, `1 234`, `1'234`, `0,5`, `12.500`: the last mark parts decimals unless it groups thousands."""
    digits = re.sub(r"[\s\u00a0\u202f'\u2019]", "", text).replace("\u2212", "-").rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        mark = digits[last]
        other = "," if mark == "." else "."
        groups = digits.replace(other, "").split(mark)
        grouped = (
            all(len(group) == 3 for group in groups[1:])
            and 1 <= len(groups[0].lstrip("+-")) <= 3
            and groups[0].lstrip("+-0") != ""
        )
        thousands = grouped and (len(groups) > 2 or (mark == "," and other not in digits))
        digits = digits.replace(other, "")
        digits = digits.replace(mark, "") if thousands else digits.replace(mark, ".")
    try:
        return float(digits)
    except ValueError:
        return None
