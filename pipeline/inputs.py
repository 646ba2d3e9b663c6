"""Which files a run reads: those behind its paths, and those of its month that were moved to the archive since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.filed import Intake
from pipeline.model import Period

if TYPE_CHECKING:
    from pipeline.settings import DeliverSettings

Stamps = Mapping[Path, tuple[int, ...]]
"""What tells each file from a later one of its name."""


@dataclass(frozen=True)
class Inputs:
    """The input of one run over some paths for one period.

    `whole`: these paths are all the input there is, so what the period has in its archive is read with them.
    `fallback`: where the input folder holds no work item, what is in the archive is read.
    `moved`: the files are moved once the reports are published. `chosen`: a person named the period, so files that are
    new to it are meant for it. `only`: of the files behind the paths only these are read, as their stamps say; others
    are still arriving.
    """

    paths: tuple[Path, ...]
    deliver: DeliverSettings
    period: Period
    whole: bool
    all_input: bool
    fallback: bool
    moved: bool
    chosen: bool
    only: Stamps | None

    @property
    def read(self) -> tuple[Path, ...]:
        """What is read: the paths, or those of the files behind them that have arrived."""
        return self.paths if self.only is None else tuple(self.stamps)

    @cached_property
    def stamps(self) -> Stamps:
        """What tells each input file from a later one, taken before any is read."""
        from pipeline.deliver import stamp
        from pipeline.ingest.discover import discover

        found = {path: stamp(path) for path in discover(self.paths)}
        return {path: one for path, one in found.items() if self.only is None or self.only.get(path) == one}

    @cached_property
    def unread(self) -> tuple[Path, ...]:
        """The input files that are passed over because of their ending."""
        from pipeline.ingest.discover import unread

        return unread(self.paths)

    @cached_property
    def in_archive(self) -> Intake:
        """What the reports of this period stand on and is in the archive since; nothing where only a part is read."""
        from pipeline.deliver import archived_before

        return archived_before(self.paths, self.deliver, self.period) if self.all_input else Intake(())

    def check(self) -> None:
        """Take the stamps, and raise DeliveryError where these files cannot be meant for this period's reports."""
        from pipeline.deliver import check_apart, check_unpublished

        if self.moved:
            check_apart(self.paths, self.deliver)
        if self.whole and not self.chosen:
            check_unpublished(self.stamps, self.deliver, self.period)
        _ = self.stamps
