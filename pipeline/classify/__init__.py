"""Register -> Portfolio: tells projects from operations and says why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.classify.decisions import overrule, standing
from pipeline.classify.explain import as_lines, as_object, explain, explained
from pipeline.classify.looked import looked_at
from pipeline.classify.shared import Partial, Shared, together
from pipeline.classify.turning import turnings
from pipeline.classify.verdict import classify as weigh
from pipeline.classify.verdict import judge, part_facts
from pipeline.explanation import Explanation
from pipeline.model import Decision, Period, Portfolio, Register
from pipeline.settings import ClassifySettings

__all__ = [
    "Explanation", "Partial", "Shared", "as_lines", "as_object", "classify", "classify_part", "explain", "explain_each",
    "explain_fully", "part_facts", "together",
]  # fmt: skip


def classify(
    register: Register, settings: ClassifySettings, period: Period, decisions: Sequence[Decision] = ()
) -> Portfolio:
    """Tell what each work item is, and why: by what people decided, else by the evidence.

    The order: a decision that holds; the level the register gives an item; the evidence; and, where that is thin,
    torn or worded so, the mark for review. `decisions` are in the order in which they were made. Raises
    SettingsError for a word, a weight or a rule in the settings that cannot be, naming the nearest.
    """
    return overrule(weigh(register, settings, period), standing(register, decisions, period))


def classify_part(part: Register, settings: ClassifySettings, period: Period, shared: Shared) -> Portfolio:
    """What `classify` says of these rows among all those that `shared` tells of; people's decisions are left out.

    `shared` are the `part_facts` of every part, put `together`.
    """
    return weigh(part, settings, period, shared)


def explain_fully(portfolio: Portfolio, item: int, settings: ClassifySettings, period: Period) -> Explanation:
    """One verdict explained, with what would turn it: altered rows are scored as the portfolio itself was."""
    return explain_each(portfolio, (item,), settings, period)[item]


def explain_each(
    portfolio: Portfolio, items: Iterable[int], settings: ClassifySettings, period: Period
) -> dict[int, Explanation]:
    """Several verdicts explained, their altered rows scored together; ten cost little more than one."""
    looked = looked_at(portfolio, items)
    found = turnings(portfolio, looked, lambda altered, instead: judge(altered, settings, period, instead), period)
    return {item: explained(portfolio, looked[item], turning) for item, turning in found.items()}
