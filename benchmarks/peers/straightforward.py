"""The same month as a competent analyst would script it: pandas, openpyxl, Jinja and WeasyPrint, in one file.

python benchmarks/peers/straightforward.py REGISTER OUTPUT [YYYY-MM]

From the same register it makes the same files as `pipeline run --packs executive,pmo`: the report of the organisation
and of each executive as PDF and web page, with like pages, charts and lists, and the PMO workbook with like sheets.
Columns are worked on whole; what it leaves out is what such scripts leave out: checks of what was read, reasons for
verdicts, leave and holidays, tags for screen readers, links, and a last look at each file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from jinja2 import Environment, FileSystemLoader
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from weasyprint import HTML

PROJECT_WORDS = (
    r"\b(?:project|programme|implement|migrat|build|replac|upgrad|new|install|construct|rollout|launch|design)"
)
OPERATION_WORDS = r"\b(?:operat|maint|support|admin|monitor|manag|servic|daily|weekly|monthly|annual|routine|billing)"
PER_MONTH = {
    "Daily": 21.7, "Weekly": 4.33, "Fortnightly": 2.17, "Monthly": 1, "Bimonthly": 1 / 2, "Quarterly": 1 / 3,
    "Half-yearly": 1 / 6, "Yearly": 1 / 12,
}  # fmt: skip
HOURS = {"h": 1.0, "d": 7.5, "FTE": 162.5}
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


def classify(items: pd.DataFrame) -> pd.DataFrame:
    """Projects and operations by words, dates, cadence and the declared type."""
    text = items["Title"] + " " + items["Description"]
    score = text.str.count(PROJECT_WORDS, flags=2) * 0.7 - text.str.count(OPERATION_WORDS, flags=2) * 0.7
    score += items["Finish"].notna() * 1.1 - (items["Frequency"] != "") * 1.3 + items["% complete"].notna() * 0.6
    score += items["Type"].map({"Project": 0.8, "Programme": 0.8, "BAU": -0.8}).fillna(0)
    items["chance"] = 1 / (1 + np.exp(-score))
    items["kind"] = np.where(score > 0, "project", "operation")
    items["review"] = items["chance"].between(0.35, 0.65)
    return items


def allocate(items: pd.DataFrame, months: pd.PeriodIndex) -> pd.DataFrame:
    """Hours of every item in every month: projects over their working days, operations by their cadence."""
    effort = items["Effort"].str.extract(r"^([\d.]+)\s*(h|d|FTE)?\s*(per day|per month)?")
    hours = pd.to_numeric(effort[0]) * effort[1].map(HOURS).fillna(1.0)
    rate = np.where(
        effort[2] == "per day", 21.7, np.where(effort[1] == "FTE", 1, items["Frequency"].map(PER_MONTH).fillna(1))
    )
    active = ~items["Status"].isin(["Closed", "Done", "Cancelled"])
    is_project = (items["kind"] == "project") & items["Start"].notna() & items["Finish"].ge(items["Start"])
    loads = pd.DataFrame(0.0, index=items.index, columns=months.astype(str))
    first = items.loc[is_project, "Start"].to_numpy().astype("datetime64[D]")
    last = items.loc[is_project, "Finish"].to_numpy().astype("datetime64[D]") + 1
    whole = np.maximum(np.busday_count(first, last), 1)
    for month in months:
        begin, end = np.datetime64(month.start_time, "D"), np.datetime64((month + 1).start_time, "D")
        start, stop = np.maximum(first, begin), np.minimum(last, end)
        days = np.where(start < stop, np.busday_count(start, np.maximum(start, stop)), 0)
        loads.loc[is_project, str(month)] = hours[is_project] * days / whole
        steady = items["kind"] == "operation"
        loads.loc[steady, str(month)] = (hours * rate)[steady]
    items["unknown"] = hours.isna()
    return loads.fillna(0).mul(active, axis=0)


def share_out(items: pd.DataFrame, loads: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Hours by person and item for every month, and where each person belongs."""
    doers = (
        items["Responsible"]
        .where(items["Responsible"] != "", items["Accountable"])
        .str.split(";")
        .explode()
        .str.strip()
    )
    doers = doers[doers != ""]
    said = pd.to_numeric(doers.str.extract(r"(\d+)\s*%$")[0]) / 100
    share = said.fillna(1 / doers.groupby(level=0).transform("size"))
    carried = loads.loc[doers.index].mul(share.to_numpy(), axis=0)
    carried.insert(0, "Person", doers.str.replace(r"\s*\d+\s*%$", "", regex=True).to_numpy())
    carried.insert(1, "kind", items.loc[doers.index, "kind"].to_numpy())
    homes = people.set_index("Name")[["Team", "Department", "Executive", "capacity"]]
    return carried.join(homes, on="Person")


