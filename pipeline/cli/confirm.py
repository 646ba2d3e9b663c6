"""`check --interactive`: a person settles once what uncertain and unread columns are, and it is remembered."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.options import tell
from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from pipeline.answers.questions import Question
    from pipeline.model import Register

_HOW = "Write the name of a field to have a column read as that; ? lists the fields; q saves what is settled and stops."


@dataclass
class Settled:
    """What was answered: field -> headings, and headings to leave unread."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ignored) + sum(map(len, self.fields.values()))


def require_terminal() -> None:
    """Raise SettingsError where nobody can be asked."""
    if not is_watched():
        raise SettingsError(
            "questions can only be asked at a terminal.", "--interactive", "Leave it out, or run it in a terminal."
        )


def is_watched() -> bool:
    """A person sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def settle_headings(register: Register, ignored: Sequence[str], config: Path | None) -> bool:
    """Ask about every heading that wants a word, save the answers in the settings; whether there were any."""
    from pipeline.answers.questions import questions
    from pipeline.remember import remember_headings
    from pipeline.settings import FILE_NAME, nearest_settings

    asked = questions(register, ignored)
    if not asked:
        tell("Every column is settled; there is nothing to ask.")
        return False
    try:
        settled = _answers(asked)
    except typer.Abort as stopped:
        raise SettingsError("stopped; nothing is saved.", "--interactive") from stopped
    if not len(settled):
        tell("Nothing was settled; nothing is saved.")
        return False
    path = config or nearest_settings() or Path(FILE_NAME)
    remember_headings(path, settled.fields, settled.ignored)
    tell(f"Saved in {path}. From now on these headings are read so.\n")
    return True


def _answers(asked: Sequence[Question]) -> Settled:
    from pipeline.findings import counted

    settled = Settled()
    tell(f"{counted(len(asked), 'column')} to settle. {_HOW}")
    for number, question in enumerate(asked, start=1):
        tell("")
        for line in question.lines():
            tell(line)
        said = _said(f"{number} of {len(asked)}")
        if said == "q":
            break
        if said == "-":
            settled.ignored.append(question.heading)
        elif said or question.field:
            _tell_of_change(question, said)
            settled.fields.setdefault(said or question.field, []).append(question.heading)
    return settled


def _tell_of_change(question: Question, field: str) -> None:
    """Say so where the field was another column's until now."""
    other = question.others.get(field)
    if other and field != question.field:
        tell(f"  Until now '{other}' was read as that; from now on this column is.")


def _said(prompt: str) -> str:
    """A field's id, "-", "q" or "" (Enter); asked again until it is one of them."""
    from pipeline.answers.questions import field_called

    while True:
        text = typer.prompt(f"  {prompt}", default="", show_default=False, prompt_suffix=" > ", err=True).strip()
        if text in ("", "-", "q"):
            return str(text)
        if text == "?":
            _list_fields()
            continue
        called = field_called(text)
        if called:
            return called
        tell(f"  {_unknown(text)}")


def _unknown(text: str) -> str:
    """That there is no such field, with the nearest."""
    import difflib

    from pipeline.fields import FIELDS

    near = difflib.get_close_matches(text.casefold(), [one.title.casefold() for one in FIELDS], n=1, cutoff=0.5)
    return f"There is no field '{text}'. " + (f"Did you mean {near[0]}?" if near else "? lists them.")


def _list_fields() -> None:
    from pipeline.answers import listing
    from pipeline.fields import FIELDS

    for line in listing([(f"  {one.title}", one.meaning) for one in FIELDS]):
        tell(line)
