"""The same month as a competent analyst would script it: pandas, openpyxl, Jinja and WeasyPrint.

python benchmarks/peers/straightforward.py REGISTER OUTPUT [YYYY-MM]

From the same register it makes the same files as `pipeline run --packs executive,pmo`: the report of the organisation
and of each executive as PDF and web page, with like pages, charts and lists, and the PMO workbook with like sheets.
Columns are worked on whole; what it leaves out is what such scripts leave out: checks of what was read, reasons for
verdicts, leave and holidays, tags for screen readers, links, and a last look at each file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader
from straightforward_book import write_workbook
from straightforward_figures import Month, allocate, classify, share_out
from weasyprint import HTML

OPEN_ROWS, LIST_ROWS, PAPER_ROWS = 4, 300, 10
"""Rows settled one by one, rows of a list on a web page, rows of a list on paper."""


def read(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The work items with tidy columns, and the people with what they can give a month."""
    sheets = pd.read_excel(path, sheet_name=["Register", "People"], engine="openpyxl")
    items, people = sheets["Register"].dropna(subset=["ID"]), sheets["People"].dropna(subset=["Name"])
    items.columns = [str(name).strip() for name in items.columns]
    for name in items.columns.difference(["Start", "Finish", "% complete", "Budget"]):
        items[name] = items[name].fillna("").astype(str).str.strip()
    for name in ("Start", "Finish"):
        items[name] = pd.to_datetime(items[name], errors="coerce")
    people = people.assign(
        capacity=people["Weekly hours"].fillna(37.5) * 52 / 12 * (1 - people["Leave days"].fillna(25) / 260)
    )
    return items.drop_duplicates("ID").reset_index(drop=True), people


LISTS = {
    "Projects that need attention": ("attention", ["ID", "Title", "Accountable", "Finish", "late", "weeks"]),
    "Projects past their finish": ("overdue", ["ID", "Title", "Accountable", "Finish", "late", "hours"]),
    "Operations on one person alone": ("single", ["ID", "Title", "Department", "Responsible", "Frequency", "hours"]),
    "Items without anybody accountable": ("nobody", ["ID", "Title", "Department", "kind", "hours"]),
    "Most loaded people": ("by_person", ["Person", "Department", "operation", "project", "capacity", "load", "over"]),
    "Rows to review": ("to_review", ["ID", "Title", "hours", "kind", "chance", "Type", "Frequency", "Finish"]),
}


def page(month: Month, title: str, environment: Environment, rows: int) -> str:
    """The report of one reader as HTML, with lists cut after so many rows."""
    people, ending = month.by_person(), month.ending(month.projects)
    lists = {name: getattr(month, how)()[columns] for name, (how, columns) in LISTS.items()}
    lists["Handovers that are due"] = ending[["ID", "Title", "Handover to", "Successor", "Finish", "hours"]]
    lists["Contracts and services that end"] = month.ending(month.operations)[
        ["ID", "Title", "Accountable", "Finish", "Budget"]
    ]
    lists["People with hours free"] = people.sort_values("free", ascending=False)[
        ["Person", "Department", "load", "free"]
    ]
    return environment.get_template("straightforward.html.j2").render(
        title=title, now=month.now, measures=month.measures().to_dict("records"), totals=month.totals(), rows=rows,
        capacity=month.people["capacity"].sum(), departments=month.by_month("Department"), lists=lists,
        teams=month.by_group("Team").sort_values("load", ascending=False).head(12).to_dict("records"),
        phases=month.projects.groupby("Phase")["hours"].agg(["size", "sum"]).reset_index().to_dict("records"),
        wave=month.wave().drop(columns="Department").sum().to_dict(),
        settle=month.to_review().head(OPEN_ROWS).to_dict("records"),
    )  # fmt: skip


def main() -> None:
    """Read, work out, write."""
    arguments = argparse.ArgumentParser(description="Reports of one month from a register of work.")
    arguments.add_argument("register", type=Path)
    arguments.add_argument("output", type=Path)
    arguments.add_argument("month", nargs="?", default="2026-10")
    told = arguments.parse_args()
    told.output.mkdir(parents=True, exist_ok=True)
    now = pd.Period(told.month, "M")
    items, people = read(told.register)
    loads = allocate(classify(items), pd.period_range(now - 2, now + 6, freq="M"))
    carried = share_out(items, loads, people)
    whole = Month(items, loads, carried, people, now)
    readers = {"": whole}
    for name in sorted(set(items["Executive"]) - {""}):
        mine = items["Executive"] == name
        own = people[people["Executive"] == name]
        readers[name] = Month(items[mine], loads[mine], carried[carried["Executive"] == name], own, now)
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    for name, month in readers.items():
        target = told.output / f"{now}_executive{'_' + name.lower().replace(' ', '-') if name else ''}"
        target.with_suffix(".html").write_text(page(month, name, environment, LIST_ROWS), encoding="utf-8")
        HTML(string=page(month, name, environment, PAPER_ROWS)).write_pdf(target.with_suffix(".pdf"))
    (told.output / f"{now}_pmo.html").write_text(page(whole, "PMO", environment, LIST_ROWS), encoding="utf-8")
    write_workbook(told.output / f"{now}_pmo.xlsx", whole)


if __name__ == "__main__":
    main()
