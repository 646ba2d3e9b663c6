"""Words and phrases for how often work comes round, in seven languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fields import CADENCES as DECLARED
from pipeline.ingest.cadences import read_cadence

CADENCES = """
daily: daily ¦ Daily ¦ every day ¦ each working day ¦ 1x/day ¦ täglich ¦ 1x täglich ¦ arbeitstäglich ¦ jeden Tag ¦ quotidien ¦ chaque jour ¦ tous les jours ¦ diario ¦ cada día ¦ diariamente ¦ giornaliero ¦ ogni giorno ¦ dagelijks ¦ elke werkdag ¦ D ¦ per day
weekly: weekly ¦ Wkly ¦ every week ¦ once a week ¦ 1x/week ¦ 1x per week ¦ 1x wöchentlich ¦ wöchentlich ¦ woechentlich ¦ jede Woche ¦ 1 mal pro Woche ¦ every Tuesday ¦ Mondays ¦ jeden Montag ¦ freitags ¦ hebdomadaire ¦ Hebdo ¦ 1 fois par semaine ¦ chaque lundi ¦ toutes les semaines ¦ semanal ¦ una vez por semana ¦ cada semana ¦ todas las semanas ¦ todos los lunes ¦ semanalmente ¦ toda semana ¦ settimanale ¦ ogni settimana ¦ 1 volta a settimana ¦ wekelijks ¦ elke week ¦ 1x per week ¦ W ¦ weekly (Monday) ¦ Weekly on Fridays ¦ jeden Freitag ¦ 1 x pro Woche ¦ wöchentl. ¦ 1x/Wo. ¦ every 7 days
fortnightly: fortnightly ¦ bi-weekly ¦ every 2 weeks ¦ every two weeks ¦ every other week ¦ every other Tuesday ¦ 14-tägig ¦ alle 2 Wochen ¦ alle 14 Tage ¦ zweiwöchentlich ¦ 14-täglich ¦ jede zweite Woche ¦ tous les 15 jours ¦ toutes les deux semaines ¦ une semaine sur deux ¦ quincenal ¦ cada 15 días ¦ cada dos semanas ¦ quinzenal ¦ a cada 15 dias ¦ quindicinale ¦ ogni 15 giorni ¦ ogni due settimane ¦ om de week ¦ tweewekelijks ¦ elke 2 weken ¦ BW ¦ 14-tägl. ¦ alle zwei Wochen ¦ every second week ¦ 2-wöchentlich ¦ cada 2 semanas ¦ toutes les 2 semaines ¦ ogni 2 settimane ¦ om de 2 weken
monthly: last Friday of the month ¦ 1st Monday of each month ¦ first working day of the month ¦ letzter Freitag im Monat ¦ jeden letzten Freitag im Monat ¦ dernier vendredi du mois ¦ último viernes del mes ¦ 15th of each month ¦ am 15. des Monats ¦ monthly ¦ every month ¦ Mthly ¦ 1x/month ¦ 12x per year ¦ once a month ¦ monthly (1st Monday) ¦ month-end ¦ end of month ¦ monatlich ¦ 1x/Monat ¦ 1x monatlich ¦ jeden Monat ¦ mtl. ¦ 1x im Monat ¦ mensuel ¦ mensuelle ¦ 1 fois par mois ¦ tous les mois ¦ mensual ¦ cada mes ¦ una vez al mes ¦ mensal ¦ todo mês ¦ uma vez por mês ¦ mensile ¦ ogni mese ¦ una volta al mese ¦ maandelijks ¦ elke maand ¦ M ¦ Mensuelle (fin de mois) ¦ every 4 weeks ¦ alle 4 Wochen ¦ monatl. ¦ 12x/Jahr ¦ 1 fois/mois ¦ mensualmente ¦ every 30 days ¦ once per month ¦ ogni 30 giorni ¦ 1x p.M.
bimonthly: every 2 months ¦ every two months ¦ bi-monthly ¦ alle 2 Monate ¦ zweimonatlich ¦ tous les 2 mois ¦ bimestriel ¦ bimestral ¦ cada 2 meses ¦ a cada dois meses ¦ bimestrale ¦ ogni due mesi ¦ tweemaandelijks ¦ om de maand ¦ 6x per year
quarterly: first Monday of the quarter ¦ quarterly ¦ Qtrly ¦ every quarter ¦ once a quarter ¦ every 3 months ¦ 4x per year ¦ 4x/year ¦ quartalsweise ¦ vierteljährlich ¦ 1x pro Quartal ¦ alle 3 Monate ¦ 4x jährlich ¦ trimestriel ¦ tous les trimestres ¦ tous les 3 mois ¦ trimestral ¦ cada trimestre ¦ cada 3 meses ¦ trimestralmente ¦ trimestrale ¦ ogni trimestre ¦ ogni 3 mesi ¦ per kwartaal ¦ elk kwartaal ¦ driemaandelijks ¦ Q ¦ je Quartal ¦ per quarter ¦ quarterly (Mar, Jun) ¦ viermal jährlich ¦ 4 fois par an ¦ 4 volte all'anno ¦ 3-monatlich
four-monthly: every 4 months ¦ 3x per year ¦ alle 4 Monate ¦ 3x/Jahr ¦ quadrimestrale ¦ cuatrimestral ¦ tous les 4 mois ¦ cada 4 meses
half-yearly: half-yearly ¦ semi-annual ¦ twice a year ¦ 2x per year ¦ 2x/Jahr ¦ 2x jährlich ¦ halbjährlich ¦ alle 6 Monate ¦ zweimal im Jahr ¦ semestriel ¦ 2 fois par an ¦ tous les 6 mois ¦ semestral ¦ cada 6 meses ¦ dos veces al año ¦ duas vezes por ano ¦ per semester ¦ semestrale ¦ ogni sei mesi ¦ 2 volte all'anno ¦ halfjaarlijks ¦ twee keer per jaar ¦ every 6 months ¦ SA ¦ 2 x jährlich ¦ semestralmente ¦ tous les semestres ¦ 2 veces al año ¦ half yearly ¦ biannual ¦ 2x p.a.
yearly: yearly ¦ annual ¦ annually ¦ once a year ¦ every 12 months ¦ p.a. ¦ 1x/Jahr ¦ jährlich ¦ 1x jährlich ¦ jedes Jahr ¦ einmal im Jahr ¦ annuel ¦ chaque année ¦ 1 fois par an ¦ tous les ans ¦ anual ¦ cada año ¦ una vez al año ¦ todo ano ¦ annuale ¦ ogni anno ¦ jaarlijks ¦ elk jaar ¦ 1x per jaar ¦ Y ¦ annual (Q4) ¦ 1x p.a. ¦ annually in May ¦ einmal jährlich ¦ 1 vez al año ¦ 1 vez por ano ¦ une fois par an ¦ per jaar ¦ every year
two-yearly: every 2 years ¦ biennial ¦ alle 2 Jahre ¦ zweijährlich ¦ tous les 2 ans ¦ cada 2 años ¦ bienal ¦ a cada 2 anos ¦ ogni 2 anni ¦ om de 2 jaar ¦ om het jaar
continuous: ongoing ¦ continuous ¦ laufend ¦ ständig ¦ permanent ¦ en continu ¦ continu ¦ continuo ¦ contínuo ¦ doorlopend ¦ fortlaufend ¦ 24/7 ¦ always on ¦ kontinuierlich ¦ continuously
on demand: on demand ¦ ad hoc ¦ ad-hoc ¦ as needed ¦ as required ¦ when required ¦ bei Bedarf ¦ nach Bedarf ¦ anlassbezogen ¦ auf Anfrage ¦ à la demande ¦ selon besoin ¦ au besoin ¦ según necesidad ¦ a demanda ¦ bajo demanda ¦ sob demanda ¦ conforme necessidade ¦ su richiesta ¦ al bisogno ¦ op aanvraag ¦ naar behoefte ¦ indien nodig ¦ event-driven ¦ irregular ¦ bei Bedarf / ad hoc ¦ on request ¦ as and when needed
once: once ¦ one-off ¦ one time ¦ one-time ¦ single ¦ einmalig ¦ 1x ¦ une fois ¦ ponctuel ¦ unique ¦ una vez ¦ única vez ¦ uma vez ¦ una tantum ¦ eenmalig ¦ non-recurring
none: first half of the year ¦ second week of the month ¦ in the first quarter of the year ¦ first of many ¦ green ¦ monthly board ¦ wöchentlicher Jour fixe ¦ 3 days ¦ high ¦ John Smith ¦ every 10 years ¦ not monthly ¦ TBC ¦ 5 ¦ yes ¦ n/a ¦ weekly report ¦ 3x/week ¦ every 5 years ¦ 2x per month ¦ monthly or quarterly ¦ nicht wöchentlich ¦ once the system is live ¦ every 3 years ¦ alle 5 Jahre ¦ open ¦ Projekt ¦ 2026 ¦ twice ¦ monthly/quarterly
"""


def cases() -> list[tuple[str, str]]:
    """Text and cadence of each case."""
    lines = (line.split(": ", 1) for line in CADENCES.strip().splitlines())
    return [(text.strip(), cadence) for cadence, texts in lines for text in texts.split("¦")]


@pytest.mark.parametrize(("text", "cadence"), cases())
def test_cadences(text, cadence):
    assert (read_cadence(text, codes=True) or "none") == cadence


def test_single_letters_count_in_a_column_of_cadences_alone():
    assert read_cadence("M") is None
    assert read_cadence("M", codes=True) == "monthly"


def test_every_cadence_reads_as_itself():
    assert [read_cadence(name) for name in DECLARED] == list(DECLARED)


EVERY = ("every {} {}", "alle {} {}", "cada {} {}", "ogni {} {}", "tous les {} {}", "elke {} {}", "a cada {} {}")
UNITS = {
    "weeks": {1: "weekly", 2: "fortnightly"},
    "Wochen": {2: "fortnightly"},
    "mois": {2: "bimonthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"},
    "meses": {1: "monthly", 4: "four-monthly"},
    "anni": {1: "yearly", 2: "two-yearly"},
    "dagen": {7: "weekly", 14: "fortnightly"},
}


@given(st.sampled_from(EVERY), st.sampled_from(sorted(UNITS)), st.data())
def test_intervals_in_any_mixture_of_languages(form, unit, data):
    count = data.draw(st.sampled_from(sorted(UNITS[unit])))
    assert read_cadence(form.format(count, unit)) == UNITS[unit][count]


@given(st.text(max_size=110))
def test_no_text_is_too_odd(text):
    assert read_cadence(text, codes=True) in {None, *DECLARED}


@pytest.mark.parametrize("text", ["every " * 5_000, "1x " * 33, "a" * 100, "week " * 20, "on " * 33])
def test_long_texts_cost_no_time(text):
    begun = time.process_time()
    for _ in range(10):
        read_cadence(text)
    assert time.process_time() - begun < 0.5
