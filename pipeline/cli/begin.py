"""The command that begins a folder of one's own: init."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.options import answer


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where to begin; default: here.")] = Path()) -> None:
    """Make an input and an output folder, commented settings and an example register to begin with.

    Example: pipeline init work-reports
    """
    from pipeline.starter import begin

    answer(begin(folder))
