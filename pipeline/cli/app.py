"""The application that every command joins, and the exit codes."""

from __future__ import annotations

import typer
from typer.core import TyperGroup

FOUND, USAGE, STOPPED, UNDELIVERED = 1, 2, 3, 4
"""Exit codes above 0: findings at or above --fail-on; usage or settings; the run could not go on; deliveries failed."""

ORDER = (
    "init", "check", "run", "classify", "explain", "decide", "learn", "reclassified",
    "status", "approve", "send", "resend", "ledger", "watch", "schedule", "tidy", "doctor",
    "history", "backfill", "table", "trace", "parts", "template", "preview", "fields", "criteria", "findings", "tables",
)  # fmt: skip
"""The commands as a newcomer meets them."""


class _Ordered(TyperGroup):
    def list_commands(self, ctx: object) -> list[str]:
        return sorted(self.commands, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


app = typer.Typer(
    name="pipeline",
    cls=_Ordered,
    help="Reads registers of work, tells projects from operations and says why, and reports who carries what.\n\n"
    "Example: pipeline run --input input --output output --period 2026-10",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
