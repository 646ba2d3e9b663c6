"""Words and phrases for how often work comes round -> one of CADENCES, in seven languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_LONGEST = 100
"""Longer texts are sentences, no cadences."""
_WORDS: tuple[tuple[str, str], ...] = (
    ("once", r"one off|one time|single|ad hoc once|einmalig|une fois|ponctuel(?:le)?|unique|una vez|unica vez|uma vez|pontual|una tantum|una volta|eenmalig|non recurring|nonrecurring|once|1x|1 mal|einmal"),
    ("on demand", r"on demand|ad hoc|as (?:and when )?(?:needed|required|requested)|(?:when|if) (?:needed|required)|on request|(?:bei|nach|je nach) bedarf|bedarfsweise|auf (?:anfrage|anforderung|abruf)|anlassbezogen|situativ|(?:a|sur) (?:la )?demande|selon (?:les )?besoins?|au besoin|si besoin|bajo demanda|a demanda|segun (?:necesidad|demanda|se requiera)|cuando se requiera|sob demanda|conforme (?:a )?(?:necessidade|demanda)|quando necessario|su richiesta|al bisogno|all occorrenza|secondo necessita|op aanvraag|naar behoefte|indien nodig|wanneer nodig|irregular(?:ly)?|unregelmassig|event driven"),
    ("fortnightly", r"fortnight(?:ly)?|bi ?weekly|14 ?(?:tagig|taglich|tagl)|zwei ?wochentlich|2 wochentlich|bimensuel(?:le)?|quinzenal(?:mente)?|quincenal(?:mente)?|bisettimanale|quindicinale|twee ?wekelijks|quinzaine|une semaine sur deux"),
    ("bimonthly", r"bi ?monthly|zwei ?monatlich|2 monatlich|bimestriel(?:le)?|bimestral(?:e|mente)?|bimestrale|twee ?maandelijks|un mois sur deux"),
    ("four-monthly", r"four monthly|4 monthly|quadrimestral(?:e|mente)?|cuatrimestral(?:mente)?|quadrimestriel(?:le)?|tertial(?:ly)?|vier ?maandelijks"),
    ("half-yearly", r"half ?yearly|half ?annual(?:ly)?|semi ?annual(?:ly)?|semi ?yearly|bi ?annual(?:ly)?|six monthly|6 monthly|halbjahrlich|halbjahresweise|semestriel(?:le|lement)?|semestral(?:e|mente)?|halfjaarlijks|(?:todo|cada|per|every|each|chaque|ogni|je|elk) (?:semestre|semester|halbjahr|half year|halfjaar)"),
    ("two-yearly", r"bi ?ennial(?:ly)?|two yearly|2 yearly|zwei ?jahrlich|2 jahrlich|biennal(?:e)?|bisannuel(?:le)?|bienal(?:mente)?|twee ?jaarlijks|un an sur deux"),
    ("quarterly", r"quarterly|qtrly|quarter|three monthly|3 monthly|vierteljahrlich|quartalsweise|quartalsmassig|quartalsende|quarter end|trimestriel(?:le|lement)?|trimestral(?:e|mente)?|drie ?maandelijks|kwartaal|kwartaalsgewijs"),
    ("monthly", r"monthly|mthly|month|month end|monatl|monatlich|mtl|monatsende|mensuel(?:le|lement)?|mensual(?:mente)?|mensal(?:mente)?|mensile|mensilmente|maandelijks|end of month|fin de mois|fin de mes|ultimo des monats"),
    ("weekly", r"weekly|wkly|week|wochentl|wochentlich|woechentlich|wtl|hebdomadaire(?:ment)?|hebdo|semanal(?:mente)?|settimanale|settimanalmente|wekelijks"),
    ("daily", r"daily|day|weekdays|(?:every )?working days?|workdays|every morning|taglich|taeglich|arbeitstaglich|werktaglich|quotidien(?:ne|nement)?|journalier|diari[oa](?:mente)?|giornaliero|giornalmente|quotidiano|dagelijks|hourly|shift(?:s|ly)?"),
    ("yearly", r"yearly|year|annual(?:ly)?|year end|p ?a|jahrlich|jahrl|jahres\w*|annuel(?:le|lement)?|anual(?:mente)?|annuale|annualmente|jaarlijks|jahrweise"),
    ("continuous", r"continuous(?:ly)?|continual(?:ly)?|on ?going|permanent(?:ly)?|constant(?:ly)?|always(?: on)?|rolling|recurring|regular(?:ly)?|laufend|fortlaufend|standig|dauernd|dauerhaft|kontinuierlich|regelmassig|continu(?:e|el|elle)?|en (?:continu|permanence|cours)|permanente?|continu[oa]|recurrente|recorrente|ricorrente|doorlopend|lopend|regelmatig|bau|24 ?[x/]? ?7(?: ?[x/]? ?365)?"),
)  # fmt: skip
"""Rarer cadences stand before those whose words they contain."""
_CODES: Mapping[str, str] = {
    "d": "daily", "w": "weekly", "bw": "fortnightly", "m": "monthly", "q": "quarterly", "sa": "half-yearly", "hy": "half-yearly", "h": "half-yearly", "y": "yearly", "a": "yearly", "j": "yearly",
}  # fmt: skip
"""What single letters say in a column of cadences."""
_UNITS: Mapping[str, str] = {
    word: unit
    for unit, words in {
        "day": "day days daily tag tage tagen taglich jour jours dia dias giorno giorni dag dagen journalier werkdag werkdagen arbeitstag",
        "week": "week weeks wk wo wochentl weekly woche wochen wochentlich semaine semaines semana semanas settimana settimane weken wekelijks",
        "month": "month monats months mth monatl monthly monat monate monaten monatlich mois mes meses mese mesi maand maanden maandelijks",
        "quarter": "quarter quartals quarters quarterly quartal quartale trimestre trimestres kwartaal kwartalen",
        "half": "semester semestre semestres halbjahr halfjaar",
        "year": "year jahres years yr jahrl yearly annum annually jahr jahre jahren jahrlich an ans annee annees ano anos anno anni jaar jaren jaarlijks",
    }.items()
    for word in words.split()
}
_WEEKDAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|wed|thu|fri|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|lundis?|mardis?|mercredis?|jeudis?|vendredis?"
    r"|lunes|martes|miercoles|jueves|viernes|(?:segunda|terca|quarta|quinta|sexta)(?: feira)?|lunedi|martedi|mercoledi|giovedi|venerdi|(?:maan|dins|woens|donder|vrij)dag)"
)
_COUNTS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        ("once einmal een eenmaal una une uma un ein eine one 1", "twice zweimal zwei deux dos duas dois due twee tweemaal two second other 2 zweite zweiten zweites", "thrice dreimal drei trois tres tre drie three 3", "four vier quatre cuatro quatro quattro 4 viermal", "five funf cinq cinco cinque vijf 5", "six sechs seis sei zes 6 sechsmal"), start=1
    )
    for word in words.split()
}  # fmt: skip
_PER = r"(?:per|pro|im|in der|je|par|por|al|ao|a la|a|an|each|every|in|all|alla|na|no|nel|ogni)"
_TIMES = re.compile(
    rf"(\w+?) ?(?:x|times?|mal|fois|veces|vez|vezes|volte|volta|keer|maal)(?: {_PER})? (\w+)|(once|twice|einmal|zweimal|dreimal|viermal) (?:{_PER} )?(\w+)"
)
_EVERY = re.compile(
    r"(?:once )?(?:every|each|alle|aller|jede[nrsm]?|tous les|toutes les|tout les|chaque|a cada|cada|todos los|todas las|todos os|todas as|todo[s]?|toda[s]?|ogni|elke?|iedere?|om de|om het|om|per|pro|je|par)"
    r" ?(?P<count>\w+)? (?P<unit>\w+)"
)
_IN_DAYS: Mapping[int, str] = {
    1: "daily",
    7: "weekly",
    14: "fortnightly",
    15: "fortnightly",
    28: "monthly",
    30: "monthly",
    90: "quarterly",
    180: "half-yearly",
    365: "yearly",
}
_IN_WEEKS: Mapping[int, str] = {
    1: "weekly",
    2: "fortnightly",
    4: "monthly",
    13: "quarterly",
    26: "half-yearly",
    52: "yearly",
}
_IN_MONTHS: Mapping[int, str] = {
    1: "monthly",
    2: "bimonthly",
    3: "quarterly",
    4: "four-monthly",
    6: "half-yearly",
    12: "yearly",
    24: "two-yearly",
}
_MONTHS_OF: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_A_YEAR: Mapping[str, Mapping[int, str]] = {
    "day": {1: "daily"},
    "week": {1: "weekly", 5: "daily"},
    "month": {1: "monthly", 4: "weekly"},
    "quarter": {1: "quarterly", 3: "monthly"},
    "half": {1: "half-yearly"},
    "year": {
        1: "yearly",
        2: "half-yearly",
        3: "four-monthly",
        4: "quarterly",
        6: "bimonthly",
        12: "monthly",
        26: "fortnightly",
        52: "weekly",
    },
}
_PER_LETTERS = {"a": "per year", "m": "per month", "w": "per week"}
_PER_LETTER = re.compile(r"\bp ([amw])\b")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PATTERNS = tuple((name, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for name, pattern in _WORDS)
_WEEKDAY = re.compile(
    rf"(?:on |every |each |jede[nrs]? |am |chaque |le |los |todos los |todas as |todas? |ogni |il |elke |op )*{_WEEKDAYS}"
)
_OTHER_WEEKDAY = re.compile(
    rf"(?:every (?:other|second|2nd)|jede[nr]? zweite[nr]?|alle zwei|un|om de) {_WEEKDAYS}(?: sur deux)?"
)
_DAY_OF = re.compile(
    r"(?:on |every |each |am |jede[nrs]? |le |los? |chaque |cada |todo |toda |ogni |il |op |elke )*(?:the |der |de |den |el |la |o |a )?"
    r"(?:first|second|third|fourth|last|\d{1,2}(?:st|nd|rd|th|e|er|o|a)?|(?:erste|zweite|dritte|vierte|letzte)[nrms]?"
    r"|premier|deuxieme|troisieme|dernier|primer|segundo|tercer|ultim[oa]|primeir[oa]|prim[oa]|second[oa]|terz[oa]|eerste|tweede|derde|laatste)"
    rf" (?:{_WEEKDAYS}|(?:working |business |work|calendar )?day|(?:arbeits|werk)tag|jour(?: ouvre| ouvrable)?|dia(?: habil| util)?"
    r"|giorno(?: lavorativo)?|(?:werk)?dag)?"
    r" ?(?:of |in |im |des |du |de |del |do |van )(?:the |each |every |jede[nrsm]? |chaque |cada |ogni |elke |el |la |de |het |um )*"
    r"(?P<unit>\w+)"
)
_MEETING = re.compile(
    r"\b(?:board|meeting|steering|review|committee|report|sitzung|jour fixe|reunion|reuniao|comite|stand ?up|checkpoint|lenkungs\w*|overleg|riunione)\b"
)
_NOT = re.compile(
    r"\b(?:not|never|no|nicht|nie|kein\w*|pas|jamais|non(?! recurring)|nunca|mai|niet|geen|or|oder|ou|oppure)\b"
)
_ONLY_WHOLE = frozenset(
    (
        "once",
        "1x",
        "1 mal",
        "einmal",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "unique",
        "single",
        "pa",
        "p a",
        "una volta",
        "una vez",
        "uma vez",
        "une fois",
    )
)
"""Words that are a cadence only by themselves: `once the system is live`, `end of the week`."""


def plain_words(text: str) -> str:
    """A text without case, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


