"""What became of the input files, in the answer of `pipeline run`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.answers.text import wrapped
from pipeline.filed import Intake
from pipeline.findings import counted
from pipeline.ingest.discover import FORMATS


def intake_lines(intake: Intake, *, moved: bool) -> Iterator[str]:
    """How many files were read again from the archive and, where files were `moved`, what became of those that came."""
    if moved:
        parts = " + ".join(f"{len(intake.of(fate))} {fate}" for fate in ("archived", "quarantined", "waiting"))
        yield f"Input   {counted(len(intake.files), 'file')} = {parts}"
    if intake.again:
        yield f"        {counted(len(intake.again), 'file')} read again from the archive of this period"


def unread_lines(names: Sequence[str]) -> Iterator[str]:
    """The files that are passed over because of their ending."""
    if names:
        yield from wrapped(f"Not read: {', '.join(names)}. Registers end in {', '.join(FORMATS)}.", "", "        ")


def intake_problems(intake: Intake) -> list[str]:
    """Each file that waits although it was to move, and what else is wrong with the archive, in sentences."""
    return [*(f"{file.name} waits. {file.reason}" for file in intake.files if file.reason), *intake.problems]
