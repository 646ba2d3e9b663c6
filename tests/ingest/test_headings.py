"""Headings as people write them, in seven languages, and how surely each is told."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fields import FIELDS
from pipeline.ingest import ingest
from pipeline.ingest.headings import Headings, assign, normalise
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

KNOWN = Headings(FIELDS)
HEADINGS = """
id: Item # ¦ Ref No. ¦ 1. ID ¦ Proj. ID ¦ Project No ¦ Req. # ¦ Task No. ¦ Tracking number ¦ Work order no. ¦ Seq ¦ Lfd.-Nr. ¦ Vorgangs-Nr. ¦ Projekt Nr ¦ lfd. Nummer ¦ Pos. ¦ PSP-Code ¦ Auftragsnr. ¦ Maßnahmen-Nr. ¦ N° de projet ¦ Réf. projet ¦ N° action ¦ Num. ¦ Code action ¦ Nº proyecto ¦ Cód. ¦ Núm. de proyecto ¦ Código del proyecto ¦ Nº do projeto ¦ Código do projeto ¦ Nr. ¦ N. progetto ¦ Codice progetto ¦ Cod. ¦ Projectnr. ¦ Volgnr. ¦ Actienummer ¦ Ref.nr. ¦ Job No. ¦ Vorg.-Nr. ¦ N° d'ordre ¦ Item Ref ¦ N.º ¦ Lfd Nr ¦ Kenn-Nr. ¦ Project ID# ¦ Registro nº
title: Project Name * ¦ TITLE: ¦ Task\\nName ¦ Initiative Title ¦ Activity / Task ¦ Name of project ¦ 2) Title ¦ Projekttitel ¦ Name des Projekts ¦ Maßnahme / Aktivität ¦ Aufgabe/Tätigkeit ¦ Kurztitel ¦ Arbeitspaket-Bezeichnung ¦ Vorhabenbezeichnung ¦ Intitulé du projet ¦ Nom de l'action ¦ Libellé de la tâche ¦ Titre du projet ¦ Actions à mener ¦ Nombre de la actividad ¦ Título del proyecto ¦ Nombre de la iniciativa ¦ Tarea / Actividad ¦ Nome da atividade ¦ Título do projeto ¦ Nome da tarefa ¦ Ação / Atividade ¦ Nome attività ¦ Titolo progetto ¦ Nome del progetto ¦ Naam project ¦ Taaknaam ¦ Titel project ¦ Actiepunt ¦ Naam activiteit ¦ Name of Initiative ¦ Bezeichnung der Maßnahme ¦ Dénomination du projet ¦ Nombre del programa ¦ Nome do programa ¦ Naam van het project ¦ Task (short name) ¦ 1) Projekt ¦ Thema / Aufgabe ¦ Tâche à réaliser ¦ Titolo attività
description: Long Description ¦ Project scope ¦ Description of work ¦ Brief description ¦ Business objective ¦ Aufgaben-Beschreibung ¦ Detailbeschreibung ¦ Zielsetzung ¦ Projektziel ¦ Description du projet ¦ Descriptif de l'action ¦ Objectifs du projet ¦ Périmètre ¦ Descripción de la actividad ¦ Alcance del proyecto ¦ Objetivo general ¦ Descrição da atividade ¦ Escopo do projeto ¦ Descrizione attività ¦ Descrizione del progetto ¦ Projectomschrijving ¦ Description / Scope ¦ Beschreibung der Aufgabe ¦ Description détaillée ¦ Descrição detalhada ¦ Obiettivi del progetto ¦ Omschrijving werkzaamheden ¦ Scope of work
type: Proj. type ¦ Type (Run / Change) ¦ Work-Type ¦ Category (BAU/Project) ¦ Vorhabenart ¦ Art der Tätigkeit ¦ Typ (Projekt/Linie) ¦ Type d'action ¦ Nature de l'activité ¦ Type de tâche ¦ Tipo de proyecto ¦ Tipo de tarea ¦ Tipo de projeto ¦ Tipo de demanda ¦ Tipo attività ¦ Tipo di progetto ¦ Type werk ¦ Soort project ¦ Type activiteit ¦ Project Category ¦ Kategorie (Projekt/Betrieb) ¦ Catégorie d'action ¦ Clasificación ¦ Tipologia progetto ¦ Soort activiteit
department: Resp. department ¦ Owning department ¦ Lead Dept. ¦ Business Unit (BU) ¦ Dept./Division ¦ Verantw. Abteilung ¦ Abt. ¦ Organisationseinheit (OE) ¦ zuständiger Bereich ¦ Abteilung/Bereich ¦ Direction / Service ¦ Service pilote ¦ Dépt. ¦ Direction responsable ¦ Depto. ¦ Área responsable ¦ Departamento responsable ¦ Dirección / Área ¦ Depto ¦ Área responsável ¦ Setor responsável ¦ Departamento / Área ¦ Dip. ¦ Ufficio responsabile ¦ Area / Ufficio ¦ Afd. ¦ Verantwoordelijke afdeling ¦ Responsible Dept ¦ Fachabteilung ¦ Service concerné ¦ Área / Departamento ¦ Unidade responsável ¦ Settore / Ufficio ¦ Betrokken afdeling ¦ Directorate
team: Team / Squad ¦ Assigned team ¦ Owning team ¦ Team/Gruppe ¦ Verantwortliches Team ¦ Équipe projet ¦ Equipe responsable ¦ Equipo responsable ¦ Equipe responsável ¦ Time responsável ¦ Team verantwoordelijk
owner: Owner/Lead ¦ Proj. Mgr ¦ Project Mgr. ¦ 3. Owner ¦ Proj. Lead ¦ PM name ¦ Owner's name ¦ Project Manager (PM) ¦ Оwner ¦ Lead / Owner ¦ Verantw. ¦ Verantwortlich: ¦ Verantwortl. ¦ Projektleiter/in ¦ PL (Name) ¦ Projektverantwortliche/r ¦ Chef(fe) de projet ¦ Pilote de l'action ¦ CDP ¦ Porteur du projet ¦ Pilote / Référent ¦ Líder de proyecto ¦ Jefe de Proy. ¦ Jefe/a de proyecto ¦ Dueño del proceso ¦ Gerente de projeto ¦ GP ¦ Líder do projeto ¦ Dono do processo ¦ Capo progetto (PM) ¦ Referente progetto ¦ Project manager ¦ Projectmanager ¦ Proceseigenaar ¦ Owner (Name) ¦ Project Owner / PM ¦ Verantwortliche(r) ¦ Projektleitung (PL) ¦ Pilote du projet ¦ Líder del proyecto ¦ Project leader* ¦ Trekker / eigenaar ¦ Overall lead
responsible: Responsible: ¦ Assigned To * ¦ Responsible (R) ¦ Assignee(s) ¦ Responsible Party ¦ Zust. ¦ Bearbeiter/in ¦ Zuständig (R) ¦ Sachbearbeiter ¦ Ausführende/r ¦ Responsable ¦ Responsable(s) ¦ Assigné(e) à ¦ Responsable de l'action ¦ Nom du responsable ¦ Responsable: ¦ Responsable de la actividad ¦ Asignado ¦ Responsável ¦ Responsáveis ¦ Resp. pela execução ¦ Responsável pela tarefa ¦ Responsabile ¦ Resp. attività ¦ Responsabile/i ¦ Assegnata a ¦ Uitvoerende ¦ Uitgevoerd door ¦ Assigned to: ¦ Zuständigkeit ¦ Responsable d'action ¦ Responsable principal ¦ Responsável principal ¦ Responsabile attività ¦ Uitvoerder(s) ¦ Ausführung durch ¦ Assigned resource(s)
accountable: Accountable Owner ¦ Accountable (A) ¦ Accountable manager ¦ Gesamtverantw. ¦ Approbateur (A) ¦ Eindverantw. ¦ Accountable: ¦ A (Accountable) ¦ Eindverantwoordelijke persoon
sponsor: Project Sponsor Name ¦ Requestor ¦ Auftraggeber/in ¦ Sponsor/Auftraggeber ¦ Auftraggeber (intern) ¦ Sponsor du projet ¦ Commanditaire / Sponsor ¦ Patrocinador del proyecto ¦ Solicitado por ¦ Patrocinador do projeto ¦ Sponsor progetto ¦ Opdrachtgever (intern) ¦ Sponsor / Requester ¦ Interner Auftraggeber ¦ Commanditaire du projet ¦ Sponsor del proyecto ¦ Committente progetto ¦ Opdrachtgever project
deputy: Back up ¦ Backup person ¦ Deputy / Backup ¦ Stv ¦ Stellv. ¦ Vertreter/in ¦ Stellv. Projektleitung ¦ Suppléant(e) ¦ Remplaçant(e) ¦ Vervanger(s) ¦ Back-up persoon ¦ Vertretung (Name) ¦ Deputy PM ¦ Backup (name) ¦ Suplente del responsable
executive: Executive Owner (SRO) ¦ Ressort-Vorstand
email: Owner E-Mail ¦ E-mail address: ¦ Contact e-mail ¦ E-Mail Ansprechpartner ¦ Mailadresse ¦ Adresse mail ¦ E-mail du responsable ¦ Correo electrónico del responsable ¦ E-mail responsable
start: Start (Plan) ¦ Start Dt ¦ Planned Start ¦ Proj. Start ¦ Start\\nDate ¦ START DATE (DD/MM/YYYY) ¦ Start date* ¦ Begin Dt. ¦ Planned Start Date: ¦ Date of start ¦ Beginn (geplant) ¦ Start (Soll) ¦ Soll-Start ¦ Geplanter Beginn ¦ Start geplant ¦ Anfangsdatum ¦ Start am ¦ Date début ¦ Début (prévu) ¦ Date de début prévue ¦ Date de démarrage ¦ Dt début ¦ Date de lancement ¦ F. inicio ¦ Fecha inicio prevista ¦ Inicio planificado ¦ Fecha de comienzo ¦ Inicio (plan) ¦ Dt. Início ¦ Início previsto ¦ Data de Início Prevista ¦ Início planejado ¦ Data inizio prevista ¦ Inizio pianificato ¦ Data avvio ¦ Geplande start ¦ Startdatum (plan) ¦ Begin datum ¦ Datum start ¦ Planned start date (plan) ¦ Beginn (Plan) ¦ Startdatum (soll) ¦ Date prévue de début ¦ Fecha prevista de inicio ¦ Data prevista de início ¦ Data di inizio prevista ¦ Verwachte startdatum ¦ Est. start ¦ Start - planned ¦ Project Begin Date ¦ Début du projet ¦ Fecha de inicio (dd/mm/aaaa)
finish: Finish (Plan) ¦ ETA ¦ Due Dt. ¦ Due ¦ Target completion date ¦ Exp. completion ¦ End (planned) ¦ Due-Date: ¦ Target End Date ¦ Planned Completion ¦ Deadline (date) ¦ Proj. End ¦ By When? ¦ 5. Due date ¦ Ende (geplant) ¦ Soll-Ende ¦ Geplantes Ende ¦ Zieldatum ¦ Bis wann? ¦ Fertigstellung bis ¦ Fälligkeitsdatum ¦ Termin (Soll) ¦ Ende Soll ¦ Abgabetermin ¦ Date fin ¦ Fin (prévue) ¦ Date de fin prévue ¦ Dt fin ¦ Délai ¦ Date butoir ¦ Échéance prévue ¦ Date d’échéance ¦ Fecha fin prevista ¦ F. fin ¦ Fecha de vencimiento ¦ Fin planificado ¦ Fecha de término ¦ Fecha compromiso ¦ Fecha de entrega ¦ Dt. Fim ¦ Término previsto ¦ Data de Fim Prevista ¦ Prazo final ¦ Data de entrega ¦ Data de vencimento ¦ Data limite: ¦ Data fine prevista ¦ Scadenza prevista ¦ Data scadenza ¦ Fine pianificata ¦ Data di consegna ¦ Geplande einddatum ¦ Einddatum (plan) ¦ Streefdatum ¦ Opleverdatum ¦ Eind datum ¦ Planned end ¦ Projected completion ¦ Enddatum (Plan) ¦ Geplanter Abschluss ¦ Date prévue de fin ¦ Fecha prevista de fin ¦ Data prevista de término ¦ Data di fine prevista ¦ Verwachte einddatum ¦ Est. completion date ¦ End - planned ¦ Finish Dt. ¦ Termin bis ¦ Échéance (date) ¦ Fecha límite de entrega ¦ Prazo de conclusão ¦ Termine previsto ¦ Deadline project
baseline_start: Start (Baseline) ¦ BL Start
baseline_finish: Finish (Baseline) ¦ Baseline Finish Date ¦ Orig. due date ¦ Original Target Date ¦ Ende (Basisplan) ¦ Ursprgl. Termin ¦ Ende Basis ¦ Date de fin initiale ¦ Échéance d'origine ¦ Finish - Baseline ¦ Original End ¦ Ende (ursprünglich) ¦ Fin (initiale)
actual_start: Start (Actual) ¦ Act. Start ¦ Actual Start Dt ¦ Ist-Start ¦ Start (Ist) ¦ Ist-Beginn ¦ Beginn Ist ¦ Date de début réel ¦ Début effectif ¦ Inicio (real) ¦ Fecha real de inicio ¦ Início Real ¦ Dt. início real ¦ Data inizio effettiva ¦ Werkelijke startdatum ¦ Start - Actual ¦ Actual begin date ¦ Tatsächlicher Start ¦ Date réelle de début ¦ Inicio efectivo ¦ Data effettiva inizio
actual_finish: Finish (Actual) ¦ Act. Finish ¦ Date Closed ¦ Actual Completion Dt. ¦ Completion date (actual) ¦ Ist-Ende ¦ Ende (Ist) ¦ Erledigt am: ¦ Tatsächl. Ende ¦ Abgeschlossen am ¦ Date de fin réelle ¦ Fin effective ¦ Date de clôture ¦ Réalisé le ¦ Fecha fin real ¦ Fecha real de fin ¦ Fin (real) ¦ Dt. fim real ¦ Término real ¦ Data de conclusão real ¦ Data fine effettiva ¦ Data chiusura ¦ Werkelijke einddatum ¦ Datum afgerond ¦ End - Actual ¦ Actual completion date ¦ Tatsächlicher Abschluss ¦ Date réelle de fin ¦ Fecha real de término ¦ Data efetiva de conclusão ¦ Fine reale ¦ Werkelijk gereed
cadence: Freq. ¦ Frequency (W/M/Q) ¦ Recurring? ¦ How often? ¦ Häufigk. ¦ Turnus / Rhythmus ¦ Wie oft? ¦ Wiederholungsintervall ¦ Fréq. ¦ Fréquence / Périodicité ¦ Périodicité (mois) ¦ Frec. ¦ Frecuencia (mensual, anual) ¦ Periodicidade / Frequência ¦ Hoe vaak ¦ Frequency of task ¦ Häufigkeit / Turnus ¦ Fréquence de réalisation ¦ Frecuencia de ejecución ¦ Periodicità ¦ Frequentie (per jaar)
duration: Duration (d) ¦ Dur. ¦ Duration (weeks) ¦ Dauer (Tage) ¦ Dauer [d] ¦ Durée (j) ¦ Durée estimée ¦ Est. duration ¦ Dauer (AT) ¦ Durée prévue ¦ Duración (días) ¦ Duração estimada ¦ Durata (gg)
status: Status? ¦ Current Status: ¦ Proj. Status ¦ Status (Open/Closed) ¦ Status / Stand ¦ Status (offen/erledigt) ¦ Bearb.-Status ¦ Statut du projet ¦ État actuel ¦ Estado actual ¦ Estado del proyecto ¦ Estatus ¦ Status do projeto ¦ Situação atual ¦ Stato attività ¦ Stato del progetto ¦ Status project ¦ Huidige status ¦ Overall Status ¦ Projektstatus: ¦ Statut de l'action ¦ Status da tarefa ¦ Stato attuale ¦ Status taak
health: R/A/G ¦ RAG Status ¦ Health (RAG) ¦ Ampel (R/G/G) ¦ Status-Ampel ¦ Météo projet
progress: % Comp. ¦ % Cmpl ¦ Pct. Complete ¦ % Complete: ¦ Progress (%) ¦ Complete (%) ¦ % Fertig ¦ Fertigstellungsgrad (%) ¦ Fortschr. ¦ Erledigungsgrad ¦ Fertig % ¦ % d'avancement ¦ Avancement (%) ¦ Taux d'avancement (%) ¦ % réal. ¦ % de avance ¦ Avance (%) ¦ % Completado ¦ Porcentaje de avance ¦ % Concluída ¦ % de conclusão ¦ Andamento (%) ¦ % Concl. ¦ % compl. ¦ Avanzamento % ¦ % di completamento ¦ % gereed ¦ Voortgang (%) ¦ Percentage gereed ¦ % Progress ¦ Completion (%) ¦ Fortschritt (%) ¦ Fertigstellung in % ¦ Avancement en % ¦ % avance físico ¦ % realizado ¦ % voltooid
effort: LOE ¦ Effort (PD) ¦ Est. hours ¦ Est. Hrs ¦ Man-days ¦ Planned effort (h) ¦ FTE req. ¦ Level of Effort ¦ Hrs/wk ¦ Work (hrs) ¦ Manhours ¦ Std. ¦ PT ¦ Aufwand [PT] ¦ Aufwand (geschätzt) ¦ Geplanter Aufwand ¦ Std./Woche ¦ Plan-Aufwand (h) ¦ Aufw. ¦ Soll-Stunden ¦ j/h ¦ Charge (j/h) ¦ Charge estimée ¦ Nb jours ¦ Charge prévue (JH) ¦ Nb d'heures ¦ Horas est. ¦ Esfuerzo (h) ¦ Horas/semana ¦ Esfuerzo estimado ¦ Horas hombre ¦ Horas previstas ¦ Esforço est. (h) ¦ HH ¦ Carga horária ¦ Ore stimate ¦ Impegno (gg) ¦ Giorni/uomo ¦ gg/uomo ¦ Geschatte inspanning ¦ Uren (schatting) ¦ Uren p/w ¦ Mandagen ¦ Estimated Effort (h) ¦ Effort in PD ¦ Aufwand (Std.) ¦ Geschätzter Aufwand (PT) ¦ Charge (jours) ¦ Charge en j/h ¦ Esfuerzo (horas) ¦ Horas/hombre ¦ Esforço (dias) ¦ Impegno in ore ¦ Inspanning (uren) ¦ FTE (planned) ¦ Total hours est.
remaining_effort: Rem. effort ¦ ETC (h) ¦ Hours remaining ¦ Rest-Aufwand (PT) ¦ Reststunden ¦ RAF (j) ¦ Reste à faire (jh) ¦ Remaining effort (d) ¦ Restaufwand [h] ¦ Reste à faire (j)
actual_effort: Act. hours ¦ Effort (actual) ¦ Hours actual ¦ Ist-Std. ¦ Aufwand (Ist) ¦ Ist-Stunden ¦ Aufwand Ist [h] ¦ Charge réelle ¦ Consommé (j) ¦ Horas reales ¦ Esfuerzo real (h) ¦ Actual hours (h) ¦ Ist-Aufwand (PT) ¦ Charge réalisée ¦ Horas reales trabajadas
budget: Budget (k€) ¦ Budget [EUR] ¦ Est. cost ($) ¦ Budget USD ¦ Total Budget (£) ¦ Cost Estimate ¦ Budget in TEUR ¦ Budget (T€) ¦ Kosten [€] ¦ Projektbudget ¦ Plankosten ¦ Coût estimé ¦ Budget prévu ¦ Montant (€ HT) ¦ Presupuesto (€) ¦ Presupuesto estimado ¦ Costo total ¦ Orçamento (R$) ¦ Valor (R$) ¦ Custo estimado ¦ Budget (€) ¦ Costo stimato ¦ Importo € ¦ Kosten (€) ¦ Begroot bedrag ¦ Budget 2026 ¦ Approved Budget ($) ¦ Budget (in €) ¦ Geplantes Budget ¦ Budget alloué (€) ¦ Presupuesto asignado ¦ Orçamento aprovado ¦ Budget stanziato ¦ Kosten (geraamd)
priority: Prio. ¦ Priority (H/M/L) ¦ Priority (1-5) ¦ Prio ¦ Prio (1-3) ¦ Niveau de priorité ¦ Prioridad (A/M/B) ¦ Prior. ¦ Priority Level (1-3) ¦ Priorität (1-5) ¦ Priorité (H/M/B) ¦ Nivel de prioridad ¦ Prioriteit:
risk: Risks / Issues ¦ Key risk(s) ¦ Risiken/Probleme
notes: Comment(s) ¦ Notes / Comments ¦ Remarks: ¦ Additional notes ¦ Status comments ¦ Bemerk. ¦ Anm. ¦ Bemerkungen / Kommentare ¦ Sonstiges ¦ Commentaire(s) ¦ Remarques / Commentaires ¦ Obs. ¦ Observ. ¦ Comentarios / Observaciones ¦ Observações: ¦ Note: ¦ Annotazioni ¦ Opm. ¦ Opmerkingen / toelichting ¦ Comments / Remarks ¦ Bemerkungen: ¦ Commentaires / observations ¦ Notas / Observaciones ¦ Comentários gerais ¦ Note e osservazioni ¦ Opmerkingen:
updated: Last Updated On ¦ Last Update: ¦ Updated on ¦ Zuletzt aktualisiert ¦ Letzte Aktualisierung ¦ MAJ le ¦ Date MàJ ¦ Dernière MAJ ¦ Last modified date ¦ Dernière modification ¦ Última modificación
phase: Project Phase: ¦ Stage / Gate ¦ Projektphase
milestone: Key Milestone(s) ¦ Nächster Meilenstein
deliverable: Deliverable(s) ¦ Expected deliverables ¦ Lieferergebnis(se)
handover_to: Handover To (BAU) ¦ BAU Owner ¦ Übergabe an (Betrieb)
parent: Programme / Portfolio ¦ Parent project
function: Business Function ¦ Operational function ¦ Geschäftsfunktion ¦ Fonction métier ¦ Función operativa ¦ Área funcional ¦ Funzione aziendale ¦ Bedrijfsfunctie
planned_rounds: Planned runs ¦ Inspections due ¦ Geplante Anzahl ¦ Passages prévus ¦ Veces previstas ¦ Execuções previstas ¦ Esecuzioni previste ¦ Aantal gepland
done_rounds: Runs completed ¦ Inspections done ¦ Anzahl durchgeführt ¦ Nombre réalisé ¦ Veces realizadas ¦ Execuções realizadas ¦ Volte eseguite ¦ Aantal uitgevoerd
last_done: Last Done ¦ Last inspection date ¦ Zuletzt durchgeführt ¦ Dernière exécution ¦ Última vez ¦ Ultima esecuzione ¦ Laatst uitgevoerd
actual_cost: Actual cost ¦ Actual spend ¦ Ist-Kosten ¦ Coût réel ¦ Costo real ¦ Custo real ¦ Costo effettivo ¦ Werkelijke kosten ¦ Actual cost (EUR)
service_reached: SLA achieved ¦ SLA-Erfüllung ¦ SLA atteint ¦ SLA alcanzado ¦ SLA alcançado ¦ SLA raggiunto ¦ SLA behaald
"""
"""Field, and headings that mean it. `\\n` is a line break; some letters are Cyrillic look-alikes."""
NOTHING = "Location ¦ Phone number ¦ Room number ¦ Vendor ¦ Country ¦ Invoice date ¦ Date of birth ¦ Warranty start ¦ Password ¦ Remaining budget ¦ Budget owner ¦ Approval date ¦ Site name ¦ File name ¦ Postcode ¦ Direction ¦ CPO ¦ Latitude ¦ Number of users ¦ Cost per unit ¦ Date of approval ¦ Vendor name ¦ Unit price ¦ Contact phone ¦ Project start meeting ¦ Team size ¦ Version ¦ Link ¦ Colour ¦ Attachment ¦ Telefon ¦ Raum ¦ Standort ¦ Land ¦ Rechnungsdatum ¦ Geburtsdatum ¦ Lieferant ¦ Restbudget ¦ Kundennummer ¦ Telefonnummer ¦ Anzahl Nutzer ¦ Téléphone ¦ Site ¦ Pays ¦ Date de naissance ¦ Fournisseur ¦ Date de facture ¦ Lieu ¦ Adresse ¦ Teléfono ¦ País ¦ Proveedor ¦ Fecha de nacimiento ¦ Lugar ¦ Fecha de factura ¦ Telefone ¦ Fornecedor ¦ Data de nascimento ¦ Local ¦ Telefono ¦ Fornitore ¦ Paese ¦ Data di nascita ¦ Telefoon ¦ Leverancier ¦ Geboortedatum ¦ Locatie ¦ Contract no. of supplier ¦ Training date ¦ Meeting date ¦ Age ¦ Gender ¦ Building ¦ Floor ¦ IP address ¦ Hostname ¦ Kaufdatum ¦ Rechnungsnummer ¦ Straße ¦ PLZ ¦ Ort ¦ Date d'achat ¦ Code postal ¦ Ville ¦ Fecha de compra ¦ Ciudad ¦ Cidade ¦ Data de compra ¦ Data acquisto ¦ Città ¦ Aankoopdatum ¦ Stad ¦ Manufacturer ¦ Model ¦ Remaining funds ¦ Date of last audit ¦ Planned savings ¦ Start mileage ¦ Hours of sunshine ¦ Street ¦ Weight (kg) ¦ Blutgruppe ¦ Photo"
"""Headings that mean no field of ours; a wrong claim is worse than none."""


def field_of(heading: str) -> str:
    chosen, _ = assign([heading], KNOWN)
    return chosen[0].field if chosen else "none"


@pytest.mark.parametrize("line", HEADINGS.strip().splitlines(), ids=lambda line: line.partition(":")[0])
def test_headings(line):
    field, _, headings = line.partition(": ")
    read = {heading: field_of(heading.replace("\\n", "\n")) for heading in headings.split(" ¦ ")}
    assert {heading: found for heading, found in read.items() if found != field} == {}


def test_headings_that_mean_nothing_to_us():
    assert {heading: found for heading in NOTHING.split(" ¦ ") if (found := field_of(heading)) != "none"} == {}


def mapped(*headings: str) -> dict[str, str]:
    return {headings[at]: match.field for at, match in assign(headings, KNOWN)[0].items()}


def test_a_word_of_two_languages_means_what_the_other_headings_speak():
    assert mapped("Service", "Intitulé", "Responsable", "Échéance")["Service"] == "department"
    assert mapped("Service", "Start date", "Due date", "Owner")["Service"] == "title"
    assert mapped("Direction", "Service", "Intitulé", "Échéance") == {
        "Direction": "department",
        "Service": "team",
        "Intitulé": "title",
        "Échéance": "finish",
    }
    assert "Direction" not in mapped("Direction", "Title", "Owner", "Due date")
    assert "CPO" not in mapped("CPO", "Title", "Owner")


def test_responsable_does_the_work_and_does_not_answer_for_it():
    assert {mapped(word)[word] for word in ("Responsable", "Responsável", "Responsabile")} == {"responsible"}


def test_languages_may_be_mixed_in_one_sheet():
    assert mapped("Nr.", "Intitulé", "Owner", "Fecha inicio", "Scadenza", "Opmerkingen", "Situação") == {
        "Nr.": "id", "Intitulé": "title", "Owner": "owner", "Fecha inicio": "start", "Scadenza": "finish", "Opmerkingen": "notes", "Situação": "status",
    }  # fmt: skip


def test_addresses_are_no_names():
    assert mapped("assignee_emails", "assignee_full_names") == {
        "assignee_emails": "email",
        "assignee_full_names": "responsible",
    }


def test_a_column_that_loses_a_field_is_told_why():
    def reasons(*headings: str) -> list[tuple[int, str]]:
        return [(contest.loser, contest.reason) for contest in assign(headings, KNOWN)[1]]

    assert reasons("Title", "Vorhaben") == [(1, "its heading is the more usual one")]
    assert reasons("Owner", "Owner") == [(1, "it stands further left")]
    assert reasons("Name of project", "Title") == [(0, "its heading says so more plainly")]


def test_own_synonyms_stand_above_ours():
    own = Headings(FIELDS, {"finish": ["Status"], "title": ["Was"]})
    chosen, _ = assign(["Was", "Status"], own)
    assert [(match.field, match.basis) for match in chosen.values()] == [("title", "synonym"), ("finish", "synonym")]


@given(st.text(max_size=120))
def test_no_heading_is_too_odd(text):
    KNOWN.matches(text)
    assert normalise(normalise(text)) == normalise(normalise(normalise(text)))


@given(st.permutations(["ID", "Title", "Owner", "Start (Plan)", "Ist-Ende", "Échéance", "Frecuencia", "Budget (k€)"]))
def test_the_order_of_columns_does_not_matter_to_their_fields(headings):
    assert mapped(*headings) == {
        "ID": "id", "Title": "title", "Owner": "owner", "Start (Plan)": "start", "Ist-Ende": "actual_finish", "Échéance": "finish", "Frecuencia": "cadence", "Budget (k€)": "budget",
    }  # fmt: skip


ROWS = [
    ["ID", "Title", "Owner", "Start", "Fällig am", "Effort (PT)", "Turnus"],
    ["1", "Replace pumps", "Roy, Ana", "03/04/2026", "Mitte Mai", "1.250", "alle 2 Wochen"],
    ["2", "Read meters", "Bo Lee; Ana Roy", "25/04/2026", "30.11.2026", "2,5", "monatlich"],
    ["3", "Tanks", "Bo Lee", "01/02/2026", "Q3", "3 h", ""],
    ["4", "Filters", "", "2026-05-01", "TBC", "40 % ", "bei Bedarf"],
]


@settings(max_examples=6)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter(tmp_path_factory, rng: random.Random):
    rows, columns = rng.sample(ROWS[1:], 4), rng.sample(range(7), 7)
    path = tmp_path_factory.mktemp("shuffled") / "register.csv"
    lines = (";".join(f'"{row[column]}"' for column in columns) for row in [ROWS[0], *rows])
    path.write_text("\n".join(lines), encoding="utf-8")
    register = ingest((path,), IngestSettings(), PERIOD)
    items = register.items.set_index("id").sort_index()
    assert items["start"].dt.strftime("%m-%d").tolist() == ["04-03", "04-25", "02-01", "05-01"]
    assert items["finish"].dt.strftime("%m-%d").fillna("").tolist() == ["05-15", "11-30", "09-30", ""]
    assert items["effort"].tolist() == [1250, 2.5, 3, 0.4]
    assert items["effort_unit"].tolist() == ["days", "days", "hours", "share"]
    assert items["cadence"].tolist() == ["fortnightly", "monthly", "", "on demand"]
    ids = register.items["id"]
    doing = register.roles[register.roles["role"] == "responsible"]
    named = pd.Series(doing["person"].to_numpy(), index=ids[doing["item"]].to_numpy()).groupby(level=0).agg(set)
    assert named.to_dict() == {"1": {"Ana Roy"}, "2": {"Ana Roy", "Bo Lee"}, "3": {"Bo Lee"}}


def test_every_mapping_says_how_sure_it_is_and_why(make_workbook):
    path = make_workbook(
        Register="ID|Vorhaben 7|Owner / Pilote|Responsibel|Timeline\n1|Replace pumps|Ana|Bo|every month"
    )
    (sheet,) = ingest((path,), IngestSettings(synonyms={"title": ["Vorhaben 7"]}), PERIOD).files[0].sheets
    assert sheet.basis == {
        "ID": "exact",
        "Vorhaben 7": "synonym",
        "Owner / Pilote": "parts",
        "Responsibel": "close",
        "Timeline": "content",
    }
    assert set(sheet.certainty) == set(sheet.mapping)
    assert sheet.certainty["ID"] == 1.0 > sheet.certainty["Owner / Pilote"] > sheet.certainty["Responsibel"] > 0.5
