"""What the commands answer: values as JSON objects for programs, and as lines of text for people."""

from pipeline.answers.check import check_lines, check_object, usable
from pipeline.answers.run import run_lines, run_object
from pipeline.answers.text import listing, table
from pipeline.answers.verdicts import VERDICT_COLUMNS, verdict_rows, verdicts

__all__ = [
    "VERDICT_COLUMNS",
    "check_lines",
    "check_object",
    "listing",
    "run_lines",
    "run_object",
    "table",
    "usable",
    "verdict_rows",
    "verdicts",
]
