"""What programs read in a page: what a cell is sorted by, and hashes that can be copied."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import Markup

_HEX = re.compile("[0-9a-f]{64}")


def key(value: float | date | None) -> str:
    """What a cell is sorted by, `1240.5` or `2026-11-14`; nothing for what is unknown, which comes last."""
    if value is None:
        return ""
    return value.isoformat()[:10] if isinstance(value, date) else f"{value:.12g}"


def digest(text: str) -> Markup | str:
    """A SHA-256 hash without the places to break that other long words are given: it is copied and compared."""
    return Markup(text) if _HEX.fullmatch(text) else text
