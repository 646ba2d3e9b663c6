"""Exhibits of the run itself, for those who keep the registers: what was read, what is wrong in it, what made this."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import LEVELS, FileReading
from pipeline.render import problems
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, first_rows
from pipeline.render.facts import Facts
from pipeline.render.language import sentence
from pipeline.versions import versions

FILES, SHEETS, KINDS = 40, 60, 30
"""Rows that the page shows of each list."""


@dataclass(frozen=True)
class Made:
    """What made the report: a thing and its version or hash."""

    what: str
    said: str
    hash: bool = False


def _files(facts: Facts) -> tuple[FileReading, ...]:
    return facts.summary.portfolio.register.files


def _headline(facts: Facts) -> str:
    """What became of the rows."""
    say = facts.language
    sheets = [sheet for file in _files(facts) for sheet in file.sheets]
    total, used = sum(one.rows_in for one in sheets), sum(one.rows_used for one in sheets)
    if not total:
        return say.gettext("No row of work was found in the files of this run")
    if used == total:
        return say.ngettext("The one row that was read is used", "All {count} rows that were read are used", total)
    return say.ngettext(
        "The one row that was read could not be used",
        "{used} of the {count} rows that were read are used",
        total, used=say.number(used),
    )  # fmt: skip


def _files_message(facts: Facts) -> str:
    """How many files were read, and how many refused."""
    say, files = facts.language, _files(facts)
    refused = sum(file.status == "refused" for file in files)
    if not files:
        return say.gettext("There was no file to read")
    if not refused:
        return say.ngettext("The one file could be read", "All {n} files could be read", len(files))
    return sentence(say.ngettext(
        "One file of {total} was refused",
        "{n} files of {total} were refused",
        refused, total=say.spelt(len(files)),
    ))  # fmt: skip


def _files_what(facts: Facts) -> str:
    return facts.language.gettext("Each file with the SHA-256 hash of its bytes: the same bytes have the same hash.")


def _files_rows(facts: Facts) -> Listing:
    rows = [
        {
            "file": file.name, "status": file.status, "reason": file.reason, "size": file.size, "sha256": file.sha256,
            **{part: sum(getattr(sheet, part) for sheet in file.sheets) for part in _PARTS},
        }
        for file in _files(facts)
    ]  # fmt: skip
    return first_rows(rows, FILES, "Manifest", facts)


def _sheets_message(facts: Facts) -> str:
    """How many rows were read, and on which sheet most were refused."""
    say = facts.language
    counts = [(sheet.rows_refused, sheet) for file in _files(facts) for sheet in file.sheets]
    refused = sum(count for count, _ in counts)
    if not refused:
        return say.gettext("No row of any sheet was refused")
    return sentence(say.ngettext("One row was refused", "{n} rows were refused", refused))


def _sheets_what(facts: Facts) -> str:
    return facts.language.gettext("Rows in are those that hold work items. Each is used, or refused with a finding.")


def _sheets_rows(facts: Facts) -> Listing:
    rows = [
        {"file": file.name, "sheet": sheet.sheet, "header_row": sheet.header_row, "unread": len(sheet.unread)}
        | {"fields": len(sheet.mapping)}
        | {part: getattr(sheet, part) for part in _PARTS}
        for file in _files(facts)
        for sheet in file.sheets
    ]
    return first_rows(rows, SHEETS, "Manifest", facts)


def _findings_message(facts: Facts) -> str:
    """How many problems, by how grave they are."""
    say, table = facts.language, facts.table("findings")
    counts = table["level"].value_counts().to_dict()
    said = {
        "error": say.ngettext("one error", "{count} errors", int(counts.get("error", 0))),
        "warning": say.ngettext("one warning", "{count} warnings", int(counts.get("warning", 0))),
        "note": say.ngettext("one note", "{count} notes", int(counts.get("note", 0))),
    }
    told = [said[level] for level in ("error", "warning", "note") if counts.get(level, 0)]
    if not told:
        return say.gettext("Nothing was found wrong in the data")
    return say.gettext("The data gave rise to {findings}", findings=say.listed(told))


def _findings_what(facts: Facts) -> str:
    """What is counted, so that nobody takes it for work items."""
    if not facts.count("findings"):
        return ""
    return facts.language.gettext("One finding can stand for many cells or work items; it says for how many.")


def _findings_rows(facts: Facts) -> Listing:
    rows = [
        {"title": one.title, "level": one.level, "grave": [*LEVELS].index(one.level), "count": one.count}
        | {"remedy": one.remedy or one.why}
        for one in problems.groups(facts)
        if one.level in LEVELS
    ]
    return first_rows(rows, KINDS, "Findings", facts)


def _versions_message(facts: Facts) -> str:
    """Which rule set judged every row."""
    rules = facts.summary.portfolio.rule_set
    return facts.language.gettext("Rule set {version} judged every row", version=rules.version)


def _versions_rows(facts: Facts) -> tuple[Made, ...]:
    say, rules = facts.language, facts.summary.portfolio.rule_set
    previous = facts.summary.previous
    compared = str(previous) if previous else say.gettext("Nothing: no earlier month is published")
    return (
        Made(say.gettext("Period"), str(facts.summary.period)),
        Made(say.gettext("Compared with"), compared),
        Made(say.gettext("Rule set"), rules.version),
        Made(say.gettext("Hash of the rule set"), rules.sha256, hash=True),
        *(Made(name, version) for name, version in versions().items()),
    )


def _versions_note(facts: Facts) -> str:
    """Where a reader finds what is not known while a report is made: the other reports, and how long all took."""
    return facts.language.gettext(
        "The reports of this run with their hashes are listed in run.json beside this page; how long each step took is "
        "told by the run itself."
    )


_PARTS = ("rows_in", "rows_used", "rows_refused")

EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("run_headline", _headline),
    Exhibit("run_files", _files_message, _files_what, _files_rows),
    Exhibit("run_sheets", _sheets_message, _sheets_what, _sheets_rows),
    Exhibit("run_findings", _findings_message, _findings_what, _findings_rows),
    Exhibit("run_versions", _versions_message, rows=_versions_rows, note=_versions_note),
)
