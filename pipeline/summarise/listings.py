"""The tables that list work items with their verdict: register, projects, operations, review, contradictions."""

from __future__ import annotations

import pandas as pd

from pipeline.fields import FIELDS
from pipeline.summarise.layout import ordered
from pipeline.summarise.names import TEXT, each_text, joined
from pipeline.summarise.scope import View

REASONS_SHOWN = 3
_FIRST_SENTENCE = r"^(?P<first>(?:[^']*?'[^']*')*?[^']*?[.!?])(?:\s|$)"
_FIELD_TITLES = {field.id: field.title for field in FIELDS}


def register(view: View) -> pd.DataFrame:
    """Every row that was used, in the register's order."""
    return ordered("register", view.items, ["file", "sheet", "row"])


def projects(view: View) -> pd.DataFrame:
    """Active projects, the latest first, then by finish; those without a finish last."""
    found = view.active[view.active["kind"] == "project"]
    shown = found.assign(reason=main_reasons(found["reasons"]))
    return ordered("projects", shown, ["days_late", "finish", "id"], [False, True, True])


def operations(view: View) -> pd.DataFrame:
    """Active operations, most hours in the period first; those of unknown hours last."""
    found = view.active[view.active["kind"] == "operation"]
    shown = found.assign(reason=main_reasons(found["reasons"]))
    return ordered("operations", shown, ["month_hours", "id"], [False, True])


def review(view: View) -> pd.DataFrame:
    """Active rows whose verdict a person should settle, most hours first, with the strongest reasons either way."""
    found = view.active[view.active["review"]]
    evidence = view.work.portfolio.evidence
    evidence = evidence[evidence["item"].isin(found.index) & (evidence["field"] != "")]
    shown = found.assign(
        reasons_for=_strongest(evidence[evidence["points"] > 0], found.index),
        reasons_against=_strongest(evidence[evidence["points"] < 0], found.index),
    )
    return ordered("review", shown, ["month_hours", "id"], [False, True])


def contradictions(view: View) -> pd.DataFrame:
    """Items whose cells contradict each other, in the words of the verdict, in the register's order."""
    found = view.items[view.items["contradiction"] != ""]
    return ordered("contradictions", found.assign(what=found["contradiction"]), ["file", "sheet", "row"])


def main_reasons(reasons: pd.Series) -> pd.Series:
    """The first sentence of each verdict's reasons; a full stop inside a quotation ends none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pa.array(reasons.to_numpy(object), type=pa.string())
    first = pc.struct_field(pc.extract_regex(texts, _FIRST_SENTENCE), "first")
    return pd.Series(pc.coalesce(first, texts), index=reasons.index, dtype=TEXT)


def _strongest(evidence: pd.DataFrame, items: pd.Index) -> pd.Series:
    """The weightiest contributions of each item as one text: `Finish '30 Nov 2026' (+1.2); ...`."""
    ranked = evidence.assign(size=evidence["points"].abs())
    ranked = ranked.sort_values(["item", "size", "criterion"], ascending=[True, False, True], kind="stable")
    ranked = ranked[ranked.groupby("item").cumcount() < REASONS_SHOWN]
    titles = each_text(ranked["field"], lambda field: _FIELD_TITLES.get(field, field))
    sign = pd.Series("+", index=ranked.index, dtype=TEXT).mask(ranked["points"] < 0, "−")
    points = sign + ranked["size"].round(1).astype(TEXT)
    texts = titles + " '" + ranked["quote"].astype(TEXT) + "' (" + points + ")"
    return joined(texts, ranked["item"], items)
