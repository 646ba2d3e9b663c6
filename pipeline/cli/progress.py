"""How far a long step is: a line that changes where a person watches, else a line a minute."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

import typer

BETWEEN = 60.0
"""Seconds between two lines where nobody watches: a log is read afterwards."""
_WIDE = 60
"""Signs of a name that the changing line shows, so that it stays one line."""


@dataclass
class Progress:
    """Says which of many reports is over. `watched`: a person sees it on a terminal."""

    watched: bool = field(default_factory=lambda: sys.stderr.isatty())
    _said: float = field(default_factory=lambda: time.monotonic())

    def __call__(self, over: int, total: int, name: str) -> None:
        """So many of so many are over, this one just now."""
        if self.watched:
            from pipeline.answers.text import harmless

            line = f"  {over:,} of {total:,}: {harmless(name)[:_WIDE]}"
            typer.echo(f"\r\x1b[K{line if over < total else ''}", err=True, nl=False)
        elif over < total and time.monotonic() - self._said >= BETWEEN:
            self._said = time.monotonic()
            typer.echo(f"  {over:,} of {total:,} files", err=True)
