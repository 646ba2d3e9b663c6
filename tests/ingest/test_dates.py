"""Dates as people write them, in seven languages: days, spans of days, and what is no date."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import ingest
from pipeline.ingest.date_words import MONTHS
from pipeline.ingest.dates import from_serial, order_of, read_date, swapping_text, year_of
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

DATES = """
2026-10-31: 2026-10-31 ¦ 2026/10/31 ¦ 2026.10.31 ¦ 20261031 ¦ 31/10/2026 ¦ 31.10.2026 ¦ 31-10-2026 ¦ 31 10 2026 ¦ 10/31/2026 ¦ 31.10.26 ¦ 31/10/26 ¦ 10/31/26 ¦ 31/10/2026 14:30 ¦ 10/31/2026 2:30 PM ¦ 31.10.2026, 08:00 Uhr ¦ 31.10.2026 08:00:00 ¦ 2026年10月31日
2026-03-01: 1.3.2026 ¦ 1. 3. 2026 ¦ 1. März 2026 ¦ 1. Maerz 2026 ¦ 1º de marzo de 2026 ¦ 1° marzo 2026
2026-05-05: 05/05/2026
2026-11-12: 12 Nov 2026 ¦ 12-Nov-2026 ¦ 12-Nov-26 ¦ 12.Nov.2026 ¦ 12NOV2026 ¦ 12/Nov/2026 ¦ November 12, 2026 ¦ Nov 12 2026 ¦ Nov. 12, 2026 ¦ Nov 12, '26 ¦ 2026-Nov-12 ¦ 2026 November 12 ¦ 12th November 2026 ¦ 12th of November, 2026 ¦ November 12th, 2026 ¦ Thu 12 Nov 2026 ¦ Thursday, 12 November 2026 ¦ Thursday, November 12, 2026 ¦ 12. November 2026 ¦ 12. Nov. 2026 ¦ 12. Nov 26 ¦ Donnerstag, 12. November 2026 ¦ Do., 12.11.2026 ¦ 12 novembre 2026 ¦ jeudi 12 novembre 2026 ¦ 12 nov. 2026 ¦ 12 de noviembre de 2026 ¦ 12 de nov. de 2026 ¦ 12-nov-2026 ¦ jueves, 12 de noviembre de 2026 ¦ 12 de novembro de 2026 ¦ quinta-feira, 12 de novembro de 2026 ¦ giovedì 12 novembre 2026 ¦ donderdag 12 november 2026 ¦ 12 Nov 2026 17:00 ¦ 12 Nov 2026 at 5pm ¦ 12 novembre 2026 à 14h30 ¦ 12 Nov 2026 08:00 CET
2026-05-01: 1st May 2026 ¦ 1er mai 2026 ¦ 1º de maio de 2026
2026-03-03: the 3rd of March 2026
2026-12-31: Thu 31/12/2026 ¦ Do 31.12.26 ¦ 31.12.2026 (tbc) ¦ 31.12.2026? ¦ 31.12.2026 (geplant) ¦ 31.12.2026 * ¦ end of 2026 ¦ Ende 2026 ¦ fin 2026 ¦ fin d'année 2026 ¦ EOY 2026 ¦ end 2026 ¦ fine anno 2026 ¦ spätestens 31.12.2026 ¦ no later than 31 Dec 2026 ¦ au plus tard le 31/12/2026
2026-01-03: 3. Jänner 2026
2026-02-03: le 3 février 2026
2026-08-15: 15 août 2026 ¦ mid Q3 2026
2026-12-12: 12 déc. 2026 ¦ 12/dez/26
2026-01-02: 2 janv. 2026 ¦ ٢٠٢٦-٠١-٠٢ ¦ ２０２６-０１-０２
2026-07-14: 14 juil. 2026
2026-01-12: 12/ene/2026 ¦ 12 gen 2026
2026-02-12: 12 de fev. de 2026 ¦ 12 fev 2026
2026-09-12: 12 sett. 2026
2026-03-12: 12 mrt 2026
2026-05-12: 12 mei 2026
2026-10-12: 2026-10-12T08:00:00Z ¦ 2026-10-12T08:00:00.000+02:00 ¦ 2026-10-12 08:00:00 ¦ 2026-10-12 08:00 ¦ 2026-10-12 00:00:00 UTC
2026-06-30: by 30.06.2026 ¦ bis 30.06.2026 ¦ bis zum 30.06.2026 ¦ until 30 June 2026 ¦ jusqu'au 30 juin 2026 ¦ hasta el 30 de junio de 2026 ¦ até 30 de junho de 2026 ¦ entro il 30 giugno 2026 ¦ tot 30 juni 2026
2026-07-01: from 1 July 2026 ¦ ab 01.07.2026
2019-07-01: seit 01.07.2019 ¦ since 1 July 2019
2026-03-15: ca. 15.03.2026 ¦ ~ 15.03.2026 ¦ approx. 15 March 2026
2026-07-01..2026-09-30: Q3 2026 ¦ Q3/2026 ¦ Q3-2026 ¦ Q3/26 ¦ Q3'26 ¦ Q3 '26 ¦ 2026 Q3 ¦ 2026-Q3 ¦ 3Q26 ¦ 3Q 2026 ¦ Q3, 2026 ¦ 3. Quartal 2026 ¦ III. Quartal 2026 ¦ T3 2026 ¦ 3e trimestre 2026 ¦ 3ème trimestre 2026 ¦ 3er trimestre de 2026 ¦ 3º trimestre de 2026 ¦ 3° trimestre 2026 ¦ 3e kwartaal 2026 ¦ K3 2026 ¦ 3rd quarter 2026 ¦ third quarter of 2026 ¦ Quarter 3, 2026
2026-09-30: end of Q3 2026 ¦ Ende Q3 2026 ¦ fin T3 2026
2026-10-01..2026-10-31: Anfang Q4 2026 ¦ early Q4 2026 ¦ Oct-26 ¦ 10/2026 ¦ 10.2026 ¦ 10-2026 ¦ 2026-10 ¦ 2026/10 ¦ octubre 2026 ¦ octubre de 2026 ¦ out/2026 ¦ out/26
2026-07-01..2026-12-31: Q3-Q4 2026 ¦ Q3/Q4 2026 ¦ H2 2026 ¦ 2H 2026 ¦ 2H26 ¦ H2/2026 ¦ 2026 H2 ¦ 2. Halbjahr 2026 ¦ 2. HJ 2026 ¦ HJ2/2026 ¦ S2 2026 ¦ 2e semestre 2026 ¦ 2º semestre de 2026 ¦ second half of 2026
2026-10-01..2027-03-31: Q4 2026 - Q1 2027
2026-08-03..2026-08-07: KW 32/2026 ¦ KW32 2026 ¦ KW 32 / 26 ¦ 2026-W32 ¦ W32 2026 ¦ Week 32, 2026 ¦ CW32/2026 ¦ S32 2026 ¦ semaine 32 2026 ¦ sem. 32/2026 ¦ week 32 van 2026
2026-12-28..2027-01-01: CW 53/2026
2026-05-15: mid-May 2026 ¦ Mid May 2026 ¦ Mitte Mai 2026 ¦ mi-mai 2026 ¦ mediados de mayo de 2026 ¦ meados de maio de 2026 ¦ metà maggio 2026 ¦ half mei 2026
2026-05-31: end of May 2026 ¦ end May 2026 ¦ Ende Mai 2026 ¦ fin mai 2026 ¦ finales de mayo de 2026 ¦ fim de maio de 2026 ¦ fine maggio 2026 ¦ eind mei 2026
2026-05-21..2026-05-31: late May 2026
2026-05-01..2026-05-10: Anfang Mai 2026 ¦ début mai 2026 ¦ early May 2026
2026-05-01..2026-05-31: May 2026 ¦ May-26 ¦ Mai 2026 ¦ mai 2026 ¦ mag 2026
2026-01-01..2026-12-31: 2026 ¦ FY26 ¦ FY2026 ¦ CY2026 ¦ GJ 2026
2026-01-01..2026-03-31: early 2026 ¦ Jan-Mar 2026 ¦ Jan – Mar 2026 ¦ January to March 2026 ¦ Januar bis März 2026 ¦ janvier à mars 2026
2026-03-01..2026-05-31: Spring 2026 ¦ Frühjahr 2026 ¦ Frühling 2026
2026-06-01..2026-08-31: Summer 2026 ¦ Sommer 2026 ¦ été 2026 ¦ Verano 2026
2026-09-01..2026-11-30: Herbst 2026 ¦ automne 2026 ¦ otoño 2026
2026-12-01..2027-02-28: Winter 2026/27
2026-01-01..2027-12-31: 2026-2027
2026-01-01..2027-03-31: Jan 2026 - Mar 2027
2026-02-01..2026-03-15: 01.02.-15.03.2026 ¦ 01.02.2026 - 15.03.2026 ¦ 01.02.2026-15.03.2026 ¦ 01.02.26 – 15.03.26 ¦ 1 Feb - 15 Mar 2026 ¦ Feb 1 - Mar 15, 2026 ¦ from 1 Feb to 15 Mar 2026 ¦ vom 1.2. bis 15.3.2026 ¦ du 1er février au 15 mars 2026 ¦ del 1 de febrero al 15 de marzo de 2026 ¦ 2026-02-01 to 2026-03-15 ¦ 2026-02-01/2026-03-15
2026-10-12..2026-10-16: 12.-16.10.2026
2026-06-01..2026-06-05: 1-5 June 2026
2026-02-13..2026-03-15: 13/02/2026 - 15/03/2026
2025-12-09: 46000
2026-11-13: Freitag, 13.11.2026 ¦ vendredi 13 nov. 2026 ¦ 13-11-26 ¦ 2026-11-13T23:59 ¦ 13/11/2026 00:00:00
2026-11-01..2026-11-30: Nov-2026 ¦ Novembre 2026 ¦ nov/2026 ¦ 2026年11月
2026-10-01..2026-12-31: Q 4 2026 ¦ 4. Quartal 26 ¦ 4º trim. 2026 ¦ T4-2026 ¦ 01.10.2026 bis 31.12.2026 ¦ 1 oct. au 31 déc. 2026 ¦ Okt. - Dez. 2026 ¦ oct-dic 2026
2027-01-01..2027-06-30: 1. Halbjahr 2027 ¦ 1º sem. 2027
2027-02-01..2027-02-05: KW 5 2027 ¦ KW05/27 ¦ wk 5 2027
2026-06-15: mid of June 2026
2026-06-01..2026-06-10: principios de junio de 2026
2027-01-01..2027-03-31: início de 2027
1970-01-01: 1/1/1970
2027-03-01..2027-05-31: lente 2027
"""
"""What is read, first and last day, and the texts that say so."""
WITHOUT_A_YEAR = """
2026-12-31: 31.12. ¦ 31.12 ¦ Jahresende ¦ year end ¦ fin d'année
2026-03-15: 15 March ¦ 15. März
2026-05-15: mid-May ¦ Mitte Mai
2026-05-31: fin mai
2026-09-30: Ende Q3
2026-07-01..2026-09-30: Q3
2026-08-03..2026-08-07: KW 32
2026-10-01..2026-10-31: October
2026-03-01..2026-03-31: March
"""
"""The same where the column's other dates lie in 2026."""
NO_DATES = """
ambiguous: 03/04/2026 ¦ 3/4/26 ¦ Thu, 11/12/2026 ¦ Oct 26 ¦ Okt 26
none: FY25/26 ¦ soon ¦ ASAP ¦ sofort ¦ asap ¦ next week ¦ 12/10 ¦ 1.2.345 ¦ 12:30 ¦ Phase 2 ¦ after go-live ¦ done ¦ erledigt ¦ 5 days ¦ 12 Smarch 2026 ¦ 11/26 ¦ vor Weihnachten ¦ 13 листопада 2026 ¦ 未定 ¦ до мая ¦ до мая 2026
pending: TBC ¦ TBD ¦ tba ¦ t.b.d. ¦ t.b.c. ¦ to be confirmed ¦ to be defined ¦ offen ¦ noch offen ¦ unbekannt ¦ n.n.b. ¦ noch nicht bekannt ¦ wird noch festgelegt ¦ à définir ¦ à confirmer ¦ à déterminer ¦ por definir ¦ por confirmar ¦ a definir ¦ da definire ¦ nader te bepalen ¦ n.t.b. ¦ ntb ¦ ? ¦ ??? ¦ unknown ¦ pendiente
open: n/a ¦ N.A. ¦ - ¦ -- ¦ — ¦ none ¦ ongoing ¦ Ongoing. ¦ On-going ¦ laufend ¦ fortlaufend ¦ permanent ¦ en continu ¦ unbefristet ¦ dauerhaft ¦ en permanence ¦ permanente ¦ contínuo ¦ doorlopend ¦ open-ended ¦ no end date ¦ indéterminée ¦ indefinido ¦ continuous ¦ keine ¦ entfällt ¦ s/o ¦ sans objet ¦ no aplica ¦ não se aplica ¦ n.v.t. ¦ unbegrenzt
placeholder: 31.12.9999 ¦ 31/12/2099 ¦ 9999-12-31 ¦ 01.01.1900
impossible: 31.02.2026 ¦ 2026-13-01 ¦ 30/02/2026 ¦ 31/04/2026 ¦ 29.02.2026 ¦ February 30, 2026 ¦ 31.06.2026 ¦ 29/02/2027
yearless: Mitte Juni ¦ Ende des Jahres
"""


