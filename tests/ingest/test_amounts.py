"""Numbers, shares and efforts as people write them, in seven languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.ingest import ingest
from pipeline.ingest.amounts import Effort, heading_period, heading_unit, read_effort
from pipeline.ingest.numbers import heading_scale, mark_of, read_number, read_share
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

NUMBERS = """
1234: 1234 ¦ 1 234 ¦ 1 234 ¦ 1'234
1234.5: 1234.5 ¦ 1234,5 ¦ 1.234,5 ¦ 1,234.5 ¦ 1 234,50 ¦ 1’234.50 ¦ 1234.500
1234567: 1.234.567 ¦ 1,234,567
1234567.89: 1.234.567,89 ¦ 1,234,567.89
1234567.8: 1 234 567,8
12345678: 12'345'678
0.5: 0,5 ¦ .5 ¦ ,5 ¦ 1/2 ¦ ½ ¦ 0,500
0.125: 0.125 ¦ 0,125
-5: -5 ¦ −5 ¦ 5-
-1234.5: 1.234,50- ¦ (1,234.50)
-120: (120)
12: +12
1500: € 1.500,00 ¦ 1.500,00 € ¦ 1500 EUR ¦ EUR 1500 ¦ CHF 1'500.– ¦ CHF 1'500.-- ¦ Fr. 1'500.00 ¦ R$ 1.500,00 ¦ 1.5E+03
5000: $5,000.00 ¦ US$ 5,000.00 ¦ USD 5000 ¦ 5k ¦ 5 K ¦ $5k
12.5: £12.50
5500: €5.5k
2500: 2,5 k€ ¦ 2.500,00 EUR ¦ € 2,500.00 ¦ 2 500,00 € ¦ 2’500.00 CHF
12000: k€ 12
120000: T€ 120 ¦ 120 T€ ¦ 120 TEUR ¦ 120 Tsd. €
1200000: 1.2M ¦ 1,2 M€ ¦ 1,2 Mio. € ¦ 1.2 Mio ¦ 1.2 million ¦ 1.2m ¦ $1.2M ¦ USD 1.2 million
3000000000: 3 Mrd. €
2000000000: 2bn
7500: 5000-10000 ¦ 5.000,00 - 10.000,00 ¦ $5k - $10k ¦ 5–10k
7.5: between 5 and 10
500: ca. 500 ¦ ~500 ¦ approx. 500
1.5: 1 1/2
2.5: 2½
1000: 1e3
12345.67: 12 345,67 kr
ambiguous: 1.234 ¦ 1,234 ¦ 12,500 ¦ 12.500 ¦ (2,500) ¦ 10.000-20.000 €
none: about five ¦ abc ¦ 1.2.3 ¦ 12/10/2026
1500000: 1,5 Mio EUR
250000: 250 TEUR ¦ 250 T EUR
1250000: R$ 1.250.000,00
-1250.5: -1.250,50 €
12500: 12,5k
3000: ~ 3.000,00
3000000: 3 000 000
25000: kEUR 25 ¦ EUR 25k
"""
EFFORTS = """
40 hours total: 40h ¦ 40 h ¦ 40 hrs ¦ 40 hours ¦ 40 Std. ¦ 40 Stunden ¦ 40 Std ¦ 40 heures ¦ 40 horas ¦ 40 hs ¦ 40 ore ¦ 40 uur ¦ ca. 40 h ¦ ~40h ¦ approx 40 hrs ¦ max. 40 h ¦ 40 h (geschätzt) ¦ 40 h total ¦ 40 h insgesamt
7.5 hours total: 7,5 Std.
5 days total: 5 d ¦ 5d ¦ 5 days ¦ 5 PT ¦ 5 Tage ¦ 5 Personentage ¦ 5 man-days ¦ 5 person days ¦ 5 MD ¦ 5 j ¦ 5 jours ¦ 5 j/h ¦ 5 jh ¦ 5 j.h ¦ 5 jours-homme ¦ 5 días ¦ 5 dias ¦ 5 giorni ¦ 5 gg ¦ 5 gg/uomo ¦ 5 giorni uomo ¦ 5 dagen ¦ 5 mandagen ¦ 5 jornadas ¦ env. 5 j
2 weeks total: 2 weeks ¦ 2 Wochen ¦ 2 wks ¦ 2 semaines ¦ 2 semanas
3 months total: 3 months ¦ 3 Monate ¦ 3 PM ¦ 3 person-months ¦ 3 mois
0.5 fte: 0,5 FTE ¦ 0.5 FTEs ¦ 1/2 FTE ¦ 0,5 VZÄ ¦ 0,5 ETP
1.5 fte: 1.5 VK
2 fte: 2 people ¦ 2 Personen
0.5 share: 50 % ¦ 50% ¦ 50 percent
1.5 days total: 1 1/2 d ¦ 1½ Tage
0.5 days total: ½ day
9 hours total: 8-10 h ¦ 8 - 10 h ¦ 8–10 Std. ¦ 8 to 10 hours ¦ 8 bis 10 Std. ¦ de 8 a 10 horas
9 days total: 8 à 10 j
6.5 days total: 5-8 d
3 days total: etwa 3 Tage
12 hours month: 12 h/month ¦ 12 h per month ¦ 12 h / Monat ¦ 12 Std./Monat ¦ 12h/mois ¦ 12 h/mes ¦ 12 horas por mes ¦ 12 horas/mês ¦ 12 ore al mese ¦ 12 uur per maand
3 days week: 3 d/week ¦ 3 Tage pro Woche ¦ 3 Tage/Woche
2 hours week: 2 h/week ¦ 2h/wk ¦ 2 hrs p.w. ¦ 2 h pw ¦ 2 h par semaine ¦ 2 h wöchentlich ¦ 2 hours weekly ¦ 2 horas semanales
10 days year: 10 j/an ¦ 10 PT/Jahr ¦ 10 PT p.a. ¦ 10 days per year ¦ 10 días al año ¦ 10 dias por ano ¦ 10 dagen per jaar
4 hours day: 4 h daily ¦ 4 h/Tag ¦ 4h/day ¦ 4 h/jour
2 hours occurrence: 2 h je Sitzung ¦ 2 h per run
1.5 hours occurrence: 1,5 Std. pro Mal
16 hours quarter: 16 h/quarter ¦ 16 h/Quartal
16.5 hours total: 16:30
1.5 hours total: 1h30 ¦ 1h 30m ¦ 1 h 30 min ¦ 90 min
0.75 hours total: 45 Minuten
1234.5 hours total: 1.234,5 h ¦ 1,234.5 h
1200 hours total: 1'200 h
ambiguous: 17,600 h
none: 2d 4h ¦ 8 h + 2 h ¦ lots ¦ €5000 ¦ TBC ¦ n/a ¦ hoch ¦ M ¦ XL ¦ 2026-10-01 ¦ 2 FTE for 3 months ¦ klein ¦ mittel (5 PT) ¦ unbekannt
5 hours total: 5
12.5 hours total: 12,5
0 hours total: 0
12 days total: ca. 12 PT ¦ 12 Arbeitstage
3.5 days total: 3,5 j/h
20 hours week: 20 h/Woche ¦ 20 hrs per wk
0.2 fte: 0,2 VZÄ
0.2 share: 20%
6 fte: 6 personas
30 days total: 30 giorni/uomo
15 hours week: 15 h / semana
2 days month: 2 Tage je Monat ¦ 2 j par mois
5 days month: 5 dias por mês
1 days total: 1 Tag
1 weeks total: 1 Woche
11 days total: 10–12 PT
3.75 hours total: 3h45
120 hours year: 120 Stunden p.a.
500 hours year: 500 h jährlich
8 hours total: 8 Std
1000.5 hours total: 1.000,5 h
0.25 hours total: 15 min
2.5 days month: 2,5 Tage/Monat
"""
HEADINGS = """
hours: Effort (h) ¦ Aufwand in Std. ¦ LOE (hrs)
days: Aufwand [PT] ¦ Charge (j/h) ¦ Charge JH ¦ Man days ¦ Personentage ¦ gg/uomo ¦ Mandagen ¦ Jours
hours month: Hours per month ¦ Horas/mes
hours week: Std./Woche ¦ Hrs/wk ¦ Uren p/w ¦ Horas por semana
fte: FTE ¦ VZÄ ¦ ETP
share: % allocation
-: Allocation ¦ Effort ¦ Aufwand ¦ Work
months: Person-months
days month: Dias/mês
hours year: Heures / an
days year: Days per year
"""
"""What a heading says of its cells' unit and period."""
MONEY_HEADINGS = """
1000: Budget (k€) ¦ Budget [TEUR] ¦ Budget in T€ ¦ Cost ($k) ¦ Cost (USD '000) ¦ Presupuesto (miles €) ¦ Budget (€ x 1.000)
1: Budget (EUR) ¦ Budget ¦ Total cost ($)
1000000: Budget (M€) ¦ Kosten (Mio. €) ¦ Budget (£m)
"""
"""What a heading says its numbers are counted in."""


