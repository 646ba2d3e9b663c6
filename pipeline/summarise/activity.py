"""Which items are active: their status, in the register's own words, says neither closed nor on hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pandas as pd

from pipeline.summarise.calendar import Calendar

INACTIVE_WORDS: Mapping[str, Mapping[str, str]] = {
    "closed": {
        "en": "closed|complete|completed|done|finished|delivered|archived|resolved|retired|decommissioned|ended"
        "|finalised|finalized|concluded|discontinued",
        "de": "abgeschlossen|abgeschlossene|erledigt|beendet|fertig|fertiggestellt|geschlossen|archiviert|umgesetzt"
        "|vollendet|abgenommen|ausgeführt|außer betrieb|ausser betrieb",
        "fr": "termine|terminee|clos|cloture|cloturee|acheve|achevee|fini|finie|realise|realisee|archive"
        "|archivee|fait|livré|livrée|soldé|soldée|complété|complétée",
        "es": "cerrado|cerrada|terminado|terminada|finalizado|finalizada|completado|completada|concluido|concluida"
        "|hecho|hecha|completo|completa|entregado|entregada|archivado|archivada|acabado|acabada",
        "pt": "concluido|concluida|encerrado|encerrada|finalizado|finalizada|terminado|terminada|fechado|fechada|feito"
        "|feita|completo|completa|entregue|arquivado|arquivada|acabado|acabada",
        "it": "chiuso|chiusa|completato|completata|concluso|conclusa|terminato|terminata|finito|finita|archiviato"
        "|archiviata|fatto|fatta|ultimato|ultimata|consegnato|consegnata|evaso|evasa",
        "nl": "afgerond|gereed(?! voor)|voltooid|gesloten|klaar(?! voor| om)|beeindigd|gearchiveerd|afgesloten"
        "|opgeleverd|afgehandeld|gedaan",
        "sv": "klar(?! att| för| til)|klart(?! att| för)|klara|färdig|färdigt|avslutad|avslutat|stängd|stängt"
        "|slutförd|slutfört|genomförd|levererad|arkiverad",
        "da": "færdig|færdigt|afsluttet|lukket|udført|gennemført|fuldført|løst|leveret|arkiveret",
        "ja": "完了|完了済|完了済み|終了|終了済み|済|済み|クローズ|対応済み|対応完了|解決済み",
        "zh": "完成|已完成|已关闭|已關閉|关闭|已结束|已結束|结束|已结项|已归档|已交付|已解决|完结|已完结",
    },
    "cancelled": {
        "en": "cancelled|canceled|withdrawn|rejected|dropped|abandoned|terminated|stopped|void|superseded"
        "|aborted|scrapped|declined|killed|called off",
        "de": "abgebrochen|storniert|abgelehnt|gestoppt|verworfen|zuruckgezogen|entfallen|entfällt|eingestellt"
        "|gestrichen|annulliert|abgesagt",
        "fr": "annule|annulee|abandonne|abandonnee|rejete|rejetee|refuse|refusee|arrete|arretee|supprimé|supprimée",
        "es": "cancelado|cancelada|anulado|anulada|rechazado|rechazada|descartado|descartada|abandonado|abandonada"
        "|desestimado|desestimada",
        "pt": "cancelado|cancelada|anulado|anulada|rejeitado|rejeitada|descartado|descartada|abandonado|abandonada"
        "|interrompido|interrompida",
        "it": "annullato|annullata|cancellato|cancellata|respinto|respinta|abbandonato|abbandonata|scartato|scartata"
        "|interrotto|interrotta|rifiutato|rifiutata",
        "nl": "geannuleerd|vervallen|afgewezen|gestopt|ingetrokken|afgeblazen|afgebroken|stopgezet",
        "sv": "avbruten|avbrutet|inställd|inställt|avvisad|nedlagd|makulerad|annullerad|avslagen",
        "da": "annulleret|aflyst|afbrudt|afvist|droppet|stoppet|opgivet",
        "ja": "中止|中止済み|取消|取り消し|取消済み|キャンセル|キャンセル済み|却下|破棄|廃止",
        "zh": "取消|已取消|中止|已中止|终止|已终止|終止|已終止|放弃|已放弃|已作废|已拒绝|已撤销|废弃|已废弃",
    },
    "on hold": {
        "en": "on hold|onhold|hold|paused|suspended|deferred|postponed|parked|frozen|dormant|halted|put on hold",
        "de": "pausiert|zuruckgestellt|ruht|ruhend|ausgesetzt|angehalten|verschoben|geparkt|on hold|in wartestellung"
        "|unterbrochen|eingefroren|vertagt",
        "fr": "en pause|en attente|suspendu|suspendue|reporte|reportee|differe|differee|gele|gelee"
        "|en suspens|mis en attente|ajourné|ajournée",
        "es": "en pausa|en espera|suspendido|suspendida|pausado|pausada|aplazado|aplazada|pospuesto"
        "|pospuesta|congelado|congelada|en suspenso|detenido|detenida",
        "pt": "em espera|em pausa|suspenso|suspensa|pausado|pausada|adiado|adiada|parado|parada"
        "|congelado|congelada|em standby",
        "it": "in pausa|in attesa|sospeso|sospesa|rinviato|rinviata|congelato|congelata"
        "|rimandato|rimandata|in sospeso|accantonato|accantonata",
        "nl": "in de wacht|gepauzeerd|opgeschort|uitgesteld|on hold|geparkeerd|bevroren|aangehouden|stilgelegd",
        "sv": "pausad|pausat|vilande|parkerad|uppskjuten|uppskjutet|på paus|i vänteläge",
        "da": "på hold|sat på hold|i bero|sat i bero|på pause|pauseret|udsat|udskudt|parkeret",
        "ja": "保留|保留中|一時停止|一時停止中|延期|休止|休止中|中断|中断中|停止中",
        "zh": "暂停|暫停|已暂停|暂停中|搁置|擱置|已搁置|挂起|已挂起|暂缓|冻结",
    },
}
"""State -> language -> the words a status begins with when it says so; accents and capitals do not count.

