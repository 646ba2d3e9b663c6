"""What page 1 shows of a register whose hours are not known: how sure verdicts are, who has how much, what is blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from pipeline.render import fit
from pipeline.render.charts import Band, Sheet, band_chart
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts
from pipeline.render.item_messages import judged
from pipeline.render.language import sentence
from pipeline.render.messages import MESSAGES

_BANDS = 52.0
"""Points of the drawing of bands."""
_LISTS, _ROW = 53.0, 14.0
"""Points of two lists beside each other beyond what `fit.month_charts` reckons for two charts: second lines of their
messages, heads and notes; and of each row."""
_ROWS = 12
"""Rows of each list at most."""


@dataclass(frozen=True)
class Filled:
    """A kind of cell that figures stand on: how many of those wanted hold something."""

    title: str
    filled: int
    wanted: int

    @property
    def share(self) -> float:
        """Filled cells of those wanted."""
        return self.filled / self.wanted


def bands(facts: Facts) -> tuple[Band, ...]:
    """Rows by certainty, from clear operation to clear project."""
    say, sure = facts.language, facts.shared(judged)
    sides = (
        (say.gettext("Clear operation"), "operation", "clear"),
        (say.gettext("Likely operation"), "operation", "likely"),
        (say.gettext("Likely project"), "project", "likely"),
        (say.gettext("Clear project"), "project", "clear"),
    )
    made = [
        Band(name, sure[kind, certainty], "run" if kind == "operation" else "change", certainty == "likely")
        for name, kind, certainty in sides
    ]
    placed = sum(band.count for band in made)
    return (*made[:2], Band(say.gettext("To review"), facts.count("register") - placed, ""), *made[2:])


def _bands_what(facts: Facts) -> str:
    return facts.language.gettext("Rows of the register, from clear operation to clear project")


def _bands_chart(facts: Facts, sheet: Sheet) -> Markup:
    return band_chart(bands(facts), sheet, MESSAGES["bands"](facts))


def with_bands(facts: Facts) -> bool:
    """Whether page 1 has room for the bands above the two lists."""
    left = fit.month_charts(facts, 420.0) - _LISTS - _ROW * len(_cells(facts))
    return left >= _BANDS + fit.GAP + fit.HEAD


def _room(facts: Facts) -> int:
    """How many rows the two lists have."""
    left = fit.month_charts(facts, 420.0) - _LISTS
    if facts.once(with_bands):
        left -= _BANDS + fit.GAP + fit.HEAD
    return max(3, min(_ROWS, int(left / _ROW)))


def _counted(facts: Facts) -> tuple[str, pd.DataFrame]:
    """Active items by department, else by who answers for them, else by status; ("", no rows) where nothing is said."""
    departments = facts.table("departments")
    if facts.whole and len(departments) > 1:
        return "department", departments.rename(columns={"department": "name"})
    people = facts.table("responsibility")
    if len(people):
        projects = people["accountable_projects"].where(people["items"] > 0, 0)
        operations = people["accountable_operations"]
        counted = people.assign(name=people["person"], projects=projects, operations=operations)
        if (projects + operations).any():
            return "person", counted
    rows = facts.table("register")
    said = rows[rows["status"].str.strip() != ""]
    kinds = [(said["kind"] == kind).groupby(said["status"].str.strip()).sum() for kind in ("project", "operation")]
    table = pd.DataFrame({"projects": kinds[0], "operations": kinds[1]}).rename_axis("name").reset_index()
    return ("status" if len(table) else ""), table


def _carried(facts: Facts) -> Listing:
    """The names with most projects and operations."""
    name, table = facts.once(_counted)
    if not name:
        return Listing(())
    ranked = table.assign(both=table["projects"] + table["operations"])
    ranked = ranked.sort_values(["both", "name"], ascending=[False, True], kind="stable")
    shown = ranked.head(facts.once(_room))
    names = shown["name"].where(shown["name"] != "", facts.nameless(name))
    rows = [dict(zip(("name", "projects", "operations"), row, strict=True))
            for row in zip(names, shown["projects"], shown["operations"], strict=True)]  # fmt: skip
    sheet = {"department": "Summary", "person": "Responsibility", "status": "Register"}[name]
    return Listing(tuple(rows), rest_of(len(ranked) - len(rows), sheet, facts))


def _carried_message(facts: Facts) -> str:
    """Whose or which part of the register carries the most."""
    say, name = facts.language, facts.once(_counted)[0]
    if not name:
        return say.gettext("The register names no department, person or status")
    first = _carried(facts).rows[0]
    values = {
        "name": first["name"],
        "projects": say.ngettext("one project", "{count} projects", int(first["projects"])),
        "operations": say.ngettext("one operation", "{count} operations", int(first["operations"])),
    }
    if name == "status":
        return say.gettext("Most have the status {name}: {projects}, {operations}", **values)
    if first["name"] == facts.nameless(name):
        return say.gettext("Most items name no department: {projects}, {operations}", **values)
    return say.gettext("{name} has most: {projects}, {operations}", **values)


def _carried_what(facts: Facts) -> str:
    say = facts.language
    return {
        "department": say.gettext("Active items by department"),
        "person": say.gettext("Active items by accountable person"),
        "status": say.gettext("Items by status, as registered"),
        "": "",
    }[facts.once(_counted)[0]]


def _cells(facts: Facts) -> tuple[Filled, ...]:
    """What is filled, the least filled first."""
    found = [one for one in _each_cell(facts) if one.wanted]
    return tuple(sorted(found, key=lambda one: one.share))


def _each_cell(facts: Facts) -> Iterator[Filled]:
    say, rows = facts.language, facts.table("register")
    projects, operations = facts.table("projects"), facts.table("operations")
    effort = facts.figure("unknown_effort")
    if effort and effort.of:
        yield Filled(say.gettext("Effort"), int(effort.of - (effort.value or 0)), int(effort.of))
    yield Filled(say.gettext("Accountable person"), int((rows["accountable"] != "").sum()), len(rows))
    yield Filled(say.gettext("Department"), int((rows["department"] != "").sum()), len(rows))
    yield Filled(say.gettext("Start of projects"), int(projects["start"].notna().sum()), len(projects))
    yield Filled(say.gettext("Finish of projects"), int(projects["finish"].notna().sum()), len(projects))
    yield Filled(say.gettext("Frequency of operations"), int((operations["cadence"] != "").sum()), len(operations))


def _filled_message(facts: Facts) -> str:
    """How full the columns are that figures need."""
    say, cells = facts.language, _cells(facts)
    if not cells:
        return say.gettext("No cell is wanted: no item was read")
    if cells[0].filled == cells[0].wanted:
        return say.gettext("Every wanted cell is filled")
    none = [one for one in cells if not one.filled]
    if len(none) > 2:
        said = say.ngettext(
            "One kind of cell is filled in no row", "{n} kinds of cells are filled in no row", len(none)
        )
        return sentence(said)
    if none:
        return say.gettext("Filled in no row: {cells}", cells=say.listed(one.title for one in none))
    return say.gettext("Least filled: {cell}, {share}", cell=cells[0].title, share=say.percent(cells[0].share))


def _filled_what(facts: Facts) -> str:
    if facts.inactive == facts.count("register"):
        return facts.language.gettext("Cells of every item, none of which is active: filled, of those wanted")
    return facts.language.gettext("Cells that hours, load and dates stand on: filled, of those wanted")


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("bands", MESSAGES["bands"], _bands_what, with_bands, chart=_bands_chart),
    Exhibit("carried", _carried_message, _carried_what, _carried),
    Exhibit("filled", _filled_message, _filled_what, lambda facts: _cells(facts)[: facts.once(_room)]),
)
