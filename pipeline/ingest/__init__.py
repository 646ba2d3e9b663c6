"""Files on disk -> Register. The only room that reads registers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ingest.answers import Answers
from pipeline.ingest.discover import discover
from pipeline.model import Period, Register

if TYPE_CHECKING:
    from pipeline.settings import IngestSettings

__all__ = ["ingest"]


def ingest(paths: tuple[Path, ...], settings: IngestSettings, period: Period) -> Register:
    """Everything that the registers behind these paths say.

    A file that cannot be read is refused with a reason and the rest goes on. Raises RegisterError for a path that
    leads nowhere.
    """
    with Answers(discover(paths), settings) as files:
        from pipeline.ingest.intake import read_register  # what it needs is imported while the files are parsed

        return read_register(files, settings, period)
