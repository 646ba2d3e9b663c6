"""What a period said before it was run again: kept beside the new snapshot, so that nothing a month said is lost."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.deliver.figures import FIGURES
from pipeline.deliver.folder import digest
from pipeline.deliver.months import LEVELS
from pipeline.deliver.originals import Original
from pipeline.deliver.snapshot import FINDINGS, ITEMS, KEPT, Unusable, listed
from pipeline.model import Period
from pipeline.settings import DeliverSettings


def earlier_snapshots(
    settings: DeliverSettings, period: Period, now: Mapping[str, bytes | Original]
) -> dict[str, bytes | Original]:
    """The snapshots that earlier runs of a period left, by name: `snapshot/items.1.parquet` is the first.

    What the latest of them said joins them where `now`, the new snapshot, says something else. Files that are not as
    they were published are left where they are found: they are people's.
    """
    folder = settings.output / str(period)
    try:
        names = listed(folder)
    except Unusable:
        return {}
    whole = {name: folder / name for name, sha256 in names.items() if name.startswith("snapshot/")}
    intact = {name: path for name, path in whole.items() if path.is_file() and digest(path) == names[name]}
    kept: dict[str, bytes | Original] = {
        name: path.read_bytes() for name, path in intact.items() if KEPT.fullmatch(name)
    }
    last = {name: intact[name].read_bytes() for name in (ITEMS, LEVELS, FIGURES, FINDINGS) if name in intact}
    if ITEMS in last and any(now.get(name) != content for name, content in last.items() if name != FINDINGS):
        number = 1 + max((int(match[2]) for name in kept if (match := KEPT.fullmatch(name))), default=0)
        kept |= {_numbered(name, number): content for name, content in last.items()}
    return kept


def _numbered(name: str, number: int) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{number}.{ending}"
