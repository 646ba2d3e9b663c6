"""Texts as whole numbers, and what is worked out once for each run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from pipeline.summarise.coded import coded, in_order, roles
from pipeline.summarise.scope import View

TEXT = "string[pyarrow]"


def test_numbers_follow_the_alphabet_and_nought_is_a_blank_whether_one_occurs_or_not():
    found = coded(pd.Series(["Zoe", "Ana", "Zoe"], dtype=TEXT))
    assert found.codes.tolist() == [2, 1, 2]
    assert found.texts([0, 2]).tolist() == ["", "Zoe"]
    assert found.flags(pd.Series(["Zoe"])).tolist() == [True, False, True]


def test_items_are_in_the_order_of_file_sheet_and_row(view: Callable[..., View]):
    places = (("b.xlsx", "A", 2), ("a.xlsx", "B", 3), ("a.xlsx", "A", 9), ("a.xlsx", "B", 2))
    work = view([{"id": "P"}] * len(places)).work
    columns = pd.DataFrame(places, columns=["file", "sheet", "row"])
    work = replace(work, items=work.items.assign(**{name: columns[name] for name in columns}))
    assert in_order(work).tolist() == [2, 3, 1, 0]


def test_roles_are_numbered_once_for_a_run(view: Callable[..., View]):
    work = view([{"id": "P", "accountable": "Ana"}]).work
    assert roles(work) is roles(work)
    assert roles(work) is not roles(view([{"id": "P", "accountable": "Ana"}]).work)