def read_cadence(text: str, *, codes: bool = False) -> str | None:
    """The cadence of the work that a text names; None where it names none, or two.

    The whole text must be a cadence, or begin or end with one; a cadence of meetings (`monthly board`) is none of
    the work. `codes`: single letters count (`M`), as in a column of cadences. The time is linear in the text.
    """
    if len(text) > _LONGEST:
        return None
    words = plain_words(_BRACKETS.sub(" ", text)) or plain_words(text)
    if codes and words in _CODES:
        return _CODES[words]
    words = _PER_LETTER.sub(lambda match: _PER_LETTERS[match[1]], words)
    if not words or _MEETING.search(words) or _NOT.search(words):
        return None
    if re.fullmatch(r"24 ?x? ?7.*", words):
        return "continuous"
    for read in (_interval, _rate, _weekday, _named):
        found = read(words)
        if found is not None:
            return found or None
    return None


def _count(word: str | None) -> int:
    """`two` -> 2; 0 where the word is no number."""
    if not word:
        return 1
    return _COUNTS.get(word, int(word) if word.isdecimal() and len(word) < 4 else 0)


def _interval(words: str) -> str | None:
    """`every 2 weeks`, `tous les 15 jours`, `om de week`; "" for an interval that has no name here."""
    compound = re.fullmatch(r"(\d{1,3}) ?([a-z]+(?:lich|ly|lijks))", words)
    if compound and compound[2] in _UNITS:
        return _every(int(compound[1]), _UNITS[compound[2]])
    match = _EVERY.match(words)
    if not match or match["unit"] not in _UNITS:
        alone = re.match(
            r"(?:once )?(?:every|each|jede[nrsm]?|chaque|tous les|toutes les|cada|todo[s]?|toda[s]?|todos (?:los|os)|todas (?:las|as)|ogni|elke?|iedere?|om de|om het|per|pro|je|par) (\w+)",
            words,
        )
        if not alone or alone[1] not in _UNITS:
            return None
        return _every(2 if words.startswith("om ") else 1, _UNITS[alone[1]])
    count = 2 if match["count"] is None and words.startswith("om ") else _count(match["count"])
    if not count:
        return "daily" if match["count"] in ("working", "business", "week") and _UNITS[match["unit"]] == "day" else None
    return _every(count, _UNITS[match["unit"]])