def cases(table: str) -> list[tuple[str, str]]:
    """Text and answer of each case of a table."""
    lines = (line.split(": ", 1) for line in table.strip("\n").splitlines())
    return [(text.strip(" "), answer) for answer, texts in lines for text in texts.split("¦")]


@pytest.mark.parametrize(("text", "expected"), cases(NUMBERS))
def test_numbers(text, expected):
    read = read_number(text)
    if expected in ("none", "ambiguous"):
        assert (read is None) == (expected == "none")
        assert read is None or read.other is not None
    else:
        assert read is not None
        assert (read.value, read.other) == (pytest.approx(float(expected)), None)


@pytest.mark.parametrize(("text", "expected"), cases(EFFORTS))
def test_efforts(text, expected):
    read = read_effort(text, "", "")
    if expected in ("none", "ambiguous"):
        assert (read is None) == (expected == "none")
        assert read is None or read.other is not None
    else:
        assert read is not None
        value, unit, per = (*expected.split(), "")[:3]
        assert (read.value, read.unit, read.per) == (pytest.approx(float(value)), unit, per)


@pytest.mark.parametrize(("heading", "expected"), cases(HEADINGS))
def test_units_in_headings(heading, expected):
    assert f"{heading_unit(heading)} {heading_period(heading)}".strip() == expected.strip("-")


