"""Exhibits of the phases that projects are in, and of their health as registered."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from markupsafe import Markup

from pipeline.render.charts import Phase, Sheet, phase_chart
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.facts import Facts

PHASES = 6
"""Phases that the chart shows side by side; the last holds all others where there are more."""
_STAGES: tuple[str, ...] = (
    "idea|concept|initiat|start|discover|propos|request|idee|konzept|antrag|vorschlag|initial|inici|lancement",
    "plan|analy|defin|require|scop|étude|etude",
    "design|entwurf|concep|diseñ|diseno|desenho",
    "build|exec|develop|implement|deliver|construct|do|umsetz|realis|ausführ|bau|exéc|ejec|constr|desarr|desenv",
    "test|pilot|verif|valid|accept|abnahme|recette|prueba",
    "go|deploy|roll|launch|live|einführ|mise|despliegue|implant",
    "hand|transi|übergabe|transf|entrega",
    "clos|finish|complete|end|abschluss|abgeschl|clôt|clot|cierr|encerr|fin",
)
"""How the names of phases begin, in the order in which projects pass through them."""


def phases_shown(facts: Facts) -> tuple[Phase, ...]:
    """The phases, or where the register names none the statuses, in the order in which projects pass through them."""
    rows, column = facts.projects, _phase_column(facts)
    if not column:
        return ()
    said = _said(rows[column])
    kept = [key for key in said.ranked if key][: PHASES if len(said.counts) <= PHASES else PHASES - 1]
    order = sorted(kept, key=lambda key: (_stage(said.names[key]), -said.counts[key], key))
    measured = rows[["month_hours", "days_late"]]
    shown = [_phase(measured[said.where({key})], said.names[key]) for key in order]
    others = measured[~said.where(set(kept))]
    rest = _rest_named(any(set(said.counts) - {"", *kept}), column, facts)
    return (*shown, *([_phase(others, rest)] if len(others) else []))


@dataclass(frozen=True)
class _Said:
    """What the texts of a column say, whatever their case and the space around them.

    `names` and `counts`: by folded text its first spelling, and how many say it, in the order of their rows; `keys`:
    the folded text of each different one; `codes`: of each row, which of them it has, -1 for a missing one.
    """

    names: Mapping[str, str]
    counts: Mapping[str, int]
    keys: Sequence[str]
    codes: npt.NDArray[np.intp]

    @property
    def ranked(self) -> list[str]:
        """The folded texts, the most frequent first."""
        return sorted(self.counts, key=lambda key: -self.counts[key])

    def where(self, keys: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which rows say one of these."""
        return np.array([*(key in keys for key in self.keys), False])[self.codes]


def _said(texts: pd.Series) -> _Said:
    """Each different text is looked at once: projects are many, their phases and healths few."""
    codes, different = pd.factorize(texts)
    named = pd.Series(different, dtype=texts.dtype).str.strip()
    keys, spelt = named.str.casefold().tolist(), named.tolist()
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for key, name, count in zip(keys, spelt, np.bincount(codes[codes >= 0], minlength=len(keys)).tolist(), strict=True):
        names.setdefault(key, name)
        counts[key] = counts.get(key, 0) + count
    return _Said(names, counts, keys, codes)


def _rest_named(others: bool, column: str, facts: Facts) -> str:
    """What the chart calls the projects that are in none of its phases: whether any of them is in another."""
    say = facts.language
    if others:
        return say.gettext("Others")
    return say.gettext("Without a phase") if column == "phase" else say.gettext("Without a status")


def _stage(name: str) -> tuple[int, int]:
    """Where a phase stands among others: by its own number, else by how its name begins; unknown ones come last."""
    number = re.match(r"\D{0,8}(\d{1,3})", name)
    begins = (place for place, words in enumerate(_STAGES) if re.match(rf"\W*(?:{words})", name.casefold()))
    return (0, int(number[1])) if number else (1, next(begins, len(_STAGES)))


def _phase_column(facts: Facts) -> str:
    rows = facts.projects
    return next((name for name in ("phase", "status") if (rows[name].str.strip() != "").any()), "")


