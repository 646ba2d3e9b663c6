"""Sentences on the work items themselves: how many, how late, how sure; named in MESSAGES."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.render.facts import Facts
from pipeline.render.language import sentence
from pipeline.render.old import latest_date


def items(facts: Facts) -> str:
    """`Nine work items, of which three active projects and two active operations`."""
    say = facts.language
    count, projects, operations = (facts.count(name) for name in ("register", "projects", "operations"))
    values = {
        "items": say.ngettext("one work item", "{n} work items", count),
        "projects": say.ngettext("one active project", "{n} active projects", projects),
        "operations": say.ngettext("one active operation", "{n} active operations", operations),
    }
    if projects and operations:
        return sentence(say.gettext("{items}, of which {projects} and {operations}", **values))
    if projects:
        return sentence(say.gettext("{items}: {projects}, no active operation", **values))
    if operations:
        return sentence(say.gettext("{items}: {operations}, no active project", **values))
    return sentence(say.gettext("{items}, no active project or operation", **values))


def counts(facts: Facts) -> str:
    """How the items divide where some are in no figure of page 1."""
    say = facts.language
    if facts.inactive <= 0:
        return say.gettext("Every item is active.")
    undecided = facts.figure("undecided")
    open_ones = int(undecided.value or 0) if undecided else 0
    closed = say.ngettext("one closed or otherwise not active", "{n} closed or otherwise not active", facts.inactive)
    if not open_ones:
        return say.gettext("{items}, and {closed}.", items=items(facts), closed=closed)
    between = say.ngettext("one undecided or mixed", "{n} undecided or mixed", open_ones)
    return say.gettext("{items}, {undecided}, and {closed}.", items=items(facts), undecided=between, closed=closed)


def overdue(facts: Facts) -> str:
    """Projects past their finish."""
    say = facts.language
    projects, late = facts.count("projects"), len(facts.overdue)
    if not projects:
        return say.gettext("No active item is judged a project.")
    if late and facts.shared(latest_date) is not None:
        return say.ngettext(
            "The register does not say whether its one project is still under way.",
            "The register does not say whether its {n} projects are still under way.",
            projects,
        )
    if late:
        return _late(facts, late, projects)
    undated = int(facts.table("projects")["finish"].isna().sum())
    if undated == projects:
        return say.ngettext(
            "No finish date is known for the one active project.",
            "No finish date is known for the {n} active projects.",
            projects,
        )
    if not undated:
        return say.gettext("No project is past its finish date.")
    return say.ngettext(
        "No project is past its finish date; one of {all} has none.",
        "No project is past its finish date; {n} of {all} have none.",
        undated,
        all=say.spelt(projects),
    )


def _late(facts: Facts, late: int, projects: int) -> str:
    say = facts.language
    by = say.ngettext("by one day", "by {count} days", int(facts.overdue["days_late"].iloc[0]))
    if projects == 1:
        return say.gettext("The one active project is past its finish date, {by}.", by=by)
    said = say.ngettext(
        "One of {all} active projects is past its finish date, {by}.",
        "{n} of {all} active projects are past their finish date, the longest {by}.",
        late,
        all=say.spelt(projects),
        by=by,
    )
    return sentence(said)


def decisions(facts: Facts) -> str:
    """How many decisions are wanted."""
    wanted = facts.count("decisions")
    if not wanted:
        return facts.language.gettext("No decision is wanted")
    if facts.shared(latest_date) is not None:
        return sentence(facts.language.ngettext(
            "One decision is wanted if the register still holds",
            "{n} decisions are wanted if the register still holds", wanted,
        ))  # fmt: skip
    return sentence(facts.language.ngettext("One decision wanted", "{n} decisions wanted", wanted))


def projects(facts: Facts) -> str:
    """The project page."""
    say = facts.language
    if not facts.count("projects"):
        return say.gettext("No active item is judged a project.")
    unowned = int((facts.table("projects")["accountable"] == "").sum())
    named = say.ngettext(
        "One project names no accountable person.", "{n} projects name no accountable person.", unowned
    )
    every = say.gettext("Each names an accountable person.")
    return f"{overdue(facts)} {sentence(named) if unowned else every}"


def operations(facts: Facts) -> str:
    """The operation page."""
    say, table = facts.language, facts.table("operations")
    if not len(table):
        return say.gettext("No active item is judged an operation.")
    hours, known = table["month_hours"].sum(), int(table["month_hours"].notna().sum())
    values = {"hours": say.hours(hours), "month": say.month(facts.first_day)}
    first = (
        say.ngettext(
            "One operation takes {hours} in {month}.",
            "{n} operations take {hours} in {month}.",
            len(table),
            **values,
        )
        if known
        else say.ngettext(
            "One operation; its hours are unknown.", "{n} operations; their hours are unknown.", len(table)
        )
    )
    alone = int((table["deputy"] == "").sum())
    named = say.ngettext("One operation names no deputy.", "{n} operations name no deputy.", alone)
    return f"{sentence(first)} {sentence(named) if alone else say.gettext('Each names a deputy.')}"


def findings(facts: Facts) -> str:
    """The data page."""
    say, table = facts.language, facts.table("findings")
    if not len(table):
        return say.gettext("No problem was found in the data.")
    errors, warnings, notes = (int((table["level"] == level).sum()) for level in ("error", "warning", "note"))
    named = (
        (errors, say.ngettext("one error", "{n} errors", errors)),
        (warnings, say.ngettext("one warning", "{n} warnings", warnings)),
        (notes, say.ngettext("one note", "{n} notes", notes)),
    )
    listed = say.listed(text for count, text in named if count)
    said = say.ngettext("{named} was found in the data.", "{named} were found in the data.", len(table), named=listed)
    return sentence(said)


_KINDS, _SURE = ("project", "operation"), ("clear", "likely")


def judged(facts: Facts) -> Mapping[tuple[str, str], int]:
    """How many rows are judged which kind of work, how surely: (`project` or `operation`, `clear` or `likely`)."""
    table = facts.table("register")
    kinds, sure = ({one: table[name] == one for one in of} for name, of in (("kind", _KINDS), ("certainty", _SURE)))
    return {(kind, certainty): int((kinds[kind] & sure[certainty]).sum()) for kind in _KINDS for certainty in _SURE}


def bands(facts: Facts) -> str:
    """Where the items fall between operation and project."""
    say, table = facts.language, facts.table("register")
    if not len(table):
        return say.gettext("No row was judged")
    sure = facts.shared(judged)
    clear, likely = (sum(sure[kind, certainty] for kind in _KINDS) for certainty in _SURE)
    review = facts.figure("review_rows")
    look = int(review.value or 0) if review else 0
    closed = len(table) - clear - likely - look
    form = say.form_of(len(table), clear, likely, look, closed)
    needs = say.ngettext("one needs a person to look", "{n} need a person to look", look, n=form(look))
    first = _certain(facts, clear, likely, len(table), form)
    said = [first, needs if look else say.gettext("none needs a person to look")]
    if closed > 0:
        said.append(say.ngettext("one unclear one is closed", "{n} unclear ones are closed", closed, n=form(closed)))
    return sentence("; ".join(said))


def _certain(facts: Facts, clear: int, likely: int, rows: int, form: Callable[[int], str]) -> str:
    """How many of the rows are clear, and how many likely."""
    say = facts.language
    if rows == 1:
        if clear:
            return say.gettext("the one row is clear")
        return say.gettext("the one row is likely") if likely else say.gettext("the one row is not clear")
    values = {"n": form(clear), "all": form(rows), "likely": form(likely)}
    if not likely:
        return say.ngettext(
            "{n} of {all} rows is clear, none likely", "{n} of {all} rows are clear, none likely", clear, **values
        )
    return say.ngettext(
        "{n} of {all} rows is clear, {likely} likely", "{n} of {all} rows are clear, {likely} likely", clear, **values
    )


def review(facts: Facts) -> str:
    """Rows that a person must judge."""
    say, count = facts.language, facts.count("review")
    if not count:
        return say.gettext("No row needs a person to decide")
    hours = facts.table("review")["month_hours"].sum()
    if not hours:
        return sentence(say.ngettext("One row needs a person to decide", "{n} rows need a person to decide", count))
    said = say.ngettext(
        "One row needs a person to decide; it carries {hours} in {month}",
        "{n} rows need a person to decide; together they carry {hours} in {month}",
        count,
        hours=say.hours(hours),
        month=say.month(facts.first_day),
    )
    return sentence(said)
