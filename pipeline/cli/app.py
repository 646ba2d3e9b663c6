"""The application that every command joins, and the exit codes."""

from __future__ import annotations

import typer

FOUND, USAGE, STOPPED, UNDELIVERED = 1, 2, 3, 4
"""Exit codes above 0: findings at or above --fail-on; usage or settings; the run could not go on; deliveries failed."""

app = typer.Typer(
    name="pipeline",
    help="Reads registers of work, tells projects from operations and says why, and reports who carries what.\n\n"
    "Example: pipeline run --input input --output output --period 2026-10",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
