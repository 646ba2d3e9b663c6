"""The words of dates in seven languages and more, without case and accents: months, parts of a year, no date at all."""

from __future__ import annotations

from collections.abc import Mapping


def _numbered(*names: str) -> dict[str, int]:
    return {name: number for number, words in enumerate(names, start=1) for name in words.split()}


MONTHS: Mapping[str, int] = _numbered(
    "jan januar january janvier janv enero ene janeiro gennaio gen januari janner",
    "feb februar february fevrier fevr fev febrero fevereiro febbraio februari feber",
    "mar marz march mars marzo marco maart mrt maerz mrz mrch",
    "apr april avril avr abril abr aprile",
    "may mai mayo maio maggio mag mei maj",
    "jun juni june juin junio junho giugno giu",
    "jul juli july juillet juil julio julho luglio lug",
    "aug august aout agosto ago augustus augusti",
    "sep sept september septembre septiembre setembro set settembre setiembre sett",
    "oct oktober october octobre octubre outubro out ottobre ott okt",
    "nov november novembre noviembre novembro",
    "dec dezember december decembre diciembre dic dezembro dez dicembre desember",
)
ORDINALS: Mapping[str, int] = {
    **_numbered("first erstes primer primero primeiro primo eerste premier", "second zweites segundo secondo tweede deuxieme", "third drittes tercer tercero terceiro terzo derde troisieme", "fourth viertes cuarto quarto vierde quatrieme"),
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
SPANS: Mapping[str, str] = {
    word: span
    for span, words in {
        "quarter": "q t k qtr quarter quartal trimestre trimester trim kwartaal quartale kvartal",
        "half": "h hj half halbjahr semestre semester halfjaar",
        "week": "w wk week kw cw woche semaine semana settimana kalenderwoche",
        "s": "s sem",
        "year": "fy cy gj fj year jahr jahres annee ano anno jaar",
        "spring": "spring fruhjahr fruhling printemps primavera voorjaar lente",
        "summer": "summer sommer ete verano verao estate zomer",
        "autumn": "autumn fall herbst automne otono outono autunno najaar herfst",
        "winter": "winter hiver invierno inverno",
    }.items()
    for word in words.split()
}  # fmt: skip
"""`s` is a half-year up to 2 and a week above it, as `S2 2026` and `S32 2026` are written in French."""
SEASONS: Mapping[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The month in which each begins, north of the equator."""
PARTS: Mapping[str, str] = {
    word: part
    for part, words in {
        "begin": "early begin beginning start anfang debut inicio principios inizio comeco begins fruh",
        "mid": "mid middle mitte mi meados mediados meta halverwege medio half",
        "late": "late",
        "end": "end ending ende fin finales final fim fine eind einde ultimo spat eo",
    }.items()
    for word in words.split()
}
YEAR_ENDS = frozenset(("jahresende", "eoy", "yearend", "jaareinde"))
SMALL = frozenset("of de del di d the le la el il den der des van l von vom im dia do da em in".split())
"""Words between the parts of a date."""
AFTER_NUMBERS = frozenset("st nd rd th er ere e eme o a te ste de".split())
"""What makes `1` first: `1st`, `1er`, `3e`."""
WEEKDAYS = frozenset(
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday"
    " mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag"
    " lun lundi mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche"
    " lunes martes mie miercoles jue jueves vie viernes sab sabado dom domingo"
    " segunda terca quarta quinta sexta feira lunedi martedi mercoledi gio giovedi venerdi sabato domenica"
    " ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag".split()
)
LEADING = frozenset(
    "by bis zum until till from ab seit since jusqu au jusque hasta ate entro tot before vor spatestens latest due on am le desde del"
    " plus tard from dal al du vom ab no later than vanaf op uiterlijk a partir".split()
)
"""What may stand before a date without changing the day."""
ROUGHLY = frozenset(
    "ca circa approx approximately about around etwa rund vers env environ aprox cerca ungefahr zirka".split()
)
"""What says that the day is not sure."""
TRAILING = frozenset("tbc geplant planned plan expected prevu prevista previsto gepland latest spatestens uhr".split())
OPEN = frozenset(
    (
        "ongoing|on going|open ended|permanent|permanently|continuous|continuously|continuing|continual|indefinite|indefinitely|no end|no end date|none|rolling|bau|n a|na|not applicable"
        "|standing|evergreen|recurring|unbefristet|laufend|fortlaufend|dauerhaft|daueraufgabe|entfallt|entf|auf dauer|unendlich|unbegrenzt|illimite|ilimitado|illimitato|onbeperkt|kein|keine|keines|ohne ende|en cours|permanente|permanent|sans fin|sans objet"
        "|s o|en continu|continu|en permanence|indetermine|indeterminee|duree indeterminee|aucun|aucune|indefinido|indefinida|en curso|continuo|continua|sin fin|no aplica|no procede|ninguno|ninguna|sem fim"
        "|continuado|em curso|em andamento|nao se aplica|nao aplicavel|por tempo indeterminado|nenhum|nenhuma|in corso|a tempo indeterminato|indeterminato|senza fine|non applicabile|nessuno|nessuna|doorlopend|lopend"
        "|onbepaald|geen|n v t|nvt|niet van toepassing|x"
    ).split("|")
)  # fmt: skip
"""What says that there is no date, on purpose: no finding is due for it."""
PENDING = frozenset(
    (
        "tbc|tbd|tba|t b c|t b d|t b a|to be confirmed|to be defined|to be determined|to be decided|to be announced|to be agreed|not yet known|not yet defined|unknown|open|offen|noch offen|unbekannt|unklar"
        "|noch nicht bekannt|noch zu klaren|noch unbekannt|wird noch festgelegt|zu definieren|n n b|nnb|n b|k a|a definir|a confirmer|a determiner|a preciser|a planifier|non defini|inconnu|nc|n c|nd|n d|por definir"
        "|por confirmar|por determinar|a confirmar|a determinar|pendiente|pendente|desconocido|sin definir|indefinir|da definire|da confermare|da stabilire|da determinare|sconosciuto|nader te bepalen|n t b|ntb|nog te bepalen"
        "|nog onbekend|onbekend|nog niet bekend|volgt|folgt"
    ).split("|")
)  # fmt: skip
"""What says that the date is still to come."""
