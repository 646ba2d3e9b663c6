"""Readers -> letters: what one report says by mail, in its reader's language, and what it takes along."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from pipeline.errors import TemplateError
from pipeline.findings import counted
from pipeline.letter import Body, Letter
from pipeline.mail_settings import MailSettings
from pipeline.model import Figure, Summary
from pipeline.render.environment import fill
from pipeline.render.read_back import Read, read
from pipeline.render.readers import Reader, readers
from pipeline.render.scope_marks import Marks
from pipeline.render.text import one_line
from pipeline.render.time_limit import TooLong, allowed, within
from pipeline.render.view import View
from pipeline.render_settings import RenderSettings

SUBJECT = 120
"""Columns that a subject has."""
ASKS = 5
"""What is asked of the reader, as many lines."""
_MOVED: tuple[tuple[str, str], ...] = (
    ("hours", "hours"), ("active_projects", "active projects"), ("operations", "active operations"),
)  # fmt: skip
"""Totals that a look is taken at where they moved, and their English names."""
_FEW = 10
"""A total that was below this moves by a great share easily: it holds nothing back."""
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


@dataclass(frozen=True)
class Ask:
    """One thing that is asked, as the template prints it; `who` and `by` are "" where nothing is said."""

    text: str
    by: str = ""
    who: str = ""


@dataclass(frozen=True)
class Enclosed:
    """A file of the report: its name, and what it is."""

    name: str
    what: str


@dataclass(frozen=True)
class Said:
    """What a letter's template gets as `letter`, beside the `report`."""

    facts: tuple[str, ...]
    """The headline first."""
    asked: str
    """How much is asked, as a heading; "" where nothing is."""
    asks: tuple[Ask, ...]
    files: tuple[Enclosed, ...]
    """What it takes along."""
    left_out: tuple[Enclosed, ...]
    """What is too large for a mail."""
    location: Markup
    """Where the files lie; empty where the settings do not say."""
    link: bool
    """Whether that is an address of the web."""
    contact: str


class Writer:
    """Writes each letter beside its report, while the tables that both tell of are at hand: they are not kept."""

    def __init__(self, render: RenderSettings, mail: MailSettings) -> None:
        self._render, self._mail = render, mail
        self._written: dict[str, Letter] = {}

    def write(self, reader: Reader) -> Letter | None:
        """The letter of a report as if all its files were made; None where it fails, which `letters` tells."""
        with suppress(Exception):
            return self._letter(reader, _names(reader))
        return None

    def keep(self, reader: Reader, made: Letter) -> None:
        """Keep a letter that was written beside its report, perhaps in another process."""
        self._written[reader.name] = made

    def letters(self, summaries: Sequence[Summary], made: Container[str]) -> Iterator[Letter]:
        """The letter of each report of a run of which some file is in `made`, the names of what was published.

        Raises TemplateError.
        """
        marks = Marks(summaries[0], self._render.templates) if summaries else None
        for reader in readers(summaries, self._render):
            names = [name for name in _names(reader) if name in made]
            if names:
                letter = self._written.get(reader.name) if names == _names(reader) else None
                letter = letter or self._letter(reader, names)
                foreign = marks.problem(reader, _read(letter)) if marks else ""
                yield replace(letter, held=foreign) if foreign else letter

    def _letter(self, reader: Reader, names: Sequence[str]) -> Letter:
        """The letter of a report, in the time that its report has. Raises TemplateError."""
        seconds = allowed(self._render.report_seconds, len(reader.summary.portfolio.register.items))
        try:
            with within(seconds):
                return _letter(reader, self._render, self._mail, names)
        except TooLong as problem:
            what = f"its letter took more than {counted(seconds, 'second')} of a processor."
            hint = "Look for what repeats in mail.html.j2, or raise report_seconds under [render]."
            raise TemplateError(what, reader.name, hint) from problem


def letters(
    summaries: Sequence[Summary], render: RenderSettings, mail: MailSettings, made: Container[str]
) -> tuple[Letter, ...]:
    """The letters of a run whose reports are made already. Raises TemplateError."""
    return tuple(Writer(render, mail).letters(summaries, made))


def _names(reader: Reader) -> list[str]:
    return [f"{reader.name}.{form}" for form in reader.formats]


