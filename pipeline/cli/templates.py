"""The commands for people who change how reports look: template new, template check, preview."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import FOUND, app
from pipeline.cli.options import Config, Json, Month, Paths, answer, begin_run, chosen_settings, tell
from pipeline.errors import PipelineError

template = typer.Typer(
    name="template", help="Begin and check templates of your own.", rich_markup_mode=None, no_args_is_help=True
)
app.add_typer(template)


@template.command()
def new(
    name: Annotated[str, typer.Argument(help="What the pack is called: letters a to z, digits, hyphens.")],
    like: Annotated[str, typer.Option("--like", help="The shipped pack that it builds on.")] = "executive",
    config: Config = None,
) -> None:
    """Begin a pack of your own: a folder of templates that builds on a shipped pack.

    Example: pipeline template new board --like executive
    """
    from pipeline.starter.pack import begin_pack

    answer(begin_pack(chosen_settings(config).render.templates, name, like))


@template.command()
def check(paths: Paths = None, period: Month = None, config: Config = None, json: Json = False) -> None:
    """Check your templates: unknown names with file and line, what is unsafe, and a trial with a register.

    Example: pipeline template check
    """
    from pipeline.answers import template_lines, template_object
    from pipeline.preview import trial
    from pipeline.render.brand import brand_problems
    from pipeline.render.own_workbook import own_workbook_problems
    from pipeline.render.packs import unused_folders
    from pipeline.render.template_check import check_templates

    settings = chosen_settings(config)
    folder = settings.render.templates
    tell(f"Reading the templates in {folder}")
    found = check_templates(folder)
    books = [said for book in sorted(folder.rglob("*.xlsx")) for said in own_workbook_problems(book)]
    brand = brand_problems(settings.render.brand)
    tried: tuple[PipelineError, ...] = (*brand, *unused_folders(settings.render))
    if not (found or brand):
        tried += trial(begin_run(settings, period, paths, aloud=True))
    answer(template_object(found, books, tried) if json else template_lines(found, books, tried, folder))
    if found or books or tried:
        raise SystemExit(FOUND)


@template.command()
def names(json: Json = False) -> None:
    """List everything that a template can name: of the report, sentences, exhibits, tables, filters and blocks.

    Example: pipeline template names
    """
    from pipeline.cli.listings import listed
    from pipeline.render.interface import names as every_name

    listed(json, ("KIND", "NAME", "MEANING"), every_name())


@app.command()
def preview(
    paths: Paths = None,
    period: Month = None,
    config: Config = None,
    port: Annotated[int, typer.Option("--port", help="Port on this machine; default: one that is free.")] = 0,
) -> None:
    """Show the reports in a browser on this machine, and anew whenever a template or the register is saved.

    Example: pipeline preview input/register.xlsx --period 2026-10
    """
    from pipeline.preview import Preview
    from pipeline.settings import nearest_settings

    settings = chosen_settings(config)
    used = config or nearest_settings()
    watched: list[Path] = [settings.render.templates, *(paths or [settings.ingest.input]), *([used] if used else [])]
    shown = Preview(lambda: begin_run(chosen_settings(config), period, paths), watched, port)
    tell(f"Look at {shown.address} and change what you like; Ctrl+C ends it.")
    try:
        shown.serve()
    except KeyboardInterrupt:
        tell("Ended.")
