"""Words and phrases for how often work comes round -> one of CADENCES, in seven languages."""

from __future__ import annotations

import re
import unicodedata

_CADENCES: tuple[tuple[str, str], ...] = (
    ("once", r"once(?! (?:every|an?|per|in|each)\b)|one (?:off|time)|single|ad hoc once|einmalig|une fois|ponctuel|una vez|unica vez|uma vez|pontual|una tantum|una volta|eenmalig|non recurring|nonrecurring"),
    ("on demand", r"on demand|ad hoc|as (?:needed|required|requested)|when (?:needed|required)|on request|bei bedarf|auf anfrage|anlassbezogen|a la demande|selon besoin|bajo demanda|a demanda|segun necesidad|sob demanda|conforme necessidade|su richiesta|al bisogno|op aanvraag|naar behoefte|irregular|unregelmassig|event driven"),
    ("fortnightly", r"fortnight(?:ly)?|bi ?weekly|every (?:two|2|other|second) weeks?|every other week|14 tagig|14 taglich|alle (?:zwei|2) wochen|zweiwochentlich|toutes les (?:deux|2) semaines|bimensuel(?:le)?|quinzenal|quincenal|cada (?:dos|2) semanas|a cada (?:duas|2) semanas|bisettimanale|ogni (?:due|2) settimane|tweewekelijks|om de week|quinzaine"),
    ("bimonthly", r"bi ?monthly|every (?:two|2|other|second) months?|once every two months|alle (?:zwei|2) monate|zweimonatlich|bimestriel(?:le)?|tous les (?:deux|2) mois|bimestral(?:e)?|cada (?:dos|2) meses|a cada (?:dois|2) meses|bimestrale|tweemaandelijks"),
    ("four-monthly", r"four monthly|every (?:four|4) months|three times a year|quadrimestral(?:e)?|cuatrimestral|alle vier monate|tertial"),
    ("half-yearly", r"half ?yearly|semi ?annual(?:ly)?|bi ?annual(?:ly)?|twice a year|every (?:six|6) months|six monthly|halbjahrlich|alle sechs monate|semestriel(?:le)?|semestral(?:e|mente)?|cada seis meses|a cada seis meses|halfjaarlijks|todo semestre|cada semestre"),
    ("two-yearly", r"bi ?ennial(?:ly)?|every (?:two|2|other|second) years?|two yearly|alle (?:zwei|2) jahre|zweijahrlich|tous les (?:deux|2) ans|bienal|cada (?:dos|2) anos|a cada (?:dois|2) anos|biennale|tweejaarlijks"),
    ("quarterly", r"quarterly|quarter|every (?:three|3) months|three monthly|each quarter|every quarter|once every quarter|once a quarter|per quarter|vierteljahrlich|quartalsweise|quartalsmassig|je quartal|pro quartal|trimestriel(?:le)?|chaque trimestre|trimestral(?:e|mente)?|cada trimestre|ogni trimestre|driemaandelijks|per kwartaal|kwartaal"),
    ("monthly", r"monthly|month|every month|each month|once a month|per month|month end|monatlich|jeden monat|pro monat|mensuel(?:le|lement)?|chaque mois|tous les mois|mensual(?:mente)?|cada mes|todos los meses|mensal(?:mente)?|todo mes|todos os meses|mensile|ogni mese|maandelijks|elke maand|per maand"),
    ("weekly", r"weekly|week|every week|each week|once a week|per week|wochentlich|jede woche|pro woche|jeden (?:montag|dienstag|mittwoch|donnerstag|freitag)|every (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|hebdomadaire(?:ment)?|chaque semaine|hebdo|semanal(?:mente)?|cada semana|toda semana|settimanale|ogni settimana|wekelijks|elke week|per week"),
    ("daily", r"daily|day|every day|each day|every morning|weekdays|(?:every )?working days?|workdays|taglich|jeden tag|arbeitstaglich|werktaglich|quotidien(?:ne|nement)?|chaque jour|tous les jours|diari[oa](?:mente)?|cada dia|todos los dias|todos os dias|giornaliero|quotidiano|ogni giorno|dagelijks|elke dag|hourly|shift(?:s|ly)?|24 7|24x7"),
    ("yearly", r"yearly|year|annual(?:ly)?|every year|each year|once a year|per year|per annum|year end|jahrlich|jedes jahr|pro jahr|jahres\w*|annuel(?:le|lement)?|chaque annee|tous les ans|anual(?:mente)?|cada ano|todos los anos|todo ano|todos os anos|annuale|ogni anno|jaarlijks|elk jaar|per jaar"),
    ("continuous", r"continuous(?:ly)?|ongoing|permanent(?:ly)?|constant(?:ly)?|always|rolling|recurring|regular(?:ly)?|laufend|fortlaufend|standig|dauernd|kontinuierlich|regelmassig|continu(?:e|el|elle)?|en continu|permanente?|continu[oa]|recurrente|recorrente|ricorrente|doorlopend|continu|regelmatig|bau"),
)  # fmt: skip
"""Rarer cadences stand before those whose words they contain."""

_WHOLE = tuple((name, re.compile(rf"(?:{pattern})")) for name, pattern in _CADENCES)
_MEETING = re.compile(
    r"\b(?:board|meeting|steering|review|committee|report|sitzung|jour fixe|reunion|reuniao|comite|stand ?up|checkpoint|lenkungs\w*|overleg|riunione)\b"
)


def plain_words(text: str) -> str:
    """A text without case, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


def read_cadence(text: str) -> str | None:
    """The cadence of the work that a text names; None where it names none.

    The whole text must be a cadence, or begin or end with one; a cadence of meetings (`monthly board`) is none of
    the work.
    """
    words = plain_words(text)
    if not words or _MEETING.search(words):
        return None
    for name, pattern in _WHOLE:
        if pattern.fullmatch(words):
            return name
    for name, pattern in _WHOLE:
        if re.match(rf"(?:{pattern.pattern})\b", words) or re.search(rf"\b(?:{pattern.pattern})$", words):
            return name
    return None
