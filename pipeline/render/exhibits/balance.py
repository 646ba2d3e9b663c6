"""Exhibits of run and change in one department: its trend against its own target, its teams and people."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.render import changes, fit
from pipeline.render.charts import Point, Sheet, trend_chart
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, first_rows
from pipeline.render.facts import Facts, Row
from pipeline.render.language import sentence
from pipeline.render.text import one_line

ALONE, BESIDE = 14, 6
"""Teams and people shown in a first month, and in any other, when the page also tells what moved."""
LARGEST, LEAST = 20, 3
"""Items with most hours that a first month lists at most, and fewest with which that list is worth its head."""
_SECOND = 12.2
"""Points of a second line of an exhibit's message."""
NAME = 30
"""Letters of a name that a sentence shows."""


def months(facts: Facts) -> tuple[Row, ...]:
    """What each published month said of the department, the earliest first and this one last."""
    return tuple(
        row for row in facts.rows("trend") if row["level"] == "department" and row["name"] == facts.summary.scope
    )


def page_message(facts: Facts) -> str:
    """The share of run now, how it moved, and where it lies by the target."""
    said = [row for row in months(facts) if row["run_share"] is not None]
    if not said or said[-1]["month"] != facts.first_day:
        return facts.language.gettext(
            "The share of run in {period} cannot be told: no hours are known", period=facts.period
        )
    return " ".join(part for part in (_moved(facts, said), _by_target(facts, said[-1])) if part)


def _moved(facts: Facts, said: list[Row]) -> str:
    say, now = facts.language, said[-1]
    share = say.percent(now["run_share"])
    if len(said) == 1:
        return say.gettext("Run takes {share} of hours; earlier months are not published.", share=share)
    then = said[-2]
    month = facts.month(then["month"])
    points = round(100 * now["run_share"]) - round(100 * then["run_share"])
    if not points:
        return say.gettext("Run takes {share} of hours, as in {month}.", share=share, month=month)
    moved = say.ngettext("{change} pt", "{change} pts", abs(points), change=say.change(points))
    return say.gettext("Run takes {share} of hours, {points} on {month}.", share=share, points=moved, month=month)


def _by_target(facts: Facts, now: Row) -> str:
    say = facts.language
    if now["target"] == "below":
        return say.gettext("That is below the target of {band}.", band=band(facts))
    if now["target"] == "above":
        return say.gettext("That is above the target of {band}.", band=band(facts))
    return say.gettext("That is within the target of {band}.", band=band(facts)) if now["target"] else ""


def trend_speaks(facts: Facts) -> bool:
    """Whether two months can be compared."""
    return sum(row["run_share"] is not None for row in months(facts)) > 1


def teams_speak(facts: Facts) -> bool:
    """Whether there are teams to tell apart."""
    return len(of_level(facts, "team")) > 1


def people_speak(facts: Facts) -> bool:
    """Whether anybody carries known hours."""
    return bool(of_level(facts, "person"))


def band(facts: Facts) -> str:
    """`60% to 80%`: where run's share should lie; "" where no target is set."""
    say, (least, most) = facts.language, facts.summary.run_share_band
    if (least, most) == (0.0, 1.0):
        return ""
    if least == 0.0:
        return say.gettext("at most {share}", share=say.percent(most))
    if most == 1.0:
        return say.gettext("at least {share}", share=say.percent(least))
    return say.gettext("{least} to {most}", least=say.percent(least), most=say.percent(most))


def trend_message(facts: Facts) -> str:
    """How the share of change moved over the published months."""
    return changes.trend(facts)


def trend_what(facts: Facts) -> str:
    """What the trend shows."""
    return facts.language.gettext("Change as a share of run and change hours, by published month")


def trend_note(facts: Facts) -> str:
    """That other rules judged an earlier month; "" where none did."""
    return changes.new_rules(facts) if any(row["rules_changed"] for row in months(facts)) else ""


def trend_drawing(facts: Facts, sheet: Sheet) -> Markup:
    """The share of change month by month; nothing for a single month."""
    points = [
        Point(row["month"], None if row["run_share"] is None else 1 - row["run_share"], bool(row["rules_changed"]))
        for row in months(facts)
    ]
    return trend_chart(points, sheet, sheet.text_size * 12, trend_message(facts)) if len(points) > 1 else Markup("")


def of_level(facts: Facts, level: str) -> tuple[Row, ...]:
    """Teams or people with hours in the period, most hours first."""
    rows = [row for row in facts.rows("run_change") if row["level"] == level and row["hours"] and row["name"]]
    return tuple(sorted(rows, key=lambda row: (-row["hours"], row["name"])))


def teams_message(facts: Facts) -> str:
    """How many teams lie outside the target; without one, which has most change."""
    say, rows = facts.language, _with_share(of_level(facts, "team"))
    if len(rows) < 2:
        return say.gettext("The department's hours are not divided into teams")
    outside = [row for row in rows if row["target"] in ("below", "above")]
    if outside:
        return sentence(say.ngettext(
            "{n} of {teams} teams lies outside the target of {band}",
            "{n} of {teams} teams lie outside the target of {band}",
            len(outside), teams=say.spelt(len(rows)), band=band(facts),
        ))  # fmt: skip
    return _most_change(facts, rows)