def cases(table: str) -> list[tuple[str, str]]:
    """Text and answer of each case of a table."""
    lines = (line.split(": ", 1) for line in table.strip().splitlines())
    return [(text.strip(), answer) for answer, texts in lines for text in texts.split("¦")]


def days(text: str, year: int | None = None) -> str:
    order, _ = order_of([text])
    first, last = (read_date(text, order, end=end, year=year) for end in (False, True))
    assert {first.sort, last.sort} <= {"exact", "approximate"}, first.sort
    return str(first.value) if first == last else f"{first.value}..{last.value}"


@pytest.mark.parametrize(("text", "expected"), cases(DATES))
def test_days_and_spans(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases(WITHOUT_A_YEAR))
def test_the_column_gives_the_year_that_a_text_leaves_out(text, expected):
    assert read_date(text, "", end=True).sort == "yearless"
    assert days(text, 2026) == expected


@pytest.mark.parametrize(("text", "sort"), cases(NO_DATES))
def test_what_is_no_date(text, sort):
    assert read_date(text, "", end=True).sort == sort


def test_a_span_is_an_assumption_and_a_named_day_is_none():
    assert read_date("Q3 2026", "", end=True).sort == read_date("ca. 15.03.2026", "", end=True).sort == "approximate"
    assert read_date("12 Nov 2026", "", end=True).sort == "exact"


