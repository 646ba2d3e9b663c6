"""Exhibits of the month on a page: decisions, hours by month, load by part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from pipeline.render import fit
from pipeline.render.changes import scope_trend
from pipeline.render.charts import RuleChange, Sheet, bullet_chart, months_chart
from pipeline.render.charts.measure import text_width
from pipeline.render.exhibits import held
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, Load, Row, plain_rows
from pipeline.render.messages import MESSAGES

DECISIONS = 5
"""Decisions that page 1 shows."""
PAGES: Mapping[str, str] = {
    "overdue": "change", "overload": "people", "taker": "run", "successor": "run", "owner": "people",
    "verdicts": "verdicts",
}  # fmt: skip
"""What a decision asks -> the page that shows why."""
MONTHS = 12
"""Months that the chart spans, those ahead included."""
_SCREEN, _PHONE = 330.0, 230.0
"""Heights of the charts where no page of paper limits them."""
_BEFORE = 1
"""Months before the period's that a phone has room for: those ahead are what the message over the chart speaks of."""
_SCREEN_TEXT = 10
"""Text of drawings for a screen is no smaller."""
_KEY, _KEY_LINE = 152.0, 10.4
"""Points across the four words of the bars' key, its marks taken off, and of its second line."""
_BAR = 25.0
"""Points that a part's bar takes on paper."""


def _decisions_message(facts: Facts) -> str:
    say, wanted = facts.language, facts.count("decisions")
    said = MESSAGES["decisions"](facts)
    if wanted <= DECISIONS:
        return said
    return say.gettext(
        "{decisions}; the {n} here are the gravest of their kinds", decisions=said, n=say.spelt(DECISIONS)
    )


def _decisions_what(facts: Facts) -> str:
    if facts.count("decisions"):
        return ""
    return facts.language.gettext("No overload, handover, missing owner, late project or row to review asks for one.")


def _decisions(facts: Facts) -> Listing:
    """The gravest decisions, the most urgent of them first."""
    chosen = sorted(facts.rows("decisions", DECISIONS), key=lambda row: (row["by"] is None, row["by"]))
    linked = tuple(
        {**row, "page": PAGES.get(row["kind"], ""), "decision": fit.decision(row["decision"], facts)} for row in chosen
    )
    return Listing(linked, rest_of(facts.count("decisions") - DECISIONS, "Decisions", facts))


def _measured(facts: Facts) -> bool:
    """Whether any hours of the period are known."""
    return facts.now is not None and facts.now.hours > 0


def _months_what(facts: Facts) -> str:
    say = facts.language
    if not _measured(facts):
        return say.gettext("An item's hours can be placed when it has an effort and either dates or a cadence.")
    unknown = facts.figure("unknown_effort")
    count = int(unknown.value or 0) if unknown else 0
    if not count:
        return say.gettext("Hours a month, as registered")
    return say.ngettext(
        "Hours a month, as registered; one item of unknown effort is not included",
        "Hours a month, as registered; {count} items of unknown effort are not included",
        count,
    )


def months_shown(facts: Facts) -> tuple[Load, ...]:
    """Twelve months without a gap: the published ones as they said, then the register's own up to those ahead."""
    own = {one.month: one for one in facts.months if one.month is not None}
    said = _published(facts)
    ahead = sum(month > facts.first_day for month in own)
    back = [_months_before(facts.first_day, count) for count in range(1, max(1, MONTHS - ahead))]
    past: list[Load] = []
    for month in back:
        if month not in own and month not in said:
            break
        past.insert(0, _past(month, own.get(month), said.get(month), facts))
    return (*past, *(one for month, one in own.items() if month >= facts.first_day))


def _past(month: date, own: Load | None, row: Row | None, facts: Facts) -> Load:
    """A month gone by: its hours as they were published, else as the register has them now."""
    if row is None:
        assert own is not None
        return own
    run, change, undecided = (float(row[f"{name}_hours"] or 0) for name in ("run", "change", "undecided"))
    hours, capacity = float(row["hours"] or 0), own.capacity if own else None
    load = hours / capacity if capacity else None
    return Load(facts.language.month(month), run, change, undecided, hours, capacity, load, month)


