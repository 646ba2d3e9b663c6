"""The command that begins a folder of one's own: init."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.options import answer


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to begin; default: here.")] = Path(),
    language: Annotated[
        str | None,
        typer.Option("--language", help="Of the register: en, de, fr, es, pt, it or nl; default: your computer's."),
    ] = None,
) -> None:
    """Make a register to fill in, an example to try, an output folder and commented settings.

    Example: pipeline init work-reports --language de
    """
    from pipeline.starter import begin

    answer(begin(folder, language))
