"""What was assumed, in sentences for the page on method."""

from __future__ import annotations

import pandas as pd

from pipeline.findings import counted
from pipeline.summarise.capacity import of_full_time
from pipeline.summarise.scope import View


def assumptions(view: View) -> tuple[str, ...]:
    """Every assumption behind a view's figures, only those that apply."""
    said = [_calendar(view), *_capacity(view), *_effort(view), *_scope(view), *_first(view)]
    return tuple(said)


def _calendar(view: View) -> str:
    settings = view.work.settings
    where = " ".join(part for part in (settings.country.upper(), settings.region) if part)
    free = f"the public holidays of {where} are free" if where else "no public holidays are set"
    return f"Working days are Monday to Friday; {free}. A full-time week has {settings.hours_per_week:g} hours."


def _capacity(view: View) -> list[str]:
    settings, people = view.work.settings, view.people[view.people["counted"]]
    guessed = int((~people["on_sheet"]).sum())
    said = ["Capacity is working days x hours a day x target, less leave, from each person's first day to the last."]
    if view.work.portfolio.register.people.empty:
        said.append(
            f"There is no People sheet: {settings.hours_per_week:g} hours a week are assumed for everybody named."
        )
    elif guessed:
        said.append(f"{counted(guessed, 'person is', 'people are')} not on the People sheet: full time is assumed.")
    if (people["leave_days"] > 0).any():
        said.append("Days of leave are a year's: those without dates are spread evenly over its other working days.")
    whole = int(of_full_time(people, settings.hours_per_week).sum())
    if whole:
        who = counted(whole, "person", "people")
        said.append(f"Weekly hours beside the FTE of {who} are read as those of a full-time week.")
    if view.work.homes.code.reindex(people.index).gt(0).any():
        said.append("Where the People sheet names a country or region, its public holidays are free for that person.")
    return said


def _effort(view: View) -> list[str]:
    items = view.active
    said = [
        "A project's effort is spread evenly over the working days from its start to its finish; a remaining effort "
        "from the period on.",
        "An operation's effort comes round with its cadence; a total with a cadence counts for each occurrence.",
        "Shared work is split among the responsible people by their shares, equally where none are stated; where "
        "nobody is responsible, the accountable person carries it.",
        "Closed, cancelled and paused items carry no hours.",
    ]
    said += _overdue(view)
    planned = items[items["tentative"]]
    if len(planned):
        have = counted(len(planned), "item is", "items are")
        said.append(
            f"{have} planned or proposed, as the status says, and counted as forecast; all others as committed."
        )
    held = int((items["container"] & items["active"]).sum())
    if held:
        said.append(
            f"{counted(held, 'item has', 'items have')} children in the register: only the children carry hours."
        )
    unknown = int(items["unknown"].sum())
    if unknown:
        have = counted(unknown, "active item has", "active items have")
        said.append(f"{have} hours that are not known: they are not counted, and totals are too low by them.")
    return said


def _overdue(view: View) -> list[str]:
    late = view.active[view.active["days_late"] > 0]
    parts = [
        (
            "Work past its finish carries its remaining effort in the period: what is stated, else effort x "
            "(1 - progress).",
            late["kind"] != "operation",
        ),
        (
            "An operation past its finish that is still active goes on at its rate; of a total, what remains is "
            "carried in the period.",
            late["kind"] == "operation",
        ),
    ]
    return [f"{rule} {_past(late[of_kind])}" for rule, of_kind in parts if of_kind.any()]


def _past(items: pd.DataFrame) -> str:
    """How many items are past their finish, with what hours: `2 projects past the finish: 50 hours in the period`."""
    counts = [
        (int((items["kind"] == "project").sum()), "project"),
        (int((items["kind"] == "operation").sum()), "operation"),
        (int(items["kind"].isin(["mixed", "undecided"]).sum()), "undecided item"),
    ]
    what = " and ".join(counted(many, noun) for many, noun in counts if many)
    unknown = int(items["unknown"].sum())
    silent = f"; of {unknown:,} of them nothing says how much" if unknown else ""
    return f"{what} past the finish: {items['month_hours'].sum():,.0f} hours in the period{silent}."


def _scope(view: View) -> list[str]:
    if not view.scope:
        return []
    return [
        f"Hours, load and run share are those of the people of {view.scope}, wherever they work, and of its items that "
        "name nobody. Lists of items show all hours that go into them."
    ]


def _first(view: View) -> list[str]:
    if view.work.previous is not None:
        return []
    return ["No earlier period is published here: this is the first one, and changes and trends begin with the next."]