@pytest.mark.parametrize(("heading", "scale"), cases(MONEY_HEADINGS))
def test_thousands_in_headings(heading, scale):
    assert heading_scale(heading) == float(scale)


def test_a_range_is_said_to_be_one():
    assert read_effort("8-10 h", "", "") == Effort(9, "hours", "total", True)
    assert read_number("5-10k").ranged


def test_shares():
    assert (read_share("62%"), read_share("62,5 %"), read_share("80")) == (0.62, 0.625, 80)
    assert read_share("half") is None


def test_a_heading_gives_the_unit_that_cells_leave_out():
    assert read_effort("12", heading_unit("Effort (PT)"), "") == Effort(12, "days", "total")
    assert read_effort("12 h", "days", "month") == Effort(12, "hours", "month")
    assert read_effort("lots", "hours", "") is None


def test_other_cells_decide_the_decimal_mark():
    assert mark_of(["1.234", "0,5"]) == (",", "0,5")
    assert mark_of(["1,234 h", "1,234,567 h"]) == (".", "1,234,567 h")
    assert mark_of(["1,200", "3,500"]) == (".", "1,200"), "noughts at the end are no decimals"
    assert mark_of(["1,234"]) == mark_of(["1.5", "1,5"]) == ("", "")
    assert (read_number("1.234", ",").value, read_number("1.234", ".").value) == (1234, 1.234)


def test_a_column_reads_its_amounts_together(make_workbook):
    """What the heading counts in, the mark that a cell decides, and what no cell decides."""
    path = make_workbook(
        Register="ID|Title|Effort (PT)|Budget (k€)\n1|Pumps|'1.250|40\n2|Meters|'2,5|'1,2 Mio. €\n3|Tanks|'3 h|'15,5"
    )
    register = ingest((path,), IngestSettings(), PERIOD)
    assert register.items["effort"].tolist() == [1250, 2.5, 3]
    assert register.items["effort_unit"].tolist() == ["days", "days", "hours"]
    assert register.items["budget"].tolist() == [40_000, 1_200_000, 15_500]
    assert [one.cell for one in register.findings if one.code == "R39"] == ["C2"]


