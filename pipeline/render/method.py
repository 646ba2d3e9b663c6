"""What the words of a report mean and how its figures come about, in one sentence each; printed on the method page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """One term and its meaning; `style` is its colour: run, change or nothing."""

    term: str
    meaning: str
    style: str = ""


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "Project, change", "Temporary work towards a stated end: it has a start, a finish and a result.", "change"
    ),
    Definition(
        "Operation, run", "Ongoing or repeated work that keeps a service going; it has a cadence or no end.", "run"
    ),
    Definition(
        "Undecided, mixed", "The cells do not say enough, or say both. Such hours are in neither run nor change."
    ),
    Definition(
        "Verdict",
        "Each criterion that a row's cells meet adds points (log-odds) for a project or for an operation; their sum "
        "says which it is, and how sure that is: clear, likely or to review.",
    ),
    Definition("Load", "Hours as registered, as a share of net capacity. More than 100% is over capacity."),
)


def unknown_effort(count: int, period: str) -> Definition:
    """What unknown effort does to the totals of a period."""
    items, their = ("item has", "its") if count == 1 else ("items have", "their")
    text = (
        f"{count:,} active {items} no effort that can be placed in a month; {their} hours are in no total of {period}."
    )
    return Definition(
        "Unknown", f"Unknown is not zero. {text}" if count else "Unknown is not zero. Every active item has an effort."
    )


def rules(name: str) -> Definition:
    """Which rules judged."""
    return Definition("Rules", f"{name[:1].upper()}{name[1:]}. The same register and rules give the same verdicts.")
