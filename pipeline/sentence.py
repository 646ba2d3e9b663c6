"""A sentence of ours that is worded before its reader is known, and said again in their language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


class Sentence(str):
    """A text of ours, in English, with what it is made of: so that a report can say it in its reader's language.

    `message` has named places for `values`: numbers, days, sentences, and texts of the register, which stay as they
    are. Where it counts, `message` is the wording for one, `many` the other, and `number` fills their place `{count}`,
    or `{n}`, which a reader sees in words where it is small.
    """

    message: str
    many: str
    number: int
    values: Mapping[str, object]

    @classmethod
    def saying(cls, message: str, **values: object) -> Sentence:
        """The sentence with its places filled."""
        return cls._made(message, "", 0, values)

    @classmethod
    def counting(cls, count: int, one: str, many: str, **values: object) -> Sentence:
        """The wording for so many with its places filled."""
        return cls._made(one, many, count, values)

    @classmethod
    def _made(cls, message: str, many: str, count: int, values: Mapping[str, object]) -> Sentence:
        shown = {name: _shown(value) for name, value in values.items()}
        chosen = many if many and count != 1 else message
        made = cls(chosen.format(**shown, **(dict.fromkeys(("count", "n"), _shown(count)) if many else {})))
        made.message, made.many, made.number, made.values = message, many, count, values
        return made


def _shown(value: object) -> str:
    """A value as English has it: `1,240`, `37.5`, `5 November 2026`."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{round(value, 1):,}" if isinstance(value, (int, float)) else str(value)
