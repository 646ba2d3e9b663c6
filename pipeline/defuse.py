"""Text that no spreadsheet takes for a formula when it opens a CSV file."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def defused(text: str) -> str:
    """The text, with `'` before it where it would begin a formula; a plain number stays as it is."""
    if text.startswith(_FORMULA_STARTS) and not text.lstrip("+-").replace(".", "", 1).isdigit():
        return f"'{text}"
    return text
