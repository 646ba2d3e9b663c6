"""What a cell of a checklist says: met, open, not applicable, or nothing that can be told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.statuses import plain_status
from pipeline.summarise.activity import state_of

MET, OPEN, NOT_APPLICABLE, UNKNOWN = "Met", "Open", "Not applicable", "Unknown"

TICK_WORDS: Mapping[str, Mapping[str, str]] = {
    NOT_APPLICABLE: {
        "en": "n/?a|not applicable|not required|not needed|not relevant",
        "de": "entfällt|nicht anwendbar|nicht erforderlich|nicht nötig|nicht relevant",
        "fr": "s/?o|sans objet|non applicable|non requis",
        "es": "no aplica|no procede|no requerido",
        "pt": "não aplicável|não se aplica|não requerido",
        "it": "non applicabile|non si applica|non richiesto",
        "nl": "n\\.?v\\.?t|niet van toepassing|niet nodig",
    },
    OPEN: {
        "en": "no|n|not|open|pending|outstanding|in progress|ongoing|started|partly|partial|partially|draft|planned|new"
        "|proposed|to be|to do|todo|t\\.?b\\.?[acd]\\.?|missing|requested|under review|false|0",
        "de": "nein|nicht|offen|in arbeit|in bearbeitung|laufend|teilweise|entwurf|geplant|neu|noch|fehlt|ausstehend"
        "|vorgeschlagen|falsch",
        "fr": "non|ouvert|ouverte|en cours|partiel|partielle|partiellement|brouillon|prévu|prévue|à faire|à définir"
        "|à confirmer|à déterminer|manquant|nouveau|nouvelle|proposé|proposée|faux",
        "es": "no|abierto|abierta|pendiente|en curso|en progreso|parcial|parcialmente|borrador|previsto|prevista"
        "|por definir|por confirmar|por determinar|falta|nuevo|nueva|propuesto|propuesta|falso",
        "pt": "não|aberto|aberta|pendente|em curso|em andamento|parcial|parcialmente|rascunho|previsto|prevista"
        "|a definir|a confirmar|a determinar|falta|novo|nova|proposto|proposta|falso",
        "it": "no|non|aperto|aperta|in corso|parziale|parzialmente|bozza|previsto|prevista|da fare|da definire"
        "|da confermare|manca|nuovo|nuova|proposto|proposta|falso",
        "nl": "nee|niet|open|loopt|in uitvoering|lopend|deels|gedeeltelijk|concept|gepland|nieuw|nog|ontbreekt"
        "|nader te bepalen|n\\.?t\\.?b|voorgesteld|onwaar",
    },
    MET: {
        "en": "yes|y|ok|okay|true|1|agreed|accepted|signed|signed off|ready|available|in place|adopted|taken up"
        "|implemented|applied|granted|handed over|confirmed|approved|x|✓|✔|☑|✅",
        "de": "ja|j|wahr|vereinbart|akzeptiert|unterschrieben|bereit|vorhanden|eingerichtet|übernommen|eingeführt"
        "|bestätigt|genehmigt|übergeben",
        "fr": "oui|o|vrai|convenu|accepté|acceptée|signé|signée|prêt|prête|disponible|en place|adopté|adoptée|appliqué"
        "|appliquée|confirmé|approuvé|validé|validée",
        "es": "sí|s|verdadero|acordado|acordada|aceptado|aceptada|firmado|firmada|listo|lista|disponible|adoptado"
        "|adoptada|aplicado|aplicada|implementado|implementada|confirmado|aprobado|aprobada",
        "pt": "sim|s|verdadeiro|acordado|acordada|aceite|aceito|assinado|assinada|pronto|pronta|disponível|adotado"
        "|adotada|aplicado|aplicada|implementado|implementada|confirmado|aprovado|aprovada",
        "it": "sì|vero|concordato|concordata|accettato|accettata|firmato|firmata|pronto|pronta|disponibile|adottato"
        "|adottata|applicato|applicata|attuato|attuata|confermato|approvato|approvata",
        "nl": "ja|waar|overeengekomen|afgesproken|geaccepteerd|getekend|klaar|beschikbaar|ingericht|overgenomen"
        "|toegepast|ingevoerd|bevestigd|goedgekeurd",
    },
}
"""What a cell says -> language -> the words it begins with; accents and capitals do not count."""

NOBODY_WORDS: Mapping[str, str] = {
    "en": "none|nobody|vacant|unassigned|unnamed",
    "de": "niemand|kein|keine|keiner|vakant|unbesetzt|wird noch",
    "fr": "aucun|aucune|vacant|vacante",
    "es": "nadie|ningún|ninguno|ninguna|vacante",
    "pt": "ninguém|nenhum|nenhuma|vago",
    "it": "nessun|nessuno|nessuna|vacante",
    "nl": "niemand|geen|vacature",
}
"""Language -> the words with which a cell that should name something says that there is nothing to name yet."""

UNKNOWN_WORDS: Mapping[str, str] = {
    "en": "unknown|unclear|null|nan|#n/a",
    "de": "unbekannt|unklar|k\\.? ?a\\.?|keine angabe|n\\.? ?n\\.?",
    "fr": "inconnu|inconnue|personne|n\\.?c\\.?",
    "es": "desconocido|desconocida|nada",
    "pt": "desconhecido|desconhecida",
    "it": "sconosciuto|sconosciuta|n\\.?d\\.?",
    "nl": "onbekend|n\\.?b\\.?",
}
"""Language -> the whole texts that name nothing; as part of a longer one some of them are names."""

_ISO = r"(\d{4}-\d{2}-\d{2})(?:[ t]00:00(?::00)?)?"
_BEFORE = (
    "by|before|due|on|for|expected|planned|vor|am|zum|avant|avant le|le|d'ici|d'ici le|antes de|antes del|el|para"
    "|antes do|em|entro|entro il|prima del|il|voor|op|per"
)
"""Words between a tick and its day; none of them means 'until', for what is agreed until a day is agreed."""


def _any_of(words: Mapping[str, str]) -> str:
    return plain_status("|".join(words.values()))


_BEGINS = {tick: re.compile(rf"(?:{_any_of(words)})(?!\w)") for tick, words in TICK_WORDS.items()}
_DAY = re.compile(rf"(?:(?:{_any_of(TICK_WORDS[MET])})\W+)?(?:(?:{plain_status(_BEFORE)})\W+)?{_ISO}")
_NOBODY = re.compile(rf"(?:{_any_of(NOBODY_WORDS)})(?!\w)")
_NOT_KNOWN = re.compile(rf"{_any_of(UNKNOWN_WORDS)}|[^\w✓✔☑✅]+")
_NAME = re.compile(
    rf"(?:open|planned|{plain_status('new|neu|nouveau|nouvelle|nuevo|nueva|novo|nova|nuovo|nuova|nieuw')})[ -]"
    r"(?!(?:as|at|by|for|in|since|to|until|with) )\w|n(?:\. ?| )[^\W\d_]{2}|(?:no|non|not)-\w"
)
"""Names of people, teams and places that begin as an open point does: `New depot team`, `N. Weber`, `Non-food`."""


def is_day(text: str) -> bool:
    """The text is a day, YYYY-MM-DD, alone or as in `agreed by 2026-12-01`."""
    return _DAY.fullmatch(plain_status(text)) is not None


def tick_of(text: str, last_day: str) -> str:
    """MET, OPEN or NOT_APPLICABLE; UNKNOWN for a blank cell and for what tells none of them.

    Only the beginning counts ("Yes, by mail" but not "Nobody said yes"). A day is met once it has come: up to
    `last_day` (YYYY-MM-DD); so is what is agreed by a day. A status of closed work ("Done") is met.
    """
    plain = plain_status(text)
    if (day := _DAY.match(plain)) and (day[1] > last_day or day.end() == len(plain)):
        return MET if day[1] <= last_day else OPEN
    told = next((tick for tick, begins in _BEGINS.items() if begins.match(plain)), "")
    return told or {"closed": MET, "on hold": OPEN}.get(state_of(text), UNKNOWN)


def name_tick(text: str, last_day: str, *, people: bool = False) -> str:
    """The same for a cell that is met by naming something, or `people`: whatever else it says is a name.

    UNKNOWN for a blank cell and for `-`, `?`, `unknown` and their like, OPEN for `none` and `nobody`.
    """
    plain = plain_status(text)
    if not plain or _NOT_KNOWN.fullmatch(plain):
        tick = tick_of(text, last_day)
        return tick if tick == NOT_APPLICABLE else UNKNOWN
    if people and _NAME.match(plain):
        return MET
    tick = tick_of(text, last_day)
    if tick != UNKNOWN:
        return tick
    return OPEN if _NOBODY.match(plain) else MET
