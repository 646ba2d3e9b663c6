"""The command by which a person settles what an item is: decide."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.app import app
from pipeline.cli.options import Config, Json, Month, answer, begin_run, chosen_settings, items_called, tell
from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from pipeline.flow import Run
    from pipeline.model import Decision

_SHOWN = ("when", "id", "kind", "who", "until", "why", "title")


@app.command()
def decide(
    id: Annotated[str, typer.Argument(help="The item's ID as in the register, or SHEET!ROW.")] = "",
    kind: Annotated[
        str, typer.Argument(help="project, operation or mixed; evidence takes an earlier decision back.")
    ] = "",
    because: Annotated[str, typer.Option("--because", help="Why, for whoever asks next year.")] = "",
    who: Annotated[str, typer.Option("--who", help="Who decides; default: your user name.")] = "",
    until: Annotated[str, typer.Option("--until", help="Last day on which it holds, YYYY-MM-DD.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="List every decision, the first one first.")] = False,
    input: Annotated[Path | None, typer.Option("--input", help="Folder or file to find the item in.")] = None,
    period: Month = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Settle what an item is; the decision is kept and stands above the evidence in later runs.

    Example: pipeline decide WO-017 project --because "It ends when the pumps run"
    """
    work = begin_run(chosen_settings(config), period, [input] if input else [], fallback=True)
    if listed:
        answer(_list(work.kept_decisions, json))
        return
    made = _decision(work, id, kind, {"why": because.strip(), "who": who.strip(), "until": until})
    from pipeline.deliver.record import keep

    keep([made], work.settings.classify.decisions)
    if json:
        answer({"decision": asdict(made)})
    else:
        tell(f"Kept in {work.settings.classify.decisions.name}: {_said(made)}")


def _decision(work: Run, id: str, kind: str, words: dict[str, str]) -> Decision:
    """The decision as it is kept; raises SettingsError for what no decision can be made of."""
    from pipeline.decisions import is_day
    from pipeline.model import DECIDED_KINDS, Decision

    if kind not in DECIDED_KINDS:
        raise SettingsError(
            f"'{kind}' is no kind of work.", "decide ID KIND", f"Write one of: {', '.join(DECIDED_KINDS)}."
        )
    if not words["why"]:
        raise SettingsError("say why.", "--because", "Whoever reads the report will ask.")
    if words["until"] and not is_day(words["until"]):
        raise SettingsError(f"'{words['until']}' is not a day.", "--until", "Write it as 2026-12-31.")
    settled = {**words, "who": words["who"] or _user(), "when": work.today}
    held = [one for one in work.kept_decisions if one.id.casefold() == id.strip().casefold()]
    if kind == "evidence" and held:
        from dataclasses import replace

        return replace(held[-1], kind=kind, source="", **settled)
    return Decision(kind=kind, **_item(work, id), **settled)


def _item(work: Run, id: str) -> dict[str, str]:
    """What names the one item that has this ID."""
    matches = items_called(id, work)
    items = work.register.items
    if len(matches) > 1:
        spots = items.loc[matches, ["sheet", "row"]].astype(str)
        places = ", ".join(f"{sheet}!{row}" for sheet, row in spots.itertuples(index=False))
        raise SettingsError(f"{len(matches)} items have the ID '{id}'.", places, "Give each its own, then decide.")
    columns = [name for name in ("id", "title", "department", "key") if name in items]
    return {name: str(items.at[matches[0], name]) for name in columns}


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _list(decisions: tuple[Decision, ...], json: bool) -> Any:
    if json:
        return {"decisions": [asdict(one) for one in decisions]}
    if not decisions:
        return ["No decisions yet. Write them on the Review sheet of a report, or with `pipeline decide ID KIND`."]
    from pipeline.answers import table
    from pipeline.findings import clamp

    rows = [tuple(clamp(str(getattr(one, name))) for name in _SHOWN) for one in decisions]
    return table([tuple(name.upper() for name in _SHOWN), *rows])


def _said(made: Decision) -> str:
    who = f" by {made.who}" if made.who else ""
    until = f" until {made.until}" if made.until else ""
    settled = "is left to the evidence again" if made.kind == "evidence" else f"is decided '{made.kind}'"
    return f"{made.id} '{made.title}' {settled}{who}{until}."
