"""However a small register is written, it says the same items."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import ingest
from pipeline.model import Register
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD
from tests.ingest.mangle import COLUMNS, Item, Look, as_text, as_workbook, items, looks, written

AT_ONCE = 12
"""Registers of one call: parsers are started once for all of them."""


@settings(max_examples=3, derandomize=True)
@given(st.lists(looks(), min_size=AT_ONCE, max_size=AT_ONCE))
def test_a_mangled_register_says_the_same_items(ways):
    assert_same(read(ways), ways)


def read(ways: Sequence[Look], ending: str = "xlsx") -> Register:
    with TemporaryDirectory() as folder:
        paths = tuple(Path(folder, f"{number:02d}.{ending}") for number in range(len(ways)))
        for number, (path, way) in enumerate(zip(paths, ways, strict=True)):
            save = as_workbook if ending == "xlsx" else as_text
            save(path, written(way, items(number, way.items)))
        return ingest(paths, IngestSettings(), PERIOD)


def assert_same(register: Register, ways: Sequence[Look]) -> None:
    """Each file says its items, typed, and names their owners."""
    for number, way in enumerate(ways):
        name = register.files[number].name
        got = register.items[register.items["file"] == name]
        assert as_told(register, got) == set(items(number, way.items)), (name, way)
        assert len(got) == way.items, (name, way)


def as_told(register: Register, got: pd.DataFrame) -> set[Item]:
    """The rows as items; efforts that are no hours in all are none."""
    roles = register.roles[register.roles["item"].isin(got.index)].drop_duplicates(["item", "person"])
    people = roles.groupby("item")["person"].agg(";".join)
    hours = (got["effort_unit"] == "hours") & got["effort_per"].isin(["", "total", "occurrence"])
    rows = got.assign(owner=people.reindex(got.index), effort=got["effort"].where(hours))[list(COLUMNS)]
    for name in ("start", "finish"):
        rows[name] = [None if pd.isna(day) else day.date() for day in rows[name]]
    return {Item(*row) for row in rows.itertuples(index=False, name=None)}


PLAIN = Look(
    items=12, order=COLUMNS, languages=("en",) * len(COLUMNS), words=(0,) * len(COLUMNS), dates=(1, 1), titles_above=0,
    merged_title=False, left=0, gap=False, spacers=frozenset(), totals=False,
)  # fmt: skip


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_order_of_rows_and_columns_changes_nothing(tmp_path, ending):
    chance = random.Random(20261122)
    save = as_workbook if ending == "xlsx" else as_text
    paths = []
    for number in range(AT_ONCE):
        told, order = list(items(number, 12)), list(COLUMNS)
        chance.shuffle(told)
        chance.shuffle(order)
        look = replace(PLAIN, order=tuple(order), dates=(number % 4, number % 3))
        paths.append(save(tmp_path / f"{number:02d}.{ending}", written(look, told)))
    assert_same(ingest(tuple(paths), IngestSettings(), PERIOD), [PLAIN] * AT_ONCE)


def test_text_says_what_a_workbook_says():
    ways = [replace(PLAIN, titles_above=number % 3, left=number % 2, totals=number % 4 < 2) for number in range(6)]
    assert_same(read(ways, "xlsx"), ways)
    assert_same(read(ways, "csv"), ways)
