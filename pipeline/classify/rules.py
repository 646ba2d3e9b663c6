"""Rules of the customer's own, `[classify.rules]` in pipeline.toml: criteria made of a few fixed tests."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, as_bools, spread
from pipeline.classify.context import Context
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.lines import FIELD_NUMBER, Lines, Numbers
from pipeline.errors import SettingsError
from pipeline.fields import FIELDS, Kind
from pipeline.model import RuleSet
from pipeline.rule_settings import RuleSettings

FAMILY, CAP = "own", 4.5
"""Own rules are a family of their own; together they weigh at most as much as all dates, or all words."""
_HOLDS: Mapping[str, tuple[Kind, ...]] = {
    "above": ("number", "share"),
    "below": ("number", "share"),
    "after": ("date",),
    "before": ("date",),
}
"""Tests that compare, and the kinds of columns they can compare."""
_KINDS = {field.id: field.kind for field in FIELDS}
Rules = Mapping[str, RuleSettings]


def check_rules(rules: Rules) -> None:
    """Raise SettingsError for a rule that cannot be asked, with its place and the nearest name."""
    for id, rule in rules.items():
        place = f"[classify.rules.{id}]"
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
            raise SettingsError(f"'{id}' is no name for a rule.", place, "Use small letters, digits and hyphens.")
        if id in {criterion.id for criterion in CRITERIA}:
            raise SettingsError(
                f"'{id}' is a criterion already.", place, "Choose another name, or use [classify.weights]."
            )
        for name in rule.fields:
            _check_field(name, rule.test, place)
        if rule.test == "matches":
            _check_pattern(rule.matches, place)


def own_rules(context: Context, rules: Rules) -> list[Lines]:
    """What the customer's own rules say, which are numbered from the end of CRITERIA on; by rule in the rows' order."""
    return [_asked(context, len(CRITERIA) + number, rule) for number, rule in enumerate(rules.values())]


def held(own: Lines, size: int) -> Lines:
    """The contributions of own rules, their sum by item under CAP, all shrinking alike."""
    total = np.bincount(own.item, weights=own.points, minlength=size)
    return replace(own, points=own.points / np.maximum(1.0, np.abs(total) / CAP)[own.item])


def with_rules(rule_set: RuleSet, rules: Rules) -> RuleSet:
    """The rule set with a hash that covers these rules too."""
    if not rules:
        return rule_set
    told = "\n".join(f"{id}|{rule.model_dump_json()}" for id, rule in sorted(rules.items()))
    return replace(rule_set, sha256=hashlib.sha256(f"{rule_set.sha256}\n{told}".encode()).hexdigest())


def _asked(context: Context, number: int, rule: RuleSettings) -> Lines:
    """One line for each item that the rule fits, quoting the first of its fields that does."""
    field, quote = np.zeros(context.size, dtype=np.int16), np.zeros(context.size, dtype=np.int32)
    fits = np.zeros(context.size, dtype=bool)
    for name in rule.fields:
        new = _fits(context, name, rule) & ~fits
        field[new], quote[new], fits = FIELD_NUMBER[name], context.quoted(name, _rows(new)), fits | new
    item = _rows(fits)
    points = np.full(len(item), rule.points if rule.kind == "project" else -rule.points)
    return Lines(item, np.full(len(item), number, np.int16), field[item], quote[item], points)


def _rows(chosen: Bools) -> Numbers:
    return np.flatnonzero(chosen).astype(np.int32)


def _fits(context: Context, field: str, rule: RuleSettings) -> Bools:
    """Where a column passes the rule's test; patterns run on RE2, whose time is linear in the text."""
    if rule.test == "matches":
        return context.matches(field, f"(?i){rule.matches}")
    if rule.test == "says":
        texts = context.cells(field)
        values = pa.array([" ".join(one.split()).lower() for one in rule.says], pa.large_string())
        return spread(as_bools(pc.is_in(texts.dictionary, value_set=values)), texts)
    if rule.filled is not None:
        return np.asarray(context.filled(field) == rule.filled)
    if rule.above is not None:
        return np.asarray(context.numbers(field) > rule.above)
    if rule.below is not None:
        return np.asarray(context.numbers(field) < rule.below)
    days = context.dates(field)
    return (days > pd.Timestamp(rule.after) if rule.after else days < pd.Timestamp(str(rule.before))).to_numpy(bool)


def _check_field(name: str, test: str, place: str) -> None:
    if name not in _KINDS:
        near = difflib.get_close_matches(name, _KINDS, n=1, cutoff=0.0)
        raise SettingsError(f"there is no field '{name}'.", place, f"The nearest is '{near[0]}'.")
    if test in _HOLDS and _KINDS[name] not in _HOLDS[test]:
        fitting = ", ".join(field for field, kind in _KINDS.items() if kind in _HOLDS[test])
        raise SettingsError(f"'{test}' cannot compare '{name}'.", place, f"It compares: {fitting}.")


def _check_pattern(pattern: str, place: str) -> None:
    try:
        pc.match_substring_regex(pa.array([""]), f"(?i){pattern}")
    except pa.ArrowInvalid as problem:
        why = str(problem).rpartition(": ")[2]
        raise SettingsError(
            f"the pattern '{pattern}' cannot be read ({why}).",
            place,
            "Patterns are those of RE2: no looking around, no references back.",
        ) from problem
