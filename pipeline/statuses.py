"""The words that statuses begin with, in the languages registers are written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

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

ACTIVE_WORDS: Mapping[str, str] = {
    "en": "active|open|ongoing|on ?going|in progress|progressing|in work|wip|work in progress|started|running"
    "|live|operational|in operation|in service|in use|on track|on schedule|on time|delayed|late|overdue"
    "|behind|ahead|at risk|off track|blocked|pending|waiting|not started|not yet started|not begun|new"
    "|to ?do|doing|review|in review|under review|reviewed|test|testing|in test|approved|ready|assigned"
    "|scheduled|current|executing|in execution|implementing|in implementation|in delivery|initiated"
    "|initiating|mobilising|planning|in planning|analysis|design|build|recurring|continuous|partly"
    "|partially|partial|extended|monitoring|escalated|reopened|accepted|committed|signed off|upcoming"
    "|future",
    "de": "aktiv|offen|laufend|läuft|in arbeit|in bearbeitung|in umsetzung|in durchführung|begonnen"
    "|angefangen|gestartet|neu|noch nicht begonnen|nicht begonnen|nicht gestartet|in prüfung|in abnahme"
    "|in abklärung|in vorbereitung|vorbereitung|freigegeben|genehmigt|bewilligt|beauftragt|bereit"
    "|im plan|auf kurs|verzögert|verspätet|blockiert|wartet|wartend|kritisch|produktiv|in betrieb"
    "|im betrieb|in verzug|überfällig|teilweise|dauernd|ständig|im test|planung|umsetzung",
    "fr": "actif|active|ouvert|ouverte|en cours|démarré|démarrée|lancé|lancée|commencé|commencée|nouveau"
    "|nouvelle|à faire|à démarrer|non commencé|non démarré|en retard|bloqué|bloquée|validé|validée"
    "|approuvé|approuvée|en service|en revue|en validation|en test|en préparation|prêt|prête|à risque"
    "|à jour|dans les temps|en exploitation|partiel|récurrent",
    "es": "activo|activa|abierto|abierta|en curso|en proceso|en progreso|en marcha|en ejecución|en desarrollo"
    "|iniciado|iniciada|empezado|nuevo|nueva|por hacer|por iniciar|no iniciado|no iniciada|sin iniciar"
    "|pendiente|retrasado|retrasada|atrasado|atrasada|bloqueado|bloqueada|aprobado|aprobada|en revisión"
    "|en pruebas|en servicio|en operación|vigente|listo|lista|en riesgo|a tiempo|parcial|en plazo",
    "pt": "ativo|ativa|activo|activa|aberto|aberta|em curso|em andamento|em progresso|em execução"
    "|em desenvolvimento|iniciado|iniciada|novo|nova|a fazer|a iniciar|não iniciado|não iniciada"
    "|pendente|atrasado|atrasada|bloqueado|bloqueada|aprovado|aprovada|em revisão|em análise|em teste"
    "|em operação|em produção|vigente|pronto|pronta|em risco|no prazo|parcial",
    "it": "attivo|attiva|aperto|aperta|in corso|in lavorazione|in esecuzione|in sviluppo|iniziato|iniziata"
    "|avviato|avviata|nuovo|nuova|da fare|da iniziare|non iniziato|non iniziata|in ritardo|bloccato"
    "|bloccata|approvato|approvata|in revisione|in verifica|in test|in esercizio|in produzione|pronto"
    "|pronta|a rischio|in linea|parziale",
    "nl": "actief|open|lopend|loopt|in uitvoering|in behandeling|bezig|onderhanden|gestart|begonnen|nieuw"
    "|te doen|niet gestart|nog niet gestart|nog niet begonnen|vertraagd|te laat|geblokkeerd|goedgekeurd"
    "|in review|in test|in gebruik|in beheer|gereed voor|klaar voor|klaar om|op schema|in voorbereiding"
    "|doorlopend|deels|wacht op",
    "sv": "aktiv|aktivt|öppen|öppet|pågår|pågående|påbörjad|påbörjat|startad|ny|nytt|att göra|ej påbörjad"
    "|inte påbörjad|försenad|försenat|blockerad|godkänd|i drift|klar att|klar för|klar til|klart att"
    "|klart för|väntar|löpande|delvis",
    "da": "aktiv|aktivt|åben|åbent|i gang|igangværende|påbegyndt|startet|ny|nyt|ikke startet|ikke påbegyndt"
    "|forsinket|blokeret|godkendt|i drift|afventer|løbende|delvist",
    "ja": "進行中|対応中|作業中|実施中|着手|着手済み|未着手|未対応|未完了|新規|稼働中|運用中|レビュー中"
    "|承認済み|遅延|オープン|継続|継続中",
    "zh": "进行中|進行中|执行中|处理中|开发中|实施中|测试中|未开始|尚未开始|未完成|新建|已开始|已启动|已批准"
    "|运行中|延期中|延迟|待办|待处理|持续",
}
"""Language -> the words a status begins with when the work goes on or is still to begin. No figure depends on them:
whatever is not over counts as going on. They tell the words that nobody foresaw."""


def plain_status(text: str) -> str:
    """Without case, accents and double blanks."""
    if not text.isascii():  # most texts are, and have no accents to take off
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def beginning_with(words: Iterable[str]) -> re.Pattern[str]:
    """What a plain status matches when it begins with one of these words, each entry several parted by bars."""
    return re.compile(rf"(?:{plain_status('|'.join(words))})(?!\w)")
