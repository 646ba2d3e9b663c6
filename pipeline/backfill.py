"""Old registers -> what each of their months would have left, so that history and trends begin before the first run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.flow import Run
from pipeline.model import Period
from pipeline.no_items import no_work_items

if TYPE_CHECKING:
    from pipeline.settings import Settings


@dataclass(frozen=True)
class Backfilled:
    """What became of one month, or of a file without one: `kept` where its snapshot was written, else why not."""

    month: Period | None
    files: tuple[str, ...]
    kept: bool
    items: int = 0
    reason: str = ""


def backfill(settings: Settings, folder: Path, say: Callable[[str], None] = lambda _: None) -> Iterator[Backfilled]:
    """Each month of the registers in a folder, the first one first, judged by today's rules, and its snapshot kept.

    A month of which the output folder holds anything stays as it is, and what cannot be read is told; nothing stops
    the months after. Raises RegisterError where there is no such folder.
    """
    from pipeline.ingest.old_registers import old_registers

    found = old_registers(folder, settings.ingest)
    for month, files in found.months.items():
        names = tuple(str(file.relative_to(folder)) for file in files)
        if (settings.deliver.output / str(month)).exists():
            yield Backfilled(month, names, False, reason="it is published already, and stays as it is")
            continue
        say(f"Reading {month}")
        try:
            yield Backfilled(month, names, True, _keep(settings, month, files))
        except PipelineError as problem:
            yield Backfilled(month, names, False, reason=str(problem))
    for file, reason in found.undated.items():
        yield Backfilled(None, (str(file.relative_to(folder)),), False, reason=reason)


def _keep(settings: Settings, month: Period, files: tuple[Path, ...]) -> int:
    """Write one month's snapshot, beside copies of its registers; returns how many items it holds."""
    from pipeline.deliver import levels_written, originals, publish, snapshot_of, written
    from pipeline.manifest import manifest
    from pipeline.render.packs import only

    render = only(settings.render, ())  # a month that is made later leaves figures, and no reports
    run = Run(settings.model_copy(update={"render": render}), month, files)
    if not len(run.register.items):
        raise no_work_items(run.register, files)
    summary = run.summaries[0]
    record = manifest(run.portfolio, run.findings, settings, month, run.seconds, run.waiting)
    said = snapshot_of(summary, run.findings, run.remembered[0])
    enclosed = originals(run.register.files) | written(said) | levels_written(summary)
    publish((), {**record, "backfilled": True}, settings.deliver, month, enclosed)
    return len(run.register.items)
