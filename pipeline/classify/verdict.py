"""Evidence -> verdicts: kind, probability, certainty, level, and whether a person should look."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.columns import Bools, Floats
from pipeline.classify.context import Context
from pipeline.classify.contradictions import contradict
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.lexicon import load_lexicon
from pipeline.classify.reasons import say_reasons
from pipeline.classify.rules import check_rules, with_own_rules, with_rules
from pipeline.classify.score import START, agree, categories, gather, rule_set, total
from pipeline.classify.structure import no_end, two_efforts
from pipeline.errors import SettingsError
from pipeline.model import Period, Portfolio, Register
from pipeline.settings import ClassifySettings

Texts = npt.NDArray[np.str_]

CLEAR = 0.9
"""Verdicts at least this certain are called clear."""
CONFLICT = 0.25
"""Where what is left after weighing both sides is less than this part of all that was said, a person decides."""
_REVIEW = (
    "it holds two kinds of work",
    "no word and no date in it speaks",
    "nothing speaks but its own name for itself",
    "it looks like a project but has no end long after its start",
    "its wording leaves it open",
    "the reasons for and against weigh about the same",
    "the verdict is not certain enough",
)
"""Why a person should look, in the order of `_verdicts`; the first that holds is told."""
_HOURS = {"hours": 1.0, "days": 7.5}
_DECLARED = ("words-project", "words-programme", "declared-project", "declared-operation")
_PROGRAMME = r"\bprogram(me|m|a|ma)?\b"
_PORTFOLIO = r"\bportf?o(lio|lho|lios|efeuille)|\bcartera\b|portefeuille"
_TASK = r"^(sub-?)?(task|ticket|aufgabe|t[âa]che|tarea|tarefa|compito|taak|action|to-?do)s?$"


def classify(register: Register, settings: ClassifySettings, period: Period) -> Portfolio:
    """Tell what each work item is, and why.

    Evidence in log-odds from CRITERIA is added up (`score.gather`), capped by family and calibrated. A verdict
    less certain than `settings.review_below`, or standing on the item's own name for itself alone, is marked for
    review; an item on which nothing speaks is undecided. Raises SettingsError for a family of words or a
    criterion in the settings that does not exist, naming the nearest.
    """
    lexicon = load_lexicon(settings.words)
    own = _weights(settings.weights)
    context = Context(register, period, lexicon)
    check_rules(settings.rules)
    evidence = with_own_rules(context, gather(context, own), settings.rules)
    verdicts = _verdicts(context, evidence, settings)
    verdicts["reasons"] = say_reasons(evidence, verdicts)
    sentences, findings = contradict(context, verdicts)
    verdicts["contradiction"] = sentences
    verdicts["reasons"] = _with_review(verdicts)
    rules = with_rules(rule_set(lexicon, own), settings.rules)
    return Portfolio(register, verdicts, _with_start(evidence, context.size), rules, findings)


def _weights(own: Mapping[str, float]) -> Mapping[str, float]:
    known = [criterion.id for criterion in CRITERIA]
    for name in own:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0)
            raise SettingsError(f"'{name}' is not a criterion.", "[classify.weights]", f"The nearest is '{near[0]}'.")
    return own


def _verdicts(context: Context, evidence: pd.DataFrame, settings: ClassifySettings) -> pd.DataFrame:
    points, gain, loss = total(evidence, context.size)
    score = points + START
    probability = 1 / (1 + np.exp(-score))
    certain = np.maximum(probability, 1 - probability)
    silent = (gain == 0) & (loss == 0)
    mixed = agree(context.wording.mixed | two_efforts(context), gain, loss)
    kind = np.select([mixed, silent], ["mixed", "undecided"], np.where(score > 0, "project", "operation"))
    torn = np.abs(points) < CONFLICT * (gain - loss)
    unclosed = (no_end(context) > 0) & (gain > 0) & (probability > 1 - CLEAR)
    asked = (mixed, silent, _named_only(evidence, context.size), unclosed, context.wording.doubt, torn)
    why = np.select([*asked, certain < settings.review_below], _REVIEW, "")
    review = why != ""
    certainty = np.select([review, certain >= CLEAR], ["to review", "clear"], "likely")
    return pd.DataFrame(
        {
            "kind": _text(kind),
            "score": score,
            "probability": probability,
            "certainty": _text(certainty),
            "review": review,
            "review_reason": _text(why),
            "level": _text(_levels(context, kind, settings.task_hours)),
            "decided_by": _text(np.full(context.size, "evidence")),
        }
    )


def _with_review(verdicts: pd.DataFrame) -> pd.Series:
    """The reasons, closed by why a person should look where one should."""
    asked = " To review: " + verdicts["review_reason"] + "."
    return (verdicts["reasons"] + asked.where(verdicts["review"], "")).str.strip()


def _text(values: Texts) -> pd.Series:
    return pd.Series(values, dtype="string[pyarrow]")


def _named_only(evidence: pd.DataFrame, size: int) -> Bools:
    """Where nothing but the item's own name for itself speaks."""
    names = [number for number, criterion in enumerate(CRITERIA) if criterion.id in _DECLARED]
    other = ~np.isin(evidence["criterion"].cat.codes.to_numpy(), names)
    return np.asarray(np.bincount(evidence["item"].to_numpy()[other], minlength=size) == 0)


def _levels(context: Context, kind: Texts, task_hours: float) -> Texts:
    """Level by the register's own column, else by type and title; a small one-off is a task."""

    def named(pattern: str, *columns: str) -> Bools:
        return np.asarray(np.any([context.matches(column, pattern) for column in columns], axis=0))

    project = kind == "project"
    small = (project | ~context.filled("cadence")) & _is_small(context, task_hours)
    programme = named(_PROGRAMME, "level", "type") | (project & named(_PROGRAMME, "title"))
    task = named(_TASK, "level", "type") | small
    return np.select(
        [named(_PORTFOLIO, "level", "type"), programme, task, project],
        ["portfolio", "programme", "task", "project"],
        "",
    )


def _is_small(context: Context, task_hours: float) -> Bools:
    amount: Floats = context.numbers("effort")
    hours = np.select(
        [context.value_is("effort_unit", unit) for unit in _HOURS], [amount * each for each in _HOURS.values()], np.nan
    )
    return np.asarray(context.value_is("effort_per", "total") & (hours < task_hours))


def _with_start(evidence: pd.DataFrame, size: int) -> pd.DataFrame:
    """The evidence with the line every sum starts from."""
    criteria = [*evidence["criterion"].cat.categories, "start"]
    start = pd.DataFrame(
        {
            "item": np.arange(size),
            "criterion": categories(np.full(size, len(criteria) - 1), criteria),
            "family": pd.Categorical([""] * size, [*evidence["family"].cat.categories, ""]),
            "field": pd.Categorical([""] * size, sorted({*evidence["field"].cat.categories, ""})),
            "quote": pd.Series([""] * size, dtype="string[pyarrow]"),
            "points": np.full(size, START),
        }
    )
    widened = evidence.assign(
        **{
            name: evidence[name].cat.set_categories(start[name].cat.categories)
            for name in ("criterion", "family", "field")
        }
    )
    both = pd.concat([widened, start], ignore_index=True)
    return both.sort_values("item", kind="stable", ignore_index=True)
