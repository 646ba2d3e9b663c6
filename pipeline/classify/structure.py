"""Tests of structure: what dates, cadence, effort, governance and money say, each seen against the whole register."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats, as_bools, spread
from pipeline.classify.context import Context
from pipeline.classify.families import FAMILIES
from pipeline.fields import CADENCES

LONG_YEARS, SHORT_DAYS, OLD_DAYS = 6.0, 300, 548
MANY_SHARE, MANY_ROWS = 0.25, 5
"""An end day shared by so many rows is the organisation's year end, not a goal."""

_POINTS = np.array([family.points for family in FAMILIES])


def definite_end(context: Context) -> Floats:
    """1 where the finish is a day of its own within the horizon; 0 where it is a year end that many rows share."""
    finish = context.dates("finish")
    has = finish.notna().to_numpy()
    years = _years(context)
    real = has & ~_at_year_end(context) & ~_whole_years(context) & ~(years > LONG_YEARS)
    return real.astype(float) * np.where(_at_month_end(context), 0.5, 1.0)


def whole_years(context: Context) -> Floats:
    """1 where start to finish is a whole number of years to the day: a budget year or a contract's term."""
    return _whole_years(context) * context.varies(_whole_years(context))


def long_span(context: Context) -> Floats:
    """1 where start to finish is longer than projects usually run."""
    return (_years(context) > LONG_YEARS).astype(float)


def short_span(context: Context) -> Floats:
    """1 where start to finish is a matter of months and no whole quarters or year."""
    days = context.answer(_days)
    return ((days > 0) & (days <= SHORT_DAYS) & ~_at_year_end(context)).astype(float)


def no_end(context: Context) -> Floats:
    """1 where an item that started long ago has a blank finish, in a register that does write finishes."""
    blank = ~context.filled("finish") & context.dates("finish").isna().to_numpy()
    age = (context.last_day - context.dates("start")).dt.days.to_numpy(dtype=float, na_value=np.nan)
    return np.asarray((blank & (age > OLD_DAYS)).astype(float) * context.varies(blank))


def open_end(context: Context) -> Floats:
    """1 where the finish cell says in words that there is no end."""
    return _worded(context, "finish", ("standing", "again", "cadence"))


def cadence_of_work(context: Context) -> Floats:
    """1 where the cadence says how often the work comes round; less where the row has the marks of a project."""
    known = context.value_is("cadence", *CADENCES)
    worded = ~known & (_worded(context, "cadence", ("cadence", "again", "arrival", "standing", "season")) > 0)
    periodic = (known & ~context.value_is("cadence", "once")) | worded
    of_meetings = context.matches("cadence", _MEETINGS)
    return periodic * ~of_meetings * np.where(_under_way(context), 0.3, 1.0) * context.varies(periodic)


def happens_once(context: Context) -> Floats:
    """1 where the cadence says that it is done once."""
    once = context.value_is("cadence", "once")
    return once * context.varies(once)


def standing_rate(context: Context) -> Floats:
    """1 where effort is so many full-time people or hours per period, not an amount that is used up."""
    rate = context.value_is("effort_unit", "fte", "share") | context.value_is(
        "effort_per", "day", "week", "month", "quarter", "year"
    )
    given = rate & context.filled("effort")
    return given * context.varies(given)


def effort_each_time(context: Context) -> Floats:
    """1 where effort is counted per occurrence."""
    each = context.value_is("effort_per", "occurrence")
    return each * context.varies(each)


def total_effort(context: Context) -> Floats:
    """1 where effort is one amount that is used up."""
    counted = context.value_is("effort_unit", "hours", "days", "weeks", "months")
    total = counted & context.value_is("effort_per", "total") & context.filled("effort")
    return total * context.varies(total)


def two_efforts(context: Context) -> Bools:
    """Where one effort cell holds both a standing rate and an amount that is used up, as `2 FTE + 60 days`."""
    return context.matches("effort", _RATE_AND) & context.matches("effort", _AND_AMOUNT)


def has_deliverable(context: Context) -> Floats:
    """1 where a deliverable is named that words do not show to be periodic."""
    return _filled(context, "deliverable")


def has_service_level(context: Context) -> Floats:
    """1 where a service level is promised."""
    return _filled(context, "service_level")


def has_volume(context: Context) -> Floats:
    """1 where a volume is given."""
    return _filled(context, "volume")


def has_procedure(context: Context) -> Floats:
    """1 where a standing procedure is named."""
    return _filled(context, "procedure")


def hands_over(context: Context) -> Floats:
    """1 where somebody is named to take the result over."""
    given = context.filled("handover_to") | context.filled("successor")
    return given * context.varies(given)


def has_sponsor(context: Context) -> Floats:
    """1 where a sponsor is named in a register that does not name one for every row."""
    return _filled(context, "sponsor")


def has_baseline(context: Context) -> Floats:
    """1 where an approved plan is kept beside the present one."""
    given = context.dates("baseline_finish").notna().to_numpy()
    return given * context.varies(given)


def has_milestone(context: Context) -> Floats:
    """1 where a milestone is named."""
    return _filled(context, "milestone")


def part_done(context: Context) -> Floats:
    """1 where progress is between nothing and all: only work that ends can be partly done."""
    progress = context.numbers("progress")
    part = (progress > 0) & (progress < 1)
    return part * context.varies(part)


def capital_money(context: Context) -> Floats:
    """1 where the money is capital, by its budget type or its programme."""
    capital = np.zeros(context.size, dtype=bool)
    for field in ("budget_type", "parent"):
        capital |= context.matches(field, _CAPITAL)
    return capital * context.varies(capital)


