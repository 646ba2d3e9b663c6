"""What a cell of a checklist says: met, open, not applicable, or nothing that can be told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

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
        "|proposed|to be|to do|todo|tbc|tbd|tba|missing|requested|under review|false|0",
        "de": "nein|nicht|offen|in arbeit|in bearbeitung|laufend|teilweise|entwurf|geplant|neu|noch|fehlt|ausstehend"
        "|vorgeschlagen|falsch",
        "fr": "non|ouvert|ouverte|en cours|partiel|partielle|partiellement|brouillon|prévu|prévue|à faire|à définir"
        "|manquant|nouveau|nouvelle|proposé|proposée|faux",
        "es": "no|abierto|abierta|pendiente|en curso|en progreso|parcial|parcialmente|borrador|previsto|prevista"
        "|por definir|falta|nuevo|nueva|propuesto|propuesta|falso",
        "pt": "não|aberto|aberta|pendente|em curso|em andamento|parcial|parcialmente|rascunho|previsto|prevista"
        "|a definir|falta|novo|nova|proposto|proposta|falso",
        "it": "no|non|aperto|aperta|in corso|parziale|parzialmente|bozza|previsto|prevista|da fare|da definire|manca"
        "|nuovo|nuova|proposto|proposta|falso",
        "nl": "nee|niet|open|loopt|in uitvoering|lopend|deels|gedeeltelijk|concept|gepland|nieuw|nog|ontbreekt"
        "|voorgesteld|onwaar",
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

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ t]00:00(?::00)?)?")


def _plain(text: str) -> str:
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


_BEGINS = {tick: re.compile(rf"(?:{_plain('|'.join(words.values()))})(?!\w)") for tick, words in TICK_WORDS.items()}


def is_day(text: str) -> bool:
    """The text is a day, YYYY-MM-DD."""
    return _DAY.fullmatch(_plain(text)) is not None


def tick_of(text: str, last_day: str) -> str:
    """MET, OPEN or NOT_APPLICABLE; UNKNOWN for a blank cell and for what tells none of them.

    Only the beginning counts ("Yes, by mail" but not "Nobody said yes"). A day is met once it has come: up to
    `last_day` (YYYY-MM-DD). A status of closed work ("Done") is met.
    """
    plain = _plain(text)
    if day := _DAY.fullmatch(plain):
        return MET if day[1] <= last_day else OPEN
    told = next((tick for tick, begins in _BEGINS.items() if begins.match(plain)), "")
    return told or {"closed": MET, "on hold": OPEN}.get(state_of(text), UNKNOWN)
