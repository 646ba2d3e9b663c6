"""What another rule set, or a person, makes of items that were judged before: nothing is reclassified unsaid."""

from __future__ import annotations

import pandas as pd

from pipeline.findings import counted, finding
from pipeline.model import Finding, Portfolio
from pipeline.snapshots import Snapshot


def reclassified(before: Portfolio, after: Portfolio) -> pd.DataFrame:
    """Every item whose kind or need of review differs between two judgements of one register.

    Columns `item`, `id`, `title`, `before` and `after` (kind and certainty), in the register's order.
    """
    was, now = before.verdicts, after.verdicts
    moved = ((was["kind"] != now["kind"]) | (was["review"] != now["review"])).to_numpy(dtype=bool)
    items = before.register.items.loc[moved, ["id", "title"]]
    told = [one.loc[moved, ["kind", "certainty"]].astype("string[pyarrow]") for one in (was, now)]
    said = [one["kind"] + ", " + one["certainty"] for one in told]
    return pd.DataFrame({"item": items.index, **items, "before": said[0], "after": said[1]}).reset_index(drop=True)


def tell_of_new_rules(portfolio: Portfolio, before: Snapshot | None) -> tuple[Finding, ...]:
    """C05 where other rules judged the last published period: how many items are now of another kind."""
    items = portfolio.register.items
    if before is None or before.rule_set in ("", portfolio.rule_set.sha256) or "key" not in items:
        return ()
    then = before.items.drop_duplicates("key").set_index("key")["kind"].astype("string[pyarrow]")
    was = items["key"].map(then)
    other = int((was.notna() & (was != portfolio.verdicts["kind"])).sum())
    return (
        finding(
            "C05",
            month=str(before.period),
            version=f"{portfolio.rule_set.version}, {portfolio.rule_set.sha256[:12]}",
            items=counted(other, "item is", "items are"),
        ),
    )
