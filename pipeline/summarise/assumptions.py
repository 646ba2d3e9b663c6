"""What was assumed, in sentences for the page on method."""

from __future__ import annotations

import pandas as pd

from pipeline.sentence import Sentence
from pipeline.summarise.activity import over_since
from pipeline.summarise.capacity import of_full_time
from pipeline.summarise.scope import View


def assumptions(view: View) -> tuple[Sentence, ...]:
    """Every assumption behind a view's figures, only those that apply."""
    said = [_calendar(view), *_capacity(view), *_effort(view), *_scope(view), *_first(view)]
    return tuple(said)


def _calendar(view: View) -> Sentence:
    settings = view.work.settings
    where = " ".join(part for part in (settings.country.upper(), settings.region) if part)
    hours = settings.hours_per_week
    if where:
        return Sentence.saying(
            "Working days are Monday to Friday; the public holidays of {place} are free. A full-time week has {hours} "
            "hours.",
            place=where,
            hours=hours,
        )
    return Sentence.saying(
        "Working days are Monday to Friday; no public holidays are set. A full-time week has {hours} hours.",
        hours=hours,
    )


def _capacity(view: View) -> list[Sentence]:
    settings, people = view.work.settings, view.people[view.people["counted"]]
    said = [
        Sentence.saying(
            "Capacity is working days × hours a day × target, less leave, from each person's first day to the last."
        )
    ]
    said += _guessed(view, people)
    if (people["leave_days"] > 0).any():
        said.append(
            Sentence.saying(
                "Days of leave are a year's: those without dates are spread evenly over its other working days."
            )
        )
    whole = int(of_full_time(people, settings.hours_per_week).sum())
    if whole:
        said.append(
            Sentence.counting(
                whole,
                "Weekly hours beside the FTE of one person are read as those of a full-time week.",
                "Weekly hours beside the FTE of {count} people are read as those of a full-time week.",
            )
        )
    if view.work.homes.code.reindex(people.index).gt(0).any():
        said.append(
            Sentence.saying(
                "Where the People sheet names a country or region, its public holidays are free for that person."
            )
        )
    return said


def _guessed(view: View, people: pd.DataFrame) -> list[Sentence]:
    if view.work.portfolio.register.people.empty:
        hours = view.work.settings.hours_per_week
        return [
            Sentence.saying(
                "There is no People sheet: {hours} hours a week are assumed for everybody named.", hours=hours
            )
        ]
    guessed = int((~people["on_sheet"]).sum())
    if not guessed:
        return []
    return [
        Sentence.counting(
            guessed,
            "One person is not on the People sheet: full time is assumed.",
            "{n} people are not on the People sheet: full time is assumed.",
        )
    ]


def _effort(view: View) -> list[Sentence]:
    items = view.active
    said = [*map(Sentence.saying, RULES), *_overdue(view)]
    held = items["container"] & items["active"]
    counts = (int(flags.sum()) for flags in (items["tentative"], held, items["unknown"]))
    said += [Sentence.counting(n, *forms) for n, forms in zip(counts, COUNTED, strict=True) if n]
    raw = view.work.portfolio.register.items.loc[items.index, ["status", "phase", "progress", "actual_finish"]]
    later = over_since(raw, items["kind"], view.work.calendar)
    return [*said, *_over_since(int(later.sum()))]


def _over_since(items: int) -> list[Sentence]:
    if not items:
        return []
    return [
        Sentence.counting(
            items,
            "A status is that of the day the register was written: one item that finished after this month is counted "
            "as open.",
            "A status is that of the day the register was written: {n} items that finished after this month are "
            "counted as open.",
        )
    ]


COUNTED = (
    (
        "One item is planned or proposed, as the status says, and counted as forecast; all others as committed.",
        "{n} items are planned or proposed, as the status says, and counted as forecast; all others as committed.",
    ),
    (
        "One item has children in the register: only the children carry hours.",
        "{n} items have children in the register: only the children carry hours.",
    ),
    (
        "One active item has hours that are not known: they are not counted, and totals are too low by them.",
        "{n} active items have hours that are not known: they are not counted, and totals are too low by them.",
    ),
)
"""Of how many items it holds that they are planned, have children, and have unknown hours."""
RULES = (
    "A project's effort is spread evenly over the working days from its start to its finish; a remaining effort from "
    "the period on.",
    "An operation's effort comes round with its cadence; a total with a cadence counts for each occurrence.",
    "Shared work is split among the responsible people by their shares, equally where none are stated; where nobody is "
    "responsible, the accountable person carries it.",
    "Closed, cancelled and paused items carry no hours.",
)
"""How effort becomes hours of a month, whatever the register holds."""


def _overdue(view: View) -> list[Sentence]:
    late = view.active[view.active["days_late"] > 0]
    operation = late["kind"] == "operation"
    said: list[Sentence] = []
    if (~operation).any():
        rule = Sentence.saying(
            "Work past its finish carries its remaining effort in the period: what is stated, else effort × "
            "(1 − progress)."
        )
        said += [rule, *_past(late[~operation])]
    if operation.any():
        rule = Sentence.saying(
            "An operation past its finish that is still active goes on at its rate; of a total, what remains is "
            "carried in the period."
        )
        said += [rule, *_past(late[operation])]
    return said


def _past(items: pd.DataFrame) -> list[Sentence]:
    """How many items are past their finish, with what hours: `2 projects past the finish: 50 h in the period`."""
    projects, operations = (int((items["kind"] == kind).sum()) for kind in ("project", "operation"))
    counts = (
        Sentence.counting(projects, "One project", "{n} projects"),
        Sentence.counting(operations, "One operation", "{n} operations"),
        Sentence.counting(len(items) - projects - operations, "One undecided item", "{n} undecided items"),
    )
    said = [one for one in counts if one.number]
    hours = round(float(items["month_hours"].sum()))
    if not items["month_hours"].notna().any():
        return [_past_unknown(said)]
    told = [
        Sentence.saying("{items} past the finish: {hours} h in the period.", items=said[0], hours=hours)
        if len(said) == 1
        else Sentence.saying(
            "{items} and {others} past the finish: {hours} h in the period.",
            items=said[0],
            others=said[1],
            hours=hours,
        )
    ]
    unknown = int(items["unknown"].sum())
    if unknown:
        told.append(
            Sentence.counting(unknown, "Of one of them nothing says how much.", "Of {n} of them nothing says how much.")
        )
    return told


def _past_unknown(said: list[Sentence]) -> Sentence:
    if len(said) == 1:
        return Sentence.saying("{items} past the finish, with unknown hours.", items=said[0])
    return Sentence.saying("{items} and {others} past the finish, with unknown hours.", items=said[0], others=said[1])


def _scope(view: View) -> list[Sentence]:
    if not view.scope:
        return []
    if not view.leads:
        return [
            Sentence.saying(
                "Nobody reports to {scope}: hours are those of its own items, and capacity is what other work leaves "
                "to the people who do them.",
                scope=view.scope,
            )
        ]
    return [
        Sentence.saying(
            "Hours, load and run share are those of the people of {scope}, wherever they work, and of its items that "
            "name nobody. Lists of items show all hours that go into them.",
            scope=view.scope,
        )
    ]


def _first(view: View) -> list[Sentence]:
    if view.work.previous is not None:
        return []
    return [
        Sentence.saying(
            "No earlier period is published here: this is the first one, and changes and trends begin with the next."
        )
    ]