A word that also means "ready" names what must not follow it ("klar att starta")."""

TENTATIVE_WORDS: Mapping[str, str] = {
    "en": "planned|proposed|proposal|idea|draft|requested|candidate|pipeline|backlog|tentative|forecast|submitted"
    "|potential|prospective|not approved|not yet approved|unapproved|awaiting approval|pending approval"
    "|to be approved|for approval|under consideration",
    "de": "geplant|vorgeschlagen|vorschlag|idee|entwurf|beantragt|angefragt|nicht genehmigt|noch nicht genehmigt"
    "|zu genehmigen|in planung",
    "fr": "planifié|planifiée|prévu|prévue|proposé|proposée|idée|brouillon|demandé|demandée|à approuver|non approuvé",
    "es": "planificado|planificada|planeado|planeada|previsto|prevista|propuesto|propuesta|idea|borrador|solicitado"
    "|solicitada|por aprobar|no aprobado|pendiente de aprobación",
    "pt": "planejado|planejada|planeado|planeada|previsto|prevista|proposto|proposta|ideia|rascunho|solicitado"
    "|solicitada|por aprovar|não aprovado|aguardando aprovação",
    "it": "pianificato|pianificata|previsto|prevista|proposto|proposta|idea|bozza|richiesto|richiesta|da approvare"
    "|non approvato",
    "nl": "gepland|voorgesteld|voorstel|idee|concept|aangevraagd|nog niet goedgekeurd|niet goedgekeurd",
    "sv": "planerad|planerat|föreslagen|idé|utkast",
    "da": "planlagt|foreslået|idé|udkast",
    "ja": "予定|計画中|提案|検討中|未承認|申請中",
    "zh": "计划中|已计划|拟议|提议|待审批|待批准|未批准|草案|申请中",
}
"""Language -> the words a status begins with when the work is planned and nobody has agreed to it yet."""


def _plain(text: str) -> str:
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


_BEGINS = {
    state: re.compile(rf"(?:{_plain('|'.join(words.values()))})(?!\w)") for state, words in INACTIVE_WORDS.items()
}
_TENTATIVE = re.compile(rf"(?:{_plain('|'.join(TENTATIVE_WORDS.values()))})(?!\w)")
_ALL_DONE = re.compile(r"100(?:[.,]0+)? ?%")
_PART_DONE = re.compile(r"\b\d{1,2} ?%")
_NOT_A_LETTER = re.compile(r"^[\W\d_]+")


def state_of(status: str) -> str:
    """What a status says: `closed`, `cancelled`, `on hold`, or "" for everything else.

    Only the beginning counts ("Closed, March" but not "To be closed"), and a part that is done is not the
    whole ("complete 80 %"); "100 %" alone is.
    """
    plain = _plain(status)
    if _ALL_DONE.fullmatch(plain):
        return "closed"
    words = _NOT_A_LETTER.sub("", plain)
    if _PART_DONE.search(words):
        return ""
    return next((state for state, begins in _BEGINS.items() if begins.match(words)), "")


def active(items: pd.DataFrame, kinds: pd.Series, calendar: Calendar) -> pd.Series:
    """Whether each item is active (bool, indexed as `items`, as are `kinds`).

    The status decides; where it is blank the phase does. An item is over, whatever else is written, where all of
    its work is done or an actual finish up to the period's last day is set. Only an operation whose status or phase
    says that it goes on does so at 100 %: that is one round of it.
    """
    said = _said(items)
    states = {text: state_of(text) for text in said.unique()}
    silent = said.str.strip() == ""
    over = (said.map(states) != "") | ((items["progress"] >= 1) & (silent | (kinds != "operation")))
    finished = items["actual_finish"] <= pd.Timestamp(calendar.period_last)
    return ~(over | finished).astype(bool)


def tentative(items: pd.DataFrame) -> pd.Series:
    """Whether each item is a forecast, no commitment: its status, or where blank its phase, says planned or proposed.

    Work of which nothing says so is committed (bool, indexed as `items`).
    """
    said = _said(items)
    begins = {text: bool(_TENTATIVE.match(_NOT_A_LETTER.sub("", _plain(text)))) for text in said.unique()}
    return said.map(begins).astype(bool)


def _said(items: pd.DataFrame) -> pd.Series:
    """The status of each item, the phase where that is blank."""
    return items["status"].where(items["status"].str.strip() != "", items["phase"])