def test_an_ambiguous_date_has_two_readings():
    read = read_date("03/04/2026", "", end=False)
    assert (read.sort, read.value, read.other) == ("ambiguous", dt.date(2026, 4, 3), dt.date(2026, 3, 4))
    assert read_date("03/04/2026", "month first", end=False).value == dt.date(2026, 3, 4)
    read = read_date("Oct 26", "", end=False)
    assert (read.sort, read.value, read.other) == ("ambiguous", dt.date(2026, 10, 1), dt.date(2026, 10, 26))


def test_one_cell_decides_the_order_of_a_column():
    assert order_of(["03/04/2026", "25/04/2026"]) == ("day first", "25/04/2026")
    assert order_of(["03/04/2026", "04/25/2026"]) == ("month first", "04/25/2026")
    assert order_of(["03/04/2026"]) == ("", "")
    assert order_of(["25/04/2026", "04/25/2026"]) == ("", ""), "where two contradict each other, none decides"
    assert order_of(["2026-03-04", "01.02.-13.02.2026"]) == ("day first", "01.02.-13.02.2026")


def test_the_year_of_a_column_is_the_one_of_all_its_dates():
    assert year_of(["12.03.2026", "Q3 2026", "mid-May"]) == 2026
    assert year_of(["12.03.2026", "12.03.2027", "mid-May"]) is None
    assert year_of(["Jan 26", "Mar 26"]) == 2026, "two months with one number: it is their year"
    assert year_of(["Jan 26", "Mar 27"]) is None


