"""What the words of a report mean and how its figures come about, in one sentence each; printed on the method page."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.render.facts import Facts
from pipeline.render.language import sentence


@dataclass(frozen=True)
class Definition:
    """One term and its meaning; `style` is its colour: run, change or nothing."""

    term: str
    meaning: str
    style: str = ""


def definitions(facts: Facts, unknown: int, rules: str) -> tuple[Definition, ...]:
    """What the words mean, what `unknown` items of unknown effort do to the totals, and which `rules` judged."""
    say = facts.language.gettext
    return (
        Definition(
            say("Project, change"),
            say("Temporary work towards a stated end: it has a start, a finish and a result."),
            "change",
        ),
        Definition(
            say("Operation, run"),
            say("Ongoing or repeated work that keeps a service going; it has a cadence or no end."),
            "run",
        ),
        Definition(
            say("Undecided, mixed"),
            say("The cells do not say enough, or say both. Such hours are in neither run nor change."),
        ),
        Definition(
            say("Verdict"),
            say(
                "Each criterion that a row's cells meet adds points (log-odds) for a project or for an operation; "
                "their sum says which it is, and how sure that is: clear, likely or to review."
            ),
        ),
        Definition(
            say("Load"),
            say(
                "Hours as registered, as a share of net capacity. More than {limit} is over capacity.",
                limit=facts.language.percent(1),
            ),
        ),
        Definition(say("Unknown"), _unknown_effort(facts, unknown)),
        Definition(
            say("Rules"), sentence(say("{rules}. The same register and rules give the same verdicts.", rules=rules))
        ),
    )


def _unknown_effort(facts: Facts, count: int) -> str:
    say = facts.language
    if not count:
        return say.gettext("Unknown is not zero. Every active item has an effort.")
    return say.ngettext(
        "Unknown is not zero. One active item has no effort that can be placed in a month; its hours are in no total "
        "of {period}.",
        "Unknown is not zero. {count} active items have no effort that can be placed in a month; their hours are in "
        "no total of {period}.",
        count,
        period=facts.period,
    )
