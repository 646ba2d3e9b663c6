"""MESSAGES: every sentence of a report that states a finding, computed from its figures; one place decides the wording.

Each has a threshold and a quiet twin, names no cause and praises nothing. To add a sentence is to add one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps

from pipeline.render import answerable, changes
from pipeline.render import item_messages as work
from pipeline.render import load_messages as load
from pipeline.render.facts import Facts
from pipeline.render.undefined import Unsaid


def _said_once(word: Callable[[Facts], str]) -> Callable[[Facts], str]:
    """The same sentence, worded once for all reports of a summary in a language: pages ask for it again and again."""

    @wraps(word)
    def said(facts: Facts) -> str:
        return facts.shared(word)

    return said


_WORDED: Mapping[str, Callable[[Facts], str]] = {
    "headline": load.headline,
    "counts": work.counts,
    "overdue": work.overdue,
    "handover": answerable.handover,
    "decisions": work.decisions,
    "months": load.months,
    "parts": load.parts,
    "projects": work.projects,
    "operations": work.operations,
    "workload": load.workload,
    "answering": answerable.answering,
    "unowned": answerable.unowned,
    "handover_table": answerable.handover_table,
    "findings": work.findings,
    "bands": work.bands,
    "review": work.review,
    "changes": changes.headline,
    "trend": changes.trend,
}
MESSAGES: Mapping[str, Callable[[Facts], str]] = {name: _said_once(word) for name, word in _WORDED.items()}
"""Message id -> the function that words it. Templates and the workbook name them by id."""


class Messages(Mapping[str, str]):
    """All sentences of a report, in its reader's language, each worded when it is asked for: no page says all of them,
    and some stand on tables that nothing else of it needs.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def __getitem__(self, name: str) -> str:
        word = MESSAGES[name]
        try:
            return word(self._facts)
        except (AttributeError, LookupError, TypeError) as problem:
            # A template takes these for a name that there is not.
            raise Unsaid(f"the sentence '{name}' cannot be worded ({type(problem).__name__})") from problem

    def __contains__(self, name: object) -> bool:
        return name in MESSAGES

    def __iter__(self) -> Iterator[str]:
        return iter(MESSAGES)

    def __len__(self) -> int:
        return len(MESSAGES)