def people_message(facts: Facts) -> str:
    """Who has the largest share of change."""
    rows = _with_share(of_level(facts, "person"))
    if not rows:
        return facts.language.gettext("Nobody of the department has known hours in {period}", period=facts.period)
    return _most_change(facts, rows)


def _with_share(rows: tuple[Row, ...]) -> list[Row]:
    return [row for row in rows if row["run_share"] is not None]


def _least_run(rows: Sequence[Row]) -> Row | None:
    """The row with the largest share of change, which the message names."""
    return min((row for row in rows if row["run_share"] is not None), key=lambda row: row["run_share"], default=None)


def _most_change(facts: Facts, rows: list[Row]) -> str:
    say, least = facts.language, _least_run(rows)
    if least is None or least["run_share"] == 1:
        return say.gettext("No hours of {month} go into change", month=say.month(facts.first_day))
    share, name = say.percent(1 - least["run_share"]), one_line(least["name"], NAME)
    return say.gettext("{name} has the largest share of change, {share}", name=name, share=share)


def divided_what(facts: Facts) -> str:
    """What the lists show."""
    say, month = facts.language, facts.language.month(facts.first_day)
    if band(facts):
        return say.gettext("Run and change hours of {month}; target of run: {band}", month=month, band=band(facts))
    return say.gettext("Run and change hours of {month}; no target is set", month=month)


def _shown(rows: tuple[Row, ...], facts: Facts) -> tuple[Row, ...]:
    """The rows with their `change_share`; the one that the message names is among those that the page has room for."""
    named, limit = _least_run(rows), _most(facts)
    if named is not None and named not in rows[:limit]:
        rows = (*rows[: limit - 1], named, *(row for row in rows[limit - 1 :] if row is not named))
    shares = (None if row["run_share"] is None else 1 - row["run_share"] for row in rows)
    return tuple({**row, "change_share": share} for row, share in zip(rows, shares, strict=True))


def _most(facts: Facts) -> int:
    return ALONE if first_month(facts) else BESIDE


def teams_rows(facts: Facts) -> Listing:
    """The teams with most hours."""
    return first_rows(_shown(of_level(facts, "team"), facts), _most(facts), "Summary", facts)


def people_rows(facts: Facts) -> Listing:
    """The people with most hours."""
    return first_rows(_shown(of_level(facts, "person"), facts), _most(facts), "People", facts)


def first_month(facts: Facts) -> bool:
    """No month before this one was published, so nothing can have moved."""
    return not facts.count("changes") and len(months(facts)) < 2


def largest(facts: Facts) -> Listing:
    """The items with most hours in a first month, as many as the page has room for below its two lists."""
    if not first_month(facts):
        return Listing(())
    beside = max(min(len(of_level(facts, level)), ALONE) for level in ("team", "person"))
    heads = 2 * (fit.GAP + fit.HEAD + fit.TABLE_HEAD + fit.NOTE) + 2 * _SECOND
    left = fit.PAGE[facts.paper] - 21.7 * fit.lines(page_message(facts), 54) - heads - fit.NOTE - beside * fit.LIST_ROW
    rows = _by_hours(facts)
    shown = min(LARGEST, len(rows), int(left / fit.LIST_ROW))
    return first_rows(rows, shown, "Register", facts) if shown >= LEAST else Listing(())


def _by_hours(facts: Facts) -> list[Row]:
    rows = [row for row in facts.rows("register") if row["month_hours"]]
    return sorted(rows, key=lambda row: (-row["month_hours"], row["id"]))


def largest_message(facts: Facts) -> str:
    """What share of the known hours the items listed take."""
    say, rows = facts.language, _by_hours(facts)
    if not rows:
        return say.gettext("No item of the department has known hours in {period}", period=facts.period)
    shown = largest(facts).rows or rows[:LEAST]
    share = say.percent(sum(row["month_hours"] for row in shown) / sum(row["month_hours"] for row in rows))
    return sentence(say.ngettext(
        "the largest item takes {share} of the known hours", "the {n} largest items take {share} of the known hours",
        len(shown), share=share,
    ))  # fmt: skip


def largest_what(facts: Facts) -> str:
    """Which month, and in which order."""
    return facts.language.gettext("Hours of {month}; most first", month=facts.language.month(facts.first_day))


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("balance_page", page_message),
    Exhibit("balance_trend", trend_message, trend_what, chart=trend_drawing, note=trend_note, speaks=trend_speaks),
    Exhibit("balance_teams", teams_message, divided_what, teams_rows, speaks=teams_speak),
    Exhibit("balance_people", people_message, divided_what, people_rows, speaks=people_speak),
    Exhibit("balance_largest", largest_message, largest_what, largest, speaks=lambda facts: bool(largest(facts).rows)),
)
"""Of its balance of run and change."""
