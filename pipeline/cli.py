"""The command line: arguments, progress, printing and exit codes; the only room that prints or exits."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import DeliveryError, PipelineError, SettingsError

if TYPE_CHECKING:
    from pipeline.flow import Run
    from pipeline.model import Finding, Period
    from pipeline.settings import Settings

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

Paths = Annotated[
    list[Path] | None, typer.Argument(help="Files, folders or globs; default: the input folder of the settings.")
]
Config = Annotated[
    Path | None, typer.Option("--config", help="Settings file; default: the nearest pipeline.toml upward.")
]
Month = Annotated[
    str | None, typer.Option("--period", help="Month to report on, YYYY-MM; default: the last full month.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", help="Exit with 1 on findings of this level or graver: note, warning, error.")
]


@app.command()
def run(
    input: Annotated[
        Path | None, typer.Option("--input", help="Folder or file to read; default: from the settings.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Folder to publish to; default: from the settings.")
    ] = None,
    period: Month = None,
    config: Config = None,
    json: Json = False,
    fail_on: FailOn = None,
) -> None:
    """Read, classify, add up, render and publish the reports of one month.

    Example: pipeline run --input input --output output --period 2026-10
    """
    from pipeline.answers import run_lines, run_object

    level = _level(fail_on)
    settings = _settings(config, output=output)
    work = _run(settings, period, [input] if input else [])
    _ = work.deliveries
    _answer(run_object(work) if json else run_lines(work))
    _exit_on(work.findings, level)


@app.command()
def check(
    paths: Paths = None, period: Month = None, config: Config = None, json: Json = False, fail_on: FailOn = None
) -> None:
    """Read registers and list what was understood and what is wrong, cell by cell; nothing is written.

    Example: pipeline check input/register.xlsx
    """
    from pipeline.answers import check_lines, check_object

    level = _level(fail_on)
    work = _run(_settings(config), period, paths)
    _answer(check_object(work.register) if json else check_lines(work.register))
    _exit_on(work.register.findings, level)


@app.command()
def classify(
    paths: Paths = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the verdicts to this file.")] = None,
    period: Month = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Tell projects from operations, row by row, with the reasons.

    Example: pipeline classify input --csv verdicts.csv
    """
    from pipeline.answers import VERDICT_COLUMNS, table, verdict_rows, verdicts

    found = verdicts(_run(_settings(config), period, paths))
    rows = list(verdict_rows(found))
    if csv is not None:
        _write_csv(csv, [VERDICT_COLUMNS, *rows])
    if json:
        _answer({"items": found})
    elif csv is None:
        _answer(
            table(
                [
                    ("ID", "KIND", "PROJECT", "REVIEW", "TITLE"),
                    *((row[3], row[5], row[6][:4], row[7], row[4][:70]) for row in rows),
                ]
            )
        )
    else:
        _tell(f"{len(rows):,} verdicts written to {csv}.")


@app.command()
def explain(
    id: Annotated[str, typer.Argument(help="The item's ID as in the register, or SHEET!ROW.")],
    paths: Paths = None,
    period: Month = None,
    config: Config = None,
) -> None:
    """Say in sentences why an item is called a project or an operation.

    Example: pipeline explain WO-017
    """
    from pipeline.classify import explain as explained

    work = _run(_settings(config), period, paths)
    matches = _items_called(id, work)
    _answer("\n\n".join(explained(work.portfolio, item) for item in matches).splitlines())


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where to begin; default: here.")] = Path()) -> None:
    """Make an input and an output folder, commented settings and an example register to begin with.

    Example: pipeline init work-reports
    """
    from pipeline.starter import begin

    _answer(begin(folder))


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

    rows = [(one.code, one.level, one.title, one.remedy if "{" not in one.remedy else one.why) for one in FINDINGS]
    _listing(json, ("CODE", "LEVEL", "TITLE", "REMEDY"), rows)


@app.command()
def tables(json: Json = False) -> None:
    """List the tables behind the reports and how each is computed.

    Example: pipeline tables
    """
    from pipeline.summarise.tables import TABLES

    _listing(json, ("ID", "QUESTION", "FORMULA"), [(one.id, one.question, one.formula) for one in TABLES])


def main() -> None:
    """Run the command line; every PipelineError becomes one message and an exit code."""
    try:
        app()
    except SettingsError as problem:
        _stop(problem, USAGE)
    except DeliveryError as problem:
        _stop(problem, UNDELIVERED)
    except PipelineError as problem:
        _stop(problem, STOPPED)


def _stop(problem: PipelineError, code: int) -> None:
    _tell(str(problem))
    raise SystemExit(code)


def _settings(config: Path | None, output: Path | None = None) -> Settings:
    from pipeline.settings import load_settings

    settings = load_settings(config)
    if output is None:
        return settings
    return settings.model_copy(update={"deliver": settings.deliver.model_copy(update={"output": output})})


def _run(settings: Settings, period: str | None, paths: Sequence[Path] | None) -> Run:
    from pipeline.flow import Run

    say = _tell if sys.stderr.isatty() else lambda _: None
    return Run(settings, _period(period, settings.summarise.timezone), tuple(paths or ()), say)


def _period(text: str | None, zone: str) -> Period:
    """The month that was asked for, else the last full month in the zone."""
    import re
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from pipeline.model import Period

    if text is None:
        today = datetime.now(ZoneInfo(zone))
        return Period(today.year, today.month).plus(-1)
    year, _, month = text.partition("-")
    if not re.fullmatch(r"(19[6-9]\d|20[0-7]\d)-(0[1-9]|1[0-2])", text):
        raise SettingsError(f"'{text}' is not a month.", "--period", "Write it as 2026-10.")
    return Period(int(year), int(month))


def _items_called(id: str, work: Run) -> list[int]:
    """The items with this ID, or on this SHEET!ROW, whatever the case."""
    import difflib

    items = work.register.items
    places = items["sheet"] + "!" + items["row"].astype("string[pyarrow]")
    wanted = id.strip().casefold()
    matches = items.index[(items["id"].str.casefold() == wanted) | (places.str.casefold() == wanted)]
    if not len(matches):
        near = difflib.get_close_matches(id, items["id"].tolist(), n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "`pipeline classify` lists all IDs."
        raise SettingsError(f"no item has the ID '{id}'.", hint=hint)
    return [int(item) for item in matches]


def _level(text: str | None) -> str | None:
    from pipeline.model import LEVELS

    if text is not None and text not in LEVELS:
        raise SettingsError(f"'{text}' is no level of findings.", "--fail-on", f"Write one of: {', '.join(LEVELS)}.")
    return text


def _exit_on(found: Iterable[Finding], level: str | None) -> None:
    from pipeline.model import LEVELS

    if level is not None and any(LEVELS.index(one.level) >= LEVELS.index(level) for one in found):
        raise SystemExit(FOUND)


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    import csv

    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    except OSError as problem:
        raise DeliveryError(
            f"cannot be written ({problem.strerror}).", str(path), "Choose another file with --csv."
        ) from problem


def _listing(json: bool, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from pipeline.answers import table

    keys = [head.lower() for head in heads]
    _answer([dict(zip(keys, row, strict=True)) for row in rows] if json else table([heads, *rows]))


def _answer(value: Any) -> None:
    """Print an answer: lines of text as they are, anything else as JSON. Nothing else goes to standard output."""
    if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        import json

        typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
        return
    for line in value:
        typer.echo(line)


def _tell(message: str) -> None:
    typer.echo(message, err=True)


if __name__ == "__main__":
    main()
