"""The file of decisions: what people decided on single items, one line each, only ever added to.

It is plain CSV that any spreadsheet opens; text that one would take for a formula begins with `'`, which is taken
off again when the line is read, as is one `'` from any text that begins with it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields, replace
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.model import DECIDED_KINDS, Decision

COLUMNS = tuple("decision" if one.name == "kind" else one.name for one in fields(Decision))
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Every decision of the file in the order it was made; none where there is no file.

    Raises SettingsError, naming the line, for a file that is not one of decisions.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            if tuple(next(rows, ())) not in (COLUMNS, ()):
                raise _unread(path, 1, f"its headings are not {', '.join(COLUMNS)}")
            return tuple(_decision(path, rows.line_num, row) for row in rows if row)
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise SettingsError(
            f"the file of decisions cannot be read ({problem}).", str(path), "Put back its last good copy."
        ) from problem


def written(decisions: Iterable[Decision], *, headed: bool) -> bytes:
    """Lines of the file for these decisions, below its headings where `headed`."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    if headed:
        lines.writerow(COLUMNS)
    lines.writerows([_guarded(value) for value in astuple(one)] for one in decisions)
    # Arguments of a command line may hold halves of characters; a file may not.
    return ("\ufeff" if headed else "").encode() + text.getvalue().encode("utf-8", errors="replace")


def fresh(
    found: Iterable[Decision], kept: Iterable[Decision], today: str, saved: Mapping[str, str] | None = None
) -> tuple[Decision, ...]:
    """Of the decisions found on Review sheets those that are not kept yet, each with its day.

    One that bears no day is of the day on which its file was `saved` (by name), today at the latest: an answer in an
    old report is not newer than what was decided since.

    A workbook that stays in the input folder says the same at every run: only what differs from the last that was
    kept from that file on that item is new, so that it never undoes a later decision.
    """
    held, days = list(kept), saved or {}
    last = {_origin(one): replace(one, when="") for one in held}
    undated = [
        replace(one, when=min(today, days.get(_origin(one)[0], today)))
        for one in found
        if not one.when and last.get(_origin(one)) != one
    ]
    return (*(one for one in found if one.when and one not in held), *undated)


def _origin(one: Decision) -> tuple[str, str, str]:
    return one.source.rpartition(", ")[0], one.id, one.title


def bare(text: str) -> str:
    """A text of the file without the sign that keeps it from being a formula."""
    return text.removeprefix("'")


def is_day(text: str) -> bool:
    """Whether a text is a day as YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _decision(path: Path, line: int, row: list[str]) -> Decision:
    if len(row) != len(COLUMNS):
        raise _unread(path, line, f"it has {len(row)} cells, not {len(COLUMNS)}")
    values = dict(zip(COLUMNS, map(bare, row), strict=True))
    kind = values.pop("decision")
    if kind not in DECIDED_KINDS:
        raise _unread(path, line, f"'{kind}' is not one of {', '.join(DECIDED_KINDS)}")
    if values["until"] and not is_day(values["until"]):
        raise _unread(path, line, f"until '{values['until']}' is not a day such as 2026-12-31")
    return Decision(kind=kind, **values)


def _unread(path: Path, line: int, why: str) -> SettingsError:
    return SettingsError(f"line {line} is not a decision: {why}.", str(path), "Mend that line or put back a good copy.")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_GUARDED) else text
