"""What commands share: their common options, the run they ask for, and how they answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.app import FOUND
from pipeline.errors import DeliveryError, SettingsError

if TYPE_CHECKING:
    from pipeline.flow import Run
    from pipeline.model import Finding, Period
    from pipeline.settings import Settings

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


def chosen_settings(config: Path | None, output: Path | None = None) -> Settings:
    """The settings of this run, with the output folder of the command line where one is given."""
    from pipeline.settings import load_settings

    settings = load_settings(config)
    if output is None:
        return settings
    return settings.model_copy(update={"deliver": settings.deliver.model_copy(update={"output": output})})


def with_packs(settings: Settings, names: str | None) -> Settings:
    """The settings with no packs but these, parted by commas; None for all. Raises SettingsError for unknown ones."""
    from pipeline.render.packs import only, packs

    if names is None:
        packs(settings.render)
        return settings
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    return settings.model_copy(update={"render": only(settings.render, wanted)})


def begin_run(
    settings: Settings,
    period: str | None,
    paths: Sequence[Path] | None,
    *,
    whole: bool = False,
    fallback: bool = False,
    archive: bool = False,
    aloud: bool = False,
    only: Mapping[Path, tuple[int, ...]] | None = None,
) -> Run:
    """The run over these paths; where a person watches, or `aloud`, it says what it is doing.

    The other flags are those of `Run`.
    """
    from pipeline.cli.progress import Progress
    from pipeline.flow import Run

    say = tell if aloud or sys.stderr.isatty() else lambda _: None
    month = chosen_period(period, settings.summarise.timezone)
    flags = {"whole": whole, "fallback": fallback, "archive": archive, "chosen": period is not None}
    return Run(settings, month, tuple(paths or ()), say, **flags, only=only, progress=Progress())


@contextmanager
def one_run(settings: Settings, doing: str) -> Iterator[None]:
    """Hold the output folder for this run from its beginning. Raises DeliveryError, saying who else holds it.

    A folder that cannot be made or locked stops nothing here: publishing to it will say what is wrong. One that was
    made for a run that left nothing is taken away again.
    """
    from pipeline.deliver.locks import RUNNING, locked

    output = settings.deliver.output
    made = not output.exists()
    try:
        with ExitStack() as held:
            with suppress(OSError):
                output.mkdir(parents=True, exist_ok=True)
                held.enter_context(locked(output, RUNNING, doing))
            yield
    finally:
        with suppress(OSError):
            if made and [entry.name for entry in output.iterdir()] == [RUNNING]:
                (output / RUNNING).unlink()
                output.rmdir()


def named_files() -> dict[Path, tuple[int, ...]]:
    """The files that standard input names, each with its stamp, as JSON. Raises SettingsError."""
    import json

    try:
        named = json.load(sys.stdin)
        return {Path(path): tuple(map(int, stamp)) for path, stamp in named.items()}
    except (ValueError, TypeError, AttributeError) as problem:
        raise SettingsError("standard input names no files.", "--arrived", "It is meant for `watch`.") from problem


def chosen_period(text: str | None, zone: str) -> Period:
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


def items_called(id: str, work: Run) -> list[int]:
    """The items with this ID, or on this SHEET!ROW, whatever the case.

    Raises RegisterError where nothing is read that could hold one, SettingsError, with the nearest, where none has it.
    """
    import difflib

    from pipeline.no_items import no_work_items

    items = work.register.items
    if not len(items):
        raise no_work_items(work.register, work.inputs.paths)
    places = items["sheet"] + "!" + items["row"].astype("string[pyarrow]")
    wanted = id.strip().casefold()
    matches = items.index[(items["id"].str.casefold() == wanted) | (places.str.casefold() == wanted)]
    if not len(matches):
        near = difflib.get_close_matches(id, items["id"].tolist(), n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "`pipeline classify` lists all IDs."
        raise SettingsError(f"no item has the ID '{id}'.", hint=hint)
    return [int(item) for item in matches]


def checked_level(text: str | None) -> str | None:
    """A level of findings as written, or None; raises SettingsError for any other word."""
    from pipeline.model import LEVELS

    if text is not None and text not in LEVELS:
        raise SettingsError(f"'{text}' is no level of findings.", "--fail-on", f"Write one of: {', '.join(LEVELS)}.")
    return text


def exit_on(found: Iterable[Finding], level: str | None) -> None:
    """Exit with FOUND where a finding is of this level or graver."""
    from pipeline.model import LEVELS

    if level is not None and any(LEVELS.index(one.level) >= LEVELS.index(level) for one in found):
        raise SystemExit(FOUND)


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write rows to a file the user named; raises DeliveryError where that cannot be."""
    import csv
    import io

    from pipeline.deliver.whole import write_named

    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    try:
        write_named(path, text.getvalue().encode())
    except OSError as problem:
        raise DeliveryError(
            f"cannot be written ({problem.strerror}).", str(path), "Choose another file with --csv."
        ) from problem


def answer(value: Any) -> None:
    """Print an answer: lines of text, or JSON. Nothing else goes to standard output.

    Cells may hold what a terminal would take for a command; it is left out of text and escaped in JSON.
    """
    from pipeline.answers.text import escaped, harmless

    if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        import json

        typer.echo(escaped(json.dumps(value, ensure_ascii=False, indent=1)))
        return
    for line in value:
        typer.echo(harmless(line))


def tell(message: str) -> None:
    """Say something to the person at the terminal, beside the answer."""
    from pipeline.answers.text import harmless

    typer.echo("\n".join(map(harmless, message.split("\n"))), err=True)
