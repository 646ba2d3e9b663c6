"""Publishes one period's reports to its folder: all of them with their `run.json`, or none."""

from __future__ import annotations

import errno
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.deliver.folder import MANIFEST, locked, recover, stage, swap_in
from pipeline.errors import DeliveryError
from pipeline.model import Delivery, Period, Report
from pipeline.settings import DeliverSettings

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,149}", re.ASCII)
_DEVICE_NAME = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.ASCII | re.IGNORECASE)


def publish(
    reports: tuple[Report, ...], record: Mapping[str, Any], settings: DeliverSettings, period: Period
) -> tuple[Delivery, ...]:
    """Put the reports into `<output>/<period>/` so that a reader sees the old folder or the new one, never half.

    `record`, plain JSON values on the run, becomes `run.json`, to which `outputs`
    (name, SHA-256 and size in bytes of every report) is added, so that the next run knows its own files from
    those that people put there. People's files, and reports that people have edited, are kept.
    Raises DeliveryError where nothing could be published; what stood there before is then intact.
    """
    _check_names(reports)
    target = settings.output / str(period)
    deliveries = tuple(_delivery(report, target) for report in reports)
    outputs = [{"name": one.report, "sha256": one.sha256, "size": one.size} for one in deliveries]
    contents = {report.name: report.content for report in reports}
    try:
        _check_target(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.parent):
            recover(target.parent)
            contents[MANIFEST] = _as_json({**record, "outputs": outputs})
            swap_in(stage(target, contents), target)
    except OSError as problem:
        raise _explained(problem, target) from problem
    return deliveries


def _delivery(report: Report, folder: Path) -> Delivery:
    digest = hashlib.sha256(report.content).hexdigest()
    return Delivery(report.name, "folder", folder / report.name, digest, len(report.content))


def _as_json(document: Mapping[str, Any]) -> bytes:
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def _check_names(reports: tuple[Report, ...]) -> None:
    """Names come from departments and packs; none may leave the folder or mean something else on Windows."""
    seen = {MANIFEST}
    for report in reports:
        name = report.name
        if not _SAFE_NAME.fullmatch(name) or _DEVICE_NAME.fullmatch(name) or name.endswith("."):
            raise DeliveryError(
                f"{name!r} cannot be the name of a file.", hint="Use letters, digits, '-', '_' and '.'."
            )
        if name.casefold() in seen:
            raise DeliveryError(f"two files would be called {name!r}.", hint="Give each report its own name.")
        seen.add(name.casefold())


def _check_target(target: Path) -> None:
    if target.is_symlink():
        raise DeliveryError(
            "is a link; reports are published to real folders only.", str(target), "Remove the link, then run again."
        )
    if target.exists() and not target.is_dir():
        raise DeliveryError(
            "is a file where the folder of reports should be.", str(target), "Move it away, then run again."
        )


_HINTS = {
    errno.ENOSPC: "Free some space, then run again.",
    errno.EDQUOT: "Free some space, then run again.",
    errno.EACCES: "Close files that are open from this folder and check that you may write to it, then run again.",
    errno.EPERM: "Close files that are open from this folder and check that you may write to it, then run again.",
    errno.EROFS: "Choose another folder: output under [deliver], or --output.",
    errno.EEXIST: "A file stands where a folder should be: move it away, or choose another output folder.",
    errno.ENOTDIR: "A file stands where a folder should be: move it away, or choose another output folder.",
}


def _explained(problem: OSError, target: Path) -> DeliveryError:
    reason = (problem.strerror or str(problem)).lower()
    hint = _HINTS.get(problem.errno or 0, "Check the output folder, then run again.")
    return DeliveryError(
        f"the reports could not be published: {reason}. What stood there before is kept.", str(target), hint
    )
