"""What `pipeline check` leaves for the user: their own workbooks marked, and what was found as lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.options import tell
from pipeline.errors import DeliveryError

if TYPE_CHECKING:
    from pipeline.flow import Run
    from pipeline.model import Register


def marked(work: Run, folder: Path | None) -> tuple[Register, tuple[Path, ...]]:
    """Write the marked copies to the folder (default: `check` in the output folder).

    Returns the register with what was found while making them, and where they are; of a file that
    could not be copied its list. A folder that cannot be written stops nothing.
    """
    from pipeline.deliver import lay_out

    made = work.mark(work.register.findings)
    copies: tuple[Path, ...] = ()
    if made.files:
        try:
            paths = lay_out(made.files, folder or work.settings.deliver.output / "check")
            copies = tuple(path for path in paths if path.name in made.for_people)
        except DeliveryError as problem:
            tell(str(problem))
    return replace(work.register, findings=(*work.register.findings, *made.findings)), copies
