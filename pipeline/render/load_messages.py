"""Sentences on load against capacity: by month, by department, team or person; named in MESSAGES."""

from __future__ import annotations

import pandas as pd

from pipeline.render.answerable import NAME
from pipeline.render.facts import Facts, Load, over
from pipeline.render.item_messages import items
from pipeline.render.language import Spelt, sentence
from pipeline.render.old import latest_date
from pipeline.render.text import one_line


def headline(facts: Facts) -> str:
    """What page 1 says first: that the register is old, else load against capacity, else how the work divides."""
    say, old = facts.language, facts.shared(latest_date)
    if not facts.count("register"):
        return say.gettext("No work item was read for {period}.", period=facts.period)
    if old is not None:
        return say.gettext(
            "The register looks old: its latest date is {day}. The figures describe that time.",
            day=say.day(old, facts.year),
        )
    if not facts.now or not any(one.hours for one in facts.months):
        return say.gettext("{items}; no hours can be placed in {period}.", items=items(facts), period=facts.period)
    measured = [one for one in facts.ahead if one.load is not None]
    if not measured:
        return say.gettext(
            "{hours} of work in {period}; capacity is unknown.", hours=say.hours(facts.now.hours), period=facts.period
        )
    peaks = over(measured)
    if not peaks:
        return _within(facts, measured)
    return _passes(facts, peaks) if len(peaks) <= 2 else _above(facts, peaks, measured)


def _within(facts: Facts, measured: list[Load]) -> str:
    say = facts.language
    top = max(measured, key=lambda one: one.load or 0)
    values = {"last": measured[-1].name, "month": top.name, "load": say.load(top.load)}
    if len(measured) > 1:
        return say.gettext("Load stays within capacity to {last}; it is highest in {month}, at {load}.", **values)
    return say.gettext("Load stays within capacity in {last}; it is highest in {month}, at {load}.", **values)


def _passes(facts: Facts, peaks: tuple[Load, ...]) -> str:
    say = facts.language
    return say.gettext(
        "Load passes capacity in {months}: {hours} hours against {capacity}.",
        months=say.listed(one.name for one in peaks),
        hours=say.listed(say.number(one.hours) for one in peaks),
        capacity=say.listed(dict.fromkeys(say.number(one.capacity) for one in peaks)),
    )


def _above(facts: Facts, peaks: tuple[Load, ...], measured: list[Load]) -> str:
    say = facts.language
    top = max(peaks, key=lambda one: one.load or 0)
    values = {"some": say.spelt(len(peaks)), "month": top.name, "load": say.load(top.load)}
    if len(peaks) == len(measured):
        return say.gettext(
            "Load is above capacity in all {some} months; it is highest in {month}, at {load}.", **values
        )
    return say.gettext(
        "Load is above capacity in {some} of {all} months; it is highest in {month}, at {load}.",
        all=say.spelt(len(measured)),
        **values,
    )


def months(facts: Facts) -> str:
    """The months chart."""
    say = facts.language
    if not facts.now or not facts.now.hours:
        unknown = facts.figure("unknown_effort")
        if unknown and unknown.value:
            return say.gettext("Hours of {period} are unknown", period=facts.period)
        return say.gettext("No hours fall in {period}", period=facts.period)
    coming = [one for one in over(facts.ahead) if one.forecast]
    known = any(one.load is not None for one in facts.ahead if one.forecast)
    share = _change_share(facts)
    if not coming:
        return say.gettext("{share}; no month ahead is forecast above capacity", share=share) if known else share
    if len(coming) <= 2:
        names = say.listed(one.name for one in coming)
        return say.ngettext(
            "{share}; {months} is forecast above capacity",
            "{share}; {months} are forecast above capacity",
            len(coming),
            share=share,
            months=names,
        )
    return say.gettext(
        "{share}; {some} months ahead are forecast above capacity", share=share, some=say.spelt(len(coming))
    )


def _change_share(facts: Facts) -> str:
    say, now = facts.language, facts.now
    kinds = now.run + now.change if now else 0
    if not now or not kinds:
        return say.gettext("No hours are judged run or change")
    return say.gettext("Change takes {share} of hours", share=say.percent(now.change / kinds))


def unknown_hours(facts: Facts) -> bool:
    """Nobody's hours in the period can be told, because no item says them."""
    return facts.now is None or not facts.now.hours


def parts(facts: Facts) -> str:
    """Load by department, team or person."""
    noun, loads = facts.parts
    say = facts.language
    measured = [one for one in loads if one.load is not None]
    high = over(loads)
    if high:
        return _high_parts(facts, high)
    if not loads:
        return _by_noun(facts, noun)["none"]
    if measured:
        return _by_noun(facts, noun, load=say.load(measured[0].load))["within"]
    return _by_noun(facts, noun)["untold" if unknown_hours(facts) else "unknown"]


