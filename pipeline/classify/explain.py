"""One verdict explained to a person: what speaks for and against and where, what was silent, what would turn it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.classify.criteria import CRITERIA
from pipeline.classify.decisions import said_by
from pipeline.classify.looked import Line, Looked, looked_at
from pipeline.classify.reasons import say, template_of
from pipeline.explanation import Change, Explanation, Part, Reason, Turn, Turning
from pipeline.fields import FIELDS
from pipeline.findings import clamp
from pipeline.model import Portfolio

STRONGEST = 3
"""Reasons shown for and against; the others are added up in one line, so that the sum stays the score."""
_TITLES = {one.id: one.title for one in FIELDS}


def explained(portfolio: Portfolio, one: Looked, turning: Turning | None = None) -> Explanation:
    """All that is known of one item's verdict."""
    spoken = [line for line in one.lines if line.criterion != "start"]
    heard = {line.criterion for line in spoken}
    read = dict.fromkeys(name for criterion in CRITERIA for name in criterion.fields)
    return Explanation(
        id=one.id,
        title=one.title,
        **{name: str(one.verdict[name]) for name in _WORDS},
        decision=portfolio.decided.get(one.item),
        start=sum(line.points for line in one.lines if line.criterion == "start"),
        score=float(one.verdict["score"]),
        reasons=tuple(_reason(one, line) for line in sorted(spoken, key=lambda line: -abs(line.points))),
        silent=tuple(criterion.id for criterion in CRITERIA if criterion.id not in heard),
        blank=tuple(name for name in read if not one.cells[name].strip()),
        rule_set=portfolio.rule_set,
        turning=turning or Turning(),
    )


_WORDS = ("kind", "certainty", "level", "decided_by", "review_reason", "contradiction")


def explain(portfolio: Portfolio, item: int) -> str:
    """The explanation of a verdict as text, without what would turn it. Raises KeyError for an unknown item."""
    return "\n".join(as_lines(explained(portfolio, looked_at(portfolio, (item,))[item])))


def as_object(told: Explanation) -> dict[str, Any]:
    """The explanation as plain values for a program: every contribution, unrounded."""
    told_plainly = asdict(told)
    for turn in told_plainly["turning"]["turns"]:
        for change in turn["changes"]:
            del change["typed"]  # the cell's text says it
    for reason in told_plainly["reasons"]:
        del reason["message"]  # its sentence is the message filled
    return told_plainly


def _reason(one: Looked, line: Line) -> Reason:
    criterion, field, quote, points = line
    sentence, template = say(criterion, field, quote), template_of(criterion)
    return Reason(criterion, field, one.cell_of(field), quote, points, sentence, template)


def as_lines(told: Explanation, *, all_reasons: bool = False) -> Iterator[str]:
    """The explanation as lines of text; the points shown add up to the score, to two places."""
    level = f", level {told.level}" if told.level else ""
    yield f"{clamp(told.title, 200)}: {told.kind}, {told.certainty} (decided by {told.decided_by}{level})."
    if told.decision is not None:
        yield said_by(told.decision)
        yield "The evidence, which would decide without it:"
    yield from _side("For a project", [one for one in told.reasons if one.points > 0], all_reasons=all_reasons)
    yield from _side("For an operation", [one for one in told.reasons if one.points < 0], all_reasons=all_reasons)
    yield f"Every row starts from {told.start:+.2f}; the sum is {told.score:+.2f}."
    if told.review_reason:
        yield f"To review: {told.review_reason}."
    if told.contradiction:
        yield told.contradiction
    yield from _turning(told.turning)
    yield from _silence(told, all_reasons=all_reasons)
    yield f"Rule set {told.rule_set.version}, {told.rule_set.sha256[:12]}."


def _side(heading: str, reasons: Sequence[Reason], *, all_reasons: bool) -> Iterator[str]:
    if not reasons:
        yield f"{heading}: nothing."
        return
    yield f"{heading}:"
    shown = len(reasons) if all_reasons or len(reasons) == STRONGEST + 1 else STRONGEST
    for one in reasons[:shown]:
        yield f"  {one.points:+.2f}  {one.sentence}" + (f" [{one.cell}]" if one.cell else "")
    rest = reasons[shown:]
    if rest:
        yield f"  {sum(one.points for one in rest):+.2f}  {len(rest)} more; --all shows them."


def _turning(found: Turning) -> Iterator[str]:
    if found.turns:
        yield "What would turn it:"
        yield from (f"  {' and '.join(map(_change, turn.changes))}: {_verdict(turn)}." for turn in found.turns)
    if found.parts:
        yield "Split in two:"
        yield from (f"  {clamp(part.title)}: {_verdict(part)}." for part in found.parts)


def _verdict(one: Turn | Part) -> str:
    return f"{one.kind}, {one.certainty}"


def _change(one: Change) -> str:
    where = f"{_TITLES.get(one.field, one.field)} [{one.cell}]" if one.cell else _TITLES.get(one.field, one.field)
    if one.without:
        return f"{where} without '{clamp(one.without)}'"
    return f"{where} saying '{clamp(one.now)}'" if one.now else f"{where} left blank"


def _silence(told: Explanation, *, all_reasons: bool) -> Iterator[str]:
    blank = ", ".join(_TITLES.get(name, name) for name in told.blank)
    yield f"{len(told.silent)} of {len(CRITERIA)} criteria were silent" + (f"; blank here: {blank}." if blank else ".")
    if all_reasons:
        yield f"Silent: {', '.join(told.silent)}."
