"""What the starter workbook says, in each of its languages."""

from __future__ import annotations

import locale
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, TypeAlias

LANGUAGES: tuple[str, ...] = ("en", "de", "fr", "es", "pt", "it", "nl")

Words: TypeAlias = dict[str, tuple[str, str]]
"""Field -> heading and note; or question -> title and text."""
Row: TypeAlias = dict[str, "str | float | date"]
"""Field -> value of an example."""


@dataclass(frozen=True)
class Language:
    """One language's words and formats, as its file under `languages/` has them."""

    code: str
    name: str
    date: str
    """Number format of dates."""
    percent: str
    """Number format of shares."""
    sheets: dict[str, str]
    register: Words
    people: Words
    lists: dict[str, list[str]]
    questions: Words
    readme: dict[str, str]
    lines: list[tuple[str, str]]
    """The instructions, one paragraph each: what it is about, and its text."""
    examples: list[Row]
    example_people: list[Row]


def read_language(code: str) -> Language:
    """The words of a language of LANGUAGES. Raises FileNotFoundError for another."""
    raw = tomllib.loads((files(__package__) / "languages" / f"{code}.toml").read_text(encoding="utf-8"))
    lines = [(about, text) for about, text in raw["readme"].pop("lines")]
    words = {part: _pairs(raw.pop(part)) for part in ("register", "people", "questions")}
    told: dict[str, Any] = {**raw, **words}
    return Language(code=code, lines=lines, **told)


def _pairs(lists: dict[str, list[str]]) -> Words:
    return {key: (first, second) for key, (first, second) in lists.items()}


def system_language() -> str:
    """The language that this computer speaks, where the starter workbook speaks it too; else English."""
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((name for name in asked if name), None) or locale.getlocale()[0] or ""
    # `German_Germany` on Windows, `de_DE.UTF-8` elsewhere: both become `de_DE...`.
    code = locale.normalize(spoken.split("_")[0].split(".")[0].lower())[:2].lower()
    return code if code in LANGUAGES else "en"
