"""Which items are active: their status, in the register's own words, says neither closed nor on hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pandas as pd

from pipeline.summarise.calendar import Calendar

INACTIVE_WORDS: Mapping[str, Mapping[str, str]] = {
    "closed": {
        "en": "closed|complete|completed|done|finished|delivered|archived|resolved|retired|decommissioned|ended",
        "de": "abgeschlossen|erledigt|beendet|fertig|fertiggestellt|geschlossen|archiviert|umgesetzt",
        "fr": "termine|terminee|clos|cloture|cloturee|acheve|achevee|fini|finie|realise|realisee|archive|archivee",
        "es": "cerrado|cerrada|terminado|terminada|finalizado|finalizada|completado|completada|concluido|hecho",
        "pt": "concluido|concluida|encerrado|encerrada|finalizado|finalizada|terminado|terminada|fechado|fechada|feito",
        "it": "chiuso|chiusa|completato|completata|concluso|conclusa|terminato|terminata|finito|finita|archiviato",
        "nl": "afgerond|gereed|voltooid|gesloten|klaar|beeindigd|gearchiveerd|afgesloten",
    },
    "cancelled": {
        "en": "cancelled|canceled|withdrawn|rejected|dropped|abandoned|terminated|stopped|void|superseded",
        "de": "abgebrochen|storniert|abgelehnt|gestoppt|verworfen|zuruckgezogen|entfallen",
        "fr": "annule|annulee|abandonne|abandonnee|rejete|rejetee|refuse|refusee|arrete|arretee",
        "es": "cancelado|cancelada|anulado|anulada|rechazado|rechazada|descartado|descartada",
        "pt": "cancelado|cancelada|anulado|anulada|rejeitado|rejeitada|descartado|descartada",
        "it": "annullato|annullata|cancellato|cancellata|respinto|respinta|abbandonato|abbandonata",
        "nl": "geannuleerd|vervallen|afgewezen|gestopt|ingetrokken",
    },
    "on hold": {
        "en": "on hold|onhold|hold|paused|suspended|deferred|postponed|parked|frozen|dormant",
        "de": "pausiert|zuruckgestellt|ruht|ruhend|ausgesetzt|angehalten|verschoben|geparkt|on hold",
        "fr": "en pause|en attente|suspendu|suspendue|reporte|reportee|differe|differee|gele|gelee",
        "es": "en pausa|en espera|suspendido|suspendida|pausado|pausada|aplazado|aplazada|pospuesto|pospuesta",
        "pt": "em espera|em pausa|suspenso|suspensa|pausado|pausada|adiado|adiada|parado|parada",
        "it": "in pausa|in attesa|sospeso|sospesa|rinviato|rinviata|congelato|congelata",
        "nl": "in de wacht|gepauzeerd|opgeschort|uitgesteld|on hold|geparkeerd",
    },
}
"""State -> language -> the words a status begins with when it says so, without accents and capitals."""

_BEGINS = {state: re.compile(rf"(?:{'|'.join(words.values())})\b") for state, words in INACTIVE_WORDS.items()}
_PART_DONE = re.compile(r"\b\d{1,2} ?%")
_NOT_A_LETTER = re.compile(r"^[\W\d_]+")


def state_of(status: str) -> str:
    """What a status says: `closed`, `cancelled`, `on hold`, or "" for everything else.

    Only the beginning counts ("Closed, March" but not "To be closed"), and a part that is done is not the
    whole ("complete 80 %").
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", status) if not unicodedata.combining(letter))
    words = _NOT_A_LETTER.sub("", " ".join(plain.casefold().split()))
    if _PART_DONE.search(words):
        return ""
    return next((state for state, begins in _BEGINS.items() if begins.match(words)), "")


def active(items: pd.DataFrame, calendar: Calendar) -> pd.Series:
    """Whether each item is active (bool, indexed as `items`).

    The status decides; where it is blank the phase does, then whether all of the work is done. An actual finish
    up to the period's last day closes an item whatever else is written.
    """
    said = items["status"].where(items["status"].str.strip() != "", items["phase"])
    states = {text: state_of(text) for text in said.unique()}
    silent = said.str.strip() == ""
    over = (said.map(states) != "") | (silent & (items["progress"] >= 1))
    finished = items["actual_finish"] <= pd.Timestamp(calendar.period_last)
    return ~(over | finished).astype(bool)
