"""What hangs loose: people with nothing to carry, departments without a head, work whose only person leaves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.coded import by_department, roles
from pipeline.summarise.names import TEXT
from pipeline.summarise.reporting import reports, staff
from pipeline.summarise.responsibility import gone
from pipeline.summarise.scope import View

IDLE, HEADLESS, UNSTAFFED = "Person named on no item", "Department without a head", "Department without people"


def orphans(view: View) -> pd.DataFrame:
    """People and departments that hang loose, one row each; `items` are the active items of the department.

    A person: on the People sheet, there on the period's last day, named on no active item in any role, and nobody
    reports to them. A department without a head: nobody in it leads anybody, or names a manager who is still there;
    asked where the sheet names managers at all. A department without people: it has active items, the People sheet
    has nobody in it; asked where the sheet names departments. Items without a person are in the table `unowned`.
    """
    there = staff(view.work)
    found = [_idle(view, there), _headless(view, there), _unstaffed(view, there)]
    return pd.concat(found, ignore_index=True)


def leaving(view: View) -> pd.DataFrame:
    """Active items whose only doer leaves within the set days after the period, or has left; operations first.

    `last_day` is the person's last day on the People sheet, `days_left` those from the period's end to it.
    """
    people, last = view.work.people, pd.Timestamp(view.work.calendar.period_last)
    until = last + pd.Timedelta(days=view.work.settings.leaving_within_days)
    doers = view.work.doers[view.work.doers["item"].isin(view.active.index[~view.active["container"]])]
    alone = doers[~doers["item"].duplicated(keep=False) & (doers["person"] < len(people))].set_index("item")["person"]
    finish = people["finish"].take(alone.to_numpy()).set_axis(alone.index)
    gone = finish[finish <= until]
    found = view.active.loc[gone.index.sort_values()]
    person = people["person"].take(alone.loc[found.index].to_numpy()).set_axis(found.index)
    found = found.assign(person=person, last_day=gone, days_left=(gone - last).dt.days)
    found["order"] = found["kind"] != "operation"
    return found.sort_values(["order", "last_day", "id"], kind="stable")


def _idle(view: View, there: pd.DataFrame) -> pd.DataFrame:
    there = there[there["person"].isin(view.people["person"])] if view.scope else there
    named = roles(view.work)
    busy = named.person.codes[view.work.items["active"].to_numpy(bool)[named.item]]
    carry = named.person.names[np.bincount(busy, minlength=len(named.person.names)) > 0]
    idle = there[~there["person"].isin(carry) & ~there["person"].isin(reports(there).index)]
    return _rows(IDLE, idle["person"].array, idle["department"].array, view)


def _headless(view: View, there: pd.DataFrame) -> pd.DataFrame:
    if not (there["manager"] != "").any():
        return _rows(HEADLESS, [], [], view)
    led = there[(there["manager"] != "") & ~there["manager"].isin(gone(view))]
    leading = there[there["person"].isin(reports(there).index)]
    headed = {*led["department"], *leading["department"]}
    names = sorted(set(_departments(view, there["department"])) - headed)
    return _rows(HEADLESS, names, names, view)


def _unstaffed(view: View, there: pd.DataFrame) -> pd.DataFrame:
    if (view.work.portfolio.register.people["department"].str.strip() == "").all():
        return _rows(UNSTAFFED, [], [], view)
    active = pd.Series(by_department(view.work, view.active.index).index, dtype=TEXT)
    names = sorted(set(_departments(view, active)) - set(there["department"]))
    return _rows(UNSTAFFED, names, names, view)


def _departments(view: View, names: pd.Series) -> list[str]:
    """The departments among the names that the scope holds."""
    own = names[view.holds(names)]
    return [name for name in own.unique() if name]


def _rows(what: str, names: object, departments: object, view: View) -> pd.DataFrame:
    rows = pd.DataFrame({"name": pd.Series(names, dtype=TEXT), "department": pd.Series(departments, dtype=TEXT)})
    count = by_department(view.work, view.active.index)
    items = rows["department"].map(count).fillna(0).astype("int64") if what != IDLE else 0
    rows = rows.assign(what=pd.Series(what, index=rows.index, dtype=TEXT), items=items)
    return rows.sort_values(["department", "name"], kind="stable")
