"""Rows judged by parts are judged as among all rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from pipeline.classify import classify, classify_part, part_facts, together
from pipeline.ingest import ingest
from pipeline.model import Period, Register
from pipeline.settings import ClassifySettings, IngestSettings

PERIOD = Period(2026, 10)
SETTINGS = ClassifySettings()


@pytest.fixture(scope="module")
def whole() -> Register:
    """A register in an order that puts like with like, so that no part is like the whole."""
    read = ingest((Path(__file__).parents[2] / "input" / "example-register.xlsx",), IngestSettings(), PERIOD)
    order = read.cells["cadence"].sort_values(kind="stable").index
    items, cells = (frame.loc[order].reset_index(drop=True) for frame in (read.items, read.cells))
    return replace(read, items=items, cells=cells)


def parted(register: Register, parts: int) -> list[Register]:
    """The register's rows, dealt out in stretches."""
    bounds = np.linspace(0, len(register.items), parts + 1).astype(int)
    return [
        replace(
            register,
            items=register.items.iloc[begin:end].reset_index(drop=True),
            cells=register.cells.iloc[begin:end].reset_index(drop=True),
        )
        for begin, end in pairwise(bounds.tolist())
    ]


def together_again(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([plain(frame) for frame in frames], ignore_index=True)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Each text in its own row: which distinct texts a column numbers, each part knows for itself."""
    return frame.astype(dict.fromkeys(frame.select_dtypes("category"), "string[pyarrow]"))


@pytest.mark.parametrize("parts", [1, 3, 7])
def test_a_register_judged_by_parts_is_judged_as_a_whole(whole: Register, parts: int) -> None:
    portfolio = classify(whole, SETTINGS, PERIOD)
    split = parted(whole, parts)
    shared = together(part_facts(part, SETTINGS, PERIOD) for part in split)
    found = [classify_part(part, SETTINGS, PERIOD, shared) for part in split]
    assert_frame_equal(together_again(one.verdicts for one in found), plain(portfolio.verdicts))
    assert_frame_equal(
        together_again(one.evidence for one in found).drop(columns="item"),
        plain(portfolio.evidence).drop(columns="item"),
    )


def test_without_what_is_known_of_all_rows_verdicts_would_differ(whole: Register) -> None:
    portfolio = classify(whole, SETTINGS, PERIOD)
    alone = pd.concat([classify(part, SETTINGS, PERIOD).verdicts for part in parted(whole, 3)], ignore_index=True)
    assert (alone["score"] != portfolio.verdicts["score"]).any()


def test_facts_add_up_in_any_order(whole: Register) -> None:
    facts = [part_facts(part, SETTINGS, PERIOD) for part in parted(whole, 5)]
    one, other = together(facts), together(reversed(facts))
    assert (one.rows, one.given, set(one.counts)) == (other.rows, other.given, set(other.counts))
    assert all((one.counts[key] == other.counts[key]).all() for key in one.counts)
    assert one.rows == len(whole.items)
