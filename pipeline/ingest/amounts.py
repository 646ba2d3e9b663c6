"""Texts -> efforts: amounts of work in the units and periods people write, in seven languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.ingest.numbers import LONGEST, NUMBER, Mark, folded, names_money, value_of

_UNITS: tuple[tuple[str, str], ...] = (
    ("share", r"(?:%|percent|prozent|pour ?cent|por ?ciento|por ?cento|per cento|procent)(?: (?:of |d'un |eines )?(?:an? )?(?:fte|vzä|vzae|etp|etc|eti|stelle|vk|allocation|capacity|time))?"),
    ("days", r"pd|md|m-?days?|man[- ]?days?|person[- ]?days?|persondays?|staff[- ]?days?|working days?|work days?|d|days?|pt|personen?-?tage?|manntage?|arbeitstage?|werktage?|tage?|tag|at|mt|jours?[- /.]?(?:hommes?|h|ouvrés)?|j[-/.]?h|jrs|j|días?[- /]?(?:hombre|persona)?|dias?[- /]?(?:homem|pessoa|úteis)?|jornadas?|giorni[- /]?(?:uomo|persona)?|giornate|giorno|gg[- /]?(?:uomo|lav)?|g/u|mandagen|mensdagen|werkdagen|dagen|dag"),
    ("hours", r"h|hr|hrs|hours?|man[- ]?hours?|person[- ]?hours?|std|stdn|stunden?|personenstunden|heures?|horas?(?:[- /]?(?:hombre|homem))?|hs|hh|ore(?:[- /]?uomo)?|ora|manuren|uren|uur|u"),
    ("weeks", r"person[- ]?weeks?|pw|w|wks?|weeks?|personenwochen|wochen?|semaines?|sem|semanas?|settimane|settimana|weken"),
    ("months", r"mo|mos|months?|person[- ]?months?|man[- ]?months?|pm|mm|personenmonate?|personenmonat|monate?|mois(?:[- /]?hommes?)?|meses|mes|mês|mesi|mese|maanden|maand"),
    ("fte", r"ftes?|vz[äa]e?|vk|vollzeitstellen?|etps?|etc|eti|eqtp|persons?|people|pers|personen?|pessoas?|personas?|persone|staff|heads?|stellen?|postes?|mak"),
)  # fmt: skip
_PERIODS: tuple[tuple[str, str, str], ...] = (
    ("day", "day tag jour día dia giorno dag", "daily täglich diario diaria diarias diário diária diários quotidien quotidienne"),
    ("week", "week wk w woche semaine sem semana settimana", "weekly wöchentlich hebdo hebdomadaire semanal semanales semanais settimanale settimanali wekelijks pw p.w"),
    ("month", "month mon mth monat mois mes mês mese maand", "monthly monatlich mtl mensuel mensuels mensuelle mensual mensuales mensal mensais mensile mensili maandelijks pcm p.m"),
    ("quarter", "quarter quartal trimestre kwartaal qtr q", "quarterly vierteljährlich quartalsweise trimestral trimestrales trimestriel trimestrale"),
    ("year", "year annum yr jahr an année año ano anno jaar", "yearly annually annual jährlich annuel annuels annuelle anual anuales anuais annuale annui jaarlijks p.a pa"),
    ("occurrence", "occurrence time run cycle session instance each sitzung mal durchgang fois vez volta keer event case visit meeting termin vorgang fall stück", ""),
)  # fmt: skip
"""Each period with what stands after `per` and its like, and with its adverbs."""
_PER = re.compile(
    r"(?:/|\bper\b|\ban?\b|\beach\b|\bpro\b|\bje\b|\bpar\b|\bpor\b|\bal\b|\bao\b|\bà la\b|\bà l'|\ba la\b|\ball'|\bto\b|\bp/|\bp\.(?=[a-z]))\s?([^\W\d_]+)"
)
_WORD = re.compile(r"p\.\s?[amw](?!\w)|[^\W\d_]+")
_UNIT = tuple((name, re.compile(rf"(?:{words})(?!\w)\.?")) for name, words in _UNITS)
_PERIOD = {word: name for name, nouns, adverbs in _PERIODS for word in f"{nouns} {adverbs}".split()}
_ADVERBS = {word: name for name, _, adverbs in _PERIODS for word in adverbs.split()}
_MINUTES = re.compile(r"(?:min|mins|minutes?|minuten|minutos?|minuti|minuut)\b\.?")
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_COMPOUND = re.compile(r"(\d{1,4}) ?(?:h|hrs?|hours?|std\.?) ?([0-5]?\d) ?(?:m|min|minutes?)?(?!\w)(.*)")
_DURATION = re.compile(r"(\d{1,4}):([0-5]\d)(?::[0-5]\d)?")
_JOINT = re.compile(r"\s?(?:-|\bto\b|\bbis\b|\bà\b|\ba\b|\baté\b|\btot\b)\s?")
_BEFORE = re.compile(r"(?:de|from|von|between|entre|da|van|max|min|effort|aufwand|est|gesch)\b[.:]? ?|[:=] ?")
_ALTOGETHER = frozenset(
    "total|in total|overall|gesamt|insgesamt|au total|en total|no total|in totale|totaal|est|est.|estimated|approx|approx.|tbc|geschätzt|of work|arbeit".split(
        "|"
    )
)


@dataclass(frozen=True)
class Effort:
    """An amount of work: `unit` and `per` as `fields.item_columns` names them."""

    value: float
    unit: str
    per: str
    ranged: bool = False
    other: float | None = None
    """The second reading where nothing says which mark parts decimals (`1.234 h`)."""


def read_effort(text: str, unit: str, per: str, mark: Mark = "") -> Effort | None:
    """The work a text stands for: `40 h`, `0,5 FTE`, `3 d/week`, `5 Std. je Sitzung`, `16:00`; else None.

    `unit` and `per` are what the heading says, for a bare number; `mark` is what parts decimals in the column. The
    time is linear in the text.
    """
    if len(text) > LONGEST or names_money(text) or _DATED.search(text):
        return None
    plain = _BEFORE.sub("", folded(text), count=1) if not text[:1].isdigit() else folded(text)
    clock = _DURATION.fullmatch(plain)
    if clock:
        return Effort(int(clock[1]) + int(clock[2]) / 60, "hours", per or "total")
    compound = _COMPOUND.fullmatch(plain)
    if compound:
        return Effort(int(compound[1]) + int(compound[2]) / 60, "hours", heading_period(compound[3]) or per or "total")
    return _plain(plain, unit, per, mark)


def _plain(plain: str, unit: str, per: str, mark: Mark) -> Effort | None:
    """A number with its unit and period, or two of them with a joint between: the middle."""
    match = NUMBER.match(plain)
    amount = value_of(match, mark) if match else None
    if match is None or amount is None:
        return None
    rest = plain[match.end() :].strip()
    named = next((found for _, words in _UNIT if (found := words.match(rest))), None)
    joint = _JOINT.match(rest, named.end() if named else 0) or _JOINT.match(rest)
    if joint and NUMBER.match(rest, joint.end()):
        high = _plain(rest[joint.end() :], unit, per, mark)
        if high is None or high.ranged or amount.other is not None or high.other is not None:
            return None
        low = amount.value / 100 if high.unit == "share" and "%" in plain else amount.value
        return Effort((low + high.value) / 2, high.unit, high.per, True) if low <= high.value else None
    read = _with_unit(amount.value, rest, unit, per)
    if read is None or amount.other is None:
        return read
    other = _with_unit(amount.other, rest, unit, per)
    return Effort(read.value, read.unit, read.per, read.ranged, None if other is None else other.value)


def _with_unit(value: float, rest: str, unit: str, per: str) -> Effort | None:
    minutes = _MINUTES.match(rest)
    if minutes:
        value, rest = value / 60, "h" + rest[minutes.end() :]
    named, left = unit, rest
    for name, words in _UNIT:
        match = words.match(rest)
        if match:
            named, left = name, rest[match.end() :].strip()
            break
    period = heading_period(left) if left else ""
    if left and not period and not left.startswith(("(", "[")) and left.rstrip("*?") not in _ALTOGETHER | {""}:
        return None
    if period and re.search(r"\d", left):
        return None
    if named == "share":
        return Effort(value / 100 if rest.startswith(("%", "p")) or value > 1.5 else value, "share", "")
    if named == "fte":
        return Effort(value, "fte", "")
    return Effort(value, named or "hours", period or per or "total")


_NO_UNITS_ALONE = frozenset("u w j sem mes at people person staff pw mm mt etc a q hh".split())
"""Words of headings that are no units by themselves."""


def heading_unit(heading: str) -> str:
    """The unit a heading names (`Effort (h)`, `Person days`, `FTE`, `% allocation`), or ""."""
    plain = folded(heading[:LONGEST].replace("_", " "))
    whole = re.split(r"[^\w%/.-]+", plain)
    words = [*whole, *(part for word in whole for part in re.split(r"[^\w%]+", word))]
    for name, pattern in _UNIT:
        if any(pattern.fullmatch(word) for word in words if word and word not in _NO_UNITS_ALONE):
            return name
    return ""


def heading_period(text: str) -> str:
    """The period a text names after `per`, `/`, `a`, `pro`, `je`, `par`, `por`, or as an adverb, or ""."""
    lowered = text[:LONGEST].casefold()
    for match in _PER.finditer(lowered):
        name = _period(match[1].rstrip("."))
        if name:
            return name
        if match[0].lstrip().startswith(("je", "per ")) and len(match[1]) > 2:
            return "occurrence"
    words = (word.replace(" ", "") for word in _WORD.findall(lowered))
    return next((_ADVERBS[word] for word in words if word in _ADVERBS), "")


def _period(word: str) -> str:
    return _PERIOD.get(word) or _PERIOD.get(word.removesuffix("s"), "")