def test_a_column_reads_its_texts_together(make_workbook):
    """The deciding cell is shown; the year comes from the others; what no cell decides is left empty and said."""
    path = make_workbook(
        Register="ID|Title|Start|Finish\n1|Pumps|'03/04/2026|Mitte Mai\n2|Meters|'25/04/2026|2026-11-30\n3|Tanks|'04/03/26|Ende Q3"
    )
    register = ingest((path,), IngestSettings(), PERIOD)
    starts = register.items["start"].dt.strftime("%Y-%m-%d").tolist()
    finishes = register.items["finish"].dt.strftime("%Y-%m-%d").tolist()
    assert starts == ["2026-04-03", "2026-04-25", "2026-03-04"]
    assert finishes == ["2026-05-15", "2026-11-30", "2026-09-30"]
    (told,) = [one for one in register.findings if one.code == "R32"]
    assert (told.cell, told.read) == ("C3", "25/04/2026")


def test_texts_that_contradict_each_other_borrow_no_order(make_workbook):
    path = make_workbook(
        Register="ID|Title|Start|Finish\n1|Pumps|'13/04/2026|'25/12/2026\n2|Meters|'04/25/2026|\n3|Tanks|'05/06/2026|"
    )
    register = ingest((path,), IngestSettings(), PERIOD)
    (told,) = [one for one in register.findings if one.code == "R33"]
    assert told.cell == "C4"
    assert "C2 ('13/04/2026') is day first and C3 ('04/25/2026') is month first" in told.message
    assert register.items["start"].isna().tolist() == [False, False, True]