def capital_plan(context: Context) -> Floats:
    """1 where the department's column names a capital plan."""
    planned = context.matches("department", _CAPITAL)
    return planned * context.varies(planned)


def operating_money(context: Context) -> Floats:
    """1 where the money is operating money."""
    operating = context.matches("budget_type", _OPERATING)
    return operating * context.varies(operating)


def declared_project(context: Context) -> Floats:
    """1 where the register itself calls the item a project."""
    side = context.answer(declared_side)
    return (side > 0) * context.varies(side > 0)


def declared_operation(context: Context) -> Floats:
    """1 where the register itself calls the item an operation."""
    side = context.answer(declared_side)
    return (side < 0) * context.varies(side < 0)


def declared_side(context: Context) -> Floats:
    """By item: 1 declared a project, -1 an operation, 0 neither, from the words of the type column."""
    kinds, text, family = context.families("type")
    total = np.bincount(text, weights=_POINTS[family], minlength=len(kinds.dictionary))
    project = as_bools(pc.match_substring_regex(pc.utf8_lower(kinds.dictionary), _PROJECT_TYPES))
    operation = as_bools(pc.match_substring_regex(pc.utf8_lower(kinds.dictionary), _OPERATION_TYPES))
    total = np.where(project, 1.0, np.where(operation, -1.0, total))
    return spread(np.sign(np.where(np.abs(total) >= 0.5, total, 0.0)), kinds)


_TIMES = (
    r"(day|week|wk|month|mo|year|yr|tag|woche|monat|jahr|jour|semaine|mois|an|d[ií]a|semana|mes|m[eê]s|a[nñ]o|giorno"
    r"|settimana|mese|anno|dag|maand|jaar)"
)
_AND = r" *([+&,;/]|\b(and|plus|und|sowie|et|y|e|en|m[aá]s|mais|pi[uù])\b) *"
_RATE_AND = rf"(\b(fte|vz[äa]?e?|etp|eti|vte|vbe)|( ?/ ?|\b(per|pro|je|par|por|al|a|alla) ){_TIMES})\b.*{_AND}\d"
_AMOUNTS = r"(h|hrs?|hours?|std|stunden|heures|horas|ore|uur|d|days?|pt|tage|j|jours|jornadas|d[ií]as|gg|giorni|dagen)"
_AND_AMOUNT = rf"{_AND}\d[\d.,]* *{_AMOUNTS}\b\.?$"
_MEETINGS = (
    r"board|steering|steerco|meeting|committee|review|report|update|status|sync|check.?in|stand.?up|ly calls?\b|\bpcg\b"
    r"|sitzung|lenkung|jour.?fixe|bericht|\blk\b|comit|réunion|reunion|reuni[oó]n|reuni[aã]o|informe|relat[oó]rio"
    r"|comitato|riunione|overleg|stuurgroep|rapport"
)
_CAPITAL = r"\bcap(ital|ex)\b|capital improvement|investiti|investissement|inversi|investiment|investering"
_OPERATING = (
    r"opex|operat|recurr|revenue|betrieb|laufend|fonctionnement|gasto corriente|funcionamiento|custeio|corrente"
    r"|esercizio|exploitatie"
)
_OPERATION_TYPES = (
    r"^(bau|run|operations?|operational|recurring|services?|betrieb|linie|rotina|rutina|routine|récurrent|recurrente"
    r"|exploitation)$"
)
_PROJECT_TYPES = (
    r"^(projects?|projekte?|projets?|proyectos?|projetos?|progett[oi]|projecten|programmes?|programs?|programm|programma"
    r"|programa|initiatives?|change|epic|vorhaben|one.?off|once|einmalig)$"
)


def _filled(context: Context, field: str) -> Floats:
    given = context.filled(field)
    return given * context.varies(given)


def _worded(context: Context, field: str, families: tuple[str, ...]) -> Floats:
    codes = [number for number, family in enumerate(FAMILIES) if family.id in families]
    texts, text, family = context.families(field)
    hit = np.zeros(len(texts.dictionary))
    hit[text[np.isin(family, codes)]] = 1.0
    return spread(hit, texts)


def _under_way(context: Context) -> Bools:
    progress = context.numbers("progress")
    return np.asarray((progress > 0) & (progress < 1)) | context.filled("phase")


def _days(context: Context) -> Floats:
    span = context.dates("finish") - context.dates("start")
    return np.asarray(span.dt.days.to_numpy(dtype=float, na_value=np.nan), dtype=float)


def _years(context: Context) -> Floats:
    return context.answer(_days) / 365.25


def _whole_years(context: Context) -> Bools:
    """The day after the finish is an anniversary of the start, give or take three days."""
    start, after = context.dates("start"), context.dates("finish") + pd.Timedelta(days=1)
    days = context.answer(_days) + 1
    off = np.abs(days / 365.2425 - np.round(days / 365.2425)) * 365.2425
    whole = (days > 300) & (off <= 3)
    return np.asarray(whole & start.notna().to_numpy() & after.notna().to_numpy())


def _at_month_end(context: Context) -> Bools:
    return np.asarray(context.dates("finish").dt.is_month_end.fillna(False).to_numpy(dtype=bool))


def _at_year_end(context: Context) -> Bools:
    """31 December, or a day of the year on which a good part of all finishes lie."""
    finish = context.dates("finish")
    day = (finish.dt.month * 100 + finish.dt.day).fillna(0).to_numpy(dtype=np.int64)
    dated = day > 0
    shared = context.alike(day)
    common = dated & (shared >= np.maximum(MANY_ROWS, MANY_SHARE * context.count(dated)))
    return np.asarray(common | (day == 1231))
