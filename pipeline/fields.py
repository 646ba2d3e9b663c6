"""FIELDS: every column of a register that we understand, and PEOPLE_FIELDS for the People sheet.

To understand a new column is to add one entry. The listing `pipeline fields` and its page in the docs are
made from these tuples. Headings are compared after normalising (case, accents, punctuation, line breaks), so
one spelling of each synonym is enough. Sources of the synonyms: headings of public registers and list guides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "id", "people", "date", "effort", "number", "share", "cadence"]


@dataclass(frozen=True)
class Field:
    """One kind of column: what it means, what its cells hold, and how people head it in each language."""

    id: str
    title: str
    kind: Kind
    meaning: str
    headings: Mapping[str, tuple[str, ...]]
    """Language code -> usual headings."""

    def synonyms(self) -> Iterator[str]:
        """All headings, in every language."""
        for words in self.headings.values():
            yield from words


def _field(id: str, title: str, kind: Kind, meaning: str, **headings: str) -> Field:
    split = {language: tuple(word.strip() for word in words.split("|")) for language, words in headings.items()}
    return Field(id, title, kind, meaning, split)


FIELDS: tuple[Field, ...] = (
    _field(
        "id", "ID", "id", "What tells this item from all others, kept as text (leading zeros stay).",
        en="ID|No|No.|Nr|Number|Ref|Ref.|Reference|Reference number|Code|Project number|Project no|Project ID|Item ID"
        "|Item no|Item|Key|WBS|WBS code|WBS ID|Work ID|Ticket|Ticket number|Serial no|S No|S.No|Sl No|Sr No|Task ID"
        "|Activity ID|Row ID|GUID|UID|Issue key|Identifier|Record ID|Project code|Process code|Risk no|Req ID|Seq|Seq no|Sequence|Tracking number|Tracking ID|Work order|Line no|Project ref|Pos",
        de="Nr.|Lfd. Nr.|lfdNr|Projektnummer|Projekt-Nr.|Kennung|Kennziffer|Vorgangsnummer|PSP|PSP-Element|Lfd. Nummer|Pos.|Auftragsnummer|Auftragsnr|Projektnr|PSP-Code|Vorgangsnr|Maßnahmennummer|Maßnahmennr|Aufgabennummer|Code|ID",
        fr="N°|Numéro|Réf.|Référence|Identifiant|Code projet|N° projet|Num.|Nº|Code|ID",
        es="Nº|Núm.|Número|Código|Folio|Clave|Identificador|Cód.|Nro|ID|N°",
        pt="Nº|Núm.|Número|Código|Identificador|Cod.|Nr.|N|ID",
        it="N.|Numero|Codice|Rif.|Riferimento|Identificativo|Cod.|Num.|Nr.|ID",
        nl="Nr.|Nummer|Volgnummer|Code|Kenmerk|Projectnummer|Projectnr|Volgnr|Actienummer|Actienr|Taaknr|Taaknummer|Ref.nr|ID",
    ),
    _field(
        "title", "Title", "text", "The item's name, one line.",
        en="Title|Name|Activity|Activities|Initiative|Work item|Project|Project name|Project title|Process|Process name"
        "|Task|Task name|Task title|Work|Service|Service name|Operation|Activity name|Initiative name|Item name"
        "|Action|Action item|Feature|Feature list|Feature name|Deliverable name|Work package|Job|Programme name"
        "|Program name|Initiative/Activity|Project/Activity|Investment|Investment title|Milestone name|Subject"
        "|What|Work item title|Portfolio item|Epic|Story|Headline|Line item|Process or project|Projects|Tasks|Task/Activity|Action required|Short description of work|Routine task|Recurring task|Recurring activity",
        de="Bezeichnung|Titel|Name|Projektname|Projekt|Projektbezeichnung|Vorhaben|Aufgabe|Aufgaben|Tätigkeit|Thema"
        "|Maßnahme|Vorgang|Vorgangsname|Aktivität|Leistung|Prozess|Arbeitspaket|Projekttitel|Kurztitel|Vorhabenbezeichnung|Aufgabentitel|Aufgabenname|Maßnahmenbezeichnung|Kurzbezeichnung|Daueraufgabe|Regelaufgabe|Routineaufgabe",
        fr="Intitulé|Dénomination|Nom|Titre|Projet|Nom du projet|Action|Activité|Tâche|Libellé|Désignation|Chantier|Processus|Actions à mener|Objet de l'action|Nom de la tâche|Tâche récurrente|Activité récurrente",
        es="Nombre|Título|Iniciativa|Actividad|Actividades|Proyecto|Nombre del proyecto|Tarea|Acción|Proceso|Denominación"
        "|Programa|Programa presupuestario|Concepto|Acciones|Rutina|Tarea recurrente",
        pt="Nome|Título|Iniciativa|Atividade|Projeto|Nome do projeto|Tarefa|Ação|Processo|Denominação|Assunto|Ações|Descrição resumida|Rotina|Rotinas|Tarefa recorrente",
        it="Titolo|Nome|Attività|Progetto|Nome progetto|Iniziativa|Compito|Processo|Denominazione|Azione|Azioni|Attività ricorrente",
        nl="Titel|Naam|Activiteit|Project|Projectnaam|Taak|Initiatief|Omschrijving kort|Proces|Werkzaamheden|Actie|Taaknaam|Actiepunt|Projecttitel|Actienaam|Routinetaak|Terugkerende taak",
        sv="Uppgift|Aktivitet|Projekt|Namn|Benämning", ja="タスク|作業|件名|タスク名|作業名|作業項目",
        zh="任务|任务名称|项目名称|名称|接口名|工作内容", ko="작업|과제명|사업명", he="משימה|שם",
    ),
    _field(
        "description", "Description", "text", "What the item is about, in sentences.",
        en="Description|Desc|Scope|Objective|Objectives|Purpose|Summary|Detail|Details|Task description|Project description"
        "|Short description|Work description|Activity description|Issue description|Background|Goal|Goals|Aim"
        "|Description of risk|Risk description|Explanation|Justification|Narrative|About|Project objective|Long description",
        de="Beschreibung|Ziel|Ziele|Kurzbeschreibung|Inhalt|Zweck|Projektbeschreibung|Erläuterung|Aufgabenbeschreibung|Detailbeschreibung|Zielsetzung|Projektziel|Projektziele|Langbeschreibung|Leistungsbeschreibung",
        fr="Description|Objet|Objectif|Objectifs|Détail|Détails|Descriptif|Contenu|Périmètre|Finalité",
        es="Descripción|Objetivo|Objetivos|Alcance|Detalle|Detalles|Objeto|Finalidad",
        pt="Descrição|Objetivo|Objetivos|Escopo|Detalhe|Detalhes|Finalidade|Objeto|Abrangência",
        it="Descrizione|Obiettivo|Obiettivi|Oggetto|Dettaglio|Ambito|Scopo|Finalità",
        nl="Omschrijving|Beschrijving|Doel|Doelstelling|Toelichting|Inhoud|Projectomschrijving|Taakomschrijving|Projectbeschrijving",
        sv="Beskrivning", ja="内容|説明|概要", zh="描述|说明|内容",
    ),
    _field(
        "type", "Type", "text", "The kind of work the register itself declares: evidence, not proof.",
        en="Type|Category|Class|Classification|Work type|Run/Change|Run or change|Run / Change|Nature|Kind|Task category"
        "|Project type|Item type|Issue type|Investment class|Work category|Once/Recurring|One-off or recurring"
        "|Type of work|Activity type|Record type|Lifecycle type",
        de="Typ|Art|Projektart|Kategorie|Vorgangsart|Aufgabenart|Projekttyp|Arbeitsart|Vorhabenart|Tätigkeitsart|Maßnahmenart|Vorhabentyp",
        fr="Type|Nature|Catégorie|Type d'activité|Type de projet|Catégorie de projet", es="Tipo|Categoría|Clase|Tipo de actividad|Naturaleza",
        pt="Tipo|Categoria|Classe|Natureza|Tipo de atividade|Tipo de demanda", it="Tipo|Categoria|Classe|Tipologia|Natura",
        nl="Type|Soort|Categorie|Soort werk|Aard|Projecttype", ja="種別|分類|区分", zh="类型|类别",
    ),
    _field(
        "department", "Department", "text", "The standing part of the organisation that carries the item.",
        en="Department|Dept|Dept.|Division|Unit|Business unit|BU|Function|Directorate|Directorate/Department|Cost centre"
        "|Cost center|Org unit|Organisation unit|Area|Business area|Agency|Office|Branch|Faculty|School|Module|Department name",
        de="Abteilung|Bereich|Kostenstelle|Fachbereich|Amt|Organisationseinheit|OE|Referat|Dezernat|Ressort|Abt.|Fachabteilung|Sparte|Geschäftsbereich",
        fr="Direction|Service|Département|Unité|Pôle métier|Entité|Dépt.|Dpt|Direction/Service", es="Departamento|Área|Dirección|Unidad|Gerencia|Unidad responsable|Depto.|Dpto|Dependencia|Unidad organizativa",
        pt="Departamento|Área|Diretoria|Unidade|Setor|Secretaria|Gerência|Depto.|Dpto|Unidade organizacional|Secretaria responsável", it="Dipartimento|Reparto|Divisione|Direzione|Settore|Ufficio|Dip.|Area|Servizio|Struttura",
        nl="Afdeling|Divisie|Eenheid|Directie|Kostenplaats|Afd.|Dienst", ja="部門|部署", zh="部门|部門",
    ),
    _field(
        "team", "Team", "text", "The group inside a department.",
        en="Team|Squad|Group|Section|Crew|Responsible team|Delivery team|Workstream|Stream|PMU|Team name|Swarm|Chapter|Tribe",
        de="Team|Gruppe|Sachgebiet|Arbeitsgruppe", fr="Équipe|Pôle|Cellule|Groupe|Service", es="Equipo|Grupo|Célula",
        pt="Equipe|Time|Equipa|Grupo|Célula", it="Team|Squadra|Gruppo|Gruppo di lavoro", nl="Team|Groep|Ploeg|Werkgroep",
    ),
    _field(
        "function", "Function", "text", "Which part of running the organisation the work is: production, inventory, quality control, logistics, service.",
        en="Business function|Operational function|Operations function|Functional area|Process area|Process group|Process category|Type of operation|Operation type|Operations area|Service line|Function|Function name",
        de="Geschäftsfunktion|Betriebsfunktion|Funktionsbereich|Prozessbereich|Prozessgruppe|Funktion|Betriebsart", fr="Fonction métier|Fonction opérationnelle|Domaine fonctionnel|Famille de processus|Fonction",
        es="Función operativa|Función de negocio|Área funcional|Grupo de procesos|Función", pt="Função operacional|Função de negócio|Área funcional|Grupo de processos|Função",
        it="Funzione operativa|Funzione aziendale|Area funzionale|Gruppo di processi|Funzione", nl="Bedrijfsfunctie|Operationele functie|Functiegebied|Procesgroep|Functie",
    ),
    _field(
        "executive", "Executive", "people", "The member of the top management above the item.",
        en="Executive|Exec|Executive sponsor|Exec sponsor|Accountable executive|C-level|SRO|Senior responsible owner"
        "|Executive owner|COO/CIO/CPO|Director|Chief|Portfolio holder|Executive lead|Exec owner",
        de="Vorstand|Geschäftsleitung|Vorstandsressort|Geschäftsführung|Verantwortliches Vorstandsmitglied|Ressortvorstand|Zuständiger Vorstand",
        fr="Direction générale|Directeur exécutif|Membre du comité de direction", es="Director ejecutivo|Alta dirección",
        pt="Diretor executivo|Diretor|Executivo", it="Dirigente|Direttore esecutivo|Direttore", nl="Directeur|Bestuurder|Directielid|Portefeuillehouder",
    ),
    _field(
        "owner", "Owner", "people",
        "The person named for the item where the register does not part accountable from responsible; counts as both.",
        en="Owner|Lead|PM|Manager|Project manager|Project lead|DRI|PIC|Project owner|Task owner|Process owner|Service owner"
        "|Product owner|Owned by|Contact|Contact person|Point of contact|POC|Person in charge|Who|Led by|Business lead"
        "|Project leader|Item owner|Work owner|Action owner|Coordinator|Focal point|Program manager|Programme manager|PM name|Project mgr|PMO lead|Mgr|DRI name|Lead/Owner|Lead person|Owners|Leads|Item lead|Team lead|Task lead",
        de="Projektleiter|Projektleitung|Verantwortlich|Verantwortliche|Verantwortlicher|Ansprechpartner|Leitung|Federführung|PL|Verantw.|Verantwortl.|Wer|Projektverantwortliche|Projektverantwortlicher|Projektmanager|Prozesseigner|Prozessverantwortlicher|Federführend|Kümmerer|Verantwortlichkeit",
        fr="Chef de projet|Pilote|Porteur|Propriétaire|Référent|CDP|Qui|Pilotes|Chef projet|Responsable de projet|Resp. projet|Animateur", es="Líder|Encargado|Jefe de proyecto|Titular|Dueño|Líder de proyecto|Jefe de Proy.|Gerente de proyecto|Director de proyecto|Quién",
        pt="Líder|Encarregado|Gerente|Gerente do projeto|Gestor|Dono|GP|Líder de projeto|Gerente de projeto|Coordenador|Quem", it="Capo progetto|Referente|Titolare|PM|Project manager|Capoprogetto|Chi|Coordinatore",
        nl="Eigenaar|Projectleider|Verantwoordelijke|Trekker|Contactpersoon|Projectmanager|Actiehouder|Proceseigenaar|Wie|Verantw.|Projecttrekker", sv="Ansvarig|Projektledare", ja="担当|担当者|責任者", zh="负责人|开发者|责任人",
    ),
    _field(
        "accountable", "Accountable", "people", "The one person who answers for the item.",
        en="Accountable|Accountable person|Accountable owner|A|Approver|Business owner|Accountability|Answerable|RACI A|Accountable (A)|Accountable manager",
        de="Rechenschaftspflichtig|Gesamtverantwortlich|Gesamtverantwortung|Ergebnisverantwortlich|Gesamtverantw.|Gesamtverantwortlicher", fr="Redevable|MOA|Approbateur",
        es="Rinde cuentas|Aprobador|Responsable final", pt="Autoridade|Aprovador|Prestador de contas", it="Approvatore|Responsabile finale",
        nl="Eindverantwoordelijk|Eindverantwoordelijke|Eindverantw.",
    ),
    _field(
        "responsible", "Responsible", "people", "Those who do the work; several may share it, with shares if stated.",
        en="Responsible|Responsible person|R|Assignee|Assigned to|Assigned|Resource|Resources|Resourcing|Team members|Doer|Done by"
        "|Responsibility|Responsibilities|Members|People|Staff|Executed by|Worked by|RACI R|Responsible (R)|Responsibilies|Resource names|Actions by|Carried out by|Engineer|Developer|Resp.|Responsible party|Action by|Assignees|Assignee name|Performed by|Executor",
        de="Zuständig|Zuständige|Bearbeiter|Bearbeiterin|Durchführung|Ausführend|Mitarbeiter|Zuständigkeit|Ressource|Ressourcen|Zust.|Sachbearbeiter|Sachbearbeitung|Sachbearbeiterin|Ausführende|Ausführender|Durchgeführt durch|Erledigt durch|Umsetzung durch|Ausführung durch|Bearb.",
        fr="Responsable|Réalisateur|Affecté à|Assigné à|Intervenants|Ressources|Exécutant|Acteurs|Resp.|Responsables|Assigné|Chargé de|Réalisé par|Exécuté par", es="Responsable|Asignado a|Ejecutor|Asignado|Recursos|Ejecuta|Resp.|Responsables|Asignada a|Ejecutado por|Encargado de ejecución",
        pt="Responsável|Atribuído a|Executor|Designado|Recursos|Executante|Resp.|Responsáveis|Responsável pela execução|Executado por|Atribuída a", it="Responsabile|Assegnato a|Esecutore|Incaricato|Risorse|Assegnatario|Resp.|Responsabili|Assegnata a|Eseguito da|A cura di",
        nl="Uitvoerder|Toegewezen aan|Uitvoerenden|Behandelaar|Medewerker|Uitvoerende|Uitgevoerd door|Uitvoering door|Toegewezen", ja="作業者", zh="执行人",
    ),
    _field(
        "sponsor", "Sponsor", "people", "Who wants the item and pays for it.",
        en="Sponsor|Project sponsor|Business sponsor|Funding sponsor|Customer|Requester|Requested by|Donor|Client|Raised by|Initiator|Requestor|Project client|Exec/Business sponsor",
        de="Auftraggeber|Auftraggeberin|Sponsor|Antragsteller|Anforderer|Auftraggebende|Besteller|Initiator|Projektauftraggeber", fr="Commanditaire|Sponsor|Demandeur|Maître d'ouvrage|Demandé par|Client|Mandant",
        es="Patrocinador|Solicitante|Cliente|Solicitado por|Promotor", pt="Patrocinador|Solicitante|Demandante|Cliente|Solicitado por|Requisitante", it="Committente|Sponsor|Richiedente|Cliente|Promotore",
        nl="Opdrachtgever|Sponsor|Aanvrager|Aangevraagd door|Klant",
    ),
    _field(
        "deputy", "Deputy", "people", "Who stands in for the accountable or responsible person.",
        en="Deputy|Backup|Back-up|Stand-in|Substitute|Second|Alternate|Cover|Deputy owner|Backup owner|Deputy lead|Backup person",
        de="Stv.|Stellvertretung|Stellvertreter|Stellvertreterin|Vertretung|Projektleiter Stv.|Stellv.|Stellvertretende Projektleitung|Vertreter|Vertreterin|Stv. Projektleiter", fr="Suppléant|Adjoint|Remplaçant|Suppléante|Remplaçante|Adjointe|Suppléance",
        es="Suplente|Sustituto|Respaldo", pt="Suplente|Substituto|Substituta", it="Sostituto|Vice|Supplente", nl="Plaatsvervanger|Vervanger|Achtervang|Back-up|Vervangers|Plaatsvervangend",
    ),
    _field(
        "consulted", "Consulted", "people", "Whom the item asks before acting.",
        en="Consulted|C|Stakeholders|Stakeholder|RACI C|Consulted (C)|Consult", de="Konsultiert|Zu konsultieren|Beteiligte|Mitwirkung",
        fr="Consulté|Consultés|Parties prenantes", es="Consultado|Consultados|Interesados", pt="Consultado|Consultados|Partes interessadas",
        it="Consultato|Consultati", nl="Geraadpleegd|Belanghebbenden",
    ),
    _field(
        "informed", "Informed", "people", "Who is told.",
        en="Informed|I|RACI I|Informed (I)|Distribution|Inform|Notify", de="Informiert|Zu informieren|Verteiler", fr="Informé|Informés|Diffusion",
        es="Informado|Informados", pt="Informado|Informados", it="Informato|Informati", nl="Geïnformeerd",
    ),
    _field(
        "email", "E-mail", "text", "The owner's address.",
        en="Email|E-mail|Mail|Email address|E-mail address|Owner email|Contact email|Emails|E-mails|Mail address", de="E-Mail|E-Mail-Adresse|Mailadresse|Mail", fr="Courriel|Mél|Adresse e-mail|Mail|E-mail|Email|Adresse mail",
        es="Correo|Correo electrónico|E-mail|Email|Mail", pt="E-mail|Correio eletrônico|Email|Correio", it="Posta elettronica|E-mail|Email|Mail", nl="E-mailadres|E-mail|Mailadres",
    ),
    _field(
        "start", "Start", "date", "When work starts by the present plan.",
        en="Start|Start date|Begin|Begin date|From|Kick-off|Kickoff|Started|Start on|Planned start|Planned start date|Date started|Commencement"
        "|Start day|Date raised|Date identified|Begins|Plan start|Scheduled start|Effective from|Contract start|Date|Commence|Launch|Project begin",
        de="Beginn|Start|Startdatum|Anfang|von|Starttermin|Anfangstermin|Projektstart|Laufzeit von|Plan Start|Plan Beginn|Startzeitpunkt|Anfangsdatum|Datum Start|Beginndatum|Projektbeginn",
        fr="Début|Date de début|Démarrage|Du|Lancement|Début prévu|Commencement|Démarrage prévu", es="Inicio|Fecha de inicio|Comienzo|Desde|Fecha inicio|Fecha inicial|Arranque|Lanzamiento",
        pt="Início|Data de início|Começo|De|Data inicial|Data início|Data de lançamento", it="Inizio|Data inizio|Data di inizio|Dal|Avvio|Data avvio|Partenza",
        nl="Start|Startdatum|Begin|Begindatum|Aanvang|Van|Startmoment", sv="Startdatum", ja="開始|開始日|開始予定日|予定 開始|日付", zh="开始时间|开始日期|计划开始时间",
    ),
    _field(
        "finish", "Finish", "date", "When work ends by the present plan.",
        en="Finish|End|End date|Finish date|Due|Due date|Target|Target date|Deadline|To|Completion|Completion date|Planned end|Planned finish"
        "|Go-live|Go live|Go-live date|Until|Expected completion|Estimated completion|Planned end date|Target completion|Finish by|ETA|Ends"
        "|Plan finish|Plan end|Scheduled finish|Delivery date|Expiry|Expiry date|Contract end|By when|When|Timeline|Timing|Action date|Due by|Completion by|Complete by|Exp. completion|Target completion date|Finish on|Needed by",
        de="Ende|Termin|Frist|bis|Enddatum|Fällig|Fälligkeit|Fertig bis|Endtermin|Zieltermin|Abschluss|Projektende|Laufzeit bis|Plan Ende|Fällig am|Zieldatum|Bis wann|Fertigstellung bis|Fälligkeitsdatum|Abgabetermin|Abschlussdatum|Fertigstellungsdatum|Zu erledigen bis|Abschlusstermin|Fertigstellungstermin|Liefertermin|Wann|Erledigung bis",
        fr="Fin|Échéance|Date de fin|Date limite|Au|Date d'échéance|Livraison|Fin prévue|Date cible|Délai|Date butoir|Date de livraison|Terme|Fin de projet|Quand|Date de rendu",
        es="Fin|Vencimiento|Fecha de fin|Fecha límite|Hasta|Fecha fin|Término|Plazo|Fecha final|Finalización|Fecha compromiso|Fecha límite de entrega|Fecha de entrega|Cierre previsto|Conclusión|Fecha tope|Cuándo|Finalización prevista",
        pt="Fim|Prazo|Data de término|Data fim|Até|Término|Vencimento|Data final|Conclusão|Data limite|Data de entrega|Encerramento|Data prevista de conclusão|Prazo de conclusão|Quando|Data de vencimento",
        it="Fine|Scadenza|Data fine|Data di fine|Al|Termine|Consegna|Conclusione|Data consegna|Data di consegna|Termine ultimo|Quando|Data scadenza", nl="Einde|Einddatum|Eind|Deadline|Tot|Oplevering|Vervaldatum|Gereed|Streefdatum|Opleverdatum|Gereed op|Datum gereed|Afronding|Wanneer|Uiterlijk|Deadlinedatum|Gereeddatum",
        sv="Slut|Slutdatum|Klart", ja="終了|終了日|期限|終了予定日|完了予定日|予定 終了", zh="结束时间|结束日期|截止日期|计划开发时间|完成时间",
    ),
    _field(
        "baseline_start", "Baseline start", "date", "The start in the approved plan.",
        en="Baseline start|Original start|Approved start|BL start|Baseline start date|First start", de="Basisplan Beginn|Ursprünglicher Beginn|Basis Start",
        fr="Début initial|Début de référence", es="Inicio base|Inicio original|Línea base inicio", pt="Início base|Início original|Linha de base início",
        it="Inizio baseline|Inizio originale", nl="Oorspronkelijke start|Basis start",
    ),
    _field(
        "baseline_finish", "Baseline finish", "date", "The finish in the approved plan.",
        en="Baseline finish|Original finish|Baseline end|Original end|Original due date|Approved finish|BL finish|Original end date|Baseline end date|First finish|Original deadline",
        de="Basisplan Ende|Ursprüngliches Ende|Ursprünglicher Termin|Basis Ende", fr="Fin initiale|Fin de référence|Échéance initiale",
        es="Fin base|Fin original|Línea base fin", pt="Fim base|Fim original|Linha de base fim|Prazo original", it="Fine baseline|Fine originale",
        nl="Oorspronkelijk einde|Oorspronkelijke einddatum",
    ),
    _field(
        "actual_start", "Actual start", "date", "When work did start.",
        en="Actual start|Actual start date|Started on|Real start", de="Ist Beginn|Ist Start|Tatsächlicher Beginn", fr="Début réel|Date de début réelle",
        es="Inicio real|Fecha inicio real", pt="Início real|Data de início real", it="Inizio effettivo|Inizio reale", nl="Werkelijke start",
        ja="実績 開始|実績開始日", zh="实际开始时间",
    ),
    _field(
        "actual_finish", "Actual finish", "date", "When work did end.",
        en="Actual finish|Actual end|Actual end date|Actual completion|Completed on|Date completed|Closed on|Closed date|Closed|Date closed|Completed date|Finished on|End actual|Actual completion date|Done on|Date done|Date finished|Resolved on|Resolution date",
        de="Ist Ende|Abgeschlossen am|Tatsächliches Ende|Erledigt am|Abschluss Ist", fr="Fin réelle|Date de fin réelle|Clôturé le|Date de clôture|Réalisé le|Terminé le|Date de réalisation|Clôture", es="Fin real|Fecha fin real|Fecha de cierre|Cerrado el|Fecha de finalización real|Terminado el",
        pt="Fim real|Data de conclusão|Concluído em|Data de encerramento|Data de conclusão real|Encerrado em", it="Fine effettiva|Fine reale|Data chiusura|Chiuso il|Completato il", nl="Werkelijk einde|Afgerond op|Datum afgerond|Afgesloten op|Datum afgesloten|Gereed gemeld", ja="実績 終了|完了日", zh="实际结束时间",
    ),
    _field(
        "cadence", "Cadence", "cadence", "How often the work comes round.",
        en="Frequency|Recurrence|Cadence|Periodicity|Repeat|Repeats|How often|Interval|Cycle|Recurring|Schedule|Once/recurring interval|Occurrence|Rhythm|Freq.|How frequently|Periodic",
        de="Turnus|Häufigkeit|Frequenz|Rhythmus|Intervall|Wiederholung|Zyklus|Periodizität|Wie oft|Häufigk.|Wiederholungsintervall|Takt|Regelmäßigkeit", fr="Fréquence|Périodicité|Récurrence|Rythme|Fréq.|Combien de fois|Cadence",
        es="Frecuencia|Periodicidad|Recurrencia|Periodo|Frec.|Cada cuánto|Cadencia", pt="Frequência|Periodicidade|Recorrência|Período|Periodo|Freq.|Cadência", it="Frequenza|Periodicità|Ricorrenza|Cadenza|Freq.|Ogni quanto",
        nl="Frequentie|Interval|Periodiciteit|Herhaling|Freq.|Hoe vaak|Cyclus",
    ),
    _field(
        "planned_rounds", "Rounds planned", "number", "How many rounds of the work were to be done in the period.",
        en="Rounds planned|Planned rounds|Planned runs|Runs planned|Planned count|Planned occurrences|Times planned|Scheduled runs|Scheduled count|Rounds due|Runs due|Checks due|Inspections due|Inspections planned|Planned inspections|Planned this month",
        de="Durchläufe geplant|Geplante Durchläufe|Anzahl geplant|Geplante Anzahl|Soll-Anzahl|Geplante Durchführungen|Prüfungen geplant", fr="Passages prévus|Nombre prévu|Nb prévu|Réalisations prévues|Contrôles prévus",
        es="Rondas previstas|Veces previstas|Ejecuciones previstas|Cantidad prevista|Número previsto|Controles previstos", pt="Rodadas previstas|Execuções previstas|Vezes previstas|Quantidade prevista|Número previsto",
        it="Cicli previsti|Esecuzioni previste|Numero previsto|Volte previste|Controlli previsti", nl="Ronden gepland|Aantal gepland|Geplande ronden|Gepland aantal|Controles gepland",
    ),
    _field(
        "done_rounds", "Rounds done", "number", "How many rounds of the work were done in the period.",
        en="Rounds done|Done rounds|Runs done|Completed runs|Done count|Times done|Runs completed|Occurrences done|Completed count|Rounds completed|Checks done|Inspections done|Inspections completed|Done this month|Completed this month",
        de="Durchläufe erledigt|Erledigte Durchläufe|Anzahl erledigt|Anzahl durchgeführt|Ist-Anzahl|Durchgeführte Anzahl|Prüfungen durchgeführt", fr="Passages réalisés|Nombre réalisé|Nb réalisé|Contrôles réalisés",
        es="Rondas hechas|Veces realizadas|Ejecuciones realizadas|Cantidad realizada|Número realizado|Controles realizados", pt="Rodadas feitas|Execuções realizadas|Vezes realizadas|Quantidade realizada|Número realizado",
        it="Cicli svolti|Esecuzioni svolte|Numero eseguito|Volte eseguite|Controlli eseguiti", nl="Ronden gedaan|Aantal gedaan|Aantal uitgevoerd|Uitgevoerd aantal|Controles uitgevoerd",
    ),
    _field(
        "last_done", "Last done", "date", "The day on which the work was last done.",
        en="Last done|Last performed|Last run|Last carried out|Last executed|Last serviced|Last inspection|Last maintenance|Last occurrence|Last performed on|Date last done|Last check",
        de="Zuletzt erledigt|Zuletzt durchgeführt|Letzte Durchführung|Letzte Ausführung|Letzte Wartung|Letzte Prüfung|Zuletzt ausgeführt", fr="Dernière exécution|Dernière réalisation|Fait le|Dernier passage|Dernier contrôle|Dernier entretien",
        es="Última ejecución|Última realización|Última vez|Realizado por última vez|Último mantenimiento|Última revisión", pt="Última execução|Última realização|Última vez|Última manutenção|Última revisão",
        it="Ultima esecuzione|Ultima volta|Eseguito l'ultima volta|Ultima manutenzione|Ultimo controllo", nl="Laatst gedaan|Laatst uitgevoerd|Laatste uitvoering|Laatste keer|Laatste onderhoud|Laatste controle",
    ),
    _field(
        "duration", "Duration", "text", "How long the work takes by the plan.",
        en="Duration|Length|Duration days|Duration (work days)|Estimated duration|Term|Dur.", de="Dauer|Laufzeit", fr="Durée", es="Duración", pt="Duração",
        it="Durata", nl="Duur|Doorlooptijd|Looptijd", zh="工期", ja="期間",
    ),
    _field(
        "status", "Status", "text", "Where the item stands, in the register's own words.",
        en="Status|State|Progress status|Current status|Project status|Task status|Work status|Item status|Condition|Production stage|Overall status|Work state|Progress state",
        de="Status|Stand|Zustand|Bearbeitungsstand|Projektstatus|Bearbeitungsstatus|Umsetzungsstand|Umsetzungsstatus|Aktueller Stand|Sachstand|Vorgangsstatus", fr="Statut|État|Etat|État d'avancement", es="Estado|Situación|Estatus|Situación actual",
        pt="Status|Situação|Estado|Andamento", it="Stato|Stato avanzamento|Situazione", nl="Status|Stand|Toestand|Projectstatus|Voortgangsstatus|Huidige stand", ja="状態|ステータス|状況", zh="状态", ko="상태", he="סטטוס|מצב",
    ),
    _field(
        "health", "Health", "text", "Red, amber or green, or a word for it.",
        en="Health|RAG|RAG status|Status RAG|Traffic light|Overall health|Indicator|R/A/G|RAG rating", de="Ampel|Ampelstatus|Ampelfarbe|Statusampel|Status-Ampel", fr="Météo|Feu|Indicateur|Météo projet|Voyant", es="Semáforo", pt="Farol|Semáforo",
        it="Semaforo", nl="Stoplicht|Verkeerslicht|RAG",
    ),
    _field(
        "phase", "Phase", "text", "The stage of a life cycle.",
        en="Phase|Stage|Gate|Project phase|Lifecycle phase|Life cycle phase|Stage gate|Lifecycle stage|Phase/Stage", de="Phase|Projektphase|Etappe", fr="Phase|Étape|Lot",
        es="Fase|Etapa", pt="Fase|Etapa", it="Fase|Tappa", nl="Fase|Projectfase|Stadium", ja="フェーズ|工程", zh="阶段",
    ),
    _field(
        "milestone", "Milestone", "text", "The next or main milestone.",
        en="Milestone|Milestones|Next milestone|Key milestone|Next step|Next steps|Key milestones", de="Meilenstein|Meilensteine|Nächster Schritt|Nächste Schritte|Nächster Meilenstein", fr="Jalon|Jalons|Prochaine étape|Prochaines étapes",
        es="Hito|Hitos|Próximo paso|Próximos pasos", pt="Marco|Marcos|Próximo passo|Próximos passos", it="Pietra miliare|Milestone|Prossimo passo|Prossimi passi", nl="Mijlpaal|Mijlpalen|Volgende stap|Volgende stappen",
    ),
    _field(
        "progress", "Progress", "share", "Share of the work that is done.",
        en="% complete|Percent complete|Progress|Complete %|% done|Completion %|Progress %|Complete|Percentage complete|% Completed|PERCENT COMPLETE|Percent done|Done %|% comp|% cmpl|Pct complete|% finished",
        de="Fertigstellung|Fortschritt %|Fortschritt|% fertig|Fertigstellungsgrad|% abgeschlossen|Erledigt %|Fertigstellung %|Fertigstellung in %|Erledigungsgrad|Fertig %|Fortschr.|Umsetzungsgrad|Abarbeitungsgrad", fr="Avancement %|Avancement|% avancement|% réalisé|Taux d'avancement|% réal|% d'avancement|Pourcentage d'avancement|Taux de réalisation",
        es="Avance %|Avance|% avance|% completado|Progreso|Porcentaje de avance|% de avance|% avance físico|% avance real|Porcentaje completado", pt="Progresso %|Progresso|% concluído|Avanço|% execução|Percentual concluído|% de conclusão|% realizado|% concl|% concluída|% de execução|Andamento %|Andamento percentual", it="Avanzamento|% avanzamento|% completamento|% compl|% di completamento|Stato avanzamento %|Percentuale completamento",
        nl="Voortgang|% gereed|Voortgang %|% voltooid|Percentage gereed|% klaar|% af|% afgerond", ja="進捗|進捗率", zh="进度|完成率",
    ),
    _field(
        "effort", "Effort", "effort", "Hours of work in the item (or days, FTE, %), in total or per period.",
        en="Effort|Hours|Days|FTE|Workload|Estimate|Effort hours|Effort (h)|Effort days|Estimated hours|Estimated effort|Planned hours|Planned effort|Man days|Person days|Man hours|Person hours"
        "|Hours per month|Hours per week|Work|Baseline effort hrs|Effort hrs|Estimated duration (hours)|Total effort|Effort per occurrence|Hours/month|Hours/week|Estimated work time|Allocation|Allocation %|% allocation|Capacity"
        "|Monthly hours|Weekly hours|Time|FTEs|Effort estimate|Total hours|Task estimate|Work hours|LOE|Level of effort|Hrs|Manhours|FTE required|FTE needed|Mandays|Est. effort|PD|Estimated days|Total days|Hours required",
        de="Aufwand|Std.|Stunden|PT|Personentage|Kapazität|VZÄ|Aufwand (h)|Aufwand PT|Aufwand Std.|Zeitaufwand|Aufwand gesamt|Aufw.|Soll-Stunden|Plan-Stunden|Planaufwand|Planstunden|Sollstunden|Personenstunden|Manntage|Schätzung|Stundenaufwand|Arbeitsaufwand|Arbeitstage", fr="Charge|j-h|JH|ETP|Charge (j)|Jours|Heures|Charge de travail|Effort|Nb jours|Nb d'heures|Nombre de jours|Nombre d'heures|Jours-homme|Temps estimé|Effort estimé|Charge (h)",
        es="Esfuerzo|Horas|Dedicación|Días|Carga|Jornadas|Horas estimadas|Horas hombre|HH|Días-hombre|Jornadas estimadas|Carga de trabajo|Horas previstas|Esfuerzo (h)", pt="Esforço|Horas|Dedicação|Dias|Carga|Horas estimadas|Esforço (h)|HH|Carga horária|Horas previstas|Horas-homem|Homem-hora|Horas planejadas", it="Impegno|Ore|Giorni|Sforzo|Giornate|Carico|Ore stimate|Giorni/uomo|gg/uomo|Ore/uomo|Carico di lavoro|Ore previste|Stima|Impegno (h)",
        nl="Inspanning|Uren|Dagen|Werklast|Inzet|Geschatte uren|Mandagen|Manuren|Urenschatting|Uren schatting|Urenbegroting|Begrote uren|Tijdsbesteding|Inzet (uren)", ja="工数|予測時間|見積", zh="工时|工作量",
    ),
    _field(
        "remaining_effort", "Remaining effort", "effort", "Hours of work still to do.",
        en="Remaining effort|Remaining hours|Effort left|Hours left|To go|ETC|Estimate to complete|Remaining work|Remaining days|Effort remaining|Rem. effort|Hours remaining|Effort to complete", de="Restaufwand|Rest Std.|Rest PT|Offener Aufwand|Reststunden|Restaufwand PT|Resttage|Rest-Aufwand",
        fr="Reste à faire|RAF|Charge restante", es="Esfuerzo restante|Horas restantes|Pendiente horas", pt="Esforço restante|Horas restantes", it="Impegno residuo|Ore residue", nl="Resterende uren|Restwerk|Resterend werk|Restende uren",
    ),
    _field(
        "actual_effort", "Actual effort", "effort", "Hours of work done so far.",
        en="Actual effort|Actual hours|Hours spent|Actual effort hrs|Time spent|Effort actual|Hours to date|Actual work|Spent hours|Actual days|Hours actual|Hours worked|Hours used", de="Ist-Aufwand|Ist Std.|Geleistete Stunden|Ist-Stunden|Istaufwand|Iststunden|Aufwand Ist|Verbrauchte Stunden", fr="Charge consommée|Consommé|Temps passé|Charge réelle|Heures passées|Heures réelles",
        es="Esfuerzo real|Horas reales", pt="Esforço real|Horas reais|Horas gastas", it="Ore effettive|Impegno effettivo|Consuntivo|Ore consuntivate|Ore reali", nl="Bestede uren|Werkelijke uren|Gerealiseerde uren", ja="実績時間|実績工数",
    ),
    _field(
        "budget", "Budget", "number", "Money planned for the item.",
        en="Budget|Cost|Amount|Total cost|Funding|Planned cost|Approved budget|Cost in USD|Value|Annual cost|Estimated cost|Total budget|Price|Contract value|Total|Cost estimate|Budgeted cost|Approved cost|Project budget|Costs", de="Budget|Kosten|Betrag|Gesamtkosten|Mittel|Projektbudget|Plankosten|Sollkosten|Geplante Kosten|Budget gesamt|Kostenplan|Kostenschätzung", fr="Budget|Coût|Montant|Coûts|Coût estimé|Budget prévu|Coût prévisionnel|Budget prévisionnel",
        es="Presupuesto|Coste|Costo|Importe|Monto|Costo total|Coste total|Presupuesto total|Costo estimado", pt="Orçamento|Custo|Valor|Montante|Custo total|Custo estimado|Orçamento total|Orçamento previsto", it="Budget|Costo|Importo|Costo stimato|Costo totale|Costi|Budget previsto", nl="Budget|Kosten|Bedrag|Begroting|Begroot bedrag|Geraamde kosten|Projectbudget|Begrote kosten", ja="予算", zh="预算",
    ),
    _field(
        "actual_cost", "Actual cost", "number", "Money spent: on a project so far, on an operation in the period.",
        en="Actual cost|Actual costs|Actual spend|Cost to date|Spend to date|Spent to date|Actual expenditure|Expenditure to date|Costs to date|Cost actual|Actual spent|Amount spent|Money spent|Running cost|Monthly cost|Cost per month|Cost this month",
        de="Ist-Kosten|Istkosten|Kosten Ist|Tatsächliche Kosten|Bisherige Kosten|Angefallene Kosten|Laufende Kosten|Monatliche Kosten|Kosten pro Monat", fr="Coût réel|Coûts réels|Dépenses réelles|Montant dépensé|Dépenses à date|Coût mensuel|Coût par mois",
        es="Coste real|Costo real|Gasto real|Gastado|Importe gastado|Costes reales|Costos reales|Coste mensual|Costo mensual", pt="Custo real|Custos reais|Gasto real|Custo realizado|Valor gasto|Custo mensal",
        it="Costo effettivo|Costi effettivi|Costo reale|Costi sostenuti|Speso|Costo mensile", nl="Werkelijke kosten|Gerealiseerde kosten|Kosten tot nu toe|Uitgegeven bedrag|Bestede kosten|Maandelijkse kosten|Kosten per maand",
    ),
    _field(
        "budget_type", "Budget type", "text", "Capital or operating money, one-off or recurrent.",
        en="Budget type|Capex/Opex|Capex|Cost type|Expense type|Funding type|GL|Funding source|Type of spend|Budget category|Account|Spend type|Budget line|Capital/Operating|Budget code|BudgetCode", de="Budgetart|Kostenart|Investition/Betrieb|Mittelart|Finanzierung",
        fr="Investissement/Fonctionnement|Type de budget|Nature de dépense", es="Tipo de presupuesto|Inversión/Gasto|Tipo de gasto", pt="Tipo de orçamento|Investimento/Custeio|Tipo de despesa",
        it="Tipo di budget|Tipo di spesa|Investimento/Esercizio", nl="Budgettype|Soort budget|Kostensoort|Investering/Exploitatie",
    ),
    _field(
        "deliverable", "Deliverable", "text", "What comes out of the item.",
        en="Deliverable|Deliverables|Output|Outputs|Outcome|Expected result|Result|Product|Expected output|Expected outcome", de="Ergebnis|Lieferobjekt|Liefergegenstand|Lieferergebnis|Produkt|Lieferergebnisse|Ergebnisse|Lieferobjekte", fr="Livrable|Livrables|Résultat|Résultats|Résultat attendu",
        es="Entregable|Entregables|Resultado|Producto", pt="Entrega|Entregável|Entregáveis|Resultado|Produto", it="Prodotto|Risultato|Deliverable|Consegnabile", nl="Resultaat|Oplevering product|Op te leveren|Deliverable|Resultaten|Opleverproduct", sv="Leverans",
    ),
    _field(
        "service_level", "Service level", "text", "What is promised to those who use the result: SLA, target, uptime.",
        en="SLA|Service level|Service levels|OLA|KPI|Target level|SLA/KPI|Service level agreement|KPIs|Performance target", de="SLA|Servicelevel|Dienstgüte|Kennzahl", fr="Niveau de service|SLA|Indicateur de service",
        es="Nivel de servicio|ANS|SLA|Indicador", pt="Nível de serviço|SLA|ANS|Indicador", it="Livello di servizio|SLA", nl="Serviceniveau|SLA|DVO",
    ),
    _field(
        "service_reached", "Service level reached", "share", "The share of the promised service that was kept in the period.",
        en="Service level reached|Service level achieved|SLA achieved|SLA actual|SLA met|SLA reached|SLA compliance|SLA attainment|Actual service level|Achieved service level|SLA %|SLA achieved %",
        de="SLA erreicht|Servicelevel erreicht|SLA Ist|SLA-Erfüllung|Erreichter Servicelevel|SLA-Erfüllungsgrad", fr="SLA atteint|Niveau de service atteint|Taux de service|Niveau de service réel",
        es="SLA alcanzado|Nivel de servicio alcanzado|ANS cumplido|Cumplimiento del SLA", pt="SLA alcançado|SLA atingido|Nível de serviço alcançado|Cumprimento do SLA",
        it="SLA raggiunto|Livello di servizio raggiunto|SLA rispettato", nl="SLA behaald|Serviceniveau behaald|Behaald serviceniveau",
    ),
    _field(
        "volume", "Volume", "text", "How many per period, or how much is handled.",
        en="Volume|Volumes|Quantity|Throughput|Tickets per month|Transactions|Volume per month|Count|Number of cases|Cases", de="Menge|Volumen|Fallzahl|Stückzahl", fr="Volume|Quantité|Volumétrie",
        es="Volumen|Cantidad", pt="Volume|Quantidade", it="Volume|Quantità", nl="Volume|Aantal|Hoeveelheid",
    ),
    _field(
        "procedure", "Procedure", "text", "The standing procedure: SOP, runbook, policy.",
        en="SOP|Procedure|Runbook|Policy|Process document|Work instruction|Standard", de="Verfahren|Arbeitsanweisung|Betriebshandbuch|Prozessbeschreibung", fr="Procédure|Mode opératoire", es="Procedimiento|Política",
        pt="Procedimento|POP|Política", it="Procedura|Istruzione", nl="Procedure|Werkinstructie|Draaiboek",
    ),
    _field(
        "handover_to", "Handover to", "text", "Who takes the result over when the project ends.",
        en="Handover to|Hand over to|Handover|Transition|Transition to|Transferred to|BAU owner|Accepting owner|Handed over to|Receiving team|Received by|Ops owner|Operations owner|Handover team",
        de="Übergabe an|Betrieb durch|Übergabe|Übernahme durch|Überführung in|Übergabe an Betrieb", fr="Transfert à|Exploitation|Transféré à|Remis à|Transféré vers", es="Entregado a|Operación|Transferido a|Entrega a", pt="Transferido para|Operação|Entregue a|Transição para",
        it="Passaggio a|Consegnato a|Trasferito a|Gestione a", nl="Overdracht aan|Beheer door|Overgedragen aan",
    ),
    _field(
        "successor", "Successor", "text", "The operation that carries the result on, by id or title.",
        en="Successor|Successor operation|Operation after|Follow-on service|Successor ID|Becomes|Continues as", de="Nachfolger|Folgebetrieb|Nachfolgeprozess", fr="Successeur|Suite", es="Sucesor|Operación sucesora", pt="Sucessor|Operação sucessora",
        it="Successore", nl="Opvolger|Vervolg",
    ),
    _field(
        "handover_date", "Handover date", "date", "When operations take the result over, where that is not the finish.",
        en="Handover date|Hand-over date|Date of handover|Transition date|Transition to operations on|Date handed over", de="Übergabedatum|Übergabetermin|Datum der Übergabe|Übergabe am", fr="Date de transfert|Date de passation|Date de mise en exploitation",
        es="Fecha de entrega a operación|Fecha de traspaso|Fecha de transferencia", pt="Data de transição|Data de transferência|Data de passagem à operação", it="Data di passaggio|Data passaggio|Data passaggio in esercizio", nl="Overdrachtsdatum|Datum overdracht",
    ),
    _field(
        "support_team", "Support team", "text", "Handover: the team, or the model, that supports the result.",
        en="Support team|Support model|Support group|Supported by|Support arrangements", de="Supportteam|Supportmodell|Betriebsteam|Betriebsmodell", fr="Équipe de support|Modèle de support|Équipe d'exploitation",
        es="Equipo de soporte|Modelo de soporte", pt="Equipe de suporte|Equipa de suporte|Modelo de suporte", it="Gruppo di supporto|Team di supporto|Modello di supporto", nl="Supportteam|Beheerteam|Beheermodel|Supportmodel",
    ),
    _field(
        "level_agreed", "Service level agreed", "text", "Handover: whether the service level (SLA, OLA) is agreed.",
        en="SLA agreed|OLA agreed|SLA/OLA agreed|Service level agreed|SLA signed", de="SLA vereinbart|SLA/OLA vereinbart|Servicelevel vereinbart", fr="SLA convenu|SLA signé|Niveau de service convenu",
        es="SLA acordado|ANS acordado|Nivel de servicio acordado", pt="SLA acordado|ANS acordado|Nível de serviço acordado", it="SLA concordato|Livello di servizio concordato", nl="SLA overeengekomen|SLA afgesproken|Serviceniveau afgesproken",
    ),
    _field(
        "runbook_ready", "Runbook ready", "text", "Handover: whether the runbook or SOP is written and handed over.",
        en="Runbook ready|Runbook done|SOP ready|Runbook/SOP ready|Runbook complete|Documentation handed over", de="Betriebshandbuch fertig|Betriebshandbuch übergeben|Betriebsdokumentation übergeben", fr="Mode opératoire prêt|Dossier d'exploitation remis|Documentation remise",
        es="Procedimiento listo|Manual de operación listo|Documentación entregada", pt="Procedimento pronto|Manual de operação pronto|Documentação entregue", it="Procedura pronta|Manuale operativo pronto|Documentazione consegnata", nl="Draaiboek gereed|Documentatie overgedragen",
    ),
    _field(
        "knowledge_transfer", "Knowledge transfer", "text", "Handover: whether those who take over have been trained.",
        en="Knowledge transfer|Knowledge transfer done|KT done|Training done|Operations trained|Handover training", de="Wissenstransfer|Wissenstransfer erfolgt|Einweisung erfolgt|Schulung erfolgt", fr="Transfert de connaissances|Transfert de compétences|Formation réalisée",
        es="Transferencia de conocimiento|Transferencia de conocimientos|Capacitación realizada", pt="Transferência de conhecimento|Passagem de conhecimento|Treinamento realizado|Formação realizada", it="Trasferimento di conoscenze|Passaggio di conoscenze|Formazione completata", nl="Kennisoverdracht|Kennisoverdracht gedaan|Training gegeven",
    ),
    _field(
        "monitoring_ready", "Monitoring ready", "text", "Handover: whether monitoring, tooling and access are in place.",
        en="Monitoring ready|Monitoring in place|Monitoring/tooling/access|Monitoring and access|Tooling and access|Access granted", de="Monitoring eingerichtet|Überwachung eingerichtet|Zugänge eingerichtet", fr="Supervision en place|Surveillance en place|Accès ouverts",
        es="Monitoreo listo|Monitorización lista|Accesos concedidos", pt="Monitoramento pronto|Monitorização pronta|Acessos concedidos", it="Monitoraggio attivo|Accessi concessi", nl="Monitoring ingericht|Toegang geregeld",
    ),
    _field(
        "issues_accepted", "Known issues accepted", "text", "Handover: whether those who take over accept what is still open.",
        en="Known issues accepted|Known errors accepted|Open issues accepted|Defects accepted", de="Bekannte Mängel akzeptiert|Offene Punkte akzeptiert|Restmängel akzeptiert", fr="Anomalies connues acceptées|Réserves acceptées|Problèmes connus acceptés",
        es="Incidencias conocidas aceptadas|Pendientes aceptados", pt="Problemas conhecidos aceites|Problemas conhecidos aceitos|Pendências aceitas", it="Problemi noti accettati|Difetti noti accettati", nl="Bekende problemen geaccepteerd|Restpunten geaccepteerd",
    ),
    _field(
        "support_exit", "Support exit", "text", "Handover: the running budget, and the day on which early-life support ends.",
        en="Early-life support exit|Early life support until|ELS exit|Hypercare end|Hypercare until|Budget and ELS exit|Support exit", de="Ende Hypercare|Hypercare bis|Ende der Anlaufbetreuung|Anlaufbetreuung bis", fr="Fin d'hypercare|Fin de l'accompagnement|Hypercare jusqu'au",
        es="Fin de hypercare|Fin del soporte inicial|Hypercare hasta", pt="Fim do hypercare|Fim do suporte inicial|Hypercare até", it="Fine hypercare|Fine del supporto iniziale|Hypercare fino al", nl="Einde hypercare|Hypercare tot|Einde nazorg|Nazorg tot",
    ),
    _field(
        "lesson", "Lesson", "text", "What was learned and is worth keeping: one lesson or best practice a line.",
        en="Lesson|Lessons|Lesson learned|Lessons learned|Lesson learnt|Lessons learnt|Best practice|Best practices|Good practice|Learnings", de="Erkenntnis|Erkenntnisse|Gelerntes|Lessons Learned|Lehren|Bewährte Praxis|Bewährtes Vorgehen", fr="Leçon|Leçons|Leçons apprises|Enseignements|Retour d'expérience|REX|Bonne pratique|Bonnes pratiques",
        es="Lección|Lecciones|Lecciones aprendidas|Lección aprendida|Buena práctica|Buenas prácticas", pt="Lição|Lições|Lições aprendidas|Lição aprendida|Boa prática|Boas práticas", it="Lezione|Lezioni apprese|Lezione appresa|Insegnamenti|Buona pratica|Buone pratiche", nl="Les|Geleerde les|Geleerde lessen|Leerpunt|Leerpunten|Goede praktijk",
    ),
    _field(
        "lesson_status", "Lesson status", "text", "Whether operations have taken the lesson up.",
        en="Lesson status|Status of lesson|Lessons status|Lesson adopted|Lesson taken up|Best practice status", de="Status der Erkenntnis|Erkenntnis übernommen|Status Lessons Learned", fr="Statut de la leçon|Statut du REX|Leçon adoptée",
        es="Estado de la lección|Lección adoptada", pt="Estado da lição|Situação da lição|Lição adotada", it="Stato della lezione|Lezione adottata", nl="Status van de les|Status leerpunt|Les overgenomen",
    ),
    _field(
        "parent", "Parent", "text", "The programme or portfolio the item belongs to, by id or title.",
        en="Parent|Parent ID|Programme|Program|Portfolio|Part of|Belongs to|Parent project|Parent task|Portfolio/Programme|Programme/Portfolio", de="Programm|Übergeordnet|Portfolio|Gehört zu|Übergeordnetes Projekt|Programm/Portfolio", fr="Programme|Parent|Portefeuille", es="Programa padre|Portafolio|Cartera",
        pt="Programa|Portfólio|Item pai", it="Programma|Portafoglio", nl="Programma|Portefeuille|Onderdeel van",
    ),
    _field(
        "level", "Level", "text", "Portfolio, programme, project or task.",
        en="Level|Hierarchy|Outline level|Item level|WBS level|Tier", de="Ebene|Stufe|Gliederungsebene", fr="Niveau", es="Nivel", pt="Nível", it="Livello", nl="Niveau",
    ),
    _field(
        "critical", "Critical", "text", "Whether the organisation stops when this stops.",
        en="Critical|Criticality|Business critical|Mission critical|Essential", de="Kritisch|Kritikalität|Geschäftskritisch", fr="Critique|Criticité", es="Crítico|Criticidad", pt="Crítico|Criticidade", it="Critico|Criticità", nl="Kritiek|Bedrijfskritisch",
    ),
    _field(
        "priority", "Priority", "text", "How urgent or important the item is.",
        en="Priority|Prio|Rank|Urgency|Importance|Priority rating", de="Priorität|Prio|Dringlichkeit|Wichtigkeit|Prior.|Wichtigkeitsstufe", fr="Priorité|Urgence|Prio|Niveau de priorité", es="Prioridad|Urgencia|Prior.|Prio", pt="Prioridade|Urgência|Prior.|Prio", it="Priorità|Urgenza|Prior.|Prio", nl="Prioriteit|Urgentie|Prio", ja="優先度", zh="优先级",
    ),
    _field(
        "risk", "Risk", "text", "What may go wrong.",
        en="Risk|Risks|Risk level|Issues|Key risks|Risk rating|Impact|Concerns|Blockers", de="Risiko|Risiken|Risikostufe|Risiken/Probleme|Risiko-Einstufung", fr="Risque|Risques|Niveau de risque|Risques identifiés", es="Riesgo|Riesgos", pt="Risco|Riscos", it="Rischio|Rischi", nl="Risico|Risico's|Risicos",
    ),
    _field(
        "notes", "Notes", "text", "Whatever else was written.",
        en="Notes|Note|Comments|Comment|Remarks|Remark|Remakrs|Observations|Additional information|Status note|Latest update|Comments/Notes|Status update|Commentary|Comments and notes|Additional notes|Obs.|Status comments|Additional comments", de="Bemerkung|Bemerkungen|Kommentar|Anmerkung|Anmerkungen|Notiz|Notizen|Hinweis|Hinweise|Bemerk.|Bem.|Anm.|Sonstiges|Kommentare|Ergänzungen",
        fr="Commentaires|Commentaire|Remarques|Observations|Remarque|Obs.|Notes|Remarq.|Précisions", es="Comentarios|Observaciones|Notas|Comentario|Observ.|Obs.|Nota|Anotaciones", pt="Comentários|Observações|Notas|Obs.|Observação|Nota|Comentário", it="Note|Commenti|Osservazioni|Annotazioni|Osserv.|Nota", nl="Opmerkingen|Opmerking|Toelichting notities|Notities|Opm.|Notitie|Bijzonderheden|Commentaar",
        sv="Notering", ja="備考|メモ", zh="备注|備註", he="הערות",
    ),
    _field(
        "updated", "Updated", "date", "When the row was last looked at.",
        en="Updated|Last update|Last updated|Last modified|Modified|Date updated|Update date|Last reviewed|Last change|Last updated on|Updated on|As of", de="Aktualisiert|Letzte Änderung|Stand vom|Geändert am|Zuletzt aktualisiert|Letzte Aktualisierung|Aktualisiert am|Letztes Update", fr="Mis à jour|Dernière mise à jour|Date de mise à jour|MAJ le|Date MAJ|Dernière MAJ|Dernière modification|MAJ|Date de MAJ", es="Actualizado|Última actualización|Fecha de actualización|Última modificación",
        pt="Atualizado|Última atualização|Data de atualização", it="Aggiornato|Ultimo aggiornamento|Data aggiornamento", nl="Bijgewerkt|Laatst bijgewerkt|Laatste update|Datum bijgewerkt|Laatst gewijzigd", ja="更新日",
    ),
)

PEOPLE_FIELDS: tuple[Field, ...] = (
    _field("name", "Name", "text", "The person's full name, as reports print it.",
           en="Name|Person|Full name|Employee|Staff member|Employee name|Colleague|Member|Resource|Resource name", de="Name|Mitarbeiter|Mitarbeiterin|Person|Vor- und Nachname", fr="Nom|Personne|Collaborateur|Nom complet",
           es="Nombre|Persona|Empleado|Nombre completo", pt="Nome|Pessoa|Colaborador|Funcionário|Nome completo", it="Nome|Persona|Dipendente|Nominativo", nl="Naam|Persoon|Medewerker"),
    _field("aliases", "Aliases", "text", "Other spellings of the name, parted by semicolons.",
           en="Aliases|Alias|Also known as|Other names|Spellings|Known as", de="Aliasnamen|Auch bekannt als|Schreibweisen|Kürzel", fr="Autres noms|Alias", es="Otros nombres|Alias", pt="Outros nomes|Apelidos|Alias", it="Altri nomi|Alias", nl="Andere namen|Alias"),
    _field("email", "E-mail", "text", "Where the person's own report goes.",
           en="Email|E-mail|Mail|Email address|E-mail address", de="E-Mail|E-Mail-Adresse", fr="Courriel|Mél|E-mail", es="Correo|Correo electrónico", pt="E-mail", it="E-mail|Posta elettronica", nl="E-mail|E-mailadres"),
    _field("role", "Role", "text", "The person's job title.",
           en="Role|Job title|Position|Title|Function|Job", de="Funktion|Rolle|Stelle|Position", fr="Fonction|Poste|Rôle", es="Cargo|Puesto|Rol", pt="Cargo|Função|Papel", it="Ruolo|Posizione|Mansione", nl="Functie|Rol"),
    _field("team", "Team", "text", "The group the person works in.", en="Team|Squad|Group|Section", de="Team|Gruppe|Sachgebiet", fr="Équipe|Pôle", es="Equipo|Grupo", pt="Equipe|Time|Equipa", it="Team|Squadra|Gruppo", nl="Team|Groep"),
    _field("department", "Department", "text", "The department the person works in.",
           en="Department|Dept|Division|Unit|Business unit|Directorate", de="Abteilung|Bereich|Fachbereich", fr="Direction|Service|Département", es="Departamento|Área|Dirección", pt="Departamento|Área|Diretoria|Setor", it="Dipartimento|Reparto|Settore", nl="Afdeling|Divisie"),
    _field("executive", "Executive", "text", "The member of the top management above the person.",
           en="Executive|Exec|Director|Executive lead|C-level|Reports up to", de="Vorstand|Geschäftsleitung", fr="Direction générale|Directeur", es="Director|Director ejecutivo", pt="Diretor|Diretor executivo", it="Direttore|Dirigente", nl="Directeur|Bestuurder"),
    _field("manager", "Manager", "text", "Whom the person reports to.",
           en="Manager|Line manager|Reports to|Supervisor|Boss", de="Vorgesetzter|Vorgesetzte|Führungskraft", fr="Responsable|Manager|Supérieur", es="Jefe|Responsable|Supervisor", pt="Gestor|Chefe|Supervisor", it="Responsabile|Capo", nl="Manager|Leidinggevende"),
    _field("weekly_hours", "Weekly hours", "number", "Contract hours a week.",
           en="Weekly hours|Hours per week|Hours/week|Contract hours|Hours a week|Hours", de="Wochenstunden|Std./Woche|Stunden pro Woche", fr="Heures par semaine|Heures hebdomadaires", es="Horas semanales|Horas por semana", pt="Horas semanais|Horas por semana", it="Ore settimanali", nl="Uren per week|Contracturen"),
    _field("fte", "FTE", "number", "Share of a full working time.", en="FTE|Full-time equivalent|Workload|Employment level", de="VZÄ|Beschäftigungsgrad|Pensum", fr="ETP|Taux d'activité", es="ETC|Jornada", pt="ETI|Jornada", it="ETP|FTE", nl="FTE|Dienstverband"),
    _field("target", "Target", "share", "Share of capacity to plan to, where it is below all of it.",
           en="Target|Target %|Utilisation target|Plannable %|Target utilisation|Bookable|Utilization target", de="Zielauslastung|Planbar %", fr="Cible|Taux cible", es="Objetivo %", pt="Meta %|Alvo", it="Obiettivo %", nl="Doel %|Streefbezetting"),
    _field("leave_days", "Leave days", "number", "Days of leave in a year; they are spread over its working days.",
           en="Leave days|Leave|Holiday days|Annual leave|Leave days a year|Leave entitlement", de="Urlaubstage|Urlaub|Jahresurlaub", fr="Congés|Jours de congé", es="Días de vacaciones|Vacaciones", pt="Férias|Dias de férias", it="Ferie|Giorni di ferie", nl="Verlofdagen|Verlof"),
    _field("leave", "Leave dates", "text", "Days away, as spans such as 2026-10-05 to 2026-10-16, parted by semicolons; a number alone is days a year.",
           en="Leave dates|Absence|Absences|Absent|Vacation|Vacations|Time off|Planned leave|Holidays", de="Abwesenheit|Abwesenheiten|Abwesend|Urlaubszeiten", fr="Absences|Absence|Dates de congé", es="Ausencias|Ausencia|Permisos", pt="Ausências|Ausência|Licenças", it="Assenze|Assenza|Permessi", nl="Afwezigheid|Afwezig|Verlofperiode"),
    _field("leave_from", "Leave from", "date", "First day of a leave.",
           en="Leave from|Leave start|Absent from|Away from|Vacation from|On leave from", de="Urlaub von|Urlaub ab|Abwesend von|Abwesend ab", fr="Congés du|Absent du|Début des congés", es="Vacaciones desde|Ausente desde", pt="Férias de|Ausente de|Início das férias", it="Ferie dal|Assente dal", nl="Verlof van|Verlof vanaf|Afwezig vanaf"),
    _field("leave_to", "Leave to", "date", "Last day of that leave.",
           en="Leave to|Leave end|Leave until|Absent to|Absent until|Away until|Vacation to|On leave until", de="Urlaub bis|Abwesend bis", fr="Congés au|Absent jusqu'au|Fin des congés", es="Vacaciones hasta|Ausente hasta", pt="Férias até|Ausente até|Fim das férias", it="Ferie al|Assente fino al", nl="Verlof tot|Verlof tot en met|Afwezig tot"),
    _field("country", "Country", "text", "Where the person works: its public holidays are free; empty: the country of the settings.",
           en="Country|Country code|Work country|Holiday calendar", de="Land|Arbeitsland|Feiertagskalender", fr="Pays|Pays de travail", es="País|País de trabajo", pt="País|País de trabalho", it="Paese|Nazione", nl="Land|Werkland"),
    _field("region", "Region", "text", "Region of that country, for the holidays of its own.",
           en="Region|State|Province|Canton|Federal state|Holiday region", de="Bundesland|Kanton|Region", fr="Région|Canton|Province", es="Región|Comunidad autónoma|Provincia", pt="Região|Estado|Distrito", it="Regione|Provincia|Cantone", nl="Regio|Provincie"),
    _field("language", "Language", "text", "The language of the person's own reports: English, German, French, Spanish or Portuguese, or its code such as de.",
           en="Language|Report language|Preferred language|Language of reports", de="Sprache|Berichtssprache", fr="Langue|Langue des rapports", es="Idioma|Idioma de los informes", pt="Idioma|Língua|Idioma dos relatórios", it="Lingua", nl="Taal"),
    _field("start", "From", "date", "First day with the organisation.", en="From|Start|Start date|Joined|Joining date|Since", de="von|Eintritt|Seit", fr="Du|Arrivée|Depuis", es="Desde|Ingreso", pt="De|Admissão|Desde", it="Dal|Assunzione", nl="Van|In dienst"),
    _field("finish", "To", "date", "Last day with the organisation.", en="To|End|End date|Left|Leaving date|Until|Leaver", de="bis|Austritt", fr="Au|Départ", es="Hasta|Salida", pt="Até|Saída|Desligamento", it="Al|Cessazione", nl="Tot|Uit dienst"),
)

FALSE_FRIENDS = frozenset(("Direction", "Charge", "Art", "Lot", "Suite", "Tot", "Wie", "Van"))
"""Headings of other languages that are words of another meaning in English (`Wie`: in German): they count only on a
sheet whose other headings are rather of their language."""

HANDOVER_CHECKS = frozenset((
    "support_team", "level_agreed", "runbook_ready", "knowledge_transfer", "monitoring_ready", "issues_accepted",
    "support_exit",
))
"""The fields that say what is ready for a handover, beside who takes over."""

CADENCE_PER_YEAR: Mapping[str, float] = {
    "daily": 260.0,
    "weekly": 52.0,
    "fortnightly": 26.0,
    "monthly": 12.0,
    "bimonthly": 6.0,
    "quarterly": 4.0,
    "four-monthly": 3.0,
    "half-yearly": 2.0,
    "yearly": 1.0,
    "two-yearly": 0.5,
}
"""How often a cadence comes round in a year. `continuous`, `on demand` and `once` are cadences without a rate."""

CADENCES: tuple[str, ...] = (*CADENCE_PER_YEAR, "continuous", "on demand", "once")


def item_columns() -> dict[str, Kind]:
    """The typed columns of `Register.items` after its provenance, in order, each with the kind of its values.

    A field of kind effort has two more columns, each "" where there is none. `<field>_unit` is what it is counted in:
    hours, days, weeks, months, fte (full-time people) or share (a part of each named person, 1 = all). `<field>_per` is
    over what: total, occurrence, day, week, month, quarter or year; an effort in fte or share has none.
    """
    columns: dict[str, Kind] = {}
    for one in FIELDS:
        columns[one.id] = one.kind
        if one.kind == "effort":
            columns[f"{one.id}_unit"] = columns[f"{one.id}_per"] = "text"
    return columns