def _published(facts: Facts) -> dict[date, Row]:
    """What the published months said of the whole scope, by month, without the period itself."""
    rows = plain_rows(facts.shared(scope_trend))
    return {row["month"]: row for row in rows if row["month"] < facts.first_day and row["hours"] is not None}


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def rule_change(facts: Facts) -> RuleChange | None:
    """The last month of the trend that other rules judged than the one before it."""
    own = facts.shared(scope_trend)
    changed = own.loc[own["rules_changed"], "month"]
    if not len(changed):
        return None
    say, month = facts.language, changed.iloc[-1].date()
    return RuleChange(
        month,
        say.gettext("Earlier rules"),
        say.gettext("Rule set {version}", version=facts.summary.portfolio.rule_set.version),
    )


def _months_chart(facts: Facts, sheet: Sheet) -> Markup:
    if not _measured(facts):
        return Markup("")
    loads = months_shown(facts)
    now = next(place for place, one in enumerate(loads) if one.month == facts.first_day)
    if sheet.phone:
        first = max(0, now - _BEFORE)
        loads, now = loads[first:], now - first
    rules = rule_change(facts)
    within = rules if rules and any(one.month == rules.month for one in loads[1:]) else None
    share = height(facts, sheet) > 200
    return months_chart(loads, now, sheet, height(facts, sheet), MESSAGES["months"](facts), within, share)


def height(facts: Facts, sheet: Sheet) -> float:
    """How tall the charts of page 1 are: what the page leaves on paper."""
    if sheet.phone:
        return _PHONE
    return facts.once(_room) if sheet.text_size < _SCREEN_TEXT else _SCREEN


def _room(facts: Facts) -> float:
    room = fit.month_charts(facts, shown=(_months_what(facts), _parts_what(facts)))
    return room - _KEY_LINE if _has_long_key(facts) else room


def _has_long_key(facts: Facts) -> bool:
    """Whether the bars' key, undecided hours in it, takes two lines in the reader's language."""
    say = facts.language
    words = (say.gettext("Run"), say.gettext("Change"), say.gettext("Undecided"), say.gettext("Capacity"))
    return any(one.undecided > 0 for one in facts.parts[1]) and sum(text_width(word, 7.5) for word in words) > _KEY


def _parts_what(facts: Facts) -> str:
    say = facts.language
    if not facts.parts[1] or not _measured(facts):
        return say.gettext(
            "Add a column Effort (40 h, 5 d, 0.5 FTE), and dates or a frequency, to see who carries how much."
        )
    return say.gettext("{month} hours as a share of net capacity", month=say.month(facts.first_day))


def _bars(facts: Facts) -> int:
    """How many parts page 1 has room for."""
    return max(4, min(12, int((facts.once(_room) - 12) / _BAR)))


def _parts_chart(facts: Facts, sheet: Sheet) -> Markup:
    if not _measured(facts):
        return Markup("")
    return bullet_chart(facts.parts[1][: _bars(facts)], sheet, height(facts, sheet), MESSAGES["parts"](facts))


def _kinds(facts: Facts) -> frozenset[str]:
    """The kinds of work that the bars hold hours of: `run`, `change`, `undecided`."""
    shown = facts.parts[1][: _bars(facts)]
    return frozenset(kind for kind in ("run", "change", "undecided") if any(getattr(one, kind) > 0 for one in shown))


def _parts_note(facts: Facts) -> str:
    noun, loads = facts.parts
    if not _measured(facts):
        return ""
    return rest_of(len(loads) - _bars(facts), "Workload" if noun == "person" else "Summary", facts)


EXHIBITS: tuple[Exhibit, ...] = (
    *held.EXHIBITS,
    Exhibit("decisions", _decisions_message, _decisions_what, _decisions),
    Exhibit("months", MESSAGES["months"], _months_what, chart=_months_chart),
    Exhibit("parts", MESSAGES["parts"], _parts_what, _kinds, chart=_parts_chart, note=_parts_note),
)
