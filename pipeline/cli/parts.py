"""The command for a register that is too large for one machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.options import Config, Json, Month, answer, chosen_period, chosen_settings, tell


@app.command()
def parts(
    folder: Annotated[str, typer.Argument(help="Folder of the parts (.parquet, .csv), or its address for fsspec.")],
    output: Annotated[str, typer.Option("--output", help="Folder or address that verdicts and hours are written to.")],
    people: Annotated[Path | None, typer.Option("--people", help="File with the People sheet.")] = None,
    period: Month = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Classify a register in parts and add up its hours, on this machine's cores or on a cluster; no reports are made.

    Example: pipeline parts s3://registers/2026-10 --output s3://results/2026-10 --period 2026-10
    """
    from pipeline.answers.parts import parts_lines
    from pipeline.cli.progress import Progress
    from pipeline.parts import run_parts

    settings = chosen_settings(config)
    month = chosen_period(period, settings.summarise.timezone)
    done = run_parts(folder, output, people, settings, month, tell, Progress())
    answer(done.record if json else parts_lines(done.record, output))
