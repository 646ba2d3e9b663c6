"""FAMILIES: kinds of wording that speak for a project or an operation, and the points each is worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Words that say the same about work.

    `points` are log-odds of one mention in a title (positive speaks for a project); `group` is the family of
    criteria under whose cap it falls; `plain` marks wording that says outright whether work ends, so that it
    counts nearly in full in every column and is not weakened by the words around it.
    """

    id: str
    group: str
    points: float
    question: str
    source: str
    plain: bool = False
    subject: bool = False
    """Words that often name what the work is about, not the work: far into a sentence they say little."""


FAMILIES: tuple[Family, ...] = (
    # For a project
    Family("build", "W", 1.5, "Is something built, extended or restored?", "PRINCE2: change; US CPIC: new investment"),
    Family("replace", "W", 1.5, "Is something replaced, upgraded or improved?", "US CPIC: change to a system; ASC 350-40: enhancement"),
    Family("deliver", "W", 1.5, "Is something introduced, moved or installed?", "PRINCE2: change"),
    Family("retire", "E", 1.6, "Is something old taken away for good?", "PRINCE2: change; ITIL: retirement of a service"),
    Family("bounded", "T", 1.9, "Does the wording say that the work is done once or ends?", "PMI: temporary, unique", plain=True),
    Family("receive", "E", 0.8, "Is a result accepted or handed over?", "ITIL: transition; the work ends where operations accept"),
    Family("buy", "W", 0.9, "Is something bought once?", "ASC 350-40: capital acquisition"),
    Family("new", "W", 0.8, "Is it new?", "PMI: unique"),
    Family("develop", "W", 0.8, "Is something designed, studied or developed?", "APM: uncertainty; US CPIC: development"),
    Family("project", "G", 0.8, "Does the wording call it a project or name a phase of one?", "PMI, PRINCE2: governance of projects"),
    Family("asset", "W", 0.5, "Is it about a single asset, such as a bridge or a roof?", "Public capital plans", subject=True),
    # For an operation
    Family("programme", "W", -0.6, "Is it called a programme, with nothing else?", "APM: a programme may hold business as usual", subject=True),
    Family("people", "W", -0.7, "Is it a standing service to people?", "Public service catalogues", subject=True),
    Family("generic", "W", -0.9, "Is it worded for whatever case may come?", "Occupational task descriptions", subject=True),
    Family("control", "W", -1.0, "Is something monitored, inspected or reported on?", "PMI: sustain the business", subject=True),
    Family("support", "W", -1.1, "Are people helped or served?", "ITIL: service operation", subject=True),
    Family("admin", "W", -1.2, "Is something administered, or is it a standing unit?", "PMI: functional departments", subject=True),
    Family("process", "W", -1.3, "Are cases, claims or payments handled?", "UNLV PMO: repeatable processes", subject=True),
    Family("run", "W", -1.4, "Is something kept running?", "US CPIC: operations and maintenance"),
    Family("season", "T", -1.2, "Is it a thing that comes each year by its nature, such as a fair or a stocktake?", "Recurring series: each one ends, the series does not"),
    Family("arrival", "T", -1.4, "Does the work come in as it comes, or by the week?", "UNLV PMO: customer service requests", plain=True),
    Family("cadence", "T", -1.4, "Does the wording name a rhythm?", "PMI: repetitive", plain=True),
    Family("standing", "T", -1.8, "Does the wording say that it does not end?", "PMI: ongoing", plain=True),
    Family("again", "T", -2.6, "Does the wording say that it comes again?", "PMI: repetitive; rolling contracts", plain=True),
    Family("catalogue", "W", -2.2, "Is it worded as a service people ask for?", "Public service catalogues"),
    # Neither
    Family("mixed", "X", 0.0, "Does the wording say that the row holds two kinds of work?", "US CPIC: mixed life cycle", plain=True),
    Family("doubt", "X", 0.0, "Is it worded so that only a person can tell?", "Time boxes without an end; audits that recur", plain=True),
    Family("none", "X", 0.0, "Is it a set phrase that says nothing, such as 'operating system'?", "Trap words"),
)

FAMILY_IDS: tuple[str, ...] = tuple(family.id for family in FAMILIES)
