"""Columns that hold one of a few words (type, status, phase, health): which of their words nobody here knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.findings import counted
from pipeline.ingest.cells import Cells
from pipeline.ingest.reader import TEXT
from pipeline.statuses import ACTIVE_WORDS, INACTIVE_WORDS, TENTATIVE_WORDS, beginning_with, plain_status

_STATUSES = (
    *(word for words in INACTIVE_WORDS.values() for word in words.values()),
    *TENTATIVE_WORDS.values(),
    *ACTIVE_WORDS.values(),
)
_COLOURS = "red|amber|yellow|orange|green|blue|gr[ae]y|black|white|rot|gelb|grun|blau|grau|schwarz|rouge|jaune|vert|bleu|rojo|amarillo|verde|ambar|naranja|vermelho|amarelo|laranja|rosso|giallo|arancio(?:ne)?|rood|oranje|groen|geel|[ragyb]"
_HEALTH = "good|ok|okay|fair|poor|bad|critical|high|medium|low|healthy|stable|warning|issues?|gut|mittel|schlecht|kritisch|stabil|bon|moyen|mauvais|critique|bueno|regular|malo|critico|bom|ruim|buono|medio|cattivo|goed|matig|slecht|kritiek"
_PHASES = (
    "phase|stage|gate|step|stufe|etappe|etape|etapa|fase|fasi|\\d+|[a-z]?\\d+|idea|concept|conception|initiat\\w*|start\\w*|kick ?off|define|definition|scop\\w*|analy\\w+|requirements?|feasibility|discovery|business case|plan\\w*|design\\w*|build\\w*|develop\\w*"
    "|test\\w*|uat|pilot\\w*|execut\\w*|implement\\w*|deliver\\w*|deploy\\w*|roll ?out|go ?live|launch\\w*|transition\\w*|handover|clos\\w*|hypercare|run|operat\\w*|maint\\w*|monitor\\w*|review\\w*|procure\\w*|tender\\w*|construct\\w*|prepar\\w*|commission\\w*",
    "idee|konzept\\w*|vorstudie|studie|initialisierung|anforderung\\w*|entwurf|realisierung|umsetzung|durchfuhrung|ausfuhrung|einfuhrung|abnahme|abschluss|ubergabe|betrieb|vorbereitung|ausschreibung|bau"
    "|demarrage|lancement|cadrage|etude|conception|realisation|execution|recette|deploiement|cloture|exploitation"
    "|inicio|iniciacion|planificacion|diseno|desarrollo|ejecucion|pruebas|implementacion|implantacion|despliegue|cierre|operacion|iniciacao|planejamento|planeamento|projeto|desenvolvimento|execucao|testes|implantacao|encerramento|operacao"
    "|avvio|ideazione|pianificazione|progettazione|sviluppo|esecuzione|collaudo|realizzazione|rilascio|chiusura|esercizio|initiatie|voorbereiding|ontwerp|bouw|uitvoering|realisatie|implementatie|afsluiting|nazorg|beheer",
)
_TYPES = "regulier\\w*|regular|gestione ordinaria|ordinari[ao]|tagesgeschaft|daueraufgabe|lopend\\w*|courante?|corrente|projects?|projekte?|projets?|proyectos?|projetos?|progett[oi]|projecten|programm?es?|programma?|programas?|portfolios?|initiatives?|change|transform\\w*|epics?|vorhaben|one[ -]?off|one[ -]?time|once|einmalig|bau|business as usual|run|operations?|operational|ops|recurring|services?|routines?|maintenance|support|betrieb|linie|wartung|unterhalt|rotina|rutina|recurrente?|recorrente|ricorrente|recurrent|exploitation|exploitatie|operacion|operacao|operazion\\w*|tasks?|sub-?tasks?|activit\\w*|process\\w*|tatigkeit|aufgabe|prozess|tache|processus|tarea|proceso|tarefa|processo|compito|taak|proces|capex|opex|internal|external|compliance|regulatory|mandatory|strategic"
_KNOWN: Mapping[str, re.Pattern[str]] = {
    "status": beginning_with([*_STATUSES, _COLOURS, *_PHASES]),
    "health": beginning_with([_COLOURS, _HEALTH, *_STATUSES]),
    "phase": beginning_with([*_PHASES, *_STATUSES]),
    "type": beginning_with([_TYPES]),
}
"""Field -> what a known word of it begins with."""
_LONGEST, _MOST_WORDS, _MOST_TEXTS = 30, 3, 20
"""What is longer is no single word of a list; a column with more different texts than that is free text."""


def report_unknown(cells: Cells) -> None:
    """A note for each word that a column of known words does not share with them.

    Where the known words fill less than half of the cells the column is free text, or has its own words: nothing is
    told.
    """
    known = _KNOWN.get(cells.field.id)
    if known is None:
        return
    read = cells.by_text(cells.kinds == TEXT, lambda text: (text, _is_known(text, known)))
    read = [((text, sort), rows) for (text, sort), rows in read if text]
    sure = sum(len(rows) for (_, sort), rows in read if sort)
    unknown = [(text, rows) for (text, sort), rows in read if not sort]
    if (
        len(read) > _MOST_TEXTS
        or sure < sum(len(rows) for _, rows in unknown)
        or not all(_is_short(text) for text, _ in unknown)
    ):
        return
    for text, rows in unknown:
        cells.add("R65", int(rows[0]), read=text, cells=counted(len(rows), "cell"), ranges=cells.ranges(rows))


def _is_known(text: str, known: re.Pattern[str]) -> bool:
    """It begins with a known word, or holds no word at all, as `80 %` does."""
    words = re.sub(r"^[\W\d_]+", "", plain_status(text))
    return not words or known.match(words) is not None or known.match(plain_status(text)) is not None


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS
