"""What became of the input files, in the record of a run: written for people and programs, read by the next run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.deliver.folder import MANIFEST
from pipeline.deliver.locks import locked
from pipeline.deliver.publish import amend_record
from pipeline.errors import DeliveryError
from pipeline.filed import Fate, Filed, Intake
from pipeline.model import Period
from pipeline.settings import DeliverSettings


def intake_record(intake: Intake) -> dict[str, Any]:
    """The intake as plain JSON values: `in` = `archived` + `quarantined` + `waiting`, and each file.

    Paths are told from the present folder where they lie in it.
    """
    return {
        "in": len(intake.files),
        "archived": len(intake.of("archived")),
        "quarantined": len(intake.of("quarantined")),
        "waiting": len(intake.of("waiting")),
        "files": [_record(file) for file in intake.files],
        "again": [_record(file) for file in intake.again],
    }


def write_intake(intake: Intake, settings: DeliverSettings, period: Period) -> None:
    """Write what became of the input files into the published record of the period, its `run.json`.

    Raises OSError or ValueError where that cannot be done; the record then says what it said before.
    """
    amend_record({"intake": intake_record(intake)}, settings, period)


def recorded(settings: DeliverSettings, period: Period) -> list[Filed]:
    """The registers behind the published reports of the period, by its `run.json`; none where it says nothing."""
    target = settings.output / str(period)
    try:
        intake = json.loads((target / MANIFEST).read_text(encoding="utf-8"))["intake"]
        return [_filed(one) for one in (*intake["files"], *intake["again"]) if one["status"] == "read"]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def known_files(settings: DeliverSettings, period: Period) -> frozenset[str]:
    """The SHA-256 of each file in the published `run.json` of the period; the name of one that has none."""
    try:
        intake = json.loads((settings.output / str(period) / MANIFEST).read_text(encoding="utf-8"))["intake"]
        return frozenset(str(one["sha256"] or one["name"]) for one in (*intake["files"], *intake["again"]))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def mark_finished(settings: DeliverSettings, period: Period) -> None:
    """Say in the published `run.json` that nothing of the run is left to do. Raises DeliveryError."""
    try:
        with locked(settings.output):
            amend_record({"finished": True}, settings, period)
    except (OSError, ValueError) as problem:
        why = (problem.strerror if isinstance(problem, OSError) else "") or str(problem)
        raise DeliveryError(
            f"the reports are published, but not that their run is finished ({why.lower()}).",
            str(settings.output / str(period) / MANIFEST),
            "Run the month again.",
        ) from problem


def taken_files(settings: DeliverSettings, month: Period, wanted: Period) -> frozenset[str]:
    """The SHA-256 of each file that need not be taken for `wanted`, since a published month was finished with it.

    In a month of its own that is every file. In another it is those that still wait in the input folder: one that was
    moved away and lies there again was handed in again. A month whose run was killed on the way was finished with
    none; one of an earlier version, whose `run.json` does not say, with all.
    """
    try:
        record = json.loads((settings.output / str(month) / MANIFEST).read_text(encoding="utf-8"))
        intake = record["intake"]
        if not record.get("finished", True):
            return frozenset()
        files = [one for one in (*intake["files"], *intake["again"]) if month == wanted or one["became"] == "waiting"]
        return frozenset(str(one["sha256"]) for one in files if one["sha256"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return frozenset()


def _record(file: Filed) -> dict[str, Any]:
    here = Path.cwd()
    path = file.path.relative_to(here) if file.path.is_relative_to(here) else file.path
    return {
        "name": file.name,
        "status": file.status,
        "sha256": file.sha256,
        "became": file.fate,
        "path": path.as_posix(),
        "reason": file.reason,
    }


def _filed(one: dict[str, Any]) -> Filed:
    fate: Fate = "archived" if one["became"] == "archived" else "waiting"
    return Filed(str(one["name"]), "", "read", str(one["sha256"]), fate, Path(str(one["path"])))