def _every(count: int, unit: str) -> str:
    if unit == "day":
        return _IN_DAYS.get(count, "")
    return _IN_WEEKS.get(count, "") if unit == "week" else _IN_MONTHS.get(count * _MONTHS_OF[unit], "")


def _rate(words: str) -> str | None:
    """`2x per year`, `1 fois par mois`, `zweimal im Jahr`, `1x wochentlich`; "" for a rate that has no name here."""
    match = _TIMES.match(words)
    if not match:
        return None
    count, unit = _count(match[1] or match[3]), _UNITS.get(match[2] or match[4])
    return None if not count or unit is None else _A_YEAR[unit].get(count, "")


def _weekday(words: str) -> str | None:
    """`on Mondays`, `every other Friday`, `last Friday of the month`, `15th of each month`."""
    day = _DAY_OF.fullmatch(words)
    if day and _UNITS.get(day["unit"]) in _MONTHS_OF:
        return _every(1, _UNITS[day["unit"]])
    if _OTHER_WEEKDAY.match(words):
        return "fortnightly"
    return "weekly" if _WEEKDAY.fullmatch(words) else None


def _named(words: str) -> str | None:
    """A cadence by its name; "" where the text names two."""
    for name, pattern in _PATTERNS:
        if pattern.fullmatch(words):
            return name
    found: dict[str, tuple[int, int]] = {}
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            inside = any(start <= match.start() and match.end() <= end for start, end in found.values())
            if not inside and match[0] not in _ONLY_WHOLE:
                found.setdefault(name, match.span())
    if len(found) != 1:
        return "" if found else None
    ((name, (start, end)),) = found.items()
    return name if start == 0 or end == len(words) else None