def _high_parts(facts: Facts, high: tuple[Load, ...]) -> str:
    say, (noun, loads) = facts.language, facts.parts
    blank = facts.nameless(noun)
    loads, high = (tuple(one for one in some if one.name != blank) or some for some in (loads, high))
    names = say.listed(one.name for one in high) if len(high) <= 2 else ""
    if names and len(names) <= 40:
        return say.ngettext("{names} is over capacity", "{names} are over capacity", len(high), names=names)
    return sentence(_by_noun(facts, noun, some=say.spelt(len(high)), all=say.spelt(len(loads)))["over"])


def _by_noun(facts: Facts, noun: str, **values: object) -> dict[str, str]:
    """What may be said of departments, teams or people, each in its own sentence."""
    say, filled = facts.language, {"period": facts.period, "load": "", "some": Spelt(""), "all": Spelt(""), **values}
    said = {
        "department": {
            "none": say.gettext("No department carries hours in {period}", **filled),
            "untold": say.gettext("The load of departments cannot be told"),
            "unknown": say.gettext("Capacity of the departments is unknown"),
            "within": say.gettext("No department is over capacity; the highest load is {load}", **filled),
            "over": say.gettext("{some} of {all} departments are over capacity", **filled),
        },
        "team": {
            "none": say.gettext("No team carries hours in {period}", **filled),
            "untold": say.gettext("The load of teams cannot be told"),
            "unknown": say.gettext("Capacity of the teams is unknown"),
            "within": say.gettext("No team is over capacity; the highest load is {load}", **filled),
            "over": say.gettext("{some} of {all} teams are over capacity", **filled),
        },
        "person": {
            "none": say.gettext("No person carries hours in {period}", **filled),
            "untold": say.gettext("The load of people cannot be told"),
            "unknown": say.gettext("Capacity of the people is unknown"),
            "within": say.gettext("No person is over capacity; the highest load is {load}", **filled),
            "over": say.gettext("{some} of {all} people are over capacity", **filled),
        },
    }
    return said[noun]


def workload(facts: Facts) -> str:
    """The heatmap page: how loaded people are, and what nobody carries."""
    say, people = facts.language, facts.table("people")
    nobody = people.loc[people["person"] == "", "hours"].sum()
    said = _loaded(facts, people[people["person"] != ""])
    if not nobody > 0:
        return said
    return f"{said} {say.gettext('{hours} are carried by nobody.', hours=say.hours(nobody))}"


def _loaded(facts: Facts, table: pd.DataFrame) -> str:
    say = facts.language
    if not len(table):
        if facts.inactive and facts.inactive == facts.count("register"):
            return say.gettext("No item is active.")
        return say.gettext("No active item names a person.")
    loads, month = table["load"].round(3), say.month(facts.first_day)
    none = (table["capacity_hours"] == 0) & (table["hours"] > 0)
    high = int(((loads > 1) | none).sum())
    if not high and not loads.notna().any():
        return _unmeasured(facts, len(table))
    if len(table) == 1:
        return _alone(facts, table, bool(none.any()))
    top = table.sort_values("load", ascending=False, kind="stable").iloc[0]
    if not high:
        return say.gettext(
            "None of {all} people is over capacity in {month}; the highest load is {load}.",
            all=say.spelt(len(table)),
            month=month,
            load=say.load(top["load"]),
        )
    first = say.ngettext(
        "One of {all} people is over capacity in {month}.",
        "{n} of {all} people are over capacity in {month}.",
        high,
        all=say.spelt(len(table)),
        month=month,
    )
    return f"{sentence(first)} {_highest(facts, table, none)}"


def _highest(facts: Facts, table: pd.DataFrame, none: pd.Series) -> str:
    """The first who has hours and no capacity, else who has the highest load."""
    say = facts.language
    if none.any():
        away = table.loc[none].iloc[0]
        name, hours = one_line(away["person"], NAME), say.hours(away["hours"])
        return say.gettext("{person} has {hours} and no capacity.", person=name, hours=hours)
    top = table.sort_values("load", ascending=False, kind="stable").iloc[0]
    name, load = one_line(top["person"], NAME), say.load(top["load"])
    return say.gettext("{person} has the highest load, {load}.", person=name, load=load)


def _unmeasured(facts: Facts, people: int) -> str:
    say = facts.language
    if unknown_hours(facts):
        return say.ngettext(
            "The hours of one person are unknown: no item says how much work it is.",
            "The hours of {n} people are unknown: no item says how much work it is.",
            people,
        )
    return say.ngettext(
        "The capacity of one person is unknown in {month}.",
        "The capacity of {n} people is unknown in {month}.",
        people,
        month=say.month(facts.first_day),
    )


def _alone(facts: Facts, table: pd.DataFrame, away: bool) -> str:
    say, one = facts.language, table.iloc[0]
    values = {"person": one_line(one["person"], NAME), "month": say.month(facts.first_day)}
    if away:
        return say.gettext("{person} has {hours} and no capacity in {month}.", hours=say.hours(one["hours"]), **values)
    return say.gettext("{person} is at {load} of capacity in {month}.", load=say.load(one["load"]), **values)
