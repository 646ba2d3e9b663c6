"""FINDINGS: every problem in the data that we can name: what it is, why it matters, what to do.

To report a new problem is to add one entry. `pipeline findings` and its page in the docs are made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from pipeline.model import Finding, Level, Register, SheetReading

RECORDED: tuple[str, ...] = (
    "code", "level", "file", "sheet", "cell", "ranges", "count", "id", "title", "field", "heading",
    "read", "problem", "assumed", "remedy", "message", "repeat",
)
"""What is written of a finding, in this order: the members of `Finding`."""


@dataclass(frozen=True)
class FindingKind:
    """A kind of problem. `message` is filled by `str.format` with what was read; `remedy` closes every message.

    `problem` and `assumed` are the parts of the message: what is the matter, and what was taken instead.
    """

    code: str
    level: Level
    title: str
    message: str
    why: str
    remedy: str
    problem: str
    assumed: str
    person: bool
    """It is about a person, whichever item names them first."""


def _kind(
    code: str, level: Level, title: str, message: str, why: str, remedy: str, *, person: bool = False
) -> FindingKind:
    """A bar in `message` parts what is the matter from what was assumed."""
    problem, _, assumed = message.partition("|")
    problem, assumed = f"{problem.rstrip('.;')}." if problem.endswith((".", ";")) else problem, assumed.strip()
    parts = problem, assumed[:1].upper() + assumed[1:]
    return FindingKind(code, level, title, message.replace("|", ""), why, remedy, *parts, person)


FINDINGS: tuple[FindingKind, ...] = (
    # Files and sheets
    _kind("R01", "error", "File refused", "{reason}", "Nothing of this file is in the reports.", "{advice}"),
    _kind("R02", "note", "Sheet passed over", "This sheet is not read: {reason}.",
          "What is on it is in no figure.", "If it does hold work items, give its table a heading row."),
    _kind("R03", "warning", "Older version set aside", "This is a version of the same register as {chosen}, which is used: {reason}.| {rows} here are not used.",
          "Versions of one register never add up.", "Remove the {whole} if it is no longer needed."),
    _kind("R29", "note", "Register of a later month", "Its name speaks of {month}, which is after {period};| it is used, as no version for {period} or before is here.",
          "What it says may not have been so in the month that is reported.", "If there is a version for {period}, put it into the input folder as well."),
    _kind("R04", "note", "Rows left out", "{rows} left out as {kind}: {where}.",
          "Totals and section headings are not work items.", "Check that none of them is a work item."),
    _kind("R05", "note", "Hidden cells read", "{what};| what is there is read like the rest.",
          "A filter left on may hide rows that were meant to be gone.", "Delete what should not count."),
    _kind("R06", "note", "Merged cells filled", "{cells} filled from a merged cell above or beside: {where}.",
          "Only the first cell of a merged block holds a value.", "Unmerge the cells and write the value in each row."),
    _kind("R07", "note", "Further table on the sheet", "A further table begins here, headed '{read}':| {what}.",
          "Several tables on one sheet are easily taken for one.", "If that is wrong, give each table a sheet of its own."),
    _kind("R08", "note", "Blank cells filled from above", "{cells} of '{heading}' take the label above, as the column labels groups on their first row: rows {where}.",
          "A blank cell may also mean that nothing is known.", "Write the label in each row."),
    _kind("R09", "warning", "Table on its side", "The fields stand below each other and the items side by side;| the sheet is not read.",
          "What is on it is in no figure.", "Copy the table, choose Paste Special > Transpose on a new sheet, and keep that one."),
    _kind("R61", "warning", "Cells in no table", "{what} in no table of this sheet| and not read.",
          "What stands there is in no figure.", "Give it one row of headings, or a sheet of its own."),
    _kind("R64", "note", "Cells beside the table", "{cells} under no heading of a table| and not read: {where}.",
          "A remark beside the table is easily overlooked.", "Put what matters into a column with a heading."),
    # Headings
    _kind("R10", "note", "Heading matched closely", "The heading '{heading}' is taken for {field} (it resembles '{synonym}').",
          "A wrong match puts a whole column in the wrong place.",
          "If that is wrong, rename the heading or add it under [ingest.synonyms] in pipeline.toml."),
    _kind("R63", "note", "Group over headings", "{headings} below '{read}' {are} {done}.",
          "A word over headings may make another thing of them.", "If that is wrong, write what each column means in its own heading."),
    _kind("R11", "warning", "Two columns for one field", "'{heading}' and '{other}' both look like {field};| '{other}' is used: {reason}.",
          "Only one column can fill a field.", "Rename or remove the one that is not meant, or settle it under [ingest.synonyms]."),
    _kind("R12", "note", "No ID column", "No column numbers the items;| sheet and row are used instead.",
          "Without a lasting ID an item cannot be followed from month to month.", "Add a column ID with a number that stays."),
    _kind("R13", "note", "Name column assumed", "No heading names the work items;| '{heading}' is taken for the title.",
          "Every report calls the items by what stands there.", "Head the column with 'Title'."),
    # The marked copy
    _kind("R14", "note", "Links not followed", "The file takes values from elsewhere (other workbooks, databases or addresses).| They are read as they were last saved; nothing is fetched.",
          "What stands there may have changed since.", "Open the file, refresh its links, and save it, if the values matter."),
    _kind("R15", "note", "Macros not run", "The file carries macros.| They are not run and not kept.",
          "A value that a macro would compute is read as it was last saved.", "Save the register as .xlsx if it needs no macros."),
    _kind("R16", "note", "The copy leaves out", "The marked copy leaves out {what}.",
          "The copy is there to find the cells; your own workbook keeps everything.", "Mend your own workbook, not the copy."),
    _kind("R17", "note", "No marked copy", "No marked copy of this file could be made: {reason}.",
          "The cells to mend are not coloured.", "Find them by the list that was made in its place, {list}; for a copy with colours, save the register as .xlsx, a long one in several files, and run again."),
    # Text files
    _kind("R18", "warning", "More values than headings", "{rows} more values than there are headings: {where};| what stands beyond the last heading is not read.",
          "A separator inside a text moves every later value of its row into the wrong column.",
          "Put the text into quotation marks, or head the further columns."),
    _kind("R19", "warning", "Letters of another encoding", "'{read}' holds letters that the file's encoding does not know;| they are read as Western Windows text, or shown as \ufffd where that knows none.",
          "A name spelt with wrong letters is another name.", "Check the letters, and save the file as CSV (UTF-8)."),
    # Rows
    _kind("R20", "error", "Row without a name", "{rows} has no text that names the item (it says '{read}');| it is not used.",
          "A work item that nobody can name cannot be reported.", "Write what the item is."),
    _kind("R21", "warning", "Same ID twice", "The ID '{read}' is also on {other};| both rows are kept.",
          "Two items with one ID are counted twice and cannot be told apart next month.", "Give each item its own ID, or delete the duplicate."),
    _kind("R22", "warning", "Same row twice", "This row is the same as {other};| both are kept.",
          "A row that stands twice counts twice.", "Delete one of the two."),
    _kind("R23", "warning", "Lone text between items", "{rows} says only '{read}';| it is taken for a section title and not used.",
          "A section title is not a work item, and a work item says more than its name.", "If it is a work item, fill another of its cells."),
    _kind("R24", "note", "Item named from another column", "{rows} without a title, named by what stands in {heading}: {where}.",
          "A name taken from elsewhere may not say what the item is.", "Write a title."),
    _kind("R25", "note", "Looks like a log", "The rows are entries with a time, one after another, and none has a finish;| each is read as a work item.",
          "A log says what happened, a register what there is to do: counts and shares mean something else.",
          "If it is a log, take it out of the input folder."),
    _kind("R26", "note", "Looks like one project's plan", "{why};| each row is read as a work item of its own.",
          "Reports then count the tasks of one project as if each were a project.",
          "For a register, write the project itself in one row, and keep its plan elsewhere."),
    _kind("R27", "note", "Rows below the Excel Table", "{rows} below the end of the table '{read}';| they are read like its rows.",
          "Filters and totals of the table leave them out.", "Drag the table's corner down over them."),
    _kind("R28", "note", "May be a total", "{rows} with a word for a total and {hold} nothing but amounts besides: '{read}'.| They are read as work items.",
          "A total among the items counts everything twice.", "If it is a total, write the word alone, such as 'Total', or delete the row."),
    # Values
    _kind("R30", "warning", "Not a date", "'{read}' is not a date.| {field} is left empty.",
          "Without dates work cannot be placed in a month.", "Write a date, or leave the cell blank."),
    _kind("R31", "note", "Date written as text", "'{read}' is text;| it is read as {value}.",
          "Excel cannot sort or check a date that is text.", "Enter it as a date."),
    _kind("R32", "note", "Day and month order decided", "Text dates of {field} are read {order}, because of '{read}'.",
          "03/04 is two different days.", "Enter the column as dates."),
    _kind("R33", "warning", "Day and month order unknown", "'{read}' may be {first} or {second}; {reason}.| {field} is left empty for {rows}.",
          "A guessed date would be wrong without anybody seeing it.",
          "Enter the dates as dates, write the month in letters, or set date_order under [ingest]."),
    _kind("R58", "warning", "Day and month may be swapped", "'{read}' is read as {value}, but may have been meant as {other}: no date of {field} has a day above 12, while dates such as '{decider}' are text.| The dates are kept as they stand.",
          "Excel set to another country swaps day and month where it can, and leaves as text what it cannot swap.",
          "Enter the column's dates again, and see that their months are right."),
    _kind("R34", "note", "Approximate date", "'{read}' is read as {value}.",
          "The day is an assumption.", "Write the day when it is known."),
    _kind("R35", "note", "Placeholder date", "{value} is no real date but stands for 'none';| {field} is left open.",
          "A date in the far future is not a plan.", "Leave the cell blank or write 'ongoing'."),
    _kind("R36", "warning", "Finish before start", "The finish {finish} is before the start {start};| both are kept, and no effort is spread over them.",
          "The work cannot be placed in a month.", "Correct one of the two dates."),
    _kind("R37", "warning", "Day that does not exist", "There is no day '{read}'.| {field} is left empty.",
          "Without dates work cannot be placed in a month.", "Write a day that the month has."),
    _kind("R38", "warning", "Date without a year", "'{read}' names no year, and the other dates of this column do not lie in one.| {field} is left empty.",
          "A guessed year would be wrong without anybody seeing it.", "Write the year."),
    _kind("R39", "note", "Decimal mark decided", "Amounts such as '{read}' are read with a decimal {mark}, because of '{decider}'.",
          "1.234 is a thousand in one country and a little over one in another.", "Enter numbers as numbers."),
    _kind("R40", "warning", "Not a number", "'{read}' is not a number.| {field} is left empty.",
          "The amount is missing from every total.", "Write the number alone, and its unit in the heading."),
    _kind("R41", "warning", "Effort not understood", "'{read}' is not an amount of work.| Effort is left empty.",
          "The item's hours are unknown and counted as such.", "Write hours, days or FTE, such as 40 h, 5 d or 0.5 FTE."),
    _kind("R42", "note", "Range read at its middle", "'{read}' is read as {value}.", "The true amount may be anywhere in the range.", "Write one figure."),
    _kind("R43", "note", "Cadence not understood", "'{read}' is no known cadence.| Cadence is left empty.",
          "How often the work comes round decides its hours.", "Write daily, weekly, monthly, quarterly, yearly, or on demand."),
    _kind("R65", "note", "Word not known", "'{read}' ({cells}) is no {field} that is known here;| it is kept as it is.",
          "A status that is not known counts as going on; another word says nothing of the work.",
          "Use the word that the column has for it elsewhere, if there is one."),
    _kind("R48", "note", "Cadence among dates", "'{read}' in {field} is no date but a cadence;| it is read as {value}.",
          "A cadence says that the work comes round, a date that it ends.", "Give the cadence a column of its own, Frequency."),
    _kind("R44", "warning", "Formula error", "The cell shows {read}.| {field} is left empty.",
          "A failed formula looks like a blank and is not one.", "Mend the formula or type the value."),
    _kind("R45", "note", "Progress outside 0 to 100 %", "'{read}' is not between 0 and 100 %.| Progress is left empty.",
          "Remaining work cannot be computed from it.", "Write a share between 0 and 100 %."),
    _kind("R46", "warning", "Formula without a value", "The formula has never been calculated.| {field} is left empty.",
          "The file holds a formula but no result.", "Open the file in Excel, let it calculate, and save it."),
    _kind("R47", "note", "Percent among shares", "'{read}' is read as {value} %, while other cells of {field} are shares of 1.",
          "A column that mixes 0.4 and 75 is easily misread.", "Write all of them as percent, or none."),
    _kind("R49", "warning", "Decimal mark unknown", "'{read}' may be {first} or {second}; no cell of this sheet decides.| {field} is left empty.",
          "A guessed mark would make it a thousand times too much or too little.", "Enter numbers as numbers, or without a mark between thousands."),
    # People
    _kind("R50", "warning", "Nobody named", "No accountable, responsible or owning person is named.",
          "Nobody answers for the item.", "Name one person."),
    _kind("R59", "warning", "Not a person", "'{read}' names nobody.| {field} is left empty.",
          "Work would be reported as that of a number or a tick.", "Write the person's name."),
    _kind("R56", "warning", "No column for people", "No column says who owns or answers for the items.",
          "Nobody answers for any of them.", "Add a column Owner or Accountable with one name in each row."),
    _kind("R51", "warning", "One person, several spellings", "'{read}' looks like {other};| they are kept apart.",
          "Hours of one person are split over two names.", "Use one spelling, or {row}.", person=True),
    _kind("R57", "note", "Similar names", "'{read}' and {other} differ by one letter;| they are two people here.",
          "A slip of the pen would split one person's hours over two names.", "If it is one person, {row}.", person=True),
    _kind("R52", "note", "Not on the People sheet", "'{read}' is not on the People sheet;| a full-time capacity is assumed.",
          "Capacity and load of this person are an assumption.", "Add the person to the People sheet.", person=True),
    _kind("R53", "note", "Shares do not add up", "The shares in '{read}' add up to {value};| they are scaled to 100 %.",
          "The item's hours must go to somebody.", "Make the shares add up to 100 %."),
    _kind("R68", "note", "Read as a matrix of roles", "{columns} read as people with the letters of their roles: {read}.| R is taken for responsible, A accountable, C consulted, I informed, S responsible as well.",
          "Each letter names somebody for the item.", "If these are no people, list their headings under ignore in pipeline.toml."),
    _kind("R72", "note", "Roles of other sheets' items", "{rows} about items of other sheets;| the letters are read as those items' roles.",
          "An item that two sheets list counts once.", "If they are work of their own, give the sheet a column Start, Type or Effort."),
    _kind("R69", "note", "Not the letter of a role", "'{read}' under '{heading}' is no letter of a role.| It is left out.",
          "Who was meant for what is not in the reports.", "Write R, A, C or I, or several such as R/A."),
    _kind("R54", "note", "Surname first", "'{read}' is read as one person, {value}.",
          "A comma may also part two people.", "Part two people by a semicolon."),
    _kind("R55", "warning", "Person listed twice", "'{read}' is on the People sheet more than once for the same time;| the first row is used.",
          "The rows may disagree on department and hours.", "Keep one row for each person, or one for each stretch of time by From and To.", person=True),
    _kind("R62", "warning", "Leave without both its days", "The leave has only one of its days, {read}.| It is not counted.",
          "Capacity in these months is too high.", "Write the first and the last day of the leave.", person=True),
    _kind("R73", "note", "Language not known", "'{read}' is no language that reports are written in;| reports for this person are in the language of the settings.",
          "The person may get a report in a language they do not read.", "Write English, German, French, Spanish or Portuguese.", person=True),
    # Outlines
    _kind("R74", "note", "Codes read as an outline", "{rows} below others by the codes of '{heading}', such as {child} below '{read}'.| A row carries the hours of those below it and none of its own.",
          "Hours of a row and of its parts would count twice.", "If the codes say no such thing, add a column Parent and name there what belongs to what."),
    _kind("R75", "warning", "Effort other than that of its parts", "'{read}' states {effort}, and the {parts} {sum}.| {counted}.",
          "One of the two is out of date, or a part is missing.", "Make the two agree, or leave the effort of '{read}' blank."),
    _kind("R76", "note", "Number read as a code", "'{read}' stands twice, here after the code that ends in 9;| it is read as {value}.",
          "A spreadsheet keeps the number 1.10 as 1.1.", "Enter codes as text."),
    # Handovers
    _kind("R70", "note", "Read as a list of handovers", "This sheet says what is ready for handing items over: {rows} blank cells of the register.",
          "Its rows are no work items of their own.", "If it lists work of its own, give it a column Start, Type or Effort."),
    _kind("R71", "warning", "Row about no item", "'{read}' is no item of the register, several, or one of a row above;| what the row says is not used.",
          "Its roles, or what is ready for its handover, count as not known.", "Write the ID of the item as the register has it."),
    # Months together
    _kind("H01", "note", "ID changed since last month", "{changed} in {month}: {evidence}.| It is followed as the same item.",
          "An item is followed from month to month by its ID.", "Keep the ID of an item for as long as it lives."),
    _kind("H02", "warning", "Item gone without being closed", "{gone} active in {month} and in no register now.",
          "Work that leaves a register without a word may be forgotten or finished.",
          "Leave what ended in for a month with its closing status; put back what was dropped by mistake."),
    _kind("H04", "note", "Items that cannot be told apart", "{rows} on this sheet cannot be followed from {month}: '{read}' and such titles stand more than once in a department, with no ID that stayed.| They count as new.",
          "What changed on an item is seen only where it is known again.", "Give each item an ID of its own that stays."),
    _kind("H03", "warning", "Last month cannot be compared", "What {month} left for the months after it cannot be used: {reason}.| Nothing is compared with it.",
          "Changed IDs, lost items and repeated findings are not told this month.", "Publish that month anew, or delete its folder if it is not needed."),
    # Classification
    _kind("C01", "warning", "Declared type contradicted", "The register says '{read}', the evidence says {kind}: {reasons}",
          "The wrong manager, measures and meetings may govern this item.", "Correct the type, or record a decision."),
    _kind("C02", "warning", "Past its finish and still active", "The finish {read} has passed and the item is still active{status_part}.",
          "Either the plan or the status is out of date.", "Close the item or write a new finish."),
    _kind("C03", "warning", "Project that never ends", "{reasons}",
          "A project without an end is an operation that nobody runs as one.", "Give it an end, or hand it to operations."),
    _kind("C04", "note", "Two kinds of work in one row", "{reasons}",
          "Hours of a mixed row belong to both kinds.", "Split the row in two."),
    _kind("C05", "note", "Other rules than last time", "The rules ({version}) are not those that judged {month}; {items} now of another kind.",
          "A change of the rules is not a change of the work.", "`pipeline reclassified` lists the items and why, before anything is published."),
    # Decisions of people
    _kind("D01", "note", "Report read for its decisions", "This workbook is a report; {decisions} on its Review sheet, and nothing else of it is read.",
          "A report repeats the rows of the registers it was made from.", "Keep it here or remove it: what it decides is kept from now on."),
    _kind("D02", "warning", "Decision not understood", "'{read}' is not a decision; it is not used.",
          "The row stays as the evidence has it.", "Write project, operation or mixed."),
    _kind("D03", "warning", "Date of a decision not understood", "'{read}' is not a day; the decision is not used.",
          "Nobody can tell how long it was meant to hold.", "Write the last day on which it holds as 2026-12-31, or leave the cell blank."),
    _kind("D04", "warning", "Decision without its item", "The decision '{kind}' is about {item}, {reason}; it is not used.",
          "A decision is never moved to another item by guess.", "Decide anew: `pipeline decide ID {kind}`; or take it back with `evidence`."),
    _kind("D05", "warning", "Decision fits several items", "The decision '{kind}' is about {item}, and {places} fit; it is not used.",
          "A decision is never moved to an item by guess.", "Give each item its own ID, or decide by SHEET!ROW."),
    _kind("D06", "warning", "Two decisions on one item", "{item} is decided '{kind}' and earlier '{other}'{by}; the later one, '{kind}', is used.",
          "Two people may disagree.", "Agree, then record what holds with `pipeline decide`."),
    _kind("D07", "note", "Decision no longer holds", "The decision '{kind}' on {item} held until {read}; the evidence decides again.",
          "The verdict may change without a change in the register.", "Renew it with `pipeline decide`, or let it rest."),
    # Summary
    _kind("S01", "note", "No People sheet", "There is no People sheet;| {hours} hours a week are assumed for each of the {people} people named.",
          "Load of capacity is an assumption.", "Add a sheet People with names, departments and weekly hours."),
    _kind("S02", "note", "Effort unknown", "{rows} have no effort that can be spread over months;| their hours are unknown, not zero.",
          "Every total of hours is too low by what is missing.", "Write an effort and the dates or cadence it needs."),
    _kind("S03", "warning", "Ends with nobody to take over", "The project ends on {read} and names nobody to take over.",
          "When a project ends, operations must pick up.", "Name the accepting owner or team in the handover column."),
    _kind("S05", "note", "On the People sheet and in no register", "{people} on the People sheet and named for no active work item: {read}.| Their capacity counts as free.",
          "Free capacity is too high where their work is not in the register.", "Add what they do to the register, or the last day to those who have left."),
    _kind("S06", "note", "Holidays not known", "No public holidays are known for '{read}';| {instead}.",
          "Working days and capacity there are an assumption.", "Write a two-letter country such as GB, and a region as its calendar names it.", person=True),
    _kind("S07", "warning", "Closed with nothing to carry it on", "The project is closed, and {reason}.",
          "What a project leaves lives on only where operations take it up.", "Name the operation in the register that carries its result on."),
    _kind("S04", "warning", "Person over capacity", "{person} is at {value} of capacity in {month}.",
          "Work will be late or people will leave.", "Move, share or drop work.", person=True),
)

KINDS: Mapping[str, FindingKind] = {kind.code: kind for kind in FINDINGS}
"""The kinds by their codes."""


_Spot: TypeAlias = tuple[str, str, int]
"""File, sheet and row."""
_Name: TypeAlias = tuple[int, str, str]
"""Number of the table on its sheet, ID and title of an item."""


def finding(
    code: str, *, file: str = "", sheet: str = "", cell: str = "", ranges: str = "", **words: object
) -> Finding:
    """A finding of a declared kind: its message filled with `words` and closed by what to do.

    `ranges` names every cell it stands for where that is more than `cell`. The word `read` (the offending text) is
    clamped to 60 characters wherever it is shown. Raises KeyError for an undeclared code.
    """
    kind = KINDS[code]
    shown = {name: clamp(str(value)) if name == "read" else value for name, value in words.items()}
    remedy = kind.remedy.format(**shown)
    return Finding(
        code,
        kind.level,
        f"{kind.message.format(**shown)} {remedy}".strip(),
        file,
        sheet,
        cell,
        str(shown.get("read", "")),
        problem=kind.problem.format(**shown),
        assumed=kind.assumed.format(**shown),
        remedy=remedy,
        ranges=ranges,
    )


def standing_for(one: Finding, ranges: str, count: int) -> Finding:
    """The finding, said to stand for so many cells like its own: those of `ranges`."""
    if count <= 1:
        return one
    many = f"{count:,} like this ({clamp(ranges)}), such as: "
    return replace(one, message=many + one.message, problem=many + one.problem, ranges=ranges, count=count)


def record(one: Finding) -> dict[str, Any]:
    """A finding as plain values, in the order of `RECORDED`."""
    return {name: getattr(one, name) for name in RECORDED}


def with_items(findings: Iterable[Finding], register: Register) -> tuple[Finding, ...]:
    """The findings, each with the ID and title of its row's item, and the field and heading of its column.

    What stands for many rows has no item, and what has no place stays as it is.
    """
    found = tuple(findings)
    rows = {one: _row(one.cell) for one in found}
    items = register.items[register.items["row"].isin(set(rows.values()))]
    spots = zip(items["file"], items["sheet"], items["row"], strict=True)
    names = zip(items["table"], register.cells.loc[items.index, "id"], items["title"], strict=True)
    items_at: dict[_Spot, list[_Name]] = {}
    for spot, name in zip(spots, names, strict=True):
        items_at.setdefault(spot, []).append(name)
    columns = {(file.name, sheet.sheet): _columns(sheet) for file in register.files for sheet in file.sheets}
    return tuple(_with_item(one, rows[one], items_at, columns.get((one.file, one.sheet), {})) for one in found)


def _with_item(
    one: Finding,
    row: int,
    items: Mapping[_Spot, Sequence[_Name]],
    columns: Mapping[tuple[int, str], tuple[str, str]],
) -> Finding:
    """The item and column of a finding; of tables side by side, those that have the cell's column."""
    letter = one.cell.partition(":")[0].rstrip("0123456789")
    held = items.get((one.file, one.sheet, row), [(0, "", "")])
    table, id, title = next((name for name in held if (name[0], letter) in columns), held[0])
    id, title = (id, title) if one.count == 1 else ("", "")
    field, heading = columns.get((table, letter), ("", ""))
    return replace(one, id=id, title=title, field=field, heading=heading)


def _columns(sheet: SheetReading) -> dict[tuple[int, str], tuple[str, str]]:
    """Table and column letter -> field, and the heading in the main table."""
    headings = {field: heading for heading, field in sheet.mapping.items()}
    return {
        (table, letter): (field, "" if table else headings.get(field, ""))
        for table, columns in (sheet.tables or {0: sheet.columns}).items()
        for field, letter in columns.items()
    }


def _row(cell: str) -> int:
    """The row of `F12` or of `F12:F40`; 0 for "" and for what is no cell."""
    digits = cell.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdecimal() else 0


def clamp(text: str, limit: int = 60) -> str:
    """One line of at most `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    whole = kept if line[limit - 1].isspace() else kept[: kept.rfind(" ") + 1]
    return (whole.rstrip() or kept) + "…"


def spelled(day: date, *, short: bool = False) -> str:
    """`5 November 2026`, `5 Nov 2026` where `short`; no system needs a format of its own for a day without a nought."""
    return f"{day.day} {day:%b %Y}" if short else f"{day.day} {day:%B %Y}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row is`, `3 rows are`: a count with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
