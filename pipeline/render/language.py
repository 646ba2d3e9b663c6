"""How a reader is spoken to: sentences by gettext catalogues, numbers, dates and lists by Babel.

Every text that a report prints is an English sentence with named places, `{count} projects are late`; the catalogue
`templates/languages/<code>.po` holds it in another language. What stands in registers is never translated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_decimal_symbol, get_group_symbol

from pipeline.model import Figure
from pipeline.render.catalogues import known_to, translations
from pipeline.render.places import filled
from pipeline.sentence import Sentence

NOT_APPLICABLE = "–"
MINUS = "\u2212"
MOST_LOAD = 9.99
"""The highest load that is printed, wherever it stands: a further digit has no room in a cell or above a column."""


@dataclass(frozen=True)
class Manner:
    """How a language writes what Babel leaves open or has for another country.

    `locale` is whose numbers, lists and month names it has; the patterns are those of Babel's dates, with spaces at
    which no line breaks. `space` stands before a unit. Numbers below `grouped_from` have no mark between thousands.
    """

    locale: str
    day: str
    long_day: str
    month: str
    year: str
    space: str = "\u00a0"
    grouped_from: int = 1_000


LANGUAGES: Mapping[str, Manner] = {
    "en": Manner("en_GB", "d MMM", "d MMMM", "MMMM", " y", space=" "),
    "de": Manner("de_DE", "d.\u00a0MMM", "d.\u00a0MMMM", "MMMM", " y"),
    "fr": Manner("fr_FR", "d\u00a0MMM", "d\u00a0MMMM", "MMMM", " y"),
    "es": Manner("es_ES", "d\u00a0MMM", "d\u00a0'de' MMMM", "MMMM", " 'de' y", grouped_from=10_000),
    "pt": Manner("pt_PT", "d\u00a0MMM", "d\u00a0'de' MMMM", "MMMM", " 'de' y", grouped_from=10_000),
}
"""Language of reports -> how it is written."""


class Language:
    """One language of reports. `folders` hold catalogues, the user's own before the shipped ones.

    The first catalogue that has a sentence says it; one that none has stays English.
    """

    def __init__(self, code: str, folders: Sequence[Path] = ()) -> None:
        self.code, self.manner = code, LANGUAGES[code]
        self.locale = Locale.parse(self.manner.locale)
        self._said = translations(code, tuple(folders))
        self._point, self._group = get_decimal_symbol(self.locale), get_group_symbol(self.locale)
        self._percent = self.locale.percent_formats[None].pattern.replace("#,##0", "{}")

    def gettext(self, message: str, **values: object) -> str:
        """The sentence in this language, its named places filled. Raises TemplateError, see `places.filled`."""
        return filled(str(self._said.gettext(message)), values)

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """The sentence for so many; `{count}` is the count in digits, `{n}` the same, small ones in words.

        A sentence that holds greater counts beside it hands in `n` itself, so that all of them stand in digits.
        """
        said = self._said.ngettext(one, many, count)
        return filled(said, {"count": self.number(count), "n": self.spelt(count), **values})

    def word(self, word: str) -> str:
        """A word of ours out of a table, see `pipeline.vocabulary`; "" stays so."""
        return str(self._said.gettext(word)) if word else ""

    def with_place(self, name: str) -> tuple[str, ...]:
        """The English sentences of the catalogue that have a place of this name, the longest first."""
        found = (text for text in known_to(self._said) if f"{{{name}}}" in text)
        return tuple(sorted(found, key=lambda text: (-len(text), text)))

    def sentence(self, text: str) -> str:
        """A text that was worded before its reader was known; one that is no `Sentence` is the register's own."""
        return sentence(self._worded(text)) if isinstance(text, Sentence) else text

    def _worded(self, text: Sentence) -> str:
        values = {name: self._value(value) for name, value in text.values.items()}
        if text.many:
            return self.ngettext(text.message, text.many, text.number, **values)
        return self.gettext(text.message, **values)

    def _value(self, value: object) -> object:
        if isinstance(value, Sentence):
            return self._worded(value)
        if isinstance(value, date):
            return self.full_day(value)
        if not isinstance(value, (int, float)):
            return value
        return self._written(value, 1 if abs(value - round(value)) >= 0.05 else 0)

    def number(self, value: float | None, absent: str = NOT_APPLICABLE) -> str:
        """`12,120`; a fraction below ten keeps one decimal, so that half an hour is not nothing."""
        if value is None or math.isnan(value):
            return absent
        digits = 1 if 0 < abs(value) < 9.95 and abs(value - round(value)) >= 0.05 else 0
        return self._written(value, digits)

    def hours(self, value: float | None, absent: str = NOT_APPLICABLE) -> str:
        """`12,120 h`."""
        return absent if value is None or math.isnan(value) else f"{self.number(value)}{self.manner.space}h"

    def change(self, value: float | None, absent: str = NOT_APPLICABLE) -> str:
        """`+3`, `−9`, `0`: a difference."""
        if value is None or math.isnan(value):
            return absent
        said = self.number(value)
        return f"+{said}" if value > 0 and said != "0" else said

    def percent(self, value: float | None, absent: str = NOT_APPLICABLE) -> str:
        """`99%`; a share over all of it that would round to 100 keeps one decimal: `100.3%`."""
        if value is None or math.isnan(value):
            return absent
        whole = self._written(100 * value, 0)
        said = self._written(100 * value, 1) if whole == "100" and round(value, 3) > 1 else whole
        return str(self._percent.format(said))

    def load(self, value: float | None, absent: str = NOT_APPLICABLE) -> str:
        """`99%`; hours against next to no capacity say only that they are beyond: `>999%`."""
        if value is not None and round(value, 2) > MOST_LOAD:
            return f">{self.percent(MOST_LOAD)}"
        return self.percent(value, absent)

    def points(self, value: float, digits: int = 2) -> str:
        """`+1.25`, `−0.40`: log-odds."""
        return f"{'+' if value >= 0 else MINUS}{self._written(abs(value), digits)}"

    def figure(self, one: Figure) -> str:
        """A headline number with what its unit asks for."""
        return self.load(one.value) if one.unit == "share" else self.number(one.value)

    def day(self, value: date | None, year: int, absent: str = NOT_APPLICABLE) -> str:
        """`14 Nov`; the year only where it is not `year`."""
        if value is None:
            return absent
        return self._dated(value, self.manner.day + ("" if value.year == year else " y"))

    def long_day(self, value: date, year: int) -> str:
        """`14 November`; the year only where it is not `year`."""
        return self._dated(value, self.manner.long_day + ("" if value.year == year else self.manner.year))

    def full_day(self, value: date) -> str:
        """`14 November 2026`."""
        return self._dated(value, self.manner.long_day + self.manner.year)

    def month(self, value: date, *, short: bool = False) -> str:
        """`October` or `Oct`."""
        return _formatted(value, "LLL" if short else "LLLL", self.locale)

    def period(self, value: date) -> str:
        """`October 2026`."""
        return self._dated(value, self.manner.month + self.manner.year)

    def spelt(self, count: int) -> str:
        """`nine`, `64`: small counts in words."""
        return Spelt(self.gettext(SMALL[count]) if 0 <= count < len(SMALL) else self.number(count))

    def form_of(self, *counts: int) -> Callable[[int], str]:
        """How the counts of one sentence are written: all in words, or all in digits where one has no word."""
        in_words = all(0 <= count < len(SMALL) for count in counts)
        return self.spelt if in_words else lambda count: Spelt(self.number(count))

    def listed(self, names: Iterable[str], last: str = "and") -> str:
        """`A`, `A and B`, `A, B and C`; with `last="or"` the same with or."""
        return str(format_list(list(names), "standard" if last == "and" else "or", self.locale))

    def first_few(self, names: Sequence[str], limit: int = 3) -> str:
        """`A, B, C and 4 more`."""
        if len(names) <= limit:
            return self.listed(names)
        rest = len(names) - limit
        return self.ngettext("{names} and one more", "{names} and {count} more", rest, names=", ".join(names[:limit]))

    def _written(self, value: float, digits: int) -> str:
        plain = f"{abs(value):,.{digits}f}" if abs(value) >= self.manner.grouped_from else f"{abs(value):.{digits}f}"
        written = plain.translate({ord(","): self._group, ord("."): self._point})
        return f"{MINUS}{written}" if value < 0 and any(one in "123456789" for one in plain) else written

    def _dated(self, value: date, pattern: str) -> str:
        written = _formatted(value, pattern, self.locale)
        return f"1er{written[1:]}" if self.code == "fr" and value.day == 1 and pattern.startswith("d") else written


