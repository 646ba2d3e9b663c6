"""In which order rows stand, told by the columns that decide it alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd


def order_of(frame: pd.DataFrame, by: Sequence[str], ascending: bool | Sequence[bool] = True) -> npt.NDArray[np.int64]:
    """The places of the rows in the order of `by`: stable, what is missing last, texts by their letters' numbers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rising = [ascending] * len(by) if isinstance(ascending, bool) else ascending
    keys = [(name, "ascending" if up else "descending") for name, up in zip(by, rising, strict=True)]
    order = pc.sort_indices(pa.table({name: pa.array(frame[name]) for name in by}), sort_keys=keys)
    return np.asarray(order.to_numpy(), dtype=np.int64)
