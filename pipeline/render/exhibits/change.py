"""Exhibits of the change portfolio: go-lives and the projects that need attention, and how many of each have room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from pipeline.render import fit
from pipeline.render.attention import Attention, attention
from pipeline.render.charts import GoLive, Sheet, Slip, slip_chart, timeline_chart, timeline_height
from pipeline.render.exhibits import briefs, nearest, phases
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.go_lives import GRAVE_DAYS, fullest, go_lives, headline, until
from pipeline.render.language import sentence
from pipeline.render.old import latest_date

ATTENTION, GO_LIVES, DOTS = 10, 14, 60
"""Projects in the table, on the chart of moved finishes and on the timeline, where the page has room for them."""
_REASON = 160.0
"""Points that a reason has on paper."""
_PHASES, _SLIPS, _SLIP = 73.0, 35.0, 14.7
"""Points of the chart of phases, and of that of moved finishes: without rows, and each row."""
_BRIEF, _BRIEF_ROW = 35.0, 13.9
"""Points of a short list without rows, and of each row."""


@dataclass(frozen=True)
class Plan:
    """How many rows each list of the page has, so that together they fill it."""

    go_lives: int
    attention: int


def plan(facts: Facts) -> Plan:
    """Ten that need attention first, then go-lives; what room is left shows further projects."""
    above = 21.7 * fit.lines(headline(facts), 54) + _phases_room(facts) + _briefs_room(facts)
    table = fit.GAP + fit.HEAD + fit.TABLE_HEAD + fit.NOTE
    room = fit.PAGE[facts.paper] - above - table - 6
    wanted = min(ATTENTION, len(facts.projects)) * fit.LIST_ROW
    shown, taken = _go_lives_room(facts, room - wanted)
    return Plan(shown, max(5, int((room - taken) / fit.LIST_ROW)))


def _phases_room(facts: Facts) -> float:
    if not phases.drawn(facts):
        return 0.0
    return fit.GAP + fit.HEAD + _PHASES + fit.NOTE * bool(facts.shared(phases.health))


def _briefs_room(facts: Facts) -> float:
    shown = facts.shared(briefs.briefs)
    lists = fit.GAP + _BRIEF + 12.2 * (len(shown.ids) > 1) + _BRIEF_ROW * shown.rows if shown.ids else 0.0
    said = facts.shared(silent)
    return lists + fit.NOTE * fit.lines(said, 120) * bool(said)


def _go_lives_room(facts: Facts, room: float) -> tuple[int, float]:
    """How many go-lives are drawn in so many points, and how many points they take with all around them."""
    coming = len(facts.shared(go_lives))
    around = fit.GAP + fit.HEAD + fit.NOTE
    if not coming:
        return 0, 0.0
    if _moves_known(facts):
        shown = max(0, min(coming, GO_LIVES, int((room - around - _SLIPS) / _SLIP)))
        return shown, around + _SLIPS + _SLIP * shown
    sheet = Sheet(504, 7.5, {}, facts.language)
    taken = 0.0
    least, most = 0, min(coming, DOTS)
    while least < most:
        middle = (least + most + 1) // 2
        tall = around + timeline_height(sheet=sheet, **_timed(facts, middle))
        least, most, taken = (middle, most, tall) if tall <= room else (least, middle - 1, taken)
    return least, taken


def silent(facts: Facts) -> str:
    """What is said in a line because there is nothing to draw or list; "" where every exhibit has something."""
    said = []
    if len(facts.projects):
        said += [] if phases.drawn(facts) else [phases.message(facts)]
        said += [] if len(facts.shared(go_lives)) else [_go_lives_message(facts)]
    return " ".join([*(f"{one}." for one in said), facts.shared(briefs.briefs).others]).strip()


def _go_lives_message(facts: Facts) -> str:
    """How many projects go live in the next months, and where they crowd."""
    say, coming = facts.language, facts.shared(go_lives)
    month = say.period(until(facts))
    if not len(coming):
        if facts.projects["finish"].notna().any():
            return say.gettext("No project goes live by {month}", month=month)
        return say.gettext("No finish date of a project is known")
    grave = int((coming["slip_days"] >= GRAVE_DAYS).sum())
    first = sentence(say.ngettext("one go-live by {month}", "{n} go-lives by {month}", len(coming), month=month))
    if not coming["slip_days"].notna().any():
        return first
    if not grave:
        return say.gettext("{first}; none has moved by four weeks or more", first=first)
    return say.ngettext(
        "{first}; one of them has moved by four weeks or more",
        "{first}; {n} of them have moved by four weeks or more", grave, first=first,
    )  # fmt: skip


def _moves_known(facts: Facts) -> bool:
    return bool(facts.projects["slip_days"].notna().any())


def _go_lives_what(facts: Facts) -> str:
    say, coming = facts.language, facts.shared(go_lives)
    if not len(coming):
        return ""
    if _moves_known(facts):
        first = say.gettext("Tick: approved finish, else the first recorded. Dot: finish now.")
    else:
        first = say.gettext("Finish dates as registered.")
    shown = _drawn(facts)
    return first if shown >= len(coming) else f"{first} {_some(facts, shown)}"


def _drawn(facts: Facts) -> int:
    """How many go-lives are drawn: what the page leaves room for on paper, more on a screen."""
    if facts.medium == "paper":
        return facts.shared(plan).go_lives
    return min(len(facts.shared(go_lives)), GO_LIVES if _moves_known(facts) else 2 * GO_LIVES)


def _some(facts: Facts, shown: int) -> str:
    """Which go-lives are drawn where not all are."""
    say = facts.language
    if not _moves_known(facts):
        return say.ngettext(
            "Columns: all of them, day by day. Dot: the one with most hours.",
            "Columns: all of them, day by day. Dots: the {n} with most hours.", shown,
        )  # fmt: skip
    return say.ngettext(
        "Shown is the one that moved furthest.", "Shown are the {n} that moved furthest or have most hours.", shown
    )


def _go_lives_shown(facts: Facts, count: int) -> list[Row]:
    """So many go-lives, the next first: those that moved furthest, then those with most hours of the period."""
    return sorted(facts.shared(_gravest)[:count], key=lambda row: (row["finish"], row["id"]))


def _gravest(facts: Facts) -> tuple[Row, ...]:
    """The go-lives that moved furthest, then those with most hours of the period, as many as a page ever shows."""
    coming = facts.shared(go_lives)
    return plain_rows(coming.sort_values(["slip_days", "month_hours"], ascending=False, kind="stable").head(DOTS))


def _go_lives_chart(facts: Facts, sheet: Sheet) -> Markup:
    """Moved finishes one a row where it is known how far they moved, else dots on a timeline."""
    if not _moves_known(facts):
        return _timeline(facts, sheet, _drawn(facts))
    slips = [_slip(row) for row in _go_lives_shown(facts, _drawn(facts))]
    last = slips[-1].now if slips else facts.last_day
    crowd = facts.shared(fullest)
    # A band that counts more than are drawn in it would puzzle: the headline says how they crowd.
    every = len(slips) == len(facts.shared(go_lives))
    within = (crowd,) if crowd and crowd.last <= last and every else ()
    return slip_chart(slips, sheet, _go_lives_message(facts), facts.last_day, within)


def _timeline(facts: Facts, sheet: Sheet, count: int) -> Markup:
    return timeline_chart(sheet=sheet, title=_go_lives_message(facts), **_timed(facts, count))


def _timed(facts: Facts, count: int) -> dict[str, Any]:
    """What a timeline of so many go-lives shows: its dots and months, every day of a go-live, where they crowd."""
    first = until(facts).replace(day=1)
    start = date.fromordinal(facts.last_day.toordinal() + 1)
    crowd, days = facts.shared(fullest), facts.shared(_days)
    every = len(facts.shared(go_lives))
    return {
        "golives": [GoLive(row["title"], row["finish"]) for row in _go_lives_shown(facts, count)],
        "first": start,
        "months": (first.year - start.year) * 12 + first.month - start.month + 1,
        "every": days if every > count else {},
        "windows": (crowd,) if crowd else (),
    }


def _days(facts: Facts) -> Mapping[date, int]:
    """How many projects go live on each day."""
    counts = facts.shared(go_lives)["finish"].dt.date.value_counts(sort=False)
    return {day: int(count) for day, count in counts.items()}


def _coming(facts: Facts) -> bool:
    """Whether there is any go-live to draw."""
    return _drawn(facts) > 0


def _slip(row: Row) -> Slip:
    moved = row["slip_days"]
    first = None if moved is None else date.fromordinal(row["finish"].toordinal() - int(moved))
    return Slip(row["id"], row["title"], row["accountable"], first, row["finish"])


def _go_lives_note(facts: Facts) -> str:
    shown = _drawn(facts)
    return rest_of(len(facts.shared(go_lives)) - shown, "Projects", facts) if shown else ""


def _attention(facts: Facts) -> Attention:
    return attention(facts, facts.shared(plan).attention, _REASON)


def _nearest(facts: Facts) -> Listing:
    """Other items in the room that the projects leave."""
    made = facts.shared(plan)
    left = (made.attention - len(facts.projects)) * fit.LIST_ROW
    return nearest.nearest(facts, left if len(facts.projects) else fit.PAGE[facts.paper] - 50)


def _attention_message(facts: Facts) -> str:
    """How many projects need somebody to act."""
    say, found = facts.language, facts.shared(_attention)
    if not found.total:
        return say.gettext("No active item is judged a project")
    if not found.needing:
        return say.gettext("Nothing grave stands against an active project")
    if facts.shared(latest_date) is not None:
        return sentence(say.ngettext(
            "one project that the register does not call closed", "{n} projects that the register does not call closed",
            found.total,
        ))  # fmt: skip
    first = _needing(found, facts)
    if found.total == 1:
        return say.gettext("{first}; it is overdue", first=first) if found.late else first
    if not found.late and facts.projects["finish"].isna().all():
        return first
    if not found.late:
        return say.gettext("{first}; none is overdue", first=first)
    return say.ngettext("{first}; one of them is overdue", "{first}; {n} of them are overdue", found.late, first=first)


def _needing(found: Attention, facts: Facts) -> str:
    say = facts.language
    if found.needing == found.total:
        return sentence(
            say.ngettext(
                "the one active project needs attention", "all {n} active projects need attention", found.total
            )
        )
    return sentence(
        say.ngettext("one of {all} projects needs attention", "{n} of {all} projects need attention", found.needing,
                     all=say.spelt(found.total))
    )  # fmt: skip


def _attention_what(facts: Facts) -> str:
    if not len(facts.projects):
        return ""
    say, found = facts.language, facts.shared(_attention)
    if facts.shared(latest_date) is not None:
        return say.gettext("Late: days from the finish to the end of the period")
    if not 0 < found.needing < len(found.rows):
        return say.gettext("Overdue ones first, by days; then by all that stands against them, named here or not")
    return say.ngettext(
        "Overdue ones first, by days; then by all that stands against them, named here or not; only the first one "
        "needs attention",
        "Overdue ones first, by days; then by all that stands against them, named here or not; only the first {n} "
        "need attention",
        found.needing,
    )  # fmt: skip


def _attention_note(facts: Facts) -> str:
    """How many more need attention; where all of them are shown, how many more projects there are."""
    found = facts.shared(_attention)
    counted = found.needing if found.needing > len(found.rows) else found.total
    return rest_of(counted - len(found.rows), "Projects", facts)


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("change_headline", headline),
    Exhibit("change_silent", silent),
    Exhibit("go_lives", _go_lives_message, _go_lives_what, _coming, chart=_go_lives_chart, note=_go_lives_note),
    Exhibit(
        "attention", _attention_message, _attention_what, lambda facts: facts.shared(_attention), note=_attention_note
    ),
    *phases.EXHIBITS,
    nearest.exhibit(_nearest),
    *briefs.EXHIBITS,
)
