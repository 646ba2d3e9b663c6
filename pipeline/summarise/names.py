"""Which spellings are one name: case and spacing never part two people, teams or departments."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

TEXT: Final = "string[pyarrow]"
"""The dtype of every column of text."""


_BLANKS = r"[\t\n\x0b\x0c\r\x1c-\x1f ]+"
"""What `str.split` parts ASCII texts at."""
_APART = r"[\t\n\x0b\x0c\r\x1c-\x1f]|  "
"""Where there is anything to be made one space of."""


def folded(text: str) -> str:
    """A text as names are compared: one case, one kind of space, none at the ends."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def fold(texts: pd.Series) -> pd.Series:
    """`folded` for a whole column; missing ones become "". Only letters beyond English take a step for each text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = pa.chunked_array(pa.array(texts.astype(TEXT).array)).combine_chunks().fill_null("")
    plain = pc.ascii_lower(values)
    if pc.any(pc.match_substring_regex(plain, _APART)).as_py():
        plain = pc.replace_substring_regex(plain, _BLANKS, " ")
    plain, odd = pc.utf8_trim(plain, " "), pc.invert(pc.string_is_ascii(values))
    if pc.any(odd).as_py():
        different = values.filter(odd).dictionary_encode()
        changed = pa.array([folded(text) for text in different.dictionary.to_pylist()], values.type)
        plain = pc.replace_with_mask(plain, odd, changed.take(different.indices))
    return pd.Series(plain, index=texts.index, dtype=TEXT)


def numbered(texts: pd.Series, names: pd.Index) -> npt.NDArray[np.int64]:
    """The place of each text among different names, -1 for what is none of them: looked for among these alone."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.index_in(pa.array(texts.array), value_set=pa.array(names.to_numpy(object), pa.large_string()))
    return np.asarray(found.fill_null(-1).to_numpy(), dtype=np.int64)


def each_text(texts: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """A column of texts changed, each distinct text once; missing ones become "".

    Where nothing changes it is the same column in memory.
    """
    codes, distinct = pd.factorize(texts)
    said = [str(text) for text in distinct.to_numpy(object)]
    changed = [change(text) for text in said]
    if changed == said and texts.dtype == TEXT and not texts.hasnans:
        return texts.rename(index=None)
    return pd.Series([*changed, ""], dtype=TEXT).take(codes % (len(changed) + 1)).set_axis(texts.index)


def as_written(made: pd.Series, written: pd.Series) -> pd.Series:
    """What was made of a column, and the column itself where that is the same: then both lie in memory once."""
    return written if made.dtype == written.dtype and made.equals(written) else made


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
    values = pa.chunked_array(pa.array(texts.astype(TEXT).array)).combine_chunks().take(pa.array(order))
    lists = pa.LargeListArray.from_arrays(pa.array(np.concatenate([[0], ends])), values)
    return pd.Series(pc.binary_join(lists, pa.scalar("; ", values.type)), index=items, dtype=TEXT)
