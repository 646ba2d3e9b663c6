"""What the commands answer: values as JSON objects for programs, and as lines of text for people."""

from pipeline.answers.check import check_lines, check_object, usable
from pipeline.answers.months import backfill_lines, backfill_object, history_lines, history_object
from pipeline.answers.run import run_lines, run_object
from pipeline.answers.tables import table_csv, table_lines, table_object, table_parquet
from pipeline.answers.templates import template_lines, template_object
from pipeline.answers.text import listing, table
from pipeline.answers.traces import figures_lines, figures_object, trace_lines, trace_object
from pipeline.answers.verdicts import VERDICT_COLUMNS, verdict_lines, verdict_rows, verdicts

__all__ = [
    "VERDICT_COLUMNS",
    "backfill_lines",
    "backfill_object",
    "check_lines",
    "check_object",
    "figures_lines",
    "figures_object",
    "history_lines",
    "history_object",
    "listing",
    "run_lines",
    "run_object",
    "table",
    "table_csv",
    "table_lines",
    "table_object",
    "table_parquet",
    "template_lines",
    "template_object",
    "trace_lines",
    "trace_object",
    "usable",
    "verdict_lines",
    "verdict_rows",
    "verdicts",
]
