"""The listings: fields, criteria, findings, tables, packs, each from the tuple that the work itself walks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cli.app import app
from pipeline.cli.options import Config, Json, answer, chosen_settings


@app.command()
def fields(json: Json = False) -> None:
    """List the columns that are understood and how they may be headed.

    Example: pipeline fields
    """
    from pipeline.fields import FIELDS

    listed(json, ("ID", "HOLDS", "MEANING"), [(one.id, one.kind, one.meaning) for one in FIELDS])


@app.command()
def criteria(json: Json = False) -> None:
    """List the criteria that tell projects from operations.

    Example: pipeline criteria
    """
    from pipeline.classify.criteria import CRITERIA

    listed(json, ("ID", "QUESTION", "SOURCE"), [(one.id, one.question, one.source) for one in CRITERIA])


@app.command()
def findings(json: Json = False) -> None:
    """List the problems in the data that can be found, and what to do about each.

    Example: pipeline findings
    """
    from pipeline.findings import FINDINGS

    told = [re.sub(r"\{(\w+)\}", r"<\1>", one.remedy.replace("{advice}", "As its message says.")) for one in FINDINGS]
    rows = [(one.code, one.level, one.title, remedy) for one, remedy in zip(FINDINGS, told, strict=True)]
    listed(json, ("CODE", "LEVEL", "TITLE", "REMEDY"), rows)


@app.command()
def tables(json: Json = False) -> None:
    """List the tables behind the reports and how each is computed.

    Example: pipeline tables
    """
    from pipeline.summarise.tables import TABLES

    listed(json, ("ID", "QUESTION", "FORMULA"), [(one.id, one.question, one.formula) for one in TABLES])


@app.command()
def packs(json: Json = False, config: Config = None) -> None:
    """List the packs of reports: for whom each is, in which formats, and the folders of its templates.

    Example: pipeline packs
    """
    from pipeline.render.packs import packs as every_pack

    rows = [
        (one.id, one.title, one.audience, ", ".join(one.formats), ", ".join((*one.folders, "shared")))
        for one in every_pack(chosen_settings(config).render)
    ]
    listed(json, ("ID", "TITLE", "READERS", "FORMATS", "TEMPLATES"), rows)


def listed(json: bool, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows under these heads, as lines or as a JSON list of objects."""
    from pipeline.answers import listing

    keys = [head.lower() for head in heads]
    answer([dict(zip(keys, row, strict=True)) for row in rows] if json else listing([heads, *rows]))
