"""What the settings no longer keep: listed first, removed when asked; nothing of people's own, nothing unsent."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.deliver.folder import MANIFEST, is_recorded, own_files
from pipeline.deliver.locks import PUBLISHING, locked
from pipeline.errors import DeliveryError
from pipeline.model import Period

if TYPE_CHECKING:
    from pipeline.settings import DeliverSettings, Settings

_PERIOD = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class OldFolder:
    """One month of the output, archive, quarantine or outbox: the files to remove, in order, and their bytes."""

    kind: str
    period: Period
    path: Path
    own: tuple[Path, ...]
    size: int

    @property
    def files(self) -> int:
        """How many files go."""
        return len(self.own)


@dataclass(frozen=True)
class Old:
    """All that is no longer kept; `kept` says in sentences what stays although it is old."""

    output: Path
    folders: tuple[OldFolder, ...]
    kept: tuple[str, ...] = ()
    forgotten: Mapping[Period, int] = field(default_factory=dict)
    """The months that the ledger is to forget, and how many mails each has."""
    deliver: DeliverSettings | None = None
    """Where that ledger is."""

    @property
    def nothing(self) -> bool:
        """Whether nothing is to be removed."""
        return not (self.folders or self.forgotten)

    @property
    def files(self) -> int:
        """How many files go."""
        return sum(one.files for one in self.folders)

    @property
    def size(self) -> int:
        """Their bytes."""
        return sum(one.size for one in self.folders)


def old(settings: Settings, now: datetime) -> Old:
    """What is older than the months of `[tidy]`, counted back from this month; where that is 0, nothing is."""
    local = now.astimezone(ZoneInfo(settings.summarise.timezone))
    this, keep, deliver = Period(local.year, local.month), settings.tidy, settings.deliver
    kinds: tuple[tuple[str, Path, int, Callable[[Path], list[Path]]], ...] = (
        ("output", deliver.output, keep.output_months, _published),
        ("archive", deliver.archive, keep.archive_months, _all_below),
        ("quarantine", deliver.quarantine, keep.quarantine_months, _all_below),
        ("outbox", deliver.outbox, keep.outbox_months, _all_below),
    )
    found = [
        OldFolder(kind, period, path, tuple(own), sum(one.lstat().st_size for one in own))
        for kind, base, months, files in kinds
        if months
        for period, path in _months(base, this.plus(-months))
        if (own := files(path)) or not _all_below(path)
    ]
    unsent = _unsent(deliver, [one.period for one in found if one.kind == "outbox"])
    kept = [f"The letters of {period} stay: {why}" for period, why in unsent.items()]
    folders = tuple(one for one in found if one.kind != "outbox" or one.period not in unsent)
    forgotten, open_ones = _settled(deliver, this.plus(-keep.ledger_months)) if keep.ledger_months else ({}, [])
    return Old(deliver.output, folders, (*kept, *open_ones), forgotten, deliver)


def remove(found: Old) -> None:
    """Remove what was listed; a kill at any moment leaves a folder that is listed again. Raises DeliveryError."""
    if found.forgotten and found.deliver:
        from pipeline.deliver.ledger import open_ledger

        open_ledger(found.deliver).forget([str(period) for period in found.forgotten])
    if not found.folders:
        return
    try:
        with locked(found.output, PUBLISHING, "tidying"):
            for folder in found.folders:
                _remove(folder)
    except OSError as problem:
        raise DeliveryError(
            f"not everything could be removed ({(problem.strerror or str(problem)).lower()}).",
            str(problem.filename or found.output),
            "Close what is open from there and check that you may write to it; then run it again.",
        ) from problem


def _remove(folder: OldFolder) -> None:
    """The files, then the folders that are empty; what people put there stays, and so does its folder."""
    for path in folder.own:
        if path.name == MANIFEST:
            _remove_empty(folder.path)
        path.unlink(missing_ok=True)
    _remove_empty(folder.path)


def _remove_empty(folder: Path) -> None:
    """The folders in which nothing lies."""
    for at, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            os.rmdir(at)


def _months(base: Path, before: Period) -> Iterator[tuple[Period, Path]]:
    """The folders of months that are earlier; a link is none."""
    if not base.is_dir():
        return
    for path in sorted(base.iterdir()):
        found = _PERIOD.fullmatch(path.name)
        if found and path.is_dir() and not path.is_symlink() and Period(int(found[1]), int(found[2])) < before:
            yield Period(int(found[1]), int(found[2])), path


def _published(folder: Path) -> list[Path]:
    """Files as a run left them; its record, by which they are known, goes last."""
    return [*own_files(folder), folder / MANIFEST] if is_recorded(folder) else []


def _all_below(folder: Path) -> list[Path]:
    found = [Path(at, name) for at, _, names in os.walk(folder) for name in names]
    return sorted(one for one in found if not one.is_symlink())


def _unsent(settings: DeliverSettings, periods: list[Period]) -> dict[Period, str]:
    """The months with letters of which something may still become, and why their files stay."""
    if not periods:
        return {}
    if not settings.ledger_url and not settings.ledger.exists():
        return dict.fromkeys(periods, "there is no ledger that says whether they are sent.")
    from pipeline.deliver.ledger import SETTLED, open_ledger

    try:
        ledger = open_ledger(settings)
        states = {period: {row.state for row in ledger.rows(str(period))} - {*SETTLED} for period in periods}
    except DeliveryError as problem:
        return dict.fromkeys(periods, str(problem))
    return {period: f"some are {' or '.join(sorted(left))}." for period, left in states.items() if left}


def _settled(settings: DeliverSettings, before: Period) -> tuple[dict[Period, int], list[str]]:
    """The earlier months in the ledger with how many mails they have, and why those stay that are not settled."""
    if not settings.ledger_url and not settings.ledger.exists():
        return {}, []
    from pipeline.deliver.ledger import SETTLED, open_ledger

    months: dict[Period, set[str]] = {}
    counts: Counter[Period] = Counter()
    try:
        rows = open_ledger(settings).rows()
    except DeliveryError as problem:
        return {}, [f"The ledger stays as it is: {problem}"]
    for row in rows:
        period = Period(int(row.period[:4]), int(row.period[5:]))
        if period < before:
            months.setdefault(period, set()).add(row.state)
            counts[period] += 1
    left = {period: sorted(states - {*SETTLED}) for period, states in months.items()}
    kept = [f"The ledger keeps {period}: some are {' or '.join(states)}." for period, states in left.items() if states]
    return {period: counts[period] for period, states in left.items() if not states}, kept
