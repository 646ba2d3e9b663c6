"""People's decisions stand above the evidence: each finds its one item, or is told and left alone."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, utils

from pipeline.classify.columns import arrow_text, coded, numbered
from pipeline.classify.tokens import Ints
from pipeline.findings import clamp, finding
from pipeline.model import Decision, Finding, Period, Portfolio, Register

ALIKE = 60.0
"""Below this likeness of titles (rapidfuzz, 0 to 100) an ID has come to name another item."""
_SETTLED = ("C01", "C04")
"""Findings that a decision answers: a declared type contradicted, two kinds of work in one row."""
_CONTRADICTED = r"The register says '[^']*', the evidence says \w+\.\s*"
_TEXTS = ("review_reason", "level", "reasons", "contradiction")
_CERTAIN = {"project": 1.0, "operation": 0.0}


@dataclass(frozen=True)
class Standing:
    """What holds now: the decision on each item, and what is to be told of the others."""

    by_item: Mapping[int, Decision]
    findings: tuple[Finding, ...]


def standing(register: Register, decisions: Sequence[Decision], period: Period) -> Standing:
    """Each decision with its item, later days above earlier ones, those past their last day left out.

    On one day, what comes later in `decisions` stands.

    An item is known by its lasting key; else by its own ID together with a title that resembles the decision's;
    without an ID by title and department. What fits no item, or several, is told and never applied.
    """
    if not decisions:
        return Standing({}, ())
    items = _Items(register, decisions)
    held: dict[int, Decision] = {}
    lost: dict[tuple[str, str, str], Finding] = {}
    conflicts: dict[int, Finding] = {}
    for one in sorted(decisions, key=lambda one: one.when):
        item, problem = items.meant(one)
        lost.pop(_key(one), None)
        if problem is not None:
            lost[_key(one)] = problem
        if item is None:
            continue
        if (before := held.get(item)) is not None:
            conflicts.pop(item, None)
            if "evidence" not in (one.kind, before.kind) and one.kind != before.kind and _differ(one.who, before.who):
                conflicts[item] = _conflict(one, before)
        held[item] = one
    found = list(conflicts.values())
    end = f"{period}-{calendar.monthrange(period.year, period.month)[1]:02d}"
    for item, one in list(held.items()):
        if one.until and one.until < end:
            found.append(finding("D07", **_place(one), kind=one.kind, item=_named(one), read=one.until))
        if one.kind == "evidence" or (one.until and one.until < end):
            del held[item]
    return Standing(held, (*lost.values(), *found))


def overrule(portfolio: Portfolio, now: Standing) -> Portfolio:
    """The portfolio with decided items as decided: kind, certainty and reasons; the evidence itself stays as it is."""
    findings = (*portfolio.findings, *now.findings)
    if not now.by_item:
        return replace(portfolio, findings=findings)
    verdicts = portfolio.verdicts.copy()
    rows = np.array(sorted(now.by_item), dtype=np.int64)
    decided = [now.by_item[row] for row in rows.tolist()]
    before = verdicts.loc[rows].astype(dict.fromkeys(_TEXTS, "string[pyarrow]"))
    kinds = pd.Series([one.kind for one in decided], index=rows, dtype="string[pyarrow]")
    verdicts.loc[rows, "kind"] = kinds
    verdicts.loc[rows, "probability"] = kinds.map(_CERTAIN).astype(float).fillna(before["probability"])
    verdicts.loc[rows, "certainty"], verdicts.loc[rows, "decided_by"] = "clear", "decision"
    verdicts.loc[rows, "review"], verdicts.loc[rows, "review_reason"] = False, ""
    verdicts.loc[rows, "level"] = _levels(before["level"], kinds)
    said = pd.Series([said_by(one) for one in decided], index=rows, dtype="string[pyarrow]")
    asked = "To review: " + before["review_reason"] + "."
    weighed = [text.removesuffix(end).strip() for text, end in zip(before["reasons"], asked, strict=True)]
    reasons = (said + " The evidence: " + weighed).str.removesuffix(" The evidence: ")
    opposed = before["contradiction"].str.replace(_CONTRADICTED, "", regex=True).str.strip()
    for name, texts in (("reasons", reasons), ("contradiction", opposed)):
        verdicts[name] = _replaced(verdicts[name], rows, texts)
    return replace(
        portfolio, verdicts=verdicts, findings=_unsettled(portfolio.register, findings, rows), decided=now.by_item
    )


def _replaced(column: pd.Series, rows: Ints, texts: pd.Series) -> pd.Categorical[Any]:
    """A column of numbered texts with these in these rows."""
    codes, known = numbered(column)
    codes[rows] = len(known) + np.arange(len(rows))
    return coded(codes, pa.concat_arrays([known, arrow_text(texts)]))


def said_by(one: Decision) -> str:
    """A decision as a sentence, such as `Decided by Ana Roy on 2026-11-22: it runs all year`."""
    who = f" by {one.who}" if one.who else ""
    when = f" on {one.when}" if one.when else ""
    until = f", until {one.until}" if one.until else ""
    why = f": {clamp(one.why, 200).rstrip('.')}" if one.why else ""
    return f"Decided{who}{when}{until}{why}."


class _Items:
    """The items that decisions may mean, by ID and by title, found for all decisions at once."""

    def __init__(self, register: Register, decisions: Iterable[Decision]) -> None:
        self.register = register
        items = register.items
        own = register.cells["id"] != ""
        self.by_id = _among(_plain(items["id"]).where(own, ""), {_folded(one.id) for one in decisions})
        wanted = {one.key for one in decisions}
        self.by_key = _among(items["key"].astype("string[pyarrow]"), wanted) if "key" in items else {}
        self.by_title = _among(_plain(items["title"]), {_folded(one.title) for one in decisions})

    def meant(self, one: Decision) -> tuple[int | None, Finding | None]:
        """The item that a decision is about; else None and what is to be told."""
        if len(lasting := self.by_key.get(one.key, [])) == 1:
            return lasting[0], None
        same = self.by_id.get(_folded(one.id), [])
        if len(same) == 1 and not self._alike(same[0], one.title):
            reason = f"but this ID now names '{clamp(str(self.register.items.at[same[0], 'title']))}'"
            return None, finding("D04", **_place(one), kind=one.kind, item=_named(one), reason=reason)
        if len(same) != 1 and (same or not one.id or "!" in one.id):
            same = self._narrowed(same or self.by_title.get(_folded(one.title), []), one)
        if not same:
            gone = "which is in no register now"
            return None, finding("D04", **_place(one), kind=one.kind, item=_named(one), reason=gone)
        if len(same) > 1:
            places = self.register.items.loc[same[:3], ["sheet", "row"]]
            told = ", ".join(f"{sheet}!{row}" for sheet, row in places.itertuples(index=False))
            return None, finding("D05", **_place(one), kind=one.kind, item=_named(one), places=told)
        return same[0], None

    def _alike(self, item: int, title: str) -> bool:
        if not title:
            return True
        now = str(self.register.items.at[item, "title"])
        return fuzz.token_set_ratio(title, now, processor=utils.default_process) >= ALIKE

    def _narrowed(self, items: list[int], one: Decision) -> list[int]:
        """Those of the same title and, where that is not enough, of the same department."""
        for column, wanted in (("title", one.title), ("department", one.department)):
            fitting = [item for item in items if _folded(str(self.register.items.at[item, column])) == _folded(wanted)]
            items = fitting if column == "title" or fitting or one.department else items
        return items


def _among(texts: pd.Series, wanted: set[str]) -> dict[str, list[int]]:
    listed = texts[texts.isin(list(wanted - {""}))]
    return {str(text): [int(item) for item in group] for text, group in listed.groupby(listed).groups.items()}


def _plain(texts: pd.Series) -> pd.Series:
    """Texts without case and with single spaces, whole columns at a time; `_folded` does the same to one."""
    spaced = pc.replace_substring_regex(arrow_text(texts), r"[\s\p{Z}]+", " ")
    return pd.Series(pc.utf8_trim_whitespace(pc.utf8_lower(spaced)), index=texts.index, dtype="string[pyarrow]")


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _key(one: Decision) -> tuple[str, str, str]:
    return _folded(one.id), _folded(one.title), _folded(one.department)


def _named(one: Decision) -> str:
    return " ".join(part for part in (one.id, f"'{clamp(one.title)}'" if one.title else "") if part)


def _place(one: Decision) -> dict[str, str]:
    """Where a decision was written, from its source: `2026-10.xlsx, Review!J5`."""
    file, _, spot = one.source.rpartition(", ")
    sheet, _, cell = spot.rpartition("!")
    return {"file": file, "sheet": sheet, "cell": cell} if file and cell else {"file": "", "sheet": "", "cell": ""}


def _conflict(one: Decision, before: Decision) -> Finding:
    by = "".join([f" by {before.who}" if before.who else "", f" on {before.when}" if before.when else ""])
    return finding("D06", **_place(one), item=_named(one), kind=one.kind, other=before.kind, by=by)


def _differ(who: str, other: str) -> bool:
    """Whether these may be two people; nobody is told of a change of their own mind."""
    return not who or _folded(who) != _folded(other)


def _levels(levels: pd.Series, kinds: pd.Series) -> pd.Series:
    """A project is at least on the level of projects; what is none is not."""
    raised = levels.mask((kinds == "project") & (levels == ""), "project")
    return raised.mask((kinds != "project") & (levels == "project"), "")


def _unsettled(register: Register, findings: Iterable[Finding], rows: np.ndarray) -> tuple[Finding, ...]:
    """The findings without those that a decision answers."""
    spots = register.items.loc[rows, ["file", "sheet", "row"]]
    decided = {(str(file), str(sheet), str(row)) for file, sheet, row in spots.itertuples(index=False)}
    return tuple(
        one
        for one in findings
        if one.code not in _SETTLED or (one.file, one.sheet, one.cell.lstrip(ascii_uppercase)) not in decided
    )
