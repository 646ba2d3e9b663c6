"""Text that no spreadsheet takes for a formula when it opens a CSV file."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"(^|[;\t\n])( *)(?=[=+\-@＝＋－＠])")
"""Where a formula would begin: at the head of a text, in a new line, and after what other languages part columns by.

The wide signs are those of East Asia.
"""
_LOST = ("\t", "\r", "\n")
"""First letters with which a spreadsheet may lose where a text begins."""


def defused(text: str) -> str:
    """The text, with `'` before what would begin a formula; a plain number stays as it is."""
    return text if text.lstrip("+-").replace(".", "", 1).isdigit() else guarded(text)


def guarded(text: str) -> str:
    """The text, with `'` before whatever would begin a formula, be it a number."""
    safe = _BEGINS.sub(r"\1'\2", text)
    return f"'{safe}" if text.startswith(_LOST) and not safe.startswith("'") else safe
