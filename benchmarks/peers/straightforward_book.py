"""The straightforward script's workbook: its sheets, and how they are written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from straightforward_figures import Month, raci


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