def _phase(rows: pd.DataFrame, name: str) -> Phase:
    hours = rows["month_hours"]
    known = float(hours.sum()) if hours.notna().any() else None
    return Phase(name, len(rows), int((rows["days_late"] > 0).sum()), known)


def drawn(facts: Facts) -> bool:
    """Whether there are phases to compare."""
    return len(facts.shared(phases_shown)) > 1


def message(facts: Facts) -> str:
    """Which phase holds the most, and how many of those overdue are in it."""
    say, shown = facts.language, facts.shared(phases_shown)
    if not shown:
        return say.gettext("The register names neither phase nor status of its projects")
    most = max(shown, key=lambda one: one.projects)
    late = sum(one.overdue for one in shown)
    values = {"phase": most.name, "count": say.number(most.projects), "all": say.number(len(facts.projects))}
    if len(shown) == 1:
        return say.gettext("All projects are in one phase or status, {phase}", **values)
    if _nameless(most, facts):
        said = _unnamed(most, facts)
    else:
        said = say.gettext("The most projects, {count} of {all}, are in {phase}", **values)
    if facts.projects["finish"].isna().all():
        return said
    return say.gettext("{said}; {overdue}", said=said, overdue=_overdue(most.overdue, late, facts))


def _nameless(one: Phase, facts: Facts) -> bool:
    """Whether it holds the projects whose phase the register does not say."""
    return one.name in (facts.language.gettext("Without a phase"), facts.language.gettext("Without a status"))


def _unnamed(one: Phase, facts: Facts) -> str:
    """How many projects name none."""
    say = facts.language
    values = {"count": say.number(one.projects), "all": say.number(len(facts.projects))}
    if _phase_column(facts) == "phase":
        return say.gettext("The most projects, {count} of {all}, name no phase", **values)
    return say.gettext("The most projects, {count} of {all}, name no status", **values)


def _overdue(here: int, late: int, facts: Facts) -> str:
    """How many of the overdue projects are among those of the phase that holds the most."""
    say = facts.language
    if not late:
        return say.gettext("none is overdue")
    if not here:
        return say.ngettext("the one overdue project is not among them", "no overdue project is among them", late)
    if here == late:
        return say.ngettext("the one overdue project is among them", "all {count} overdue ones are among them", late)
    return say.ngettext(
        "one of the {overdue} overdue projects is among them",
        "{count} of the {overdue} overdue projects are among them", here, overdue=say.number(late),
    )  # fmt: skip


def _phases_what(facts: Facts) -> str:
    say, month = facts.language, facts.language.month(facts.first_day)
    if _phase_column(facts) == "phase":
        return say.gettext("Active projects by phase, as registered, with their hours of {month}", month=month)
    return say.gettext("Active projects by status, as registered, with their hours of {month}", month=month)


def _phases_chart(facts: Facts, sheet: Sheet) -> Markup:
    return phase_chart(facts.shared(phases_shown), sheet, message(facts))


def health(facts: Facts) -> str:
    """How many projects have which health, and how many of them had it the month before; "" where there is none."""
    rows, say = facts.projects, facts.language
    now, before = (_said(rows[name]) for name in ("health", "health_before"))
    named = [key for key in now.ranked if key]
    if not named:
        return ""
    compared = any(before.counts)
    told = [
        _counted(now.names[key], now.counts[key], before.counts.get(key, 0) if compared else None, facts)
        for key in named[:4]
    ]
    return say.gettext("Health as registered: {healths}.", healths=", ".join(told))


def _counted(name: str, count: int, before: int | None, facts: Facts) -> str:
    say, period = facts.language, facts.summary.previous
    values = {"health": name, "count": say.number(count)}
    if period is None or before is None:
        return say.gettext("{health} {count}", **values)
    month = say.month(date(period.year, period.month, 1))
    return say.gettext("{health} {count} ({before} in {month})", before=say.number(before), month=month, **values)


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("phases", message, _phases_what, drawn, chart=_phases_chart, note=lambda facts: facts.shared(health)),
)
