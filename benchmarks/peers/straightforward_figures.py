"""What the straightforward script works out: kinds, hours and who carries them, then the figures of one reader."""

from __future__ import annotations

import numpy as np
import pandas as pd

PROJECT_WORDS = (
    r"\b(?:project|programme|implement|migrat|build|replac|upgrad|new|install|construct|rollout|launch|design)"
)
OPERATION_WORDS = r"\b(?:operat|maint|support|admin|monitor|manag|servic|daily|weekly|monthly|annual|routine|billing)"
PER_MONTH = {
    "Daily": 21.7, "Weekly": 4.33, "Fortnightly": 2.17, "Monthly": 1, "Bimonthly": 1 / 2, "Quarterly": 1 / 3,
    "Half-yearly": 1 / 6, "Yearly": 1 / 12,
}  # fmt: skip
HOURS = {"h": 1.0, "d": 7.5, "FTE": 162.5}


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
