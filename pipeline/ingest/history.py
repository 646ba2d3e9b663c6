"""What an earlier month said of each item, beside what the register says now."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Period, Register
from pipeline.snapshots import Snapshot

REMEMBERED = ("status", "phase", "progress", "finish", "active")


def with_history(register: Register, then: Snapshot | None, period: Period) -> Register:
    """The register with what its items were in an earlier month, followed by their lasting `key`.

    Columns `then_` and each of REMEMBERED as that month had it, and `then_months`, how many months ago that was;
    missing where an item was not there. Without an earlier month the register stays as it is.
    """
    if then is None or "key" not in register.items:
        return register
    known = then.items.drop_duplicates("key").set_index("key")[list(REMEMBERED)]
    keys = register.items["key"]
    was = known.reindex(keys).set_axis(register.items.index).add_prefix("then_")
    ago = 12 * (period.year - then.period.year) + period.month - then.period.month
    months = keys.isin(known.index).map({True: float(ago), False: None}).astype("float64")
    active = was["then_active"].map({True: True, False: False}).fillna(False).astype(bool)
    return replace(register, items=register.items.join(was.assign(then_months=months, then_active=active)))
