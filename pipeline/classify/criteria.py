"""CRITERIA: every question asked of a work item, what an answer is worth, and where the rule comes from.

To add a criterion is to add one entry. `pipeline criteria` and its page in the docs are made from this tuple.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.classify import history, structure
from pipeline.classify.columns import Floats
from pipeline.classify.context import Context
from pipeline.classify.families import FAMILIES


@dataclass(frozen=True)
class Criterion:
    """One question. A test answers it for the whole register at once with 0 (silent) to 1 (fully) by item."""

    id: str
    family: str
    """T time, O output, C change, G governance, M money, W words, E end state."""
    question: str
    fields: tuple[str, ...]
    """What is read; the first that is filled is quoted."""
    points: float
    """Log-odds of a full answer; positive speaks for a project."""
    explanation: str
    """Sentence with `{quote}` and `{field}`."""
    source: str
    test: Callable[[Context], Floats] | None = None
    """None for wording, which is read once for all families (`words` names the family)."""
    words: str = ""


_STRUCTURE: tuple[Criterion, ...] = (
    Criterion("definite-end", "T", "Does it finish on a day of its own?", ("finish",), 1.1,
              "It finishes on a day of its own ({quote}).", "PMI: a definite end", structure.definite_end),
    Criterion("short-span", "T", "Is it a matter of months?", ("finish", "start"), 0.4,
              "It is a matter of months, to {quote}.", "PRINCE2: temporary", structure.short_span),
    Criterion("whole-years", "T", "Does it run for whole years to the day, as budgets and contracts do?", ("finish", "start"), -0.9,
              "It runs for whole years to the day, to {quote}, as a budget or contract does.", "UNLV PMO; contract terms", structure.whole_years),
    Criterion("long-span", "T", "Does it run longer than projects do?", ("finish", "start"), -0.6,
              "It runs for more than six years, to {quote}.", "PRINCE2: temporary", structure.long_span),
    Criterion("no-end", "T", "Is the finish blank long after the start?", ("start",), -0.8,
              "It started on {quote} and no finish is written.", "UNLV PMO: no end date", structure.no_end),
    Criterion("open-end", "T", "Does the finish say that there is none?", ("finish",), -1.8,
              "The finish says '{quote}'.", "UNLV PMO: no end date", structure.open_end),
    Criterion("rolled-forward", "T", "Did the finish move on with the years while nothing else changed?", ("finish",), -0.9,
              "Its finish ({quote}) is one that was moved on since an earlier month while nothing else changed.", "PMI: a project ends; operations go on", history.rolled_forward),
    Criterion("unchanged", "T", "Does it stand as it stood a year ago, active all the while?", ("status", "progress"), -0.6,
              "It stands as it stood a year ago and more ('{quote}').", "PMI: sustain the business", history.unchanged),
    Criterion("cadence", "T", "Does the work come round at a rhythm?", ("cadence", "finish", "start"), -1.3,
              "It comes round: '{quote}'.", "PMI: repetitive", structure.cadence_of_work),
    Criterion("once", "T", "Is it done once?", ("cadence",), 1.6, "It is done once: '{quote}'.", "PMI: temporary", structure.happens_once),
    Criterion("standing-rate", "T", "Is effort a standing rate?", ("effort",), -0.45,
              "Effort is a standing rate ({quote}).", "PMI: sustain the business", structure.standing_rate),
    Criterion("each-time", "T", "Is effort counted each time?", ("effort",), -1.2,
              "Effort is counted each time ({quote}).", "PMI: repetitive", structure.effort_each_time),
    Criterion("total-effort", "T", "Is effort an amount that is used up?", ("effort",), 0.2,
              "Effort is one amount ({quote}).", "PMI: temporary", structure.total_effort),
    Criterion("deliverable", "O", "Is a deliverable named?", ("deliverable",), 0.4,
              "It delivers '{quote}'.", "PMI: a unique result", structure.has_deliverable),
    Criterion("service-level", "O", "Is a service level promised?", ("service_level",), -0.3,
              "It promises a service level: '{quote}'.", "ITIL: service operation", structure.has_service_level),
    Criterion("volume", "O", "Is a volume handled?", ("volume",), -0.6, "It handles a volume: '{quote}'.", "UNLV PMO: customer service requests", structure.has_volume),
    Criterion("procedure", "O", "Is there a standing procedure?", ("procedure",), -0.7,
              "It follows a standing procedure: '{quote}'.", "UNLV PMO: defined by procedures", structure.has_procedure),
    Criterion("handover", "E", "Does somebody take the result over?", ("handover_to", "successor"), 0.3,
              "'{quote}' takes the result over.", "ITIL: the project ends where operations accept", structure.hands_over),
    Criterion("sponsor", "G", "Is a sponsor named where not every row has one?", ("sponsor",), 0.35,
              "It has a sponsor ({quote}).", "PRINCE2, ITS PMO: no project without a charter", structure.has_sponsor),
    Criterion("baseline", "G", "Is there an approved plan?", ("baseline_finish",), 0.5,
              "It has an approved plan (finish {quote}).", "PMI: baseline", structure.has_baseline),
    Criterion("milestone", "G", "Is a milestone named?", ("milestone",), 0.4, "It has a milestone ('{quote}').", "PMI: milestones", structure.has_milestone),
    Criterion("part-done", "G", "Is it partly done?", ("progress",), 0.25, "It is {quote} done.", "PMI: only work that ends can be partly done", structure.part_done),
    Criterion("progressed", "G", "Is more of it done than in an earlier month?", ("progress",), 0.5,
              "More of it is done than in an earlier month ({quote}).", "PMI: progress towards an end", history.progressed),
    Criterion("phase-advanced", "G", "Is it in another phase than in an earlier month?", ("phase",), 0.5,
              "It is in another phase than in an earlier month ('{quote}').", "PMI, ITIL: project life cycle", history.phase_advanced),
    Criterion("declared-project", "G", "Does the register call it a project?", ("type",), 0.7,
              "The register calls it '{quote}'.", "Declared type: evidence, not proof", structure.declared_project),
    Criterion("declared-operation", "G", "Does the register call it an operation?", ("type",), -0.5,
              "The register calls it '{quote}'.", "Declared type: evidence, not proof", structure.declared_operation),
    Criterion("capital", "M", "Is it paid from capital?", ("budget_type", "parent"), 0.4,
              "It is paid from capital ('{quote}').", "ASC 350-40; US CPIC", structure.capital_money),
    Criterion("capital-plan", "M", "Does it stand in the capital plan?", ("department",), 1.0,
              "It stands in the capital plan ('{quote}').", "Public capital plans", structure.capital_plan),
    Criterion("operating", "M", "Is it paid from operating money?", ("budget_type",), -0.3,
              "It is paid from operating money ('{quote}').", "ASC 350-40; small projects are opex too", structure.operating_money),
)

_WORDING: tuple[Criterion, ...] = tuple(
    Criterion(f"words-{family.id}", family.group, family.question, (), family.points, "{field} says '{quote}'.", family.source, words=family.id)
    for family in FAMILIES
    if family.points
)

CRITERIA: tuple[Criterion, ...] = (*_STRUCTURE, *_WORDING)
