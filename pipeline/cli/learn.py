"""The commands that keep watch over the rules: learn proposes new ones, reclassified lists what they change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.app import app
from pipeline.cli.options import Config, Json, Month, Paths, answer, begin_run, chosen_settings, tell
from pipeline.errors import SettingsError

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.classify.learn import Proposal
    from pipeline.flow import Run

_SHOWN = 5
ALL = "all"


@app.command()
def learn(
    paths: Paths = None,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help="Add this word or weight to your settings; all: every one from decisions."),
    ] = None,
    period: Month = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Propose words and weights for this organisation from decisions, and say which verdicts would change.

    Nothing is added unless you accept it, here or at the question.

    Example: pipeline learn --accept ballfield
    """
    from pipeline.classify.learn import propose

    work = begin_run(chosen_settings(config), period, paths, fallback=True)
    found = [one for source in _SOURCES for one in propose(work.portfolio, work.settings.classify, source)]
    moved = [_moved(work, [one]) for one in found]
    chosen = _named(found, accept or [])
    if json:
        answer({"proposals": [_object(one, rows, one in chosen) for one, rows in zip(found, moved, strict=True)]})
    else:
        answer(_lines(found, moved))
    if not accept and not json:
        chosen = _asked(found)
    if chosen:
        _add(work, chosen, config)


@app.command()
def reclassified(paths: Paths = None, period: Month = None, config: Config = None, json: Json = False) -> None:
    """List the items that are of another kind than in the last published period, and why; nothing is published.

    Example: pipeline reclassified
    """
    from pipeline.answers import table

    work = begin_run(chosen_settings(config), period, paths, fallback=True)
    changes = work.summaries[0].tables["changes"]
    rows = changes.loc[changes["change"] == "Reclassified", ["id", "title", "before", "now", "why"]]
    if json:
        answer({"items": rows.astype(str).to_dict("records")})
    elif len(rows):
        answer(table([("ID", "TITLE", "BEFORE", "NOW", "WHY"), *rows.astype(str).itertuples(index=False, name=None)]))
    else:
        tell("No item is of another kind than in the last published period.")


_SOURCES: tuple[Any, ...] = ("decisions", "register")
_SOURCE_WORDS = {
    "decisions": "From decisions:",
    "register": "From the register itself (rows the rules find clear; nobody has decided on them):",
}


def _moved(work: Run, proposals: Sequence[Proposal]) -> pd.DataFrame:
    """The items whose verdict would change with these proposals."""
    from pipeline.classify import classify
    from pipeline.classify.learn import accepted
    from pipeline.classify.stability import reclassified

    settings = accepted(work.settings.classify, proposals)
    return reclassified(work.portfolio, classify(work.register, settings, work.period, work.decisions))


def _named(found: Sequence[Proposal], names: Sequence[str]) -> list[Proposal]:
    """The proposals that were accepted by name; raises SettingsError, with the nearest, for a name that is none."""
    import difflib

    known = {one.name: one for one in found}
    for name in names:
        if name not in known and name != ALL:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
            hint = f"The nearest is '{near[0]}'." if near else "There are no proposals yet: decide on more rows first."
            raise SettingsError(f"'{name}' is not proposed.", "--accept", hint)
    return [one for one in found if one.name in names or (ALL in names and one.source == "decisions")]


def _asked(found: Sequence[Proposal]) -> list[Proposal]:
    """The proposals a person at the terminal says yes to; none where nobody sits there."""
    from pipeline.cli.confirm import is_watched

    if not is_watched():
        return []
    return [one for one in found if typer.confirm(f"Add {_what(one)}?", default=False, err=True)]


def _add(work: Run, chosen: Sequence[Proposal], config: Path | None) -> None:
    from pipeline.findings import counted
    from pipeline.remember import remember_words
    from pipeline.settings import FILE_NAME, nearest_settings

    path = config or nearest_settings() or Path(FILE_NAME)
    remember_words(
        path,
        {one.name: str(one.value) for one in chosen if one.sort == "word"},
        {one.name: float(one.value) for one in chosen if one.sort == "weight"},
    )
    count = counted(len(_moved(work, chosen)), "verdict changes", "verdicts change")
    tell(f"Added to {path.name}: {', '.join(map(_what, chosen))}. {count} with the next run.")


def _object(one: Proposal, moved: pd.DataFrame, accepted: bool) -> dict[str, Any]:
    return {**asdict(one), "accepted": accepted, "changes": moved.to_dict("records")}


def _lines(found: Sequence[Proposal], moved: Sequence[pd.DataFrame]) -> Iterator[str]:
    if not found:
        yield "Nothing to propose: no word stands in enough rows that were all judged alike. Decide on more rows first."
    source = ""
    for one, rows in zip(found, moved, strict=True):
        if one.source != source:
            source = one.source
            yield _SOURCE_WORDS[source]
        yield f"  {_reason(one)}"
        for row in rows.head(_SHOWN).itertuples():
            yield f"      {row.id} {row.title}: {row.before} -> {row.after}"
        if len(rows) > _SHOWN:
            yield f"      and {len(rows) - _SHOWN:,} more; --json lists them all"
        if not len(rows):
            yield "      No verdict would change."


def _reason(one: Proposal) -> str:
    chance = f"by chance 1 in {round(1 / one.chance):,}" if one.chance > 1e-6 else "hardly by chance"
    if one.sort == "word":
        borne = f"goes with rows judged {one.kind} ({one.titles} titles, none judged otherwise; {chance})"
    else:
        borne = f"spoke against {one.titles} of {one.titles + one.against} titles judged {one.kind} ({chance})"
    return f"'{one.name}' {borne}: add {_what(one)}?"


def _what(one: Proposal) -> str:
    if one.sort == "word":
        return f"the word '{one.name}' to the family '{one.value}'"
    return f"the weight {one.value:+g} for '{one.name}'"
