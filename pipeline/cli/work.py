"""The commands that do the work: run, check, classify, explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import app
from pipeline.cli.confirm import require_terminal, settle_headings
from pipeline.cli.delivery import approve_new
from pipeline.cli.mark import marked
from pipeline.cli.options import (
    Config,
    FailOn,
    Json,
    Month,
    Paths,
    answer,
    begin_run,
    checked_level,
    chosen_settings,
    exit_on,
    items_called,
    named_files,
    one_run,
    tell,
    with_packs,
    write_csv,
)
from pipeline.errors import DeliveryError

_WHY_ABOVE = "The answer above says which and why; the others are published."
_ONCE_MENDED = "Once that is mended, run again with --archive: what waits is moved then."


@app.command()
def run(
    input: Annotated[
        Path | None, typer.Option("--input", help="Folder or file to read; default: from the settings.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Folder to publish to; default: from the settings.")
    ] = None,
    period: Month = None,
    packs: Annotated[
        str | None, typer.Option("--packs", help="Only these packs, such as executive,pmo; default: all.")
    ] = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="Then move used files to the archive, refused ones to quarantine.")
    ] = False,
    arrived: Annotated[
        bool, typer.Option("--arrived", hidden=True, help="Which files: as `watch` names them.")
    ] = False,
    approve: Annotated[
        bool, typer.Option("--approve-automatically", help="Approve the mails at once, save those that are held.")
    ] = False,
    config: Config = None,
    json: Json = False,
    fail_on: FailOn = None,
) -> None:
    """Read, classify, add up, render and publish the reports of one month, and put their mails into the outbox.

    Example: pipeline run --input input --output output --period 2026-10
    """
    from pipeline.answers import run_lines, run_object
    from pipeline.deliver.intake import mark_finished
    from pipeline.findings import counted

    level = checked_level(fail_on)
    settings = with_packs(chosen_settings(config, output=output), packs)
    only = named_files() if arrived else None
    work = begin_run(settings, period, [input] if input else [], whole=True, archive=archive, aloud=True, only=only)
    with one_run(settings, f"making the reports of {work.period}"):
        _ = work.deliveries, work.outbox
        approved = approve_new(settings, str(work.period)) if approve and work.outbox else ()
        if not (work.intake.failed or work.unmade):
            mark_finished(settings.deliver, work.period)
    answer(run_object(work) if json else run_lines(work))
    if approved:
        tell(f"{counted(len(approved), 'mail')} approved; `pipeline send --really` sends what is approved.")
    if work.unmade:
        raise DeliveryError("not every report could be made.", hint=_WHY_ABOVE)
    if work.intake.failed:
        raise DeliveryError("the reports are published, but not every file could be moved.", hint=_ONCE_MENDED)
    exit_on(work.findings, level)


@app.command()
def check(
    paths: Paths = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Ask what uncertain and unread columns are, and remember it.")
    ] = False,
    period: Month = None,
    config: Config = None,
    copies: Annotated[
        Path | None, typer.Option("--marked", help="Folder for marked copies; default: check in the output folder.")
    ] = None,
    no_copies: Annotated[bool, typer.Option("--no-marked", help="Write no marked copies; only answer.")] = False,
    json: Json = False,
    fail_on: FailOn = None,
) -> None:
    """Read registers, list what was understood and what is wrong, and mark the cells in a copy of each workbook.

    Example: pipeline check input/register.xlsx --interactive
    """
    from pipeline.answers import check_lines, check_object
    from pipeline.answers.advice import long_ago

    level = checked_level(fail_on)
    if interactive:
        require_terminal()
    settings = chosen_settings(config)
    work = begin_run(settings, period, paths)
    if interactive and settle_headings(work.register, settings.ingest.ignore, config):
        settings = chosen_settings(config)
        work = begin_run(settings, period, paths)
    register, made = (work.register, ()) if no_copies else marked(work, copies)
    if json:
        answer(check_object(register, made))
    else:
        advice = long_ago(register, work.period)
        answer(check_lines(register, settings.ingest.ignore, made, work.inputs.unread, advice))
    exit_on(register.findings, level)


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
    from pipeline.answers import VERDICT_COLUMNS, verdict_lines, verdict_rows, verdicts
    from pipeline.findings import counted

    work = begin_run(chosen_settings(config), period, paths)
    found = verdicts(work) if json or csv is not None else []
    if csv is not None:
        rows = list(verdict_rows(found))
        write_csv(csv, [VERDICT_COLUMNS, *rows])
        tell(f"{counted(len(rows), 'verdict')} written to {csv}.")
    if json:
        answer({"items": found})
    elif csv is None:
        answer(verdict_lines(work))


@app.command()
def explain(
    id: Annotated[str, typer.Argument(help="The item's ID as in the register, or SHEET!ROW.")],
    paths: Paths = None,
    everything: Annotated[bool, typer.Option("--all", help="Every contribution and every silent criterion.")] = False,
    period: Month = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Say in sentences why an item is called a project or an operation, and what would turn it.

    Example: pipeline explain WO-017
    """
    from pipeline.classify import as_lines, as_object, explain_fully

    work = begin_run(chosen_settings(config), period, paths, fallback=True)
    found = items_called(id, work)
    told = [explain_fully(work.portfolio, item, work.settings.classify, work.period) for item in found]
    if json:
        answer({"items": [as_object(one) for one in told]})
        return
    for one in told:
        answer(as_lines(one, all_reasons=everything))
