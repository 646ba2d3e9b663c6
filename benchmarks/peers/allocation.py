"""Hours by person and month by others: projects over their working days, operations by their cadence, then shared out.

The same rules for all, less what tables need: no leave, no capacity, no reason for what is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.organisation import make_portfolio
from benchmarks.peers.merged import person_months
from pipeline.fields import CADENCE_PER_YEAR
from pipeline.model import Portfolio

MONTHS = pd.period_range("2025-11", "2027-10", freq="M")
Work = Callable[[], pd.DataFrame]


def one_by_one(_: Path, items: int) -> Work:
    """pandas, one item at a time, as most scripts do."""
    portfolio = make_portfolio(items)
    return lambda: person_months(portfolio, MONTHS, items).groupby("person", as_index=False)["hours"].sum()


def by_column(_: Path, items: int) -> Work:
    """pandas and numpy by the column, as who knows them does."""
    work, doers = _frames(make_portfolio(items))
    firsts = MONTHS.to_timestamp().to_numpy().astype("datetime64[D]")
    ends = (MONTHS + 1).to_timestamp().to_numpy().astype("datetime64[D]")

    def add_up() -> pd.DataFrame:
        dated = work[~work["operation"]]
        start, end = (dated[name].to_numpy().astype("datetime64[D]")[:, None] for name in ("start", "end"))
        late, early = np.maximum(start, firsts), np.minimum(end, ends)
        days = np.where(late < early, np.busday_count(late, np.maximum(late, early)), 0)
        every = np.busday_count(start[:, 0], end[:, 0])
        hours = pd.DataFrame(dated["effort"].to_numpy()[:, None] * days / np.maximum(every, 1)[:, None], dated["item"])
        run = work[work["operation"]]
        steady = pd.DataFrame(np.repeat(run["rate"].to_numpy()[:, None], len(MONTHS), axis=1), run["item"])
        carried = doers.join(pd.concat([hours, steady]), on="item", how="inner")
        carried[list(range(len(MONTHS)))] = carried[list(range(len(MONTHS)))].mul(carried["share"], axis=0)
        by_month = carried.groupby("person")[list(range(len(MONTHS)))].sum()
        return by_month.sum(axis=1).rename("hours").reset_index()

    return add_up


def by_polars(_: Path, items: int) -> Work:
    """polars."""
    import polars as pl

    work, doers = (pl.from_pandas(frame) for frame in _frames(make_portfolio(items)))
    work = work.with_columns(pl.col("start", "end").cast(pl.Date))
    firsts = pl.Series("first", [one.date() for one in MONTHS.to_timestamp()])
    ends = pl.Series("last", [one.date() for one in (MONTHS + 1).to_timestamp()])
    months = pl.DataFrame([firsts, ends])

    def add_up() -> pd.DataFrame:
        days = pl.business_day_count(pl.max_horizontal("start", "first"), pl.min_horizontal("end", "last"))
        every = pl.business_day_count("start", "end")
        overlap = (pl.col("start") < pl.col("last")) & (pl.col("end") > pl.col("first"))
        hours = (
            work.lazy()
            .join(months.lazy(), how="cross")
            .filter(pl.col("operation") | overlap)
            .with_columns(
                hours=pl.when("operation")
                .then("rate")
                .when(every > 0)
                .then(pl.col("effort") * days / every)
                .otherwise(0.0)
            )
            .select("item", "first", "hours")
        )
        by_month = (
            hours.join(doers.lazy(), on="item")
            .group_by("person", "first")
            .agg((pl.col("hours") * pl.col("share")).sum().alias("hours"))
        )
        return by_month.group_by("person").agg(pl.col("hours").sum()).collect().to_pandas()

    return add_up


def by_duckdb(_: Path, items: int) -> Work:
    """DuckDB, over all cores."""
    import duckdb

    work, doers = _frames(make_portfolio(items))
    months = pd.DataFrame({"first": MONTHS.to_timestamp(), "last": (MONTHS + 1).to_timestamp()})
    base = duckdb.connect()
    for name, frame in (("work", work), ("doers", doers), ("months", months)):
        base.register("given", frame)
        base.execute(f"create table {name} as select * from given")
        base.unregister("given")
    base.execute(_WORKDAYS)
    return lambda: base.execute(_ADD_UP).df()


_WORKDAYS = """
create macro before(day) as 5 * (datediff('day', date '2001-01-01', day::date) // 7)
    + least(datediff('day', date '2001-01-01', day::date) % 7, 5)
"""
"""Working days before a day, counted from a Monday."""
_ADD_UP = """
with hours as (
    select item, first, case when operation then rate
        when before("end") > before(start)
        then effort * (before(least("end", last)) - before(greatest(start, first))) / (before("end") - before(start))
        else 0 end as hours
    from work, months where operation or (start < last and "end" > first)
), by_month as (
    select person, first, sum(hours * share) as hours from hours join doers using (item) group by person, first
)
select person, sum(hours) as hours from by_month group by person
"""


def _frames(portfolio: Portfolio) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is worked on (`end` is the day after the finish), and who does it with which share."""
    items, roles = portfolio.register.items, portfolio.register.roles
    kind = portfolio.verdicts["kind"]
    rate = items["cadence"].astype(str).map(CADENCE_PER_YEAR).fillna(0.0) / 12 * items["effort"]
    work = pd.DataFrame(
        {
            "item": np.arange(len(items)),
            "operation": (kind == "operation").to_numpy(dtype=bool),
            "start": items["start"],
            "end": items["finish"] + pd.Timedelta(days=1),
            "effort": items["effort"],
            "rate": rate.astype(float),
        }
    )
    known = (items["status"] != "Closed").to_numpy(dtype=bool) & work["effort"].notna()
    work = work[known & (work["operation"] | (work["end"] > work["start"]))]
    doers = roles.loc[roles["role"] == "responsible", ["item", "person", "share"]]
    return work, doers.astype({"person": str})
