"""The command line: arguments, progress, printing and exit codes; the only room that prints or exits."""

from __future__ import annotations

import gc
import io
import os
import sys

from pipeline.cli import (
    begin,
    decide,
    delivery,
    figures,
    learn,
    listings,
    months,
    parts,
    send,
    templates,
    unattended,
    work,
)
from pipeline.cli.app import FOUND, STOPPED, UNDELIVERED, USAGE, app
from pipeline.cli.options import tell
from pipeline.cli.signals import stopping
from pipeline.errors import DeliveryError, PipelineError, SettingsError

__all__ = [
    "FOUND",
    "STOPPED",
    "UNDELIVERED",
    "USAGE",
    "app",
    "begin",
    "decide",
    "delivery",
    "figures",
    "learn",
    "listings",
    "main",
    "months",
    "parts",
    "send",
    "templates",
    "unattended",
    "work",
]


def main() -> None:
    """Run the command line; every PipelineError becomes one message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character shows its number
    _suit_columns()
    try:
        with stopping():
            app()
    except SettingsError as problem:
        _stop(problem, USAGE)
    except DeliveryError as problem:
        _stop(problem, UNDELIVERED)
    except PipelineError as problem:
        _stop(problem, STOPPED)
    finally:
        gc.freeze()  # what is left goes with the process: no circle in it need be found first


def _suit_columns() -> None:
    """Look rarely for circles of objects, which work on columns hardly makes; start no threads for large matrices; have
    columns that are let go taken back by the system, not kept for others. Both libraries look at the environment when
    they are loaded.
    """
    gc.set_threshold(50_000, 20, 100)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def _stop(problem: PipelineError, code: int) -> None:
    tell(str(problem))
    raise SystemExit(code)