@lru_cache(maxsize=4096)
def _formatted(value: date, pattern: str, locale: Locale) -> str:
    """A date as Babel writes it; the few of a report are asked for again and again."""
    return str(format_date(value, pattern, locale))


class Spelt(str):
    """A count in words. Where a catalogue has two genders of one, `dois|duas`, the first stands, and the second where a
    sentence asks for it by `{n:f}`.
    """

    def __new__(cls, words: str) -> Spelt:
        """The words of one count."""
        made = super().__new__(cls, words.partition("|")[0])
        made._other = words.rpartition("|")[2]
        return made

    _other: str

    def __format__(self, gender: str) -> str:
        return self._other if gender == "f" else str(self)


SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""Small counts in words; one that agrees with its noun is written `dois|duas`, see `Spelt`."""


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def asks_to_act(one: Figure) -> bool:
    """Whether the figure asks somebody to act: an adverse count above zero, an adverse share above one."""
    return one.adverse and one.value is not None and round(one.value, 3) > (1 if one.unit == "share" else 0)


@lru_cache(maxsize=16)
def language(code: str, own: Path, shipped: Path) -> Language:
    """The language of a code for a user's template folder, which need not exist."""
    return Language(code, (own, shipped))


ENGLISH = Language("en")
"""The language in which the sentences are written."""