def test_an_unusual_reading_is_told_where_every_date_is_text(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(
        "ID,Title,Start,Finish\n1,Pumps,26-01-05,2026-13-01\n2,Meters,2026-01-05,24/7\n3,Tanks,2026-01-05,2026-11-30\n"
    )
    register = ingest((path,), IngestSettings(), PERIOD)
    told = {(one.code, one.cell) for one in register.findings if one.code in ("R30", "R34", "R37")}
    assert told == {("R34", "C2"), ("R37", "D2"), ("R34", "D3")}


@pytest.mark.parametrize(
    ("texts", "real", "told"),
    [
        (("25/10/2016", "26/10/2016", "31/10/2016"), ("2016-01-11", "2016-11-11", "2016-03-11"), "C5 C7"),
        (("10/25/2016", "10/26/2016"), ("2016-01-11", "2016-02-11", "2016-03-11", "2016-04-11", "2016-05-11"), "C4:C8"),
        (("25/10/2016", "26/10/2016"), ("2016-01-11", "2016-02-11", "2016-03-11"), ""),
        (("25/10/2016", "26/10/2016", "31/10/2016"), ("2016-01-11", "2016-02-11", "2016-03-13"), ""),
        (("25/10/2016", "26/10/2016", "05/10/2016"), ("2016-01-11", "2016-02-11", "2016-03-11"), ""),
        (("25/10/2016", "10/26/2016", "31/10/2016"), ("2016-01-11", "2016-02-11", "2016-03-11"), ""),
        (("25/10/2016", "26/10/2016", "31/10/2016"), ("2016-01-01", "2016-02-01", "2016-03-01"), ""),
    ],
)
def test_dates_that_a_program_may_have_swapped_are_told_and_kept(make_workbook, texts, real, told):
    rows = [*(f"'{text}" for text in texts), *real]
    path = make_workbook(
        Register="ID|Title|Start\n" + "\n".join(f"{at}|Item {at}|{day}" for at, day in enumerate(rows))
    )
    register = ingest((path,), IngestSettings(), PERIOD)
    assert [one.ranges for one in register.findings if one.code == "R58"] == ([told] if told else [])
    assert register.items["start"].dt.strftime("%Y-%m-%d").tolist()[len(texts) :] == list(real)


WRITTEN = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%A, %d %B %Y",
    "%B %d, %Y",
    "%d-%b-%Y",
    "%Y-%m-%dT%H:%M:%SZ",
    "bis %d.%m.%Y",
    "%d.%m.%y",
)


@given(st.dates(dt.date(1971, 1, 1), dt.date(2069, 12, 31)), st.sampled_from(WRITTEN))
def test_every_written_form_of_a_day_reads_as_that_day(day, form):
    moment = dt.datetime.combine(day, dt.time(8, 30))
    assert read_date(moment.strftime(form), "day first", end=True).value == day
    assert from_serial((day - dt.date(1899, 12, 30)).days).value == day


@given(
    st.dates(dt.date(1951, 1, 1), dt.date(2089, 12, 31)),
    st.sampled_from(sorted(MONTHS)),
    st.sampled_from(["{d}. {m} {y}", "{d} de {m} de {y}", "{d}{m}{y}", "le {d} {m} {y}", "{y} {m} {d}"]),
)
def test_every_month_in_every_language_reads_as_that_month(day, name, form):
    meant = day.replace(month=MONTHS[name], day=min(day.day, 28))
    assert read_date(form.format(d=meant.day, m=name, y=meant.year), "", end=True).value == meant


@given(
    st.integers(2000, 2060),
    st.integers(1, 4),
    st.sampled_from(
        [
            "Q{q} {y}",
            "{q}. Quartal {y}",
            "T{q}/{y}",
            "{y}-Q{q}",
            "{q}Q{y}",
            "{q}º trimestre de {y}",
            "{q}e kwartaal {y}",
        ]
    ),
)
def test_quarters_span_three_months(year, quarter, form):
    text = form.format(q=quarter, y=year)
    assert read_date(text, "", end=False).value == dt.date(year, 3 * quarter - 2, 1)
    assert (read_date(text, "", end=True).value + dt.timedelta(days=1)).day == 1


@given(st.text(max_size=120), st.booleans())
def test_no_text_is_too_odd(text, end):
    order_of([text])
    year_of([text])
    swapping_text({text: 3}, [2, 3, 4])
    read = read_date(text, "", end=end, year=2026)
    assert (read.value is None) <= (read.sort not in ("exact", "approximate"))


@pytest.mark.parametrize(
    "text", ["1" * 32_000, "1-" * 16_000, "(" * 32_000, " " * 32_000, "a to " * 6_400, "12.1." * 19, "1-" * 49]
)
def test_long_texts_cost_no_time(text):
    begun = time.process_time()
    for _ in range(10):
        read_date(text, "", end=True)
        order_of([text])
    assert time.process_time() - begun < 0.5