def raci(items: pd.DataFrame) -> pd.DataFrame:
    """One row for each person and role of an item."""
    parts = []
    for column, letter in (("Accountable", "A"), ("Responsible", "R"), ("Deputy", "D")):
        named = items.set_index(["ID", "Title", "Department", "kind"])[column].str.split(";").explode().str.strip()
        parts.append(named[named != ""].rename("Person").reset_index().assign(RACI=letter))
    return pd.concat(parts, ignore_index=True)


class Month:
    """The figures of one reader: the whole organisation, or what one executive governs."""

    def __init__(
        self, items: pd.DataFrame, loads: pd.DataFrame, carried: pd.DataFrame, people: pd.DataFrame, now: pd.Period
    ):
        self.now, self.months = now, list(loads.columns)
        self.items = items.assign(hours=loads[str(now)])
        self.loads, self.carried, self.people = loads, carried, people
        active = ~self.items["Status"].isin(["Closed", "Done", "Cancelled"])
        self.projects = self.items[active & (self.items["kind"] == "project")]
        self.operations = self.items[active & (self.items["kind"] == "operation")]
        self.day = now.end_time.normalize()

    def by_person(self) -> pd.DataFrame:
        """Run, change, capacity and load of everybody in the month."""
        hours = self.carried.pivot_table(
            index="Person", columns="kind", values=str(self.now), aggfunc="sum", fill_value=0
        )
        hours = hours.reindex(columns=["operation", "project"], fill_value=0.0)
        found = (
            self.people.set_index("Name")[["Team", "Department", "Executive", "capacity"]]
            .join(hours)
            .fillna({"operation": 0.0, "project": 0.0})
        )
        found["hours"] = found["operation"] + found["project"]
        found["load"] = found["hours"] / found["capacity"]
        found["over"] = (found["hours"] - found["capacity"]).clip(lower=0)
        found["free"] = (found["capacity"] - found["hours"]).clip(lower=0)
        return found.reset_index(names="Person").sort_values("load", ascending=False)

    def by_group(self, name: str) -> pd.DataFrame:
        """The same by department, team or executive."""
        found = self.by_person().groupby(name)[["operation", "project", "hours", "capacity", "over", "free"]].sum()
        return found.assign(load=found["hours"] / found["capacity"]).reset_index()

    def by_month(self, name: str) -> pd.DataFrame:
        """Load of each group in every month shown."""
        hours = self.carried.groupby(name)[self.months].sum()
        capacity = self.people.groupby(name)["capacity"].sum()
        return hours.div(capacity, axis=0).fillna(0).reset_index()

    def totals(self) -> pd.DataFrame:
        """Run and change of every month."""
        return self.carried.groupby("kind")[self.months].sum().reindex(["operation", "project"], fill_value=0.0)

    def overdue(self) -> pd.DataFrame:
        """Projects past their finish, the latest first."""
        late = self.projects[self.projects["Finish"] < self.day]
        return late.assign(late=(self.day - late["Finish"]).dt.days).sort_values("late", ascending=False)

    def attention(self) -> pd.DataFrame:
        """Projects that are late, or will be at their pace."""
        found = self.projects.dropna(subset=["Start", "Finish"])
        gone = (self.day - found["Start"]).dt.days
        done = pd.to_numeric(found["% complete"], errors="coerce").clip(lower=0.01)
        end = found["Start"] + pd.to_timedelta((gone / done).clip(upper=20_000), unit="D")
        weeks = ((end - found["Finish"]).dt.days // 7).fillna(0)
        found = found.assign(weeks=weeks, late=(self.day - found["Finish"]).dt.days)
        return found[(found["weeks"] >= 4) | (found["late"] > 0)].sort_values(["late", "weeks"], ascending=False)

    def ending(self, kind: pd.DataFrame) -> pd.DataFrame:
        """What ends within ninety days or should have."""
        return kind[kind["Finish"] <= self.day + pd.Timedelta(days=90)].sort_values("Finish")

    def single(self) -> pd.DataFrame:
        """Operations that one person does and nobody stands in for."""
        alone = ~self.operations["Responsible"].str.contains(";") & (self.operations["Deputy"] == "")
        return self.operations[alone]

    def nobody(self) -> pd.DataFrame:
        """Items that nobody is accountable for."""
        return self.items[self.items["Accountable"] == ""]

    def to_review(self) -> pd.DataFrame:
        """Items whose kind a person should settle, the largest first."""
        return self.items[self.items["review"]].sort_values("hours", ascending=False)

    def wave(self) -> pd.DataFrame:
        """Hours that ended projects free and begun ones add, by department and month."""
        change = self.loads[self.items["kind"] == "project"].groupby(self.items["Department"]).sum()
        return change.sub(change[str(self.now)], axis=0).reset_index()

    def measures(self) -> pd.DataFrame:
        """The figures at the head."""
        people, reviewed = self.by_person(), self.items["review"].sum()
        run, change = people["operation"].sum(), people["project"].sum()
        rows = [
            ("Active projects", len(self.projects)), ("Active operations", len(self.operations)),
            ("Run share of hours", run / max(run + change, 1)),
            ("Load of capacity", (run + change) / people["capacity"].sum()),
            ("People over capacity", (people["load"] > 1).sum()), ("Projects past their finish", len(self.overdue())),
            ("Verdicts to review", reviewed), ("Wanted cells filled", (self.items != "").mean().mean()),
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["Figure", "Value"])


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


def sheets(month: Month) -> dict[str, pd.DataFrame]:
    """Every sheet of the workbook."""
    items, people, roles = month.items, month.by_person(), raci(month.items)
    late = month.projects.assign(
        slip=(month.day - month.projects["Finish"]).dt.days,
        gone=(month.day - month.projects["Start"]) / (month.projects["Finish"] - month.projects["Start"]),
    )
    ending = month.ending(month.projects)
    carried = month.carried.groupby(["Person", "Team", "Department"])[month.months].sum().reset_index()
    totals = month.totals().T.reset_index(names="Month")
    counts = roles.groupby(["Person", "RACI", "kind"]).size().unstack(["RACI", "kind"], fill_value=0)
    counts.columns = [f"{letter} {kind}" for letter, kind in counts.columns]
    checks = ["Handover to", "Successor", "Deputy", "Notes", "Budget", "Phase", "% complete", "Programme"]
    ready = ending.melt(["ID", "Title", "Department", "Finish"], checks, "Check", "What the register says")
    closed = items[items["Status"] == "Closed"]
    own = items[["ID", "Title", "Department", "kind", "hours"]]
    said = items["Type"].map({"Project": "project", "Programme": "project", "BAU": "operation"})
    faults = own[(items["Accountable"] == "") | (items["Responsible"] == "")]
    executives = items.pivot_table(
        index="Executive", columns="kind", values="hours", aggfunc=["size", "sum"], fill_value=0
    )
    executives.columns = [f"{kind} {what}" for what, kind in executives.columns]
    return {
        "Summary": month.measures(), "Register": items, "Review": month.to_review(), "Projects": month.projects,
        "Control": late, "Operations": month.operations,
        "Functions": month.operations.groupby("Department")["hours"].agg(["size", "sum"]).reset_index(),
        "Measures": month.operations[["ID", "Title", "Department", "Frequency", "hours", "Finish", "Status"]],
        "Renewals": month.ending(month.operations), "Workload": carried, "People": people, "Months": totals,
        "Teams": month.by_group("Team"), "Departments": month.by_group("Department"),
        "Load by month": month.by_month("Team"),
        "Load wave": month.wave(), "Responsibility": counts.reset_index(), "RACI": roles, "Faults": faults,
        "Fault counts": faults.groupby("Department").size().rename("Items").reset_index(),
        "Nobody named": month.nobody(), "Single points": month.single(),
        "Span": counts.sum(axis=1).sort_values().rename("Items").reset_index(),
        "Governance": executives.reset_index(), "Handover": ending, "Readiness": ready,
        "Closed no successor": closed[closed["Successor"] == ""],
        "Contradictions": items[said.notna() & (said != items["kind"])],
        "Overdue": month.overdue(), "Attention": month.attention(), "Unknown effort": items[items["unknown"]],
        "Decisions": month.attention()[["ID", "Title", "Accountable", "Finish"]],
        "Findings": own[items["Start"].isna() & (items["kind"] == "project")],
    }  # fmt: skip


def write_workbook(path: Path, month: Month) -> None:
    """The workbook with bold heads, widths, frozen rows, filters and a chart."""
    with pd.ExcelWriter(path, engine="openpyxl", datetime_format="yyyy-mm-dd") as writer:
        for name, table in sheets(month).items():
            table.to_excel(writer, sheet_name=name, index=False)
            sheet = writer.sheets[name]
            sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
            for at, column in enumerate(table.columns, start=1):
                longest = table[column].head(200).astype(str).str.len().max() if len(table) else 0
                sheet.column_dimensions[get_column_letter(at)].width = min(max(len(str(column)), longest or 0) + 2, 60)
                head = sheet.cell(1, at)
                head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="12506A")
        sheet, chart = writer.sheets["Months"], BarChart()
        chart.grouping, chart.overlap = "stacked", 100
        chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=sheet.max_row), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=sheet.max_row))
        sheet.add_chart(chart, "F2")


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
