"""The words around a known heading: short forms, fillers, and what turns a plan into a fact. All are normalised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.fields import Kind

_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХаеорсухіѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXaeopcyxisABEZHIKMNOPTYXo")
"""Cyrillic and Greek letters that nobody can tell from Latin ones."""
_NUMBERED = re.compile(r"^\s*[(\[]?\d{1,2}\s?[.):\]]\s*(?=[^\W\d])")
"""`3. Owner`, `(2) Title`: the columns are numbered."""
_ENDINGS = re.compile(
    r"(?<=\w\w)(?:[/:*_](?:innen|in|r|n|s|e|es|a|i|o)|\((?:innen|in|e?n|e?s|r|e|fe|a|as|i|se|os)\))(?!\w)"
)
"""`Leiter/in`, `Chef(fe)`, `Assignee(s)`: forms for everybody."""
_YEAR = re.compile(r"20\d\d")
_SOFT = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")
"""Letters that are not seen: where a word may break, and where one must not."""
_BROKEN = re.compile(r"(?<=[^\W\d_])-[^\S\n]*\r?\n\s*(?=[^\W\d_A-Z])")
"""A word broken over two lines: `Projekt-` and `leiter` below."""
_NO_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


_LONGEST = 120
"""Longer texts are no headings, and are not kept in mind."""


def normalise(heading: str) -> str:
    """A heading without case, accents, punctuation, numbering and spacing: `3. Start-Date*` -> `start date`."""
    return _remembered(heading) if len(heading) <= _LONGEST else _normalised(heading)


def on_one_line(heading: str) -> str:
    """A heading as it is read: words that break over two lines are one, and whatever else parts words is a space."""
    return " ".join(_BROKEN.sub("", heading.translate(_SOFT)).split())


def _normalised(heading: str) -> str:
    heading = _BROKEN.sub("", heading if heading.isascii() else heading.translate(_SOFT))
    simple = heading.isascii()
    bare = _ENDINGS.sub("", _NUMBERED.sub("", heading if simple else heading.translate(_LOOK_ALIKES)))
    marked = _CAMEL.sub(" ", bare.replace("%", " percent ").replace("#", " no "))
    plain = marked if simple else _without_accents(marked.replace("ª", "a").replace("º", ""))
    return " ".join(_NO_WORD.sub(" ", plain.casefold()).split())


_remembered = lru_cache(maxsize=1 << 15)(_normalised)


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHORT: Mapping[str, str] = dict(
    pair.split(":")
    for pair in (
        "proj:project prj:project projekts:project mgr:manager dt:date dte:date resp:responsible freq:frequency act:actual actl:actual orig:original est:estimated"
        " estim:estimated rem:remaining pct:percent perc:percent comp:complete cmpl:complete compl:complete dept:department depts:department hrs:hours hr:hours wk:week wks:week mth:month"
        " prio:priority desc:description descr:description exp:expected tgt:target bl:baseline sched:scheduled compln:completion pln:plan"
        " verantw:verantwortlich verantwortl:verantwortlich stellv:stellvertretung zust:zustandig aufw:aufwand gepl:geplant tats:tatsachlich tatsachl:tatsachlich urspr:ursprunglich"
        " ursprgl:ursprunglich abt:abteilung bearb:bearbeiter beg:beginn bezeichn:bezeichnung beschr:beschreibung proy:proyecto fec:fecha prev:prevista fch:fecha vorg:vorgang kenn:vorgang f:fecha cod:codigo"
    ).split()
)  # fmt: skip
"""Short forms of single words."""

COMMON = _words(
    "a an the of for on by and to s this our der die das des dem den im am zum zur fur von vom und de du d l la le les un une et en el los las del al y lo"
    " do da dos das e o os na no di della dello dell degli il delle van het voor"
    " project projects projekt projekte projekts projektes projet projets proyecto proyectos projeto projetos progetto progetti projecten task tasks aufgabe aufgaben tache taches tarea tareas"
    " tarefa tarefas taak taken item items activity activities aktivitat aktivitaten activite activites actividad actividades atividade atividades attivita activiteit activiteiten"
    " action actions aktion aktionen accion acciones acao acoes azione azioni actie acties initiative initiatives initiativ iniciativa iniciativas iniziativa work arbeit massnahme massnahmen"
    " programa programas programma werkzaamheden travaux trabajos lavori arbeiten vorhaben tatigkeit tatigkeiten pela pelo vorgang vorgangs process processes prozess processus proceso processo proces programme program programm req requirement work werk job demanda demande"
)  # fmt: skip
"""Small words, and what the rows are called: `Start of the project` is its start."""
_BY_KIND: Mapping[Kind, frozenset[str]] = {
    "date": _words("date dates datum fecha f data dt day on at time zeitpunkt termin dd mm yy yyyy ddmmyyyy mmddyyyy yyyymmdd tt jj jjjj aaaa aa jour mois month monat mes mese maand iso current latest final"),
    "effort": _words("h hrs hour hours std stunden heures horas ore uren pt pd md mm jh j d days day tage jours dias giorni gg dagen percent pro per par por p w wk week woche month monat year jahr je total gesamt insgesamt required needed req homme uomo hombre nb nombre ca approx in weeks wochen months monate personentage mandays expected work"),
    "number": _words("k m eur euro euros usd gbp chf brl r us keur teur teuros meur mio tsd miles mil milliers thousand thousands million millions 000 1000 in total gesamt approved allocated granted alloue accorde approuve asignado aprobado aprovado alocado stanziato assegnato approvato genehmigt bewilligt toegekend ht ttc hors taxes net netto brutto gross incl excl vat mwst p year jahr annual"),
    "share": _words("percent pct so far current actual to date"),
    "people": _words("name names nom noms nombre nome naam namen full person persona personne persone persoon pessoa personen responsible responsable responsavel responsabile verantwortlich overall principal primary main current key r a raci intern internal interne interno pm pl assigned nominated execution execucao ejecucion umsetzung durchfuhrung"),
    "id": _words("ordre orden ordem ordine registro number no nr n num unique internal external"),
    "text": _words("name nom nombre nome naam level levels nivel niveau livello stufe full current actual actuel actuelle atual attuale huidige aktuell aktueller general overall main key expected short brief long detailed detail additional business other further kurze korte kurz generale geral"
                   " owning lead leading responsible responsables responsable responsavel responsabile verantwortlich verantwortliche verantwortlicher verantwortliches verantwoordelijk verantwoordelijke zustandig zustandige zustandiger zustandiges pilote assigned cost bezeichnung"),
    "cadence": _words("realisation execution ejecucion execucao ausfuhrung durchfuhrung of review reporting current w m q y d"),
}  # fmt: skip
"""What may stand around a heading of each kind without changing it."""
_BY_FIELD: Mapping[str, frozenset[str]] = {
    "email": _words("owner owners contact responsible responsable responsavel responsabile assignee assignees lead manager pm person ansprechpartner verantwortlich verantwortlicher projektleiter pilote verantwoordelijke"),
    "deputy": _words("responsable responsavel responsabile projektleitung projektleiter leitung manager owner lead person responsible"),
    "executive": _words("ressort"),
}  # fmt: skip
"""And what may stand around a heading of one field alone: `Owner e-mail` is an address, no owner."""
_QUALIFIERS: Mapping[str, str] = {
    word: sense
    for sense, words in {
        "plan": "plan planned planning scheduled projected expected forecast target estimated estimate soll geplant geplante geplanter geplantes vorgesehen geschatzt geschatzte geschatzter prevu prevue prevus prevues previsionnel previsionnelle estime estimee planifie planifiee"
        " previsto prevista previstos previstas planificado planificada planeado planeada planejado planejada estimado estimada estimados estimadas pianificato pianificata previste previsti stimato stimata stimate stimati gepland geplande geschat geschatte verwacht verwachte schatting 予定",
        "actual": "actual actuals real reale reales effective ist tatsachlich tatsachliche tatsachlicher tatsachliches effektiv effektive reel reelle reels reelles effectif effectivo efectiva efectivo efetivo efetiva effettivo effettiva effettive effettivi werkelijk werkelijke realise realisee realises realisees realizado realizada trabajadas worked 実績",
        "baseline": "baseline original originally initial initially approved basis basisplan ursprunglich ursprungliche ursprunglicher ursprungliches initiale initiales reference origine originale inicial base oorspronkelijk oorspronkelijke",
        "remaining": "remaining left rest restlich restant restante restants restantes residuo residua residue resterend resterende outstanding",
    }.items()
    for word in words.split()
}  # fmt: skip
_QUALIFIED: Mapping[tuple[str, str], str] = {
    **{(field, "plan"): field for field in ("start", "finish", "effort", "budget", "duration")},
    **{(f"{sense}_{side}", sense): f"{sense}_{side}" for sense in ("actual", "baseline") for side in ("start", "finish")},
    **{(side, sense): f"{sense}_{side}" for sense in ("actual", "baseline") for side in ("start", "finish")},
    **{(f"actual_{side}", "plan"): side for side in ("start", "finish")},
    ("effort", "actual"): "actual_effort",
    ("effort", "remaining"): "remaining_effort",
    ("actual_effort", "actual"): "actual_effort",
    ("remaining_effort", "remaining"): "remaining_effort",
    ("progress", "actual"): "progress",
    ("budget", "baseline"): "budget",
}  # fmt: skip


def spelled_out(plain: str) -> str:
    """A normalised heading with its short forms in full."""
    return " ".join(SHORT.get(word, word) for word in plain.split())


def sense(word: str) -> str:
    """What a word makes of a heading: `plan`, `actual`, `baseline` or `remaining`; "" where it turns nothing."""
    return _QUALIFIERS.get(word, "")


def may_surround(words: Iterable[str], field: str, kind: Kind) -> str | None:
    """What a field becomes among these words: itself, another one (`actual` + start), "" = none; None: unknown words.

    `Actual cost` holds a known heading and yet means no field of ours.
    """
    filling = COMMON | _BY_KIND[kind] | _BY_FIELD.get(field, frozenset())
    dated = kind in ("number", "effort")
    left = [word for word in words if word not in filling and not (dated and _YEAR.fullmatch(word))]
    senses = {_QUALIFIERS[word] for word in left if word in _QUALIFIERS}
    if any(word not in _QUALIFIERS for word in left) or len(senses - {"plan"}) > 1:
        return None
    sense = next(iter(senses - {"plan"}), "plan" if senses else "")
    return _QUALIFIED.get((field, sense), "") if sense else field
