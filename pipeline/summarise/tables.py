"""TABLES: every table a report may show: the question it answers, its columns with units, its formula in words.

`Summary.tables[id]` is a frame with exactly these columns. To add a table is to add one entry and the function
that computes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["item", "id", "text", "kind", "date", "month", "hours", "count", "number", "share", "probability", "flag", "cell"]


@dataclass(frozen=True)
class Column:
    """One column: its name in the frame, its heading in reports, and what its values are.

    `item` is the index into `register.items`; `share` is a ratio (1 = 100 %); `number` an amount of
    whatever its heading says; `month` a `datetime64` first of
    month; missing numbers and dates are NaN/NaT ("unknown" or "not applicable"), missing texts are "".
    """

    id: str
    title: str
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class Table:
    """One table: what it answers and how it is computed, in words."""

    id: str
    title: str
    question: str
    formula: str
    columns: tuple[Column, ...]


_ITEM = (Column("item", "Item", "item"), Column("id", "ID", "id"), Column("title", "Title"), Column("department", "Department"))
_PLACE = (Column("file", "File"), Column("sheet", "Sheet"), Column("row", "Row", "count"))
_LOAD = (
    Column("run_hours", "Run, h", "hours"),
    Column("change_hours", "Change, h", "hours"),
    Column("undecided_hours", "Undecided, h", "hours"),
    Column("hours", "Hours", "hours"),
    Column("capacity_hours", "Capacity, h", "hours"),
    Column("load", "Load", "share"),
)

_SPLIT = (Column("committed_hours", "Committed, h", "hours"), Column("forecast_hours", "Forecast, h", "hours"))
_SPARE = (Column("over_hours", "Over, h", "hours"), Column("free_hours", "Free, h", "hours"), Column("unknown_effort", "Effort unknown", "count"))
_LEVEL = (Column("level", "Level"), Column("name", "Name"), Column("department", "Department"))
_RUN = Column("run_share", "Run share", "share")
_RUN_CHANGE = (
    Column("run_hours", "Run, h", "hours"), Column("change_hours", "Change, h", "hours"), Column("undecided_hours", "Undecided, h", "hours"), Column("hours", "Hours", "hours"), _RUN,
    Column("run_items", "Run, items", "count"), Column("change_items", "Change, items", "count"), Column("undecided_items", "Undecided, items", "count"), Column("run_items_share", "Run share of items", "share"),
    Column("unknown_effort", "Effort unknown", "count"), Column("target", "Against target"),
)

TABLES: tuple[Table, ...] = (
    Table(
        "months", "Months", "How much work is there each month, and of which kind?",
        "Sum of allocations by month; capacity: sum over people; load = hours / capacity. Forecast: hours of items whose status says planned or proposed; committed: all others. Over and free: summed over people, never netted. Effort unknown: active items whose hours are in no month.",
        (Column("month", "Month", "month"), Column("forecast", "Month to come", "flag"), *_LOAD, _RUN, *_SPLIT, *_SPARE),
    ),
    Table(
        "departments", "Departments", "Who carries run and change, department by department?",
        "Allocations of the period by the carrying person's department (the item's where nobody is named; a blank one on the People sheet is where most of the person's items are); run share = run / (run + change). Effort unknown: active items without known hours that its people carry, or nobody does.",
        (
            Column("department", "Department"), Column("people", "People", "count"), Column("projects", "Projects", "count"),
            Column("operations", "Operations", "count"), Column("undecided", "Undecided", "count"), *_LOAD,
            Column("run_share", "Run share", "share"), Column("unknown_effort", "Effort unknown", "count"),
        ),
    ),
    Table(
        "teams", "Teams", "Who carries run and change, team by team?", "As departments, by team.",
        (Column("department", "Department"), Column("team", "Team"), Column("people", "People", "count"), *_LOAD, Column("run_share", "Run share", "share")),
    ),
    Table(
        "people", "People", "Who carries how much in the period?",
        "Allocations of the period by person; capacity = working days x hours a day x FTE x target; free = capacity - hours where positive; over = hours - capacity where positive.",
        (
            Column("person", "Person"), Column("team", "Team"), Column("department", "Department"), Column("executive", "Executive"),
            *_LOAD, Column("run_share", "Run share", "share"), Column("over_hours", "Over, h", "hours"), Column("free_hours", "Free, h", "hours"),
            Column("unknown_effort", "Effort unknown", "count"),
        ),
    ),
    Table(
        "workload", "Workload by month", "Who is over capacity, and when?", "Allocations by person and month; one row each; load = hours / capacity.",
        (Column("person", "Person"), Column("team", "Team"), Column("department", "Department"), Column("executive", "Executive"),
         Column("month", "Month", "month"), Column("forecast", "Month to come", "flag"), *_LOAD, _RUN, *_SPLIT, *_SPARE),
    ),
    Table(
        "roll_up", "Workload by month and level", "Where is capacity over, and where is it free, month by month?",
        "Allocations by month and the department or team that carries them, or the executive its people report to (who governs the items: executives). Over: each person's hours above capacity, summed over people and never netted against others' free hours; free likewise. Forecast: hours of items whose status says planned or proposed; committed: all others.",
        (*_LEVEL, Column("month", "Month", "month"), Column("forecast", "Month to come", "flag"), *_LOAD, _RUN, *_SPLIT, *_SPARE),
    ),
    Table(
        "run_change", "Run and change", "How much of the work keeps things running, and how much changes them?",
        "The period's allocations, and the active items carried, by level; an item counts once for each person, team or department that carries it, and each executive its people report to (who governs the items: executives). Run share = run / (run + change), of hours and of items. Against target: where the share of hours lies by the band of the settings.",
        (*_LEVEL, *_RUN_CHANGE),
    ),
    Table(
        "trend", "Trend of run and change", "How has the balance of run and change moved over twelve months?",
        "What each published month said at every level (the table run_change), up to this month; a month that was not published is missing. Rules changed: another rule set judged the month than the one before it, so that a change may be one of method.",
        (*_LEVEL, Column("month", "Month", "month"), *_RUN_CHANGE, Column("rule_set", "Rule set", "id"), Column("rules_changed", "Rules changed", "flag")),
    ),
    Table(
        "allocations", "Allocations", "Which hours of whom go into which item in which month?",
        "Project effort spread evenly over working days from start to finish; operation effort by cadence or period; an item's hours split among its responsible people by their shares.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("person", "Person"), Column("month", "Month", "month"), Column("hours", "Hours", "hours")),
    ),
    Table(
        "carriers", "Who carries what", "Who does the work of each active item, and where do they belong?",
        "One row for each active item and person who carries it: the responsible people, else the accountable, else nobody. Forecast: its status says planned or proposed.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("person", "Person"), Column("share", "Share", "share"), Column("carrier_department", "Person's department"), Column("carrier_team", "Person's team"),
         Column("carrier_executive", "Person's executive"), Column("tentative", "Forecast", "flag"), Column("unknown", "Effort unknown", "flag"), *_PLACE),
    ),
    Table(
        "register", "Register", "What is each work item, and why?", "Every used row with its verdict.",
        (
            *_ITEM, Column("team", "Team"), Column("executive", "Executive"), Column("accountable", "Accountable"), Column("responsible", "Responsible"),
            Column("type", "Declared type"), Column("kind", "Kind", "kind"), Column("certainty", "Certainty"), Column("probability", "Project, %", "probability"),
            Column("review", "Review", "flag"), Column("decided_by", "Decided by"), Column("reasons", "Reasons"),
            Column("start", "Start", "date"), Column("finish", "Finish", "date"), Column("cadence", "Cadence"), Column("status", "Status"), Column("phase", "Phase"),
            Column("month_hours", "Hours in period", "hours"), *_PLACE,
        ),
    ),
    Table(
        "projects", "Projects", "Which projects are there, and which are late?",
        "Active items judged project (children of a programme and the programme alike; only children carry hours), latest first; days late = end of period - finish where positive and not closed.",
        (*_ITEM, Column("accountable", "Accountable"), Column("phase", "Phase"), Column("status", "Status"), Column("start", "Start", "date"), Column("finish", "Finish", "date"),
         Column("days_late", "Days late", "count"), Column("progress", "Progress", "share"), Column("month_hours", "Hours in period", "hours"), Column("certainty", "Certainty"), Column("reason", "Main reason")),
    ),
    Table(
        "operations", "Operations", "Which operations are there, and who carries them?", "Active items judged operation, most hours first.",
        (*_ITEM, Column("accountable", "Accountable"), Column("responsible", "Responsible"), Column("deputy", "Deputy"), Column("cadence", "Cadence"),
         Column("month_hours", "Hours in period", "hours"), Column("certainty", "Certainty"), Column("reason", "Main reason")),
    ),
    Table(
        "control", "Project control", "Which projects keep their approved plan, and which fall behind?",
        "Slip = finish - approved finish (without one: the first finish that an earlier month recorded), in days. Time gone = working days from start to the period's end / those from start to finish. Ahead = progress - time gone. At this pace = start + days gone / progress. Days over = at this pace - finish. Spent = hours done / hours planned. Cost used = money spent so far / budget; not known where the heading names a period.",
        (*_ITEM, Column("accountable", "Accountable"), Column("phase", "Phase"), Column("health", "Health"), Column("health_before", "Health before"), Column("deliverable", "Deliverable"), Column("milestone", "Milestone"), Column("risk", "Risk"),
         Column("start", "Start", "date"), Column("baseline_start", "Approved start", "date"), Column("baseline_finish", "Approved finish", "date"), Column("finish", "Finish", "date"),
         Column("slip_days", "Slip, days", "count"), Column("progress", "Progress", "share"), Column("progress_before", "Progress before", "share"), Column("elapsed", "Time gone", "share"), Column("ahead", "Ahead", "share"),
         Column("expected", "At this pace", "date"), Column("expected_over", "Days over", "count"), Column("spent", "Spent", "share"), Column("budget", "Budget", "number"),
         Column("actual_cost", "Spent, money", "number"), Column("cost_used", "Cost used", "share"), Column("month_hours", "Hours in period", "hours")),
    ),
    Table(
        "functions", "Operations by function", "What does running each function take, and is it kept up?",
        "Active operations by the register's own function, else by words of title, team or department. Sums of what is known. Kept = 1 - rounds missed / rounds planned. Overdue: last done longer ago than the days between two rounds (365 / rounds a year, 3 at least). Volume only where all are counted in one named unit; hours and cost per unit of those whose hours or cost are known. Service: reached against promised. Ending: as renewals.",
        (Column("function", "Function"), Column("operations", "Operations", "count"), Column("hours", "Hours in period", "hours"), Column("unknown_effort", "Effort unknown", "count"), Column("cost", "Cost in period", "number"),
         Column("planned_rounds", "Rounds planned", "number"), Column("done_rounds", "Rounds done", "number"), Column("missed", "Rounds missed", "number"), Column("kept", "Kept", "share"), Column("overdue", "Overdue", "count"),
         Column("measured", "With volume", "count"), Column("volume", "Volume in period", "number"), Column("unit", "Unit"), Column("hours_per_unit", "Hours per unit", "number"), Column("cost_per_unit", "Cost per unit", "number"),
         Column("promised", "Service promised", "count"), Column("service_met", "Met", "count"), Column("service_missed", "Missed", "count"), Column("ending", "Ending", "count")),
    ),
    Table(
        "measures", "Operations measured", "Is each operation's round kept, and what does a unit of its volume take?",
        "The period's month. Volume: what the cell says over its period, its heading's, else a month. Cost: money spent, else budget (a year's / 12 unless its heading names another period). Money spent is money so far, and the month's cost what it grew by since the month before (not known without one), unless its heading names a period. Kept = 1 - rounds missed / rounds planned. Days over: days since last done at the period's end beyond those between two rounds. Trend = now / last published period - 1.",
        (*_ITEM, Column("function", "Function"), Column("told_by", "Told by"), Column("cadence", "Cadence"), Column("planned_rounds", "Rounds planned", "number"), Column("done_rounds", "Rounds done", "number"),
         Column("missed", "Rounds missed", "number"), Column("kept", "Kept", "share"), Column("last_done", "Last done", "date"), Column("days_over", "Days over", "count"),
         Column("volume", "Volume in period", "number"), Column("unit", "Unit"), Column("hours", "Hours in period", "hours"), Column("hours_per_unit", "Hours per unit", "number"), Column("hours_per_unit_trend", "Trend", "share"),
         Column("cost", "Cost in period", "number"), Column("cost_per_unit", "Cost per unit", "number"), Column("cost_per_unit_trend", "Trend of cost", "share"),
         Column("service_level", "Service level"), Column("promised", "Promised", "share"), Column("service_reached", "Reached", "share"), Column("finish", "Finish", "date")),
    ),
    Table(
        "renewals", "Renewals and contract ends", "Which operations come to an end unless somebody renews them?",
        "Active operations whose finish falls within the set number of days after the period ends, or has passed; days left = finish - end of period.",
        (*_ITEM, Column("accountable", "Accountable"), Column("finish", "Finish", "date"), Column("days_left", "Days left", "count"), Column("cadence", "Cadence"), Column("service_level", "Service level"),
         Column("month_hours", "Hours in period", "hours")),
    ),
    Table(
        "responsibility", "Responsibility", "Who answers for what?", "Active items by person named accountable or responsible.",
        (Column("person", "Person"), Column("department", "Department"), Column("accountable_projects", "Accountable, projects", "count"), Column("accountable_operations", "Accountable, operations", "count"),
         Column("responsible_projects", "Responsible, projects", "count"), Column("responsible_operations", "Responsible, operations", "count"), Column("items", "Items", "count")),
    ),
    Table(
        "unowned", "Nobody named", "Which items have nobody who answers for them, or nobody who does them?", "Active items without an accountable or without a responsible person.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("missing", "Missing"), Column("month_hours", "Hours in period", "hours"), *_PLACE),
    ),
    Table(
        "raci", "Responsibility matrix", "Who is what on each item?",
        "One row for each active item and person named on it, from columns of roles and from matrices with people as columns: R responsible, A accountable, C consulted, I informed.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("person", "Person"), Column("raci", "RACI"), Column("sponsor", "Sponsor", "flag"), Column("deputy", "Deputy", "flag"), *_PLACE),
    ),
    Table(
        "faults", "Responsibility faults", "Where does it not hold that one person answers and somebody does?",
        "Active items with nobody or more than one accountable (four and more: everybody), nobody responsible, more people consulted than max_consulted, an accountable or responsible person whose last day on the People sheet has come, or an accountable person who is not on it.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("fault", "Fault"), Column("person", "Who"), Column("month_hours", "Hours in period", "hours"), *_PLACE),
    ),
    Table(
        "fault_counts", "Faults by department", "Which departments must mend most of who answers for what?",
        "Items with each fault of the table faults, operations that hang on one person (single_points), and items of the person who is accountable for most of the department (concentration). Share = items / active items of the department. An item with two faults counts under each.",
        (Column("department", "Department"), Column("fault", "Fault"), Column("items", "Items", "count"), Column("of", "Active items", "count"), Column("share", "Share", "share")),
    ),
    Table(
        "single_points", "Single points of failure", "Which operations hang on one person?",
        "Active operations (those marked critical, where their sheet marks any) that one person does and for which nobody else is named as deputy.",
        (*_ITEM, Column("person", "Only"), Column("accountable", "Accountable"), Column("cadence", "Cadence"), Column("month_hours", "Hours in period", "hours"), *_PLACE),
    ),
    Table(
        "leaving", "Work of those who leave", "What does nobody do any more once people leave?",
        "Active items that one person does whose last day on the People sheet falls within leaving_within_days after the period ends, or has passed. Days left = last day - end of period.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("person", "Only"), Column("last_day", "Last day", "date"), Column("days_left", "Days left", "count"), Column("accountable", "Accountable"), Column("deputy", "Deputy"),
         Column("month_hours", "Hours in period", "hours"), *_PLACE),
    ),
    Table(
        "orphans", "Loose ends", "Which people carry nothing, and which departments have nobody at their head?",
        "People on the People sheet whom no active item names in any role and to whom nobody reports; departments in which nobody leads anybody, or names a manager who is still there; departments with active items and nobody on the People sheet. Items without a person: unowned.",
        (Column("what", "What"), Column("name", "Name"), Column("department", "Department"), Column("items", "Active items", "count")),
    ),
    Table(
        "span", "Span", "For how much at a time does one person answer?",
        "Active items a person is accountable for, by kind; departments they lie in; people on the People sheet who name the person as manager. Over: beyond max_accountabilities (items), max_projects, max_reports.",
        (Column("person", "Person"), Column("home", "Department"), Column("projects", "Projects", "count"), Column("operations", "Operations", "count"), Column("items", "Items", "count"), Column("departments", "In departments", "count"),
         Column("reports", "Direct reports", "count"), Column("over", "Over")),
    ),
    Table(
        "concentration", "One for all", "Where is one person accountable for nearly everything?",
        "People accountable for more than max_accountable_share of a department's active items that name somebody accountable, where it has five and more; of the whole organisation (department blank) where it has several departments. Share = items / of.",
        (Column("department", "Department"), Column("person", "Person"), Column("items", "Items", "count"), Column("of", "Of", "count"), Column("share", "Share", "share")),
    ),
    Table(
        "executives", "Executives", "Who governs projects, who governs operations, and who has both?",
        "Active items by who governs them: the executive set under [summarise.executives] for the item's kind and department, else the item's own executive in the register, else the one most people of its department have on the People sheet. Both: projects and operations under one. Hours of the period, where known.",
        (Column("executive", "Executive"), Column("projects", "Projects", "count"), Column("operations", "Operations", "count"), Column("items", "Items", "count"), Column("project_hours", "Projects, h", "hours"), Column("operation_hours", "Operations, h", "hours"),
         Column("unknown_effort", "Effort unknown", "count"), Column("both", "Both", "flag"), Column("departments", "Departments"), Column("told_bys", "Told by")),
    ),
    Table(
        "governed", "Governed items", "Which executive governs each item, and what says so?",
        "Active items; as executives.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("governor", "Governed by"), Column("told_by", "Told by"), Column("unknown", "Effort unknown", "flag"), Column("month_hours", "Hours in period", "hours"), *_PLACE),
    ),
    Table(
        "governance", "Governance", "Who governs each department's projects, and who its operations?",
        "As executives, by department. Both: one executive governs projects and operations of the department.",
        (Column("department", "Department"), Column("projects", "Projects", "count"), Column("projects_by", "Projects governed by"), Column("operations", "Operations", "count"), Column("operations_by", "Operations governed by"), Column("both", "Both", "flag")),
    ),
    Table(
        "handover", "Handover", "Which projects end soon, who takes over, and what is ready for it?",
        "Active projects whose finish falls within the set number of days after the period ends, or that are past it; the operation is the register's own successor where it names one. Date: of the handover, else the finish. Ready = met / applicable of the eight checks of the table readiness; what is not known is applicable and not met, so that the share is what it is at least.",
        (*_ITEM, Column("accountable", "Accountable"), Column("finish", "Finish", "date"), Column("date", "Handover", "date"), Column("handover_to", "Taken over by"), Column("successor", "Successor operation"), Column("in_register", "In the register", "flag"),
         Column("missing", "Missing"), Column("met", "Met", "count"), Column("applicable", "Applicable", "count"), Column("not_known", "Not known", "count"), Column("readiness", "Ready", "share")),
    ),
    Table(
        "incoming", "Handovers to come", "What do others hand over to this part of the organisation, and how ready is it?",
        "As handover, of the active projects outside the scope whose successor is an operation of the scope, or whose taker is its department, one of its people or a team that it alone has. Empty for the organisation.",
        (*_ITEM, Column("accountable", "Accountable"), Column("finish", "Finish", "date"), Column("date", "Handover", "date"), Column("handover_to", "Taken over by"), Column("successor", "Successor operation"), Column("in_register", "In the register", "flag"),
         Column("missing", "Missing"), Column("met", "Met", "count"), Column("applicable", "Applicable", "count"), Column("not_known", "Not known", "count"), Column("readiness", "Ready", "share")),
    ),
    Table(
        "readiness", "Readiness", "What is still missing before operations can take over?",
        "The eight checks of each project of the table handover. Met: said to be done, or named (a team, an agreement, a day); open: said not to be, a day still ahead, or nobody named where the sheet names takers; a blank cell is unknown.",
        (*_ITEM, Column("finish", "Finish", "date"), Column("check", "Check"), Column("state", "State"), Column("said", "What the register says"), *_PLACE),
    ),
    Table(
        "unfollowed", "Closed without successor", "Which results of closed projects does nobody carry on?",
        "Projects that closed within closed_within_days up to the period's end, or on a day that is not known, without a successor that is an operation of the register; where the sheet names no successors at all, without a taker either. Called-off and resting projects leave nothing.",
        (*_ITEM, Column("accountable", "Accountable"), Column("status", "Status"), Column("closed", "Closed", "date"), Column("handover_to", "Taken over by"), Column("successor", "Successor operation"), Column("missing", "Missing"), *_PLACE),
    ),
    Table(
        "lessons", "Lessons", "What did projects learn for operations to take up as policy, and how does it stand?",
        "One row a line of the column Lesson, of items active or over. Standing: what the lesson's status says. Operation: what carries the item's result on, else who takes it over.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("lesson", "Lesson"), Column("lesson_status", "Status as written"), Column("standing", "Standing"), Column("operation", "For"), Column("accountable", "Accountable"), *_PLACE),
    ),
    Table(
        "load_wave", "Load wave", "What do ending projects set free, and what do their operations add?",
        "Freed: the period's hours of projects that ended before the month, in the period itself or since. Added: hours in the month, beyond those of the period, of the successor operations of projects that end in the period or the months shown, where these operations begin after the period's first day; those that ran through it are carried already. Net = added - freed. Ending projects that name no operation of the register add unknown hours.",
        (Column("department", "Department"), Column("team", "Team"), Column("month", "Month", "month"), Column("freed_hours", "Freed, h", "hours"), Column("added_hours", "Added, h", "hours"),
         Column("net_hours", "Net, h", "hours"), Column("ending", "Projects ending", "count"), Column("unnamed", "Without operation", "count")),
    ),
    Table(
        "changes", "Changes since last period", "What moved since the last published period, and why?",
        "Items followed by ID, else by title and department: new; gone (active then, in no register now); reclassified (and whether a decision, the data or the rule set did it); closed; reopened; slipped or pulled in (days between the two finishes); re-owned; moved to another department or team (a department is also told what left it, without hours). Empty in a first period.",
        (*_ITEM, Column("kind", "Kind", "kind"), Column("change", "Change"), Column("before", "Before"), Column("now", "Now"), Column("days", "Days", "count"), Column("why", "Why"),
         Column("month_hours", "Hours in period", "hours"), *_PLACE),
    ),
    Table(
        "review", "Review", "Which verdicts need a person?", "Rows marked for review, most hours first.",
        (*_ITEM, Column("month_hours", "Hours in period", "hours"), Column("probability", "Project, %", "probability"), Column("kind", "Leans to", "kind"),
         Column("reasons_for", "For a project"), Column("reasons_against", "For an operation"), *_PLACE),
    ),
    Table(
        "contradictions", "Contradictions", "Where does the register contradict itself?", "Declared type against evidence; finish passed and still active; projects that never end.",
        (*_ITEM, Column("type", "Declared type"), Column("kind", "Kind", "kind"), Column("what", "Contradiction"), *_PLACE),
    ),
    Table(
        "decisions", "Decisions wanted", "What must somebody decide?", "Computed from overload, handovers without a taker, items without an accountable person, overdue projects, rows to review.",
        (Column("decision", "Decision"), Column("who", "Who decides"), Column("by", "By", "date"), Column("weight", "Weight", "hours"),
         Column("kind", "What is asked"), Column("subject", "Item"), Column("person", "Person"), Column("month", "Month", "month"), Column("hours", "Hours", "hours"), Column("most_hours", "Hours of the item", "hours"),
         Column("load", "Load", "share"), Column("finish", "Finish", "date"), Column("days", "Days late", "number"), Column("items", "Items", "number")),
    ),
    Table(
        "findings", "Findings", "What is wrong in the data, and where?", "All findings, gravest first.",
        (Column("code", "Code", "id"), Column("level", "Level"), Column("file", "File"), Column("sheet", "Sheet"), Column("cell", "Cell", "cell"), Column("read", "Read"), Column("message", "Message")),
    ),
    Table(
        "sources", "Sources", "What was read?", "One row per sheet: rows in = rows used + rows refused.",
        (Column("file", "File"), Column("sheet", "Sheet"), Column("status", "Status"), Column("header_row", "Heading row", "count"), Column("rows_in", "Rows in", "count"),
         Column("rows_used", "Used", "count"), Column("rows_refused", "Refused", "count"), Column("reason", "Reason")),
    ),
)
