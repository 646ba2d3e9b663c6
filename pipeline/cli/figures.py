"""The commands that print one table, and the rows behind one figure: table, trace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.options import Config, Json, Month, Paths, answer, begin_run, chosen_settings, tell
from pipeline.errors import DeliveryError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from pipeline.model import Summary

Scope = Annotated[str, typer.Option("--department", help="The figures of one department; default: all of it.")]
_FORMS = ("csv", "json", "parquet")


@app.command()
def table(
    id: Annotated[str, typer.Argument(help="A table, as `pipeline tables` lists it.")],
    paths: Paths = None,
    csv: Annotated[bool, typer.Option("--csv", help="As comma-separated values.")] = False,
    json: Json = False,
    parquet: Annotated[bool, typer.Option("--parquet", help="As Parquet, with types; needs --output.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", help="Write to this file; its ending says the form too.")
    ] = None,
    department: Scope = "",
    period: Month = None,
    config: Config = None,
) -> None:
    """Print one table of the figures behind the reports.

    Example: pipeline table people --csv --output people.csv
    """
    from pipeline.answers import table_lines, table_object
    from pipeline.findings import counted

    form = _form({"csv": csv, "json": json, "parquet": parquet}, output)
    kinds = _kinds(id)
    frame = _summary(paths, department, period, config).tables[id]
    if output is not None:
        _write(output, _content(id, frame, kinds, form))
        tell(f"{counted(len(frame), 'row')} written to {output}.")
    elif form == "json":
        answer(table_object(id, frame, kinds))
    elif form == "csv":
        answer(_content(id, frame, kinds, form).decode("utf-8-sig").splitlines())
    else:
        answer(table_lines(frame, kinds))


@app.command()
def trace(
    figure: Annotated[
        str, typer.Argument(help="A figure such as run_share, or TABLE/ROW/COLUMN; `figures` lists the first.")
    ],
    paths: Paths = None,
    department: Scope = "",
    period: Month = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """List the rows that a printed figure was added up from, with file, sheet and row.

    Example: pipeline trace "people/Ana Roy/hours"
    """
    from pipeline.answers import figures_lines, figures_object, trace_lines, trace_object
    from pipeline.summarise.trace import trace as behind

    summary = _summary(paths, department, period, config)
    if figure.strip().casefold() == "figures":
        answer(figures_object(summary) if json else figures_lines(summary))
        return
    traced = behind(summary, figure)
    answer(trace_object(traced) if json else trace_lines(traced))


def _summary(paths: Sequence[Path] | None, department: str, period: str | None, config: Path | None) -> Summary:
    """The organisation's summary, or a department's. Raises SettingsError where there is no such department."""
    from pipeline.no_items import no_work_items
    from pipeline.render.packs import only

    settings = chosen_settings(config)
    render = only(settings.render, ["department"] if department else [])
    work = begin_run(settings.model_copy(update={"render": render}), period, paths, fallback=True)
    if not len(work.register.items):
        raise no_work_items(work.register, work.inputs.paths)
    found = {one.scope.casefold(): one for one in work.summaries}
    if department.strip().casefold() not in found:
        names = ", ".join(one.scope for one in work.summaries if one.scope)
        raise SettingsError(f"there is no department '{department}'.", "--department", f"There are: {names}.")
    return found[department.strip().casefold()]


def _kinds(id: str) -> Mapping[str, str]:
    """Column -> what it holds, of a table. Raises SettingsError where there is no such table."""
    import difflib

    from pipeline.summarise.tables import TABLES

    known = {one.id: one for one in TABLES}
    if id not in known:
        near = difflib.get_close_matches(id, known, n=1, cutoff=0.4)
        hint = f"Did you mean '{near[0]}'?" if near else "`pipeline tables` lists all."
        raise SettingsError(f"there is no table '{id}'.", hint=hint)
    return {column.id: column.kind for column in known[id].columns}


def _form(asked: Mapping[str, bool], output: Path | None) -> str:
    """The one form that is asked for, else what the file's ending says; "" for lines of text."""
    forms = [name for name, wanted in asked.items() if wanted]
    if len(forms) > 1:
        raise SettingsError(f"--{forms[0]} and --{forms[1]} are two forms of one table.", hint="Choose one.")
    if forms == ["parquet"] and output is None:
        raise SettingsError("Parquet is no text to print.", "--parquet", "Name a file: --output people.parquet.")
    ending = output.suffix.removeprefix(".").casefold() if output is not None else ""
    if output is not None and not forms and ending not in _FORMS:
        raise SettingsError(
            "does not say the form of the table.", str(output), "Add --csv, --json or --parquet, or end it so."
        )
    return forms[0] if forms else ending


def _content(id: str, frame: pd.DataFrame, kinds: Mapping[str, str], form: str) -> bytes:
    from pipeline.answers import table_csv, table_object, table_parquet

    if form == "csv":
        return table_csv(frame, kinds)
    if form == "parquet":
        return table_parquet(frame)
    import json

    return f"{json.dumps(table_object(id, frame, kinds), ensure_ascii=False, indent=1)}\n".encode()


def _write(path: Path, content: bytes) -> None:
    from pipeline.deliver.whole import write_named

    try:
        write_named(path, content)
    except OSError as problem:
        raise DeliveryError(
            f"cannot be written ({problem.strerror}).", str(path), "Choose another file with --output."
        ) from problem
