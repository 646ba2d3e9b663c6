"""Publishes one period's reports to its folder: all of them with their `run.json`, or none."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.deliver.folder import MANIFEST, amend, recover, stage, swap_in
from pipeline.deliver.locks import locked
from pipeline.deliver.names import is_plain
from pipeline.deliver.originals import Original
from pipeline.errors import DeliveryError
from pipeline.model import Delivery, Period, Report
from pipeline.settings import DeliverSettings
from pipeline.spool import Spooled


class Published(Mapping[str, bytes]):
    """The files that were published, by name, each read when it is asked for."""

    def __init__(self, deliveries: Iterable[Delivery]) -> None:
        self._paths = {one.report: one.path for one in deliveries}

    def __getitem__(self, name: str) -> bytes:
        return self._paths[name].read_bytes()

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def publish(
    reports: tuple[Report, ...],
    record: Mapping[str, Any],
    settings: DeliverSettings,
    period: Period,
    enclosed: Mapping[str, bytes | Original] = MappingProxyType({}),
) -> tuple[Delivery, ...]:
    """Put the reports into `<output>/<period>/` so that a reader sees the old folder or the new one, never half.

    `enclosed`, by name, lies beside them: copies of the registers, and the snapshot for the months after.
    `record`, plain JSON values on the run, becomes `run.json`, to which `outputs`
    (name, SHA-256 and size in bytes of every file) is added, so that the next run knows its own files from
    those that people put there. People's files, and reports that people have edited, are kept.
    Raises DeliveryError where nothing could be published; what stood there before is then intact.
    """
    contents: dict[str, bytes | Spooled | Original] = {**{report.name: report.kept for report in reports}, **enclosed}
    _check_names([*(report.name for report in reports), *enclosed])
    target = settings.output / str(period)
    outputs = [_output(name, content) for name, content in contents.items()]
    try:
        _check_target(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.parent):
            recover(target.parent)
            contents[MANIFEST] = _as_json({**record, "outputs": outputs})
            swap_in(stage(target, contents), target)
    except OSError as problem:
        raise _explained(problem, target) from problem
    return tuple(_delivery(one, target) for one in outputs[: len(reports)])


def amend_record(more: Mapping[str, Any], settings: DeliverSettings, period: Period) -> None:
    """Add to the published `run.json` of a period; the output folder must be locked.

    Raises OSError or ValueError where that cannot be done; the record then says what it said before.
    """
    target = settings.output / str(period)
    document = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    amend(target, _as_json({**document, **more}))


def _output(name: str, content: bytes | Spooled | Original) -> dict[str, Any]:
    if isinstance(content, Original):
        return {"name": name, "sha256": content.sha256, "size": content.size}
    digest, size = hashlib.sha256(), 0
    for piece in (content,) if isinstance(content, bytes) else content.pieces():
        digest.update(piece)
        size += len(piece)
    return {"name": name, "sha256": digest.hexdigest(), "size": size}


def _delivery(output: Mapping[str, Any], folder: Path) -> Delivery:
    return Delivery(output["name"], "folder", folder / output["name"], output["sha256"], output["size"])


def _as_json(document: Mapping[str, Any]) -> bytes:
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def _check_names(names: Iterable[str]) -> None:
    """Names come from departments and packs; none may leave the folder or mean something else on Windows."""
    seen = {MANIFEST}
    for name in names:
        if not is_plain(name):
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
