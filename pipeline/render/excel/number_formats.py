"""Numbers and dates as Excel writes them in a reader's language: Babel's patterns in Excel's own spelling.

Excel puts the marks of thousands and decimals itself, as its user's computer has them; what a file can say is the
order of a date, the language of its month, and how per cent is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from babel.dates import match_skeleton

_CODES: Mapping[str, str] = {"en": "809", "de": "407", "fr": "40C", "es": "C0A", "pt": "816"}
"""Language -> the code by which Excel knows it (MS-LCID); without one, months are in the computer's language."""
_TOKENS: Mapping[str, str] = {"y": "yyyy", "yyyy": "yyyy", "LLL": "mmm", "LLLL": "mmmm"}
_PART = re.compile(r"'([^']*)'|([A-Za-z]+)|([^A-Za-z']+)")

NUMBERS = ("hours", "change", "count", "number", "share", "date", "month")
"""Column kinds that stand on the right under a number format; others are text."""


@lru_cache(maxsize=16)
def number_formats(locale: Locale) -> Mapping[str, str]:
    """Column kind -> number format.

    A share over all of it that would round to 100 keeps one decimal; so do hours below ten, so that half an hour is
    not nothing. A change has its sign: under the conditions of `hours` some programs print none.
    """
    percent = str(locale.percent_formats[None].pattern).replace("#,##0", "").replace("\u00a0", '"\u00a0"')
    return {
        "hours": "[=0]0;[<9.95]0.0;#,##0",
        "change": "+#,##0;\u2212#,##0;0",
        "count": "#,##0",
        "number": "[<9.995]#,##0.00;[<99.95]#,##0.0;#,##0",
        "share": f"[<1.0005]0{percent};[<1.005]0.0{percent};0{percent}",
        "date": _date(locale, "yMMMd"),
        "month": _date(locale, "yMMM"),
    }


def excel_pattern(pattern: str) -> str:
    """A pattern of Babel's dates in Excel's spelling: `d 'de' MMM y` is `d "de" mmm yyyy`."""
    return "".join(_spelt(*part) for part in _PART.findall(pattern))


def _spelt(quoted: str, token: str, other: str) -> str:
    if token:
        return _TOKENS.get(token, token.lower())
    text = quoted or other.replace("\u00a0", " ").replace("\u202f", " ")
    return f'"{text}"' if quoted or any(letter.isalpha() for letter in text) else text


def _date(locale: Locale, skeleton: str) -> str:
    known = locale.datetime_skeletons
    pattern = str(known[match_skeleton(skeleton, known)])
    code = _CODES.get(locale.language)
    return f"[$-{code}]{excel_pattern(pattern)}" if code else excel_pattern(pattern)
