"""Words of cells merged above several headings, normalised: mere boxes, and other things than the work item."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BOXES = frozenset(_words(
    "general basic main core key info information data details particulars overview planning schedule scheduling timing timeline"
    " timelines time dates calendar staffing people roles resourcing resources organisation organization ownership responsibility responsibilities"
    " governance tracking monitoring progress control identification classification administration attributes workload effort reporting"
    " allgemein allgemeine allgemeines angaben daten stammdaten grunddaten basisdaten eckdaten planung planungsdaten termine terminplan terminplanung"
    " zeitplan zeitplanung zeitraum zeiten besetzung zustandigkeit zustandigkeiten verantwortlichkeit verantwortlichkeiten verantwortung steuerung"
    " nachverfolgung verfolgung uberwachung fortschritt einordnung klassifizierung informationen ressourcen rollen personal aufwand"
    " generale generales generaux informations donnees renseignements identification planification calendrier echeancier delais"
    " responsabilites organisation suivi pilotage avancement ressources moyens charge"
    " datos informacion planificacion cronograma calendario programacion plazos fechas responsabilidades organizacion seguimiento avance"
    " recursos identificacion clasificacion dedicacion esfuerzo"
    " dados gerais informacoes planejamento planeamento prazos datas responsabilidades papeis organizacao acompanhamento controle"
    " monitoramento andamento identificacao classificacao esforco"
    " dati generali informazioni pianificazione cronoprogramma tempi tempistica responsabilita ruoli organizzazione monitoraggio controllo"
    " avanzamento risorse identificazione classificazione anagrafica impegno"
    " algemeen algemene gegevens basisgegevens informatie tijdlijn tijdpad verantwoordelijkheden organisatie bewaking opvolging voortgang"
    " middelen bezetting identificatie indeling inzet"
))  # fmt: skip
"""They say what sort of headings stand below and nothing of what those mean."""

OTHER_PARTIES = _words(
    "vendor supplier subcontract contractor partner provider customer client stakeholder lieferant dienstleist auftragnehmer auftraggeb kunde"
    " fournisseur prestataire traitant partenaire proveedor contratista socio fornecedor parceir fornitor appaltator leverancier aannemer opdracht"
)  # fmt: skip
"""How words for those outside begin: their `Contact` and their `Status` are not the item's."""

OTHER_THINGS = _words(
    "contract contrat external risk issue incident problem change depend"
    " audit review approv meeting asset system applic invoice order purchas procure product document location site building benefit test training"
    " lesson mitigat previous prior next last former successor parent program portfolio milestone phase gate stage sponsor"
    " vertrag risik abnahme freigabe genehmig prufung besprech sitzung anlage anwendung rechnung"
    " bestell beschaff vergabe produkt dokument standort gebaude nutzen schulung vorjahr vorherig vorig nachste letzte ubergeordnet meilenstein"
    " marche risque validation approb revue reunion actif systeme facture commande achat produit lieu"
    " batiment precedent prochain dernier jalon"
    " riesgo aprob revision activo sistema pedido compra ubicac sede anterior proxim ultim hito fase"
    " risco aprov revis reuni ativo aplic fatura local marco"
    " rischi riunion fattura ordine acquist prodott precedent prossim"
    " risico probleem goedkeur akkoord overleg vergader systeem factuur inkoop locatie gebouw volgend laatst mijlpaal"
)  # fmt: skip
"""How words for other things and other times begin: below them `Name`, `Owner` and `Status` are theirs."""

MONEY = _words(
    "budget cost financ finanz fund money geld kosten cout coste costo custo presupuest orcament dinero dinheiro denaro argent"
)
"""How words for money begin: below them amounts of money are the item's, and nothing else."""

VAGUE = frozenset(_words("date total value valor amount time term"))
"""Headings that mean a field on their own, and anything below a word we do not know."""