def _letter(reader: Reader, render: RenderSettings, mail: MailSettings, made: Sequence[str]) -> Letter:
    """The letter of a report whose files of these names are made."""
    view = View(reader, render, "paper")
    takes = tuple(name for name in made if name.rpartition(".")[2] in mail.attach)
    first, *lesser = (_body(view, files, takes, mail) for files in _fewer(takes))
    summary = reader.summary
    return Letter(
        report=reader.name,
        pack=reader.pack.id,
        scope=summary.scope,
        audience=summary.audience,
        language=reader.language,
        subject=_head(f"{view.title}, {view.scope}"),
        text=first.text,
        html=first.html,
        files=first.files,
        proof=tuple(_head(text) for text in (view.title, summary.scope) if text),
        held=_moved(summary, mail.hold_above),
        lesser=tuple(lesser),
        items=len(summary.tables["register"]),
        seal=reader.seal,
    )


def _read(letter: Letter) -> Read:
    """Everything that a letter may say, as its reader finds it."""
    found = Read()
    found.add(letter.subject, *letter.proof)
    for body in letter.bodies:
        found.add(*body.text.splitlines())
        found.join(read(body.html.encode(), "html"))
    return found


def _fewer(takes: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of the files, then those that are no workbook, then none."""
    yield from dict.fromkeys((takes, tuple(name for name in takes if not name.endswith(".xlsx")), ()))


def _body(view: View, files: tuple[str, ...], every: tuple[str, ...], mail: MailSettings) -> Body:
    where = mail.location.rstrip("/")
    said = Said(
        facts=_facts(view),
        asked=_asks(view)[0],
        asks=_asks(view)[1],
        files=tuple(_enclosed(name, view) for name in files),
        left_out=tuple(_enclosed(name, view) for name in every if name not in files),
        location=escape(f"{where}/{view.summary.period}" if where else ""),
        link=re.match(r"https?://", where) is not None,
        contact=mail.contact,
    )
    filled = (
        fill(view.pack.candidates(f"mail.{kind}.j2"), view.settings.templates, view.language, report=view, letter=said)
        for kind in ("txt", "html")
    )
    return Body(files, *(f"{text.strip()}\n" for text in filled))


def _enclosed(name: str, view: View) -> Enclosed:
    say = view.language
    return Enclosed(name, {
        "pdf": say.gettext("the report, to read and to print"),
        "xlsx": say.gettext("the workbook, with every row behind the figures"),
        "html": say.gettext("the report as a web page"),
    }[name.rpartition(".")[2]])  # fmt: skip


def _facts(view: View) -> tuple[str, ...]:
    """Three sentences that the report states, the first as its headline."""
    if view.pack.audience == "person":
        said = [view.exhibit(name).message for name in ("own_headline", "own_projects", "own_operations")]
    elif view.pack.audience == "organisation":
        said = [view.message[name] for name in ("headline", "review", "findings")]
    else:
        said = [view.message[name] for name in ("headline", "overdue", "handover")]
    return tuple(text if text.endswith((".", "?", "!")) else f"{text}." for text in said)


def _asks(view: View) -> tuple[str, tuple[Ask, ...]]:
    """What is wanted of the reader, the most urgent first, and the sentence over it."""
    person = view.pack.audience == "person"
    shown = view.exhibit("own_asked" if person else "decisions")
    rows = shown.rows.rows[:ASKS]
    if not rows:
        return "", ()
    year, day = view.facts.year, view.language.day
    asks = (Ask(row["text" if person else "decision"], day(row["by"], year, ""), row.get("who") or "") for row in rows)
    return shown.message, tuple(asks)


def _moved(summary: Summary, most: float) -> str:
    """Which totals moved by more than this share since the month before, in English: why a person must look."""
    said = (_movement(summary.figures[id], name, most) for id, name in _MOVED if id in summary.figures)
    return "; ".join(text for text in said if text)


def _movement(figure: Figure, name: str, most: float) -> str:
    now, before = figure.value, figure.previous
    if now is None or before is None or max(now, before) < _FEW or abs(now - before) <= most * before:
        return ""
    return f"{name}: {before:,.0f} before, {now:,.0f} now"


def _head(text: str) -> str:
    """The text as the head of a mail may have it: what hides, breaks a line or could be decoded is left out."""
    shown = "".join(letter for letter in text if unicodedata.category(letter) not in _HIDDEN)
    return one_line(shown.replace("=?", "= ?"), SUBJECT)
