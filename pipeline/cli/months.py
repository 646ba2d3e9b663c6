"""The commands that look back over months: history, backfill."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.options import Config, Json, answer, chosen_settings, tell

Output = Annotated[
    Path | None, typer.Option("--output", help="Folder months are published to; default: from the settings.")
]


@app.command()
def history(output: Output = None, config: Config = None, json: Json = False) -> None:
    """List what each published month said: items, hours, the share of run, and the rules that judged it.

    Example: pipeline history
    """
    from pipeline.answers import history_lines, history_object
    from pipeline.deliver import history as published

    months = published(chosen_settings(config, output=output).deliver)
    answer(history_object(months) if json else history_lines(months))


@app.command()
def backfill(
    folder: Annotated[Path, typer.Argument(help="Folder of old registers, or of one folder a month.")],
    output: Output = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Read old registers, so that history and trends begin before the first run; no published month is touched.

    Example: pipeline backfill old-registers
    """
    import sys

    from pipeline.answers import backfill_lines, backfill_object
    from pipeline.backfill import backfill as months_of

    say = tell if sys.stderr.isatty() else lambda _: None
    found = months_of(chosen_settings(config, output=output), folder, say)
    answer(backfill_object(found) if json else backfill_lines(found))
