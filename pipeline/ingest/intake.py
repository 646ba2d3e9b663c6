"""The steps of reading, in order: files, tables, versions, one register."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from pipeline.errors import SettingsError
from pipeline.fields import FIELDS
from pipeline.findings import finding
from pipeline.ingest.answers import Answers
from pipeline.ingest.decisions_sheet import Decided, read_report
from pipeline.ingest.handover_sheet import is_handover_list, with_handovers
from pipeline.ingest.header import find_header
from pipeline.ingest.headings import Headings
from pipeline.ingest.matrix_sheet import role_sheets_apart
from pipeline.ingest.people_sheet import no_people, read_people
from pipeline.ingest.reader import RawFile, loaded
from pipeline.ingest.register import assemble
from pipeline.ingest.shapes import TURNED
from pipeline.ingest.sheets import read_sheet, readings
from pipeline.ingest.table import STRONG, Table, is_people, people_headings
from pipeline.ingest.told import odd_findings
from pipeline.ingest.versions import choose_versions
from pipeline.marks import OWN_SHEET
from pipeline.model import FileReading, Finding, Period, Register
from pipeline.settings import IngestSettings
from pipeline.stints import stints

_OURS = f"its first cell begins with '{OWN_SHEET.strip()}', as sheets of ours do: instructions, lists, findings"
_SHOWN = 3
"""Sheets whose reasons the refusal of a file says; each of the others has a note of its own."""
_IGNORED = {"links": "R14", "macros": "R15"}


def read_register(files: Answers, settings: IngestSettings, period: Period) -> Register:
    """What `ingest` promises, of files that are being parsed."""
    _check_synonyms(settings)
    known, people = Headings(FIELDS, settings.synonyms, settings.ignore), people_headings()
    names = _names(files.paths)
    opened = [_open(raw, names[raw.path], known, people, settings) for raw in loaded(files)]
    tables, aside = choose_versions([table for one in opened for table in one.tables], period)
    tables, role_sheets = role_sheets_apart(tables)
    used = {id(table) for table in tables}
    readings_of_files = tuple(one.reading(used) for one in opened)
    found = [*(told for one in opened for told in one.findings), *aside]
    listed = [one.people for one in opened if len(one.people)]
    staff = pd.concat(listed, ignore_index=True) if listed else no_people()
    staff = staff[stints(staff, "name")].reset_index(drop=True)
    decided = tuple(one for each in opened if each.decided for one in each.decided.decisions)
    register = assemble(tables, staff, readings_of_files, found, settings.date_order, role_sheets)
    handovers = [table for one in opened for table in one.handovers]
    register = with_handovers(register, handovers, settings.date_order) if handovers else register
    return replace(register, decisions=decided)


class _Opened:
    """One file with its tables, its people and what was found in it."""

    def __init__(self, raw: RawFile, name: str) -> None:
        self.raw, self.name = raw, name
        self.tables: list[Table] = []
        self.handovers: list[Table] = []
        self.people = no_people()
        self.findings: list[Finding] = []
        self.reason = ""
        self.decided: Decided | None = None

    def reading(self, used: set[int]) -> FileReading:
        """What was made of the file; tables set aside as versions of others are not among its sheets."""
        sheets = readings([table for table in self.tables if id(table) in used])
        reason = self.reason
        if not reason and self.tables and not sheets:
            reason = "All its tables are versions of others that are used, or about their items."
        if self.decided is not None:
            reason = "It is a report: the decisions on its Review sheet are read, nothing else."
        status = "refused" if self.reason else "read"
        path = self.raw.path
        return FileReading(str(path), self.name, status, reason, self.raw.sha256, self.raw.size, sheets)  # type: ignore[arg-type]


def _check_synonyms(settings: IngestSettings) -> None:
    fields = [field.id for field in FIELDS]
    for name in settings.synonyms:
        if name not in fields:
            near = difflib.get_close_matches(name, fields, n=1, cutoff=0.4)
            hint = f"Did you mean '{near[0]}'?" if near else "`pipeline fields` lists them."
            raise SettingsError(f"there is no field '{name}'.", "[ingest.synonyms]", hint)


def _names(paths: tuple[Path, ...]) -> dict[Path, str]:
    """What each file is called in reports: its name, with its folder where two files share a name."""
    names = [path.name for path in paths]
    return {path: path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}" for path in paths}


def _open(raw: RawFile, name: str, known: Headings, people: Headings, settings: IngestSettings) -> _Opened:
    opened = _Opened(raw, name)
    if raw.refusal is not None:
        return _refused(opened, raw.refusal.what, raw.refusal.hint)
    opened.decided = read_report(name, raw)
    if opened.decided is not None:
        opened.findings = list(opened.decided.findings)
        return opened
    passed, read = dict(raw.broken), []
    for sheet in raw.sheets:
        if sheet.rows and sheet.texts[0][0].as_py().startswith(OWN_SHEET):
            passed[sheet.name] = _OURS
            if read_sheet(name, sheet, known).strength >= STRONG:
                opened.findings.append(finding("R02", file=name, sheet=sheet.name, reason=_OURS))
            continue
        if is_people(sheet, find_header(sheet, people), people):
            listed, told = read_people(name, sheet, people, settings.date_order)
            opened.people = pd.concat([opened.people, listed], ignore_index=True)
            opened.findings += told
            continue
        read.append(read_sheet(name, sheet, known))
    every = [table for made in read for table in made.tables]
    lists = [made for made in read if is_handover_list(made.tables, every)]
    if len(lists) < len(read):  # beside a register
        read = [made for made in read if made not in lists]
        opened.handovers = [made.tables[0] for made in lists]
    strong = any(made.strength >= STRONG for made in read)
    for made in read:
        if made.reason or (strong and made.strength < STRONG):
            passed[made.name] = made.reason or "beside the register in this file, it does not look like one"
        else:
            opened.tables += made.tables
        opened.findings += made.findings
    opened.findings += [finding(_IGNORED[what], file=name) for what in raw.ignored]
    opened.findings += [one for sheet in raw.sheets for one in odd_findings(name, sheet)]
    if not opened.tables and not len(opened.people):
        shown = dict(list(passed.items())[:_SHOWN])
        why = "; ".join(f"'{sheet}': {reason}" for sheet, reason in shown.items()) or "it has no sheet"
        opened.findings += _passed_over(name, {sheet: why for sheet, why in passed.items() if sheet not in shown})
        return _refused(
            opened,
            f"No sheet holds a table of work items ({why}).",
            "Put one work item in each row, under one row of headings such as ID, Title, Owner, Start, Finish.",
        )
    opened.findings += _passed_over(name, passed)
    return opened


def _passed_over(name: str, passed: Mapping[str, str]) -> list[Finding]:
    """A note for each sheet that is not read and not told of otherwise."""
    return [
        finding("R02", file=name, sheet=sheet, reason=reason)
        for sheet, reason in passed.items()
        if reason not in ("it is empty", TURNED, _OURS)
    ]


def _refused(opened: _Opened, what: str, advice: str) -> _Opened:
    opened.reason = f"{what} {advice}".strip()
    opened.findings = [finding("R01", file=opened.name, reason=what, advice=advice), *opened.findings]
    opened.tables = []
    return opened
