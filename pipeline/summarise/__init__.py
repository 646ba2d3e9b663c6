"""Portfolio -> Summary: who carries what, against which capacity, what ends and what nobody answers for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from pipeline.model import Audience, Finding, Period, Portfolio, Summary
from pipeline.settings import SummariseSettings
from pipeline.snapshots import Snapshot
from pipeline.summarise import (
    change,
    control,
    decisions,
    executives,
    fault_counts,
    faults,
    handover,
    lessons,
    levels,
    listings,
    loads,
    measures,
    orphans,
    problems,
    raci,
    readiness,
    responsibility,
    span,
    trend,
    wave,
)
from pipeline.summarise.assumptions import assumptions
from pipeline.summarise.audiences import engaged
from pipeline.summarise.audiences import executives as executive_views
from pipeline.summarise.figures import LazyFigures
from pipeline.summarise.layout import Desk, LazyTables
from pipeline.summarise.persons import PersonFigures, PersonTables, Slices
from pipeline.summarise.scope import View
from pipeline.summarise.scope import departments as department_views
from pipeline.summarise.scope import organisation as organisation_view
from pipeline.summarise.seen import Parts, seen_by
from pipeline.summarise.work import Work, gather

__all__ = ["summarise"]

BUILDERS: Mapping[str, Callable[[View], pd.DataFrame]] = {
    "months": loads.months,
    "departments": loads.departments,
    "teams": loads.teams,
    "people": loads.people,
    "workload": loads.workload,
    "allocations": loads.allocations,
    "roll_up": levels.roll_up,
    "run_change": levels.run_change,
    "carriers": levels.carried_items,
    "register": listings.register,
    "projects": listings.projects,
    "operations": listings.operations,
    "control": control.control,
    "functions": measures.functions,
    "measures": measures.measures,
    "renewals": control.renewals,
    "responsibility": responsibility.responsibility,
    "unowned": responsibility.unowned,
    "raci": raci.raci,
    "faults": faults.faults,
    "single_points": faults.single_points,
    "leaving": orphans.leaving,
    "orphans": orphans.orphans,
    "span": span.span,
    "concentration": span.concentration,
    "executives": executives.executives,
    "governed": executives.governed,
    "governance": executives.governance,
    "handover": handover.handover,
    "incoming": handover.incoming,
    "unfollowed": handover.unfollowed,
    "lessons": lessons.lessons,
    "load_wave": wave.load_wave,
    "changes": change.changes,
    "review": listings.review,
    "contradictions": listings.contradictions,
    "sources": problems.sources,
}
"""Table id -> the function that computes it for a scope; `findings` needs the summary's own and is added below."""

DERIVED: Mapping[str, Callable[[View, Mapping[str, pd.DataFrame]], pd.DataFrame]] = {
    "decisions": decisions.decisions,
    "fault_counts": fault_counts.fault_counts,
    "readiness": readiness.readiness,
    "trend": trend.trend,
}
"""Table id -> the function that computes it from the scope's other tables."""


def summarise(
    portfolio: Portfolio,
    settings: SummariseSettings,
    period: Period,
    *,
    audiences: Collection[Audience] = (),
    previous: Snapshot | None = None,
    past: pd.DataFrame | None = None,
) -> tuple[Summary, ...]:
    """The organisation's summary of a period, then one for each of the wanted `audiences`: executives, departments and
    people, each by name; see `audiences`, `scope` and `persons`.

    `previous` is what the last period published before this one left, `past` what earlier months said at every level
    (the table `run_change`, with `month` and `rule_set`).

    Every table of TABLES is filled, in its declared columns. Raises SettingsError where the public holidays of the
    country that is set are not known; no data raises anything.
    """
    whole = organisation_view(gather(portfolio, settings, period, previous, past))
    own, parts = problems.problems(whole), Parts(whole.work)
    views = [whole, *(view for one, make in _VIEWS.items() if one in audiences for view in make(whole.work))]
    desk = Desk()
    made = tuple(_summary(view, own, parts, desk if view.scope else Desk()) for view in views)
    return (*made, *(_persons(made[0], whole, parts) if "person" in audiences else []))


_VIEWS: Mapping[Audience, Callable[[Work], list[View]]] = {"executive": executive_views, "department": department_views}
"""Audience -> its scopes; people's summaries are cut from the organisation's."""


def _summary(view: View, own: tuple[Finding, ...], parts: Parts, desk: Desk) -> Summary:
    builders = {name: partial(build, view) for name, build in BUILDERS.items()}
    tables = LazyTables(builders, desk, view.work.items)
    builders |= {name: partial(derive, view, tables) for name, derive in DERIVED.items()}
    builders["findings"] = partial(problems.all_findings, view, own)
    work = view.work
    return Summary(
        portfolio=work.portfolio,
        period=work.period,
        scope=view.scope,
        figures=LazyFigures(view, tables),
        tables=tables,
        findings=own,
        assumptions=assumptions(view),
        audience=view.audience,
        previous=work.previous.period if work.previous else None,
        run_share_band=(work.settings.run_share_least, work.settings.run_share_most),
        seen=seen_by(view, parts),
        answer_by=decisions.answer_by(view),
    )


def _persons(organisation: Summary, whole: View, parts: Parts) -> Iterator[Summary]:
    """One summary for each person who answers for an active item, does one or deputises for one, by name."""
    slices = Slices(whole, organisation.tables)
    for person in engaged(whole.work):
        yield replace(
            organisation,
            scope=person,
            audience="person",
            figures=PersonFigures(slices, person),
            tables=PersonTables(slices, person),
            assumptions=(),
            seen=slices.seen(person, parts),
        )
