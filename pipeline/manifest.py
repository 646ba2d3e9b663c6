"""run.json: what a run read, with which settings and versions, and what it made, so that it can be made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.deliver import intake_record
from pipeline.filed import Intake
from pipeline.model import FileReading, Finding, Period, Portfolio, Register
from pipeline.versions import versions

if TYPE_CHECKING:
    from pipeline.settings import Settings


def manifest(
    portfolio: Portfolio,
    findings: Sequence[Finding],
    settings: Settings,
    period: Period,
    seconds: Mapping[str, float],
    intake: Intake,
) -> Mapping[str, Any]:
    """The record of one run as plain JSON values; `seconds` are wall time by verb, up to publishing.

    It is `finished` only once its mails are prepared and its input is moved: `deliver.intake.mark_finished`.
    Paths are told from the present folder where they lie in it: a record is handed on, a user's folders are not.
    """
    # No report depends on whose addresses are set, where a database is, or whom an unattended run tells.
    told = settings.model_dump(exclude={"deliver": {"mail", "ledger_url"}, "unattended": True})
    return {
        "period": str(period),
        "inputs": [_input(file) for file in portfolio.register.files],
        "intake": intake_record(intake),
        "rows": rows(portfolio.register),
        "findings": finding_counts(findings),
        "repeats": sum(one.repeat for one in findings),
        "rule_set": {"version": portfolio.rule_set.version, "sha256": portfolio.rule_set.sha256},
        "settings": _portable(told),
        "versions": versions(),
        "seconds": dict(seconds),
        "finished": False,
    }


def rows(register: Register) -> dict[str, int]:
    """Rows that hold work items: all, used and refused."""
    sheets = [sheet for file in register.files for sheet in file.sheets]
    return {
        "in": sum(sheet.rows_in for sheet in sheets),
        "used": sum(sheet.rows_used for sheet in sheets),
        "refused": sum(sheet.rows_refused for sheet in sheets),
    }


def finding_counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each level."""
    levels = [one.level for one in findings]
    return {level: levels.count(level) for level in ("error", "warning", "note")}


def _portable(value: Any) -> Any:
    """Settings as JSON values, with paths shortened to where they lead from here."""
    if isinstance(value, dict):
        return {name: _portable(inner) for name, inner in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value.relative_to(Path.cwd())) if value.is_relative_to(Path.cwd()) else str(value)
    return value


def _input(file: FileReading) -> dict[str, Any]:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "status": file.status,
        "reason": file.reason,
        "sheets": [
            {
                "sheet": one.sheet,
                "header_row": one.header_row,
                "rows_in": one.rows_in,
                "rows_used": one.rows_used,
                "rows_refused": one.rows_refused,
            }
            for one in file.sheets
        ],
    }