@pytest.mark.parametrize("quote", ["", "'"])
def test_progress_is_in_percent_by_its_column_whether_numbers_or_texts(make_workbook, quote):
    def progress(*cells: str) -> list[float]:
        rows = "\n".join(f"{at}|Item {at}|Ana|{cell}" for at, cell in enumerate(cells))
        path = make_workbook(Register=f"ID|Title|Owner|% complete\n{rows}")
        return ingest((path,), IngestSettings(), PERIOD).items["progress"].round(6).tolist()

    assert progress(*(f"{quote}{share}" for share in (1, 1, 50, 75))) == [0.01, 0.01, 0.5, 0.75]
    assert progress(*(f"{quote}{share}" for share in (0.2, 0.5, 1))) == [0.2, 0.5, 1]
    assert progress(*(f"{quote}{share}" for share in (0.2, 0.5, 75)), "1 %", "100 percent") == [0.2, 0.5, 0.75, 0.01, 1]


def test_dates_and_ticks_where_they_mean_nothing_are_told(make_workbook):
    path = make_workbook(
        Register="ID|Title|Effort|Budget|% complete|Frequency|Finish\n"
        "1|Pumps|2026-01-05|2026-01-05|2026-01-05|2026-01-05|TRUE\n2|Meters|TRUE|TRUE|TRUE|TRUE|2026-01-05"
    )
    book = load_workbook(path)
    for row in book["Register"]["C2:G3"]:
        for cell in row:
            cell.value = True if cell.value == "TRUE" else cell.value
    book.save(path)
    register = ingest((path,), IngestSettings(), PERIOD)
    told = {(one.code, one.cell) for one in register.findings if one.code in ("R30", "R40", "R41", "R43")}
    assert told == {
        *(("R41", cell) for cell in ("C2", "C3")),
        *(("R40", cell) for cell in ("D2", "D3", "E2", "E3")),
        *(("R43", cell) for cell in ("F2", "F3")),
        ("R30", "G2"),
    }
    assert register.items[["effort", "budget", "progress"]].isna().all(axis=None)


WAYS = ((",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("'", "."), ("\u2019", "."), ("", "."), ("", ","))


@given(
    st.integers(0, 10**9),
    st.integers(0, 99),
    st.sampled_from(WAYS),
    st.sampled_from(["{}", "€ {}", "{} EUR", "-{}", "({})", "{}-", "ca. {}"]),
)
def test_every_written_form_of_a_number_reads_as_that_number(whole, cents, way, form):
    grouping, decimal = way
    text = f"{whole:,}".replace(",", grouping) + f"{decimal}{cents:02d}"
    sign = -1 if form in ("-{}", "({})", "{}-") else 1
    assert read_number(form.format(text)).value == pytest.approx(sign * (whole + cents / 100))


UNITS = {
    "hours": ["h", "Std.", "heures", "horas", "ore", "uur"],
    "days": ["d", "PT", "j/h", "días", "gg", "dagen"],
    "weeks": ["weeks", "Wochen", "semaines", "semanas"],
    "fte": ["FTE", "VZÄ", "ETP"],
}
PERS = {
    "total": [""],
    "week": ["/week", " pro Woche", " par semaine", " por semana"],
    "month": ["/Monat", " per month", " al mese", " per maand"],
    "year": [" p.a.", "/an", " per jaar", "/Jahr"],
}


@given(st.integers(0, 99999), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(PERS)), st.data())
def test_every_written_form_of_an_effort_reads_as_that_effort(quarters, unit, per, data):
    number = f"{quarters / 4:g}".replace(".", data.draw(st.sampled_from(".,")))
    text = f"{number} {data.draw(st.sampled_from(UNITS[unit]))}{data.draw(st.sampled_from(PERS[per]))}"
    read = read_effort(text, "", "", data.draw(st.just("," if "," in number else ".")))
    assert (read.value, read.unit, read.per) == (
        pytest.approx(quarters / 4, rel=1e-4),
        unit,
        "" if unit == "fte" else per,
    )


@given(st.text(max_size=110))
def test_no_text_is_too_odd(text):
    for read in (read_number, read_share, heading_unit, heading_period, heading_scale):
        read(text)
    read_effort(text, "days", "month", ",")
    mark_of([text])


@pytest.mark.parametrize(
    "text", ["1" * 32_000, "1," * 16_000, "1 1" * 33, "k " * 50, "5 h to " * 14, "(" * 100, "1-" * 50]
)
def test_long_texts_cost_no_time(text):
    begun = time.process_time()
    for _ in range(10):
        read_number(text), read_effort(text, "", ""), mark_of([text]), heading_unit(text), heading_period(text)
    assert time.process_time() - begun < 0.5
