"""The tables that list work items with their verdict: register, projects, operations, review, contradictions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.fields import FIELDS
from pipeline.summarise.coded import among
from pipeline.summarise.layout import ordered
from pipeline.summarise.names import TEXT, each_text, joined
from pipeline.summarise.narrow import narrow
from pipeline.summarise.scope import View

REASONS_SHOWN = 3
_FIRST_SENTENCE = r"^(?P<first>(?:[^']*?'[^']*')*?[^']*?[.!?])(?:\s|$)"
_FIELD_TITLES = {field.id: field.title for field in FIELDS}


def register(view: View) -> pd.DataFrame:
    """Every row that was used, in the register's order."""
    return ordered("register", view.items, ["file", "sheet", "row"])


def projects(view: View) -> pd.DataFrame:
    """Active projects, the latest first, then by finish; those without a finish last."""
    order, rising = ["days_late", "finish", "id"], [False, True, True]
    found = narrow(view.active, view.active["kind"] == "project", "projects", by=order, ascending=rising)
    return found.assign(reason=main_reasons(view.work.items["reasons"].take(found.index.to_numpy())))


def operations(view: View) -> pd.DataFrame:
    """Active operations, most hours in the period first; those of unknown hours last."""
    order, rising = ["month_hours", "id"], [False, True]
    found = narrow(view.active, view.active["kind"] == "operation", "operations", by=order, ascending=rising)
    return found.assign(reason=main_reasons(view.work.items["reasons"].take(found.index.to_numpy())))


def review(view: View) -> pd.DataFrame:
    """Active rows whose verdict a person should settle, most hours first, with the strongest reasons either way."""
    order, rising = ["month_hours", "id"], [False, True]
    found = narrow(view.active, view.active["review"], "review", by=order, ascending=rising)
    evidence = view.work.portfolio.evidence
    rows = np.flatnonzero(among(view.work, found.index)[evidence["item"].to_numpy()])
    strongest = _strongest(evidence[["item", "criterion", "field", "quote", "points"]].take(rows))
    sides = {"reasons_for": strongest["points"] > 0, "reasons_against": strongest["points"] < 0}
    texts = {name: joined(strongest["text"][of], strongest["item"][of], found.index) for name, of in sides.items()}
    return found.assign(**texts)


def contradictions(view: View) -> pd.DataFrame:
    """Items whose cells contradict each other, in the words of the verdict, in the register's order."""
    told = view.items["contradiction"] != ""
    found = narrow(view.items, told, "contradictions", "contradiction", by=["file", "sheet", "row"])
    return found.rename(columns={"contradiction": "what"})


def main_reasons(reasons: pd.Series) -> pd.Series:
    """The first sentence of each verdict's reasons; a full stop inside a quotation ends none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    codes, distinct = pd.factorize(reasons)
    texts = pa.array(distinct, pa.large_string())
    first = pc.struct_field(pc.extract_regex(texts, _FIRST_SENTENCE), "first")
    return pd.Series(pc.coalesce(first, texts), dtype=TEXT).take(codes).set_axis(reasons.index)


def _strongest(evidence: pd.DataFrame) -> pd.DataFrame:
    """The weightiest contributions of each item either way, each as a `text`: `Finish '30 Nov 2026' (+1.2)`."""
    told = evidence[(evidence["field"] != "") & (evidence["points"] != 0)]
    ranked = told.assign(size=told["points"].abs(), against=told["points"] < 0)
    order = ["against", "item", "size", "criterion"]
    ranked = ranked.sort_values(order, ascending=[True, True, False, True], kind="stable")
    ranked = ranked[ranked.groupby(["against", "item"]).cumcount() < REASONS_SHOWN]
    titles = each_text(ranked["field"], lambda field: _FIELD_TITLES.get(field, field))
    sign = pd.Series("+", index=ranked.index, dtype=TEXT).mask(ranked["against"], "−")
    points = sign + ranked["size"].round(1).astype(TEXT)
    texts = titles + " '" + ranked["quote"].astype(TEXT) + "' (" + points + ")"
    return ranked[["item", "points"]].assign(text=texts)
