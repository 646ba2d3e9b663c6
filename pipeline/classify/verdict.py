"""Evidence -> verdicts: kind, probability, certainty, level, and whether a person should look."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats, coded, named, numbered
from pipeline.classify.context import Context
from pipeline.classify.contradictions import contradict
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.evidence import Evidence
from pipeline.classify.lexicon import load_lexicon
from pipeline.classify.reasons import say_reasons, strongest
from pipeline.classify.rules import FAMILY, check_rules, with_rules
from pipeline.classify.score import START, Sums, added, agree, gather, rule_set, total
from pipeline.classify.shared import Partial, Shared
from pipeline.classify.structure import no_end, two_efforts
from pipeline.classify.tokens import Ints
from pipeline.errors import SettingsError
from pipeline.model import Period, Portfolio, Register
from pipeline.settings import ClassifySettings
from pipeline.vocabulary import REVIEW_REASONS, WORDS

CLEAR = 0.9
"""Verdicts at least this certain are called clear."""
CONFLICT = 0.25
"""Where what is left after weighing both sides is less than this part of all that was said, a person decides."""
_KINDS = ("project", "operation", "mixed", "undecided")
_PROJECT, _OPERATION, _MIXED, _UNDECIDED = range(len(_KINDS))
_LEVELS = ("portfolio", "programme", "task", "project")
_HOURS = {"hours": 1.0, "days": 7.5}
_PROGRAMME = r"\bprogram(me|m|a|ma)?\b"
_PORTFOLIO = r"\bportf?o(lio|lho|lios|efeuille)|\bcartera\b|portefeuille"
_TASK = r"^(sub-?)?(task|ticket|aufgabe|t[âa]che|tarea|tarefa|compito|taak|action|to-?do)s?$"


def classify(register: Register, settings: ClassifySettings, period: Period, shared: Shared | None = None) -> Portfolio:
    """Tell what each work item is, and why.

    Evidence in log-odds from CRITERIA is added up (`score.gather`), capped by family and calibrated. A verdict
    less certain than `settings.review_below`, or standing on the item's own name for itself alone, is marked for
    review; an item on which nothing speaks is undecided. Raises SettingsError for a family of words or a
    criterion in the settings that does not exist, naming the nearest. Where the register is a part of another,
    `shared` is what is known of all its rows (see `part_facts`), and each verdict is as if it were judged among them.
    """
    own, rules = _weights(settings.weights), settings.rules
    check_rules(rules)
    context = Context(register, period, load_lexicon(settings.words), shared=shared)
    criteria = [*((one.id, one.family) for one in CRITERIA), *((id, FAMILY) for id in rules)]
    sums, reasons, evidence = list[Sums](), list[Ints](), Evidence(criteria, START)
    for size, lines, marks in gather(context, own, rules):
        sums.append(total(size, lines, marks))
        reasons.append(strongest(lines, sums[-1].points + START))
        evidence.add(lines, size)
    verdicts, quotes = _verdicts(context, added(sums), settings.review_below), context.quotes.texts()
    verdicts["level"] = _levels(context, verdicts["kind"], settings.task_hours)
    verdicts["decided_by"] = named(np.zeros(context.size, np.int8), WORDS["decided_by"])
    verdicts["reasons"] = say_reasons(np.concatenate(reasons), [name for name, _ in criteria], quotes)
    sentences, findings = contradict(context, verdicts)
    verdicts["contradiction"] = sentences
    verdicts["reasons"] = _with_review(verdicts)
    rules_used = with_rules(rule_set(context.lexicon, own), rules)
    return Portfolio(register, verdicts, evidence.frame(quotes), rules_used, findings)


def part_facts(register: Register, settings: ClassifySettings, period: Period) -> Partial:
    """What a part of a register adds to what is known of all its rows; `shared.together` adds them up."""
    context = Context(register, period, load_lexicon(settings.words))
    for criterion in CRITERIA:
        if criterion.test:
            context.asked(criterion.test)
    fields = [name for name in register.cells.columns if context.given(name)]
    return replace(context.told, rows=context.size, given=frozenset(fields))


def judge(register: Register, settings: ClassifySettings, period: Period, instead: Ints) -> pd.DataFrame:
    """What the evidence alone says of rows of a register, closed by altered copies: see `Context.instead`.

    Columns `kind`, `score`, `probability`, `certainty`, `review` and `review_reason` by row.
    """
    context = Context(register, period, load_lexicon(settings.words), instead)
    gathered = gather(context, settings.weights, settings.rules)
    return _verdicts(context, added(total(*stretch) for stretch in gathered), settings.review_below)


def _weights(own: Mapping[str, float]) -> Mapping[str, float]:
    known = [criterion.id for criterion in CRITERIA]
    for name in own:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0)
            raise SettingsError(f"'{name}' is not a criterion.", "[classify.weights]", f"The nearest is '{near[0]}'.")
    return own


def _verdicts(context: Context, sums: Sums, review_below: float) -> pd.DataFrame:
    points, gain, loss = sums.points, sums.gain, sums.loss
    score = points + START
    probability = 1 / (1 + np.exp(-score))
    certain = np.maximum(probability, 1 - probability)
    silent = (gain == 0) & (loss == 0)
    mixed = agree(sums.mixed | two_efforts(context), gain, loss)
    kind = np.select([mixed, silent, score > 0], [_MIXED, _UNDECIDED, _PROJECT], _OPERATION)
    torn = np.abs(points) < CONFLICT * (gain - loss)
    unclosed = (context.answer(no_end) > 0) & (gain > 0) & (probability > 1 - CLEAR)
    asked = (mixed, silent, sums.named_only, unclosed, sums.doubt, torn)
    why = np.select([*asked, certain < review_below], range(len(REVIEW_REASONS)), len(REVIEW_REASONS))
    review = why < len(REVIEW_REASONS)
    return pd.DataFrame(
        {
            "kind": pd.Series(named(kind, _KINDS), dtype="string[pyarrow]"),
            "score": score,
            "probability": probability,
            "certainty": named(np.select([review, certain >= CLEAR], [0, 1], 2), ("to review", "clear", "likely")),
            "review": review,
            "review_reason": named(why, (*REVIEW_REASONS, "")),
        }
    )


def _with_review(verdicts: pd.DataFrame) -> pd.Categorical[Any]:
    """The reasons, closed by why a person should look where one should."""
    (said, reasons), (why, asked) = (numbered(verdicts[name]) for name in ("reasons", "review_reason"))
    pair, pairs = pd.factorize(said * len(asked) + why)
    endings = pa.array([f" To review: {one}." if one else "" for one in asked.to_pylist()], pa.large_string())
    text, ending = np.divmod(pairs, len(asked))
    parts = (reasons.take(pa.array(text)), endings.take(pa.array(ending)), pa.scalar("", pa.large_string()))
    return coded(pair, pc.utf8_trim_whitespace(pc.binary_join_element_wise(*parts)))


def _levels(context: Context, kind: pd.Series, task_hours: float) -> pd.Categorical[Any]:
    """Level by the register's own column, else by type and title; a small one-off is a task."""

    def said(pattern: str, *columns: str) -> Bools:
        return np.asarray(np.any([context.matches(column, pattern) for column in columns], axis=0))

    project = (kind == "project").to_numpy(dtype=bool)
    small = (project | ~context.filled("cadence")) & _is_small(context, task_hours)
    programme = said(_PROGRAMME, "level", "type")
    programme[project] |= context.says("title", project, _PROGRAMME)
    task = said(_TASK, "level", "type") | small
    asked = [said(_PORTFOLIO, "level", "type"), programme, task, project]
    return named(np.select(asked, range(len(_LEVELS)), len(_LEVELS)), (*_LEVELS, ""))


def _is_small(context: Context, task_hours: float) -> Bools:
    amount: Floats = context.numbers("effort")
    hours = np.select(
        [context.value_is("effort_unit", unit) for unit in _HOURS], [amount * each for each in _HOURS.values()], np.nan
    )
    return np.asarray(context.value_is("effort_per", "total") & (hours < task_hours))
