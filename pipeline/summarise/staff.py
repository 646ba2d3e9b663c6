"""What is to be told about the People sheet: people whom no item names, and places without known holidays."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pipeline.findings import counted, finding
from pipeline.model import Finding
from pipeline.summarise.names import unified
from pipeline.summarise.roster import known_as
from pipeline.summarise.scope import View

NAMED = 5
"""People that one finding names; the rest is counted."""


def named_nowhere(view: View) -> Iterator[Finding]:
    """S05, one a sheet: people with capacity in the period whom no active item names in any role."""
    able = view.capacities_in_period
    named = view.work.roles.loc[view.work.roles["item"].isin(view.active.index), "person"]
    idle = view.people[view.people.index.isin(able.loc[able["capacity_hours"] > 0, "person"])]
    idle = idle[idle["on_sheet"] & ~idle["person"].isin(named.unique())]
    sheet = _sheet(view)
    for (file, name), rows in sheet[sheet["person"].isin(idle["person"])].groupby(["file", "sheet"], sort=True):
        more = f" and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
        yield finding(
            "S05",
            file=str(file),
            sheet=str(name),
            cell=str(rows["cell"].iat[0]),
            ranges=" ".join(rows["cell"]) if len(rows) > 1 else "",
            people=counted(len(rows), "person is", "people are"),
            read=", ".join(rows["person"].head(NAMED)) + more,
        )


def unknown_holidays(view: View) -> Iterator[Finding]:
    """S06, one a place of which no public holidays are known, at the first person there."""
    sheet = _sheet(view)
    for (country, region), country_known in view.work.homes.unknown.items():
        there = sheet[(sheet["country"].str.strip() == country) & (sheet["region"].str.strip() == region)]
        instead = "those of the country are free" if country_known else "those of the organisation are free"
        file, name, cell = (str(there[part].iat[0]) for part in ("file", "sheet", "cell"))
        yield finding("S06", file=file, sheet=name, cell=cell, read=f"{country} {region}".strip(), instead=instead)


def _sheet(view: View) -> pd.DataFrame:
    """The People sheet with `person`, the name to print, each once."""
    register = view.work.portfolio.register
    sheet = register.people.assign(person=unified(register.people["name"], known_as(register)))
    return sheet.drop_duplicates("person")
