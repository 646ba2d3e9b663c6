"""Register -> Portfolio: tells projects from operations and says why."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.classify.decisions import overrule, standing
from pipeline.classify.explain import Explanation, as_lines, as_object, explain, explained
from pipeline.classify.turning import turning
from pipeline.classify.verdict import classify as weigh
from pipeline.model import Decision, Period, Portfolio, Register
from pipeline.settings import ClassifySettings

__all__ = ["Explanation", "as_lines", "as_object", "classify", "explain", "explain_fully"]


def classify(
    register: Register, settings: ClassifySettings, period: Period, decisions: Sequence[Decision] = ()
) -> Portfolio:
    """Tell what each work item is, and why: by what people decided, else by the evidence.

    The order: a decision that holds; the level the register gives an item; the evidence; and, where that is thin,
    torn or worded so, the mark for review. `decisions` are in the order in which they were made. Raises
    SettingsError for a word, a weight or a rule in the settings that cannot be, naming the nearest.
    """
    return overrule(weigh(register, settings, period), standing(register, decisions, period))


def explain_fully(portfolio: Portfolio, item: int, settings: ClassifySettings, period: Period) -> Explanation:
    """One verdict explained, with what would turn it: altered rows are scored as the portfolio itself was."""
    return explained(
        portfolio, item, turning(portfolio, item, lambda altered: classify(altered, settings, period), period)
    )
