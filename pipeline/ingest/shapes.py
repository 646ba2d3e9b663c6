"""Tell what is no table of work although it has the look of one: turned tables, forms, calendars, pivots, lists."""

from __future__ import annotations

import re

import numpy as np
import pyarrow.compute as pc

from pipeline.fields import FIELDS, PEOPLE_FIELDS
from pipeline.ingest.header import Header, named_fields, recognised
from pipeline.ingest.headings import Headings, normalise
from pipeline.ingest.reader import BLANK, DATE, NUMBER, TEXT, RawSheet
from pipeline.ingest.regions import first_filled_row

_LOOKED_AT = 60
_KINDS = {field.id: field.kind for field in FIELDS}
_DAYS = 5
"""Weekdays from which a row heads a week."""
_PIVOT = re.compile(
    r"(?i)^(?:(?:sum|count|average|min|max|summe|anzahl|mittelwert|somme|nombre|moyenne|suma|cuenta|promedio|soma|contagem"
    r"|média|somma|conteggio|media|som|aantal|gemiddelde) (?:of|von|de|di|van) |row labels|zeilenbeschriftungen"
    r"|étiquettes de lignes|etiquetas de fila|rótulos de linha|etichette di riga|rijlabels)"
)
"""How spreadsheet programs head the columns of a pivot table; `Nombre de jours` is also a usual heading."""
_WEEKDAYS = frozenset(
    normalise(name)
    for name in (
        "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mo|Di|Mi|Do|Fr|Sa|So"
        "|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Lun|Mar|Mer|Jeu|Ven|Sam|Dim|Lundi|Mardi"
        "|Mercredi|Jeudi|Vendredi|Samedi|Dimanche|Mié|Jue|Vie|Sáb|Dom|Lunes|Martes|Miércoles|Jueves|Viernes|Sábado"
        "|Domingo|Seg|Ter|Qua|Qui|Sex|Segunda|Terça|Quarta|Quinta|Sexta|Segunda-feira|Terça-feira|Quarta-feira"
        "|Quinta-feira|Sexta-feira|Gio|Lunedì|Martedì|Mercoledì|Giovedì|Venerdì|Sabato|Domenica|Ma|Wo|Vr|Za|Zo|Maandag"
        "|Dinsdag|Woensdag|Donderdag|Vrijdag|Zaterdag|Zondag|月|火|水|木|金|土|日"
    ).split("|")
)
_PERSON = frozenset(normalise(word) for field in PEOPLE_FIELDS if field.id == "name" for word in field.synonyms())

TURNED = (
    "its fields stand below each other in one column and its items side by side; copy the table, use Paste Special > "
    "Transpose, and drop in the sheet that has one item in each row"
)
_FORM = "it is a form about one item, with each field's name beside its value"


def why_no_sheet(sheet: RawSheet, header: Header | None, known: Headings) -> str:
    """Why a sheet, whose best headings these are, holds no table of work items; "" where it may hold one."""
    if not sheet.rows:
        return "it is empty"
    if turned := _turned(sheet, header, known):
        return turned
    if _is_calendar(sheet, known):
        return "it is a calendar"
    return "" if header else "no row of headings over work items was found"


def why_no_table(sheet: RawSheet, header: Header, known: Headings) -> str:
    """Why the table under these headings holds no work items; "" where it may."""
    if any(_PIVOT.match(heading) and not recognised([heading], known)[0] for heading in header.headings):
        return "it is a pivot table, which sums up other rows"
    if _is_rota(header, known):
        return "it is a rota: people down, days across"
    return "it lists what may be chosen in other columns" if _is_choices(sheet, header) else ""


def _turned(sheet: RawSheet, header: Header | None, known: Headings) -> str:
    """Fields down a column, more of them than any row heads: a table on its side, or a form where it has one item."""
    top = first_filled_row(sheet)
    held = [at for at, kinds in enumerate(sheet.kinds) if (kinds[top : top + _LOOKED_AT] != BLANK).any()]
    heads = [heading for heading in header.headings if heading] if header else []
    across = len(named_fields(heads, known))
    for column in held[:2]:
        kinds = sheet.kinds[column][top : top + _LOOKED_AT]
        texts = [text for text in sheet.texts[column].slice(top, _LOOKED_AT).to_pylist() if text.strip()]
        down = named_fields([text for text in texts if len(text) > 1], known, ("exact", "synonym"))
        telling = sum(_KINDS[field] not in ("text", "id") or field == "status" for field in down)
        if telling >= 2 and len(down) >= 3 and len(down) > across and len(down) >= 0.5 * len(texts):
            labelled = np.flatnonzero(kinds == TEXT) + top
            beside = [(sheet.kinds[at][labelled] != BLANK).mean() >= 0.5 for at in held if at > column]
            return TURNED if sum(beside) >= 2 else _FORM
    return ""


def _is_calendar(sheet: RawSheet, known: Headings) -> bool:
    """A row of weekdays and nothing that we know as a heading, over days of the month."""
    top = first_filled_row(sheet)
    for row in sheet.preview(top + 15)[top:]:
        texts = [cell.strip() for cell in row if cell.strip()]
        days = [text for text in texts if normalise(text) in _WEEKDAYS]
        if len(days) >= _DAYS and len(texts) - len(days) <= 2:
            others = [text for text in texts if normalise(text) not in _WEEKDAYS]
            return not any(recognised(others, known))
    return False


def _is_rota(header: Header, known: Headings) -> bool:
    """One column of people, and days for all the others."""
    heads = [heading for heading in header.headings if heading]
    days = [head for head in heads if normalise(head) in _WEEKDAYS or _is_day(head)]
    others = [head for head in heads if head not in days]
    named = any(normalise(head) in _PERSON for head in others)
    return len(days) >= _DAYS and named and len(others) <= 2 and sum(recognised(others, known)) <= 1


def _is_day(text: str) -> bool:
    return text.isdecimal() and 1 <= int(text) <= 31


def _is_choices(sheet: RawSheet, header: Header) -> bool:
    """Columns of different values, each without a gap from the first row and of different lengths."""
    columns = [at for at, heading in enumerate(header.headings) if heading]
    if len(columns) < 2 or sheet.rows - header.last > _LOOKED_AT + 1:
        return False
    lengths = []
    for at in columns:
        filled = sheet.kinds[at][header.last + 1 :] != BLANK
        texts = sheet.texts[at].slice(header.last + 1).filter(filled)
        if not filled.any() or int(filled.sum()) != int(np.flatnonzero(filled)[-1]) + 1:
            return False
        if (
            pc.count_distinct(texts).as_py() < len(texts)
            or np.isin(sheet.kinds[at], (NUMBER, DATE))[header.last + 1 :].any()
        ):
            return False
        lengths.append(len(texts))
    return len(set(lengths)) > 1
