"""Exhibits of the change portfolio: go-lives and the projects that need attention, and how many of each have room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from markupsafe import Markup

from pipeline.render import fit
from pipeline.render.attention import Attention, attention
from pipeline.render.charts import Sheet, Slip, slip_chart
from pipeline.render.exhibits import briefs, phases
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import rest_of
from pipeline.render.exhibits.phases import phases_shown
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.go_lives import GRAVE_DAYS, go_lives, headline, until, windows
from pipeline.render.language import sentence

ATTENTION, GO_LIVES = 10, 14
"""Projects in the table and on the timeline, where the page has room for them."""
_REASON = 160.0
"""Points that a reason has on paper."""
SCREEN_TEXT = 10
"""Text of drawings for a screen is no smaller."""
_PHASES, _ROW, _BRIEF = 90.0, 14.7, 14.2
"""Points of the chart of phases, of a row of the timeline and of a row of a short list."""


@dataclass(frozen=True)
class Plan:
    """How many rows each list of the page has, so that together they fill it."""

    go_lives: int
    attention: int


def plan(facts: Facts) -> Plan:
    """Ten that need attention first, then go-lives; what room is left shows further projects."""
    above = fit.HEAD + _PHASES + fit.GAP if phases_shown(facts) else 0.0
    timeline = fit.HEAD + 32.0 + fit.GAP if len(go_lives(facts)) else 0.0
    lists = _briefs_room(facts)
    head = 21.7 * fit.lines(headline(facts), 54)
    table = fit.GAP + fit.HEAD + fit.TABLE_HEAD + 12
    room = fit.PAGE[facts.paper] - head - above - timeline - lists - table
    wanted = min(ATTENTION, len(facts.projects)) * fit.LIST_ROW
    shown = max(0, min(len(go_lives(facts)), GO_LIVES, int((room - wanted) / _ROW)))
    return Plan(shown, max(5, int((room - shown * _ROW) / fit.LIST_ROW)))


def _briefs_room(facts: Facts) -> float:
    shown = briefs.briefs(facts)
    note = 12.0 * fit.lines(shown.others, 116) + fit.GAP if shown.others else 0.0
    return note + (fit.GAP + 46.0 + _BRIEF * briefs.LISTED if shown.ids else 0.0)


def _go_lives_message(facts: Facts) -> str:
    say, coming = facts.language, go_lives(facts)
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


def _go_lives_what(facts: Facts) -> str:
    say, coming = facts.language, go_lives(facts)
    if not len(coming):
        return ""
    if not coming["slip_days"].notna().any():
        first = say.gettext("Dot: finish as registered.")
    else:
        first = say.gettext("Tick: approved finish, else the first recorded. Dot: finish now.")
    shown = plan(facts).go_lives
    if shown >= len(coming):
        return first
    some = say.ngettext("Shown is the one that moved furthest or has most hours.",
                        "Shown are the {n} that moved furthest or have most hours.", shown)  # fmt: skip
    return f"{first} {some}"


def _go_lives_shown(facts: Facts, count: int) -> pd.DataFrame:
    """So many go-lives, the next first: those that moved furthest, then those with most hours of the period."""
    coming = go_lives(facts)
    gravest = coming.sort_values(["slip_days", "month_hours"], ascending=False, kind="stable").head(count)
    return gravest.sort_values(["finish", "id"], kind="stable")


def _go_lives_chart(facts: Facts, sheet: Sheet) -> Markup:
    shown = _go_lives_shown(facts, plan(facts).go_lives if sheet.text_size < SCREEN_TEXT else GO_LIVES)
    slips = [_slip(row) for row in plain_rows(shown)]
    last = slips[-1].now if slips else facts.last_day
    within = [one for one in windows(facts) if one.last <= last]
    return slip_chart(slips, sheet, _go_lives_message(facts), facts.last_day, within)


def _slip(row: Row) -> Slip:
    moved = row["slip_days"]
    first = None if moved is None else date.fromordinal(row["finish"].toordinal() - int(moved))
    return Slip(row["id"], row["title"], row["accountable"], first, row["finish"])


def _go_lives_note(facts: Facts) -> str:
    shown = plan(facts).go_lives
    return rest_of(len(go_lives(facts)) - shown, "Projects", facts.language) if shown else ""


def _attention(facts: Facts) -> Attention:
    return attention(facts, plan(facts).attention, _REASON)


def _attention_message(facts: Facts) -> str:
    say, found = facts.language, _attention(facts)
    if not found.total:
        return say.gettext("No active item is judged a project")
    if not found.needing:
        return say.gettext("Nothing stands against any of the active projects")
    first = sentence(
        say.ngettext("one of {all} projects needs attention", "{n} of {all} projects need attention", found.needing,
                     all=say.number(found.total))
    )  # fmt: skip
    if not found.late:
        return say.gettext("{first}; none is overdue", first=first)
    return say.ngettext("{first}; one of them is overdue", "{first}; {n} of them are overdue", found.late, first=first)


def _attention_what(facts: Facts) -> str:
    if not len(facts.projects):
        return ""
    return facts.language.gettext("Worst first: overdue ones, then by what else stands against them")


def _attention_note(facts: Facts) -> str:
    found = _attention(facts)
    return rest_of(found.total - len(found.rows), "Projects", facts.language)


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("change_headline", headline),
    Exhibit("go_lives", _go_lives_message, _go_lives_what, chart=_go_lives_chart, note=_go_lives_note),
    Exhibit("attention", _attention_message, _attention_what, _attention, note=_attention_note),
    *phases.EXHIBITS,
    *briefs.EXHIBITS,
)
