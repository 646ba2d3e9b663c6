"""Which spellings are one name: case and spacing never part two people, teams or departments."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd

TEXT: Final = "string[pyarrow]"
"""The dtype of every column of text."""


_BLANKS = r"[\t\n\x0b\x0c\r\x1c-\x1f ]+"
"""What `str.split` parts ASCII texts at."""


def folded(text: str) -> str:
    """A text as names are compared: one case, one kind of space, none at the ends."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def fold(texts: pd.Series) -> pd.Series:
    """`folded` for a whole column, computed once for each distinct text; plain English letters as whole columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    codes, distinct = pd.factorize(texts)
    values = pa.array([*distinct.to_numpy(object), ""], type=pa.string())
    plain = pc.utf8_trim(pc.replace_substring_regex(pc.ascii_lower(values), _BLANKS, " "), " ")
    odd = pc.invert(pc.string_is_ascii(values))
    changed = pc.replace_with_mask(
        plain, odd, pa.array([folded(text) for text in values.filter(odd).to_pylist()], pa.string())
    )
    return pd.Series(changed, dtype=TEXT).take(codes % len(changed)).set_axis(texts.index)


def each_text(texts: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """A column of texts changed, each distinct text once; missing ones become ""."""
    codes, distinct = pd.factorize(texts)
    changed = pd.Series([*(change(str(text)) for text in distinct.to_numpy(object)), ""], dtype=TEXT)
    return changed.take(codes % len(changed)).set_axis(texts.index)


def spellings(columns: Iterable[pd.Series]) -> dict[str, str]:
    """Folded name -> the spelling to print: the most frequent one, then the first in the alphabet.

    The order of rows plays no part, so that the same rows print the same name.
    """
    return usual_spellings(pd.concat([column.astype(TEXT) for column in columns], ignore_index=True).value_counts())


def usual_spellings(counts: pd.Series) -> dict[str, str]:
    """`spellings` of texts (the index) that have been counted."""
    printed: dict[str, tuple[int, str]] = {}
    for text, count in counts.items():
        tidy = " ".join(str(text).split())
        best = printed.get(folded(tidy))
        if tidy and (best is None or (-int(count), tidy) < best):
            printed[folded(tidy)] = (-int(count), tidy)
    return {name: spelling for name, (_, spelling) in printed.items()}


def unified(texts: pd.Series, printed: Mapping[str, str]) -> pd.Series:
    """A column in the spellings to print; "" stays ""."""
    return each_text(texts, lambda text: printed.get(folded(text), ""))


def joined(texts: pd.Series, by: pd.Series, items: pd.Index) -> pd.Series:
    """The texts of each item as one, in their order, parted by `; `; "" where it has none.

    `by` names the item of each text; texts of other items are left out.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    at = items.get_indexer(pd.Index(by))
    order = np.argsort(at, kind="stable")[np.count_nonzero(at < 0) :]
    ends = np.cumsum(np.bincount(at[at >= 0], minlength=len(items)))
    values = pa.array(texts.take(order).to_numpy(object), type=pa.string())
    lists = pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]), type=pa.int32()), values)
    return pd.Series(pc.binary_join(lists, "; "), index=items, dtype=TEXT)
