"""The listings: fields, criteria, findings, tables, each from the tuple that the work itself walks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cli.app import app
from pipeline.cli.options import Json, answer


@app.command()
def fields(json: Json = False) -> None:
    """List the columns that are understood and how they may be headed.

    Example: pipeline fields
    """
    from pipeline.fields import FIELDS

    _listing(json, ("ID", "HOLDS", "MEANING"), [(one.id, one.kind, one.meaning) for one in FIELDS])


@app.command()
def criteria(json: Json = False) -> None:
    """List the criteria that tell projects from operations.

    Example: pipeline criteria
    """
    from pipeline.classify.criteria import CRITERIA

    _listing(json, ("ID", "QUESTION", "SOURCE"), [(one.id, one.question, one.source) for one in CRITERIA])


@app.command()
def findings(json: Json = False) -> None:
    """List the problems in the data that can be found, and what to do about each.

    Example: pipeline findings
    """
    from pipeline.findings import FINDINGS

    told = [re.sub(r"\{(\w+)\}", r"<\1>", one.remedy.replace("{advice}", "As its message says.")) for one in FINDINGS]
    rows = [(one.code, one.level, one.title, remedy) for one, remedy in zip(FINDINGS, told, strict=True)]
    _listing(json, ("CODE", "LEVEL", "TITLE", "REMEDY"), rows)


@app.command()
def tables(json: Json = False) -> None:
    """List the tables behind the reports and how each is computed.

    Example: pipeline tables
    """
    from pipeline.summarise.tables import TABLES

    _listing(json, ("ID", "QUESTION", "FORMULA"), [(one.id, one.question, one.formula) for one in TABLES])


def _listing(json: bool, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from pipeline.answers import listing

    keys = [head.lower() for head in heads]
    answer([dict(zip(keys, row, strict=True)) for row in rows] if json else listing([heads, *rows]))
