"""Exhibits of what ends soon: projects about to hand over, and operations that end or renew."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.render.answerable import handover_horizon
from pipeline.render.exhibits.board_room import NO_ROOM, Room, board_room
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import sentence


@dataclass(frozen=True)
class Ending(Listing):
    """Rows that end, with the sum of a number of all of them, shown or not; None where none of it is known.

    `unknown`: of how many rows the number is not known.
    """

    total: float | None = None
    unknown: int = 0
    owned: bool = True


@dataclass(frozen=True)
class Board(Ending):
    """Projects about to hand over, and the room of their columns."""

    room: Room = NO_ROOM


def handovers(facts: Facts) -> pd.DataFrame:
    """The projects about to hand over, by date, with the hours of each."""
    hours = facts.table("projects")[["item", "month_hours"]].drop_duplicates("item").set_index("item")["month_hours"]
    table = facts.table("handover")
    table = table.assign(month_hours=table["item"].map(hours).astype("float64"))
    return table.sort_values(["date", "id"], kind="stable", na_position="last")


def named(handing: pd.DataFrame, facts: Facts) -> tuple[Row, ...]:
    """Some of these projects, each with the title of its successor."""
    operations = facts.table("operations")
    found = operations.loc[operations["id"].isin(handing["successor"].unique()), ["id", "title"]].drop_duplicates("id")
    said = {id: f"{id} {title}" for id, title in zip(found["id"], found["title"], strict=True) if title}
    return tuple({**row, "successor": said.get(row["successor"], row["successor"])} for row in plain_rows(handing))


def board(facts: Facts, shown: int) -> Board:
    """So many of them."""
    every = facts.shared(handovers)
    rest = rest_of(len(every) - shown, "Handover", facts)
    made = _ending(every, "month_hours", named(every.head(shown), facts), rest)
    return Board(made.rows, made.rest, made.total, made.unknown, made.owned, board_room(made.rows, facts))


def board_message(facts: Facts) -> str:
    """How many have an accepting owner and an operation to go on."""
    say, every = facts.language, facts.table("handover")
    if not len(every):
        return say.gettext("No project is about to hand over")
    settled, values = int((every["missing"] == "").sum()), {"day": handover_horizon(facts)}
    if len(every) == 1:
        if settled:
            return say.gettext("One project hands over by {day}; its taker and its operation are named", **values)
        return say.gettext("One project hands over by {day}; its taker or its operation is not named", **values)
    values["some"] = say.spelt(len(every))
    if settled == len(every):
        return sentence(say.gettext("{some} projects hand over by {day}; all name a taker and an operation", **values))
    if not settled:
        return sentence(say.gettext(
            "{some} projects hand over by {day}; none names both taker and operation", **values
        ))  # fmt: skip
    return sentence(say.ngettext(
        "{n} of {some} handovers due by {day} names both taker and operation",
        "{n} of {some} handovers due by {day} name both taker and operation", settled, **values,
    ))  # fmt: skip


def board_what(facts: Facts) -> str:
    """What the squares count."""
    say = facts.language
    if facts.table("handover")["readiness"].notna().any():
        return say.gettext(
            "Readiness: of the conditions that apply, those met; unknown counts as not met. Hours: the project's own, "
            "in {month}", month=say.month(facts.first_day),
        )  # fmt: skip
    return say.gettext(
        "The register records no conditions of readiness. Hours: the project's own, in {month}",
        month=say.month(facts.first_day),
    )


def renewing(facts: Facts) -> pd.DataFrame:
    """The operations that end soon, the first to end first, with the `value` that the register gives them."""
    table = facts.table("renewals")
    budgets = facts.summary.portfolio.register.items["budget"]
    value = budgets.reindex(table["item"]).astype("float64").set_axis(table.index)
    table = table.assign(value=value)
    return table.sort_values(["finish", "id"], kind="stable")


def renewals(facts: Facts, shown: int) -> Ending:
    """So many of them, with the sum of their values."""
    every = facts.shared(renewing)
    rows = plain_rows(every.head(shown))
    return _ending(every, "value", rows, rest_of(len(every) - shown, "Renewals", facts))


def renewals_message(facts: Facts) -> str:
    """How many end, until when, and how many are past their end."""
    say, every = facts.language, facts.table("renewals")
    if not len(every):
        return say.gettext("No operation ends or renews soon")
    passed, last = int((every["days_left"] < 0).sum()), every["finish"].max().date()
    values = {"day": say.day(last, facts.year), "passed": say.spelt(passed)}
    if not passed:
        return sentence(say.ngettext(
            "one operation ends or renews by {day}", "{n} operations end or renew by {day}", len(every), **values
        ))  # fmt: skip
    if passed == len(every):
        return sentence(say.ngettext(
            "one operation is past its end and still active", "{n} operations are past their end and still active",
            passed,
        ))  # fmt: skip
    return sentence(say.ngettext(
        "one operation ends or renews by {day}; {passed} of them past its end",
        "{n} operations end or renew by {day}; {passed} of them past their end", len(every), **values,
    ))  # fmt: skip


def renewals_short(facts: Facts) -> str:
    """How many end, for a headline."""
    return sentence(facts.language.ngettext(
        "one operation ends soon or has ended", "{n} operations end soon or have ended", facts.count("renewals")
    ))  # fmt: skip


def renewals_what(facts: Facts) -> str:
    """How they are ordered."""
    say = facts.language
    if facts.shared(renewing)["value"].notna().any():
        return say.gettext("Contracts, licences and services by the day they end. Value: budget as registered")
    return say.gettext("Contracts, licences and services by the day they end; no value is registered")


def renewals_note(facts: Facts) -> str:
    """Of how many the value is not known."""
    every = facts.shared(renewing)
    unknown = int(every["value"].isna().sum())
    if not 0 < unknown < len(every):
        return ""
    return facts.language.ngettext(
        "The value of one is unknown and in no total.", "The value of {count} is unknown and in no total.", unknown
    )


def _ending(every: pd.DataFrame, number: str, rows: tuple[Row, ...], rest: str) -> Ending:
    known = every[number].dropna()
    total = float(known.sum()) if len(known) else None
    owned = bool((every["accountable"] != "").any())
    return Ending(rows, rest, total, len(every) - len(known), owned)
