"""Reports -> files and mail. The only room that writes or sends."""

from pipeline.deliver.archive import archived_before, arrived, check_apart, check_unpublished, file_away, quarantine
from pipeline.deliver.beside import lay_out
from pipeline.deliver.earlier import earlier_snapshots
from pipeline.deliver.figures import figures_written
from pipeline.deliver.intake import intake_record
from pipeline.deliver.months import history, levels_written, past_levels
from pipeline.deliver.moves import stamp
from pipeline.deliver.originals import originals
from pipeline.deliver.publish import publish
from pipeline.deliver.snapshot import long_ago, remembered, snapshot_of, written

__all__ = [
    "archived_before",
    "arrived",
    "check_apart",
    "check_unpublished",
    "earlier_snapshots",
    "figures_written",
    "file_away",
    "history",
    "intake_record",
    "lay_out",
    "levels_written",
    "long_ago",
    "originals",
    "past_levels",
    "publish",
    "quarantine",
    "remembered",
    "snapshot_of",
    "stamp",
    "written",
]
