"""The text gate: what stood in somebody's cell becomes text that cannot break a page, a sheet or a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

PAGE_LIMIT = 2_000
"""Characters of one cell that a PDF or HTML page shows; layout time grows with the square of a long word."""
SHEET_LIMIT = 32_767
"""Characters that Excel allows in one cell."""
CUT = "… see the workbook"
RUN = 40
"""An unbroken run longer than this is given places to break."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SPECIALS = "\ufff0-\ufffb\ufffe\uffff"
SHEET_JUNK = f"\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}{_SPECIALS}"
"""Signs that no cell of a workbook takes, as a class of letters; halves of letters are none either."""
_SHEET_JUNK = re.compile(f"[{SHEET_JUNK}\ud800-\udfff]")
_PAGE_JUNK = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}\ud800-\udfff{_SPECIALS}\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
_SPACES = re.compile(r"\s{2,}|[^\S\u00a0\u202f]|(?<![\d.])[\u00a0\u202f]")
"""All space but one fixed space after a number, `113 %`, at which no line shall break."""
_BEFORE_A_CUT = " ,;:(–-/&"
"""What does not stand before the mark that says that a text is cut."""
_JOINED = re.compile(r"(?<=[^\W\d_A-Z]{3})-(?=[^\W\d_]{2})")
"""What joins two names to one; never the sign inside an ID."""
_LONG_RUN = re.compile(rf"[^\s\u200b]{{{RUN + 1},}}")
_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)


def page_text(text: str) -> str:
    """Text fit for a page: no control, direction or private characters, clamped, long runs breakable."""
    plain = plain_text(text)
    if len(plain) <= RUN:
        return plain
    return _LONG_RUN.sub(lambda run: "\u200b".join(_chunks(run.group(), RUN // 2)), plain)


def plain_text(text: str) -> str:
    """Text fit for plain text: no control, direction or private characters, clamped; its words stay whole."""
    cut = text if len(text) <= PAGE_LIMIT else text[: PAGE_LIMIT - len(CUT)] + CUT
    if cut.isascii() and cut.isprintable():
        return cut  # as most texts of a page: nothing to look for
    return _MARKS.sub(r"\1", _PAGE_JUNK.sub("", cut))


def sheet_text(text: str) -> str:
    """Text fit for an Excel cell: no control or direction characters, no lone surrogate, within the limit."""
    plain = _SHEET_JUNK.sub("", text.replace("\r\n", "\n"))
    # Excel counts UTF-16 units; most text has none above the BMP, so the count is made only when it can matter.
    if len(plain) * 2 > SHEET_LIMIT:
        units = plain.encode("utf-16-le")[: SHEET_LIMIT * 2]
        plain = units.decode("utf-16-le", errors="ignore")
    return plain


def sheet_texts(texts: Sequence[str]) -> list[str]:
    """The same of many texts, which are looked at together: few have anything to be taken out."""
    if not _SHEET_JUNK.search("\n".join(texts)) and max(map(len, texts), default=0) * 2 <= SHEET_LIMIT:
        return [*texts]
    return [sheet_text(text) for text in texts]


def one_line(text: str, width: int) -> str:
    """One line of at most `width` columns, closed by `…` where it was longer; wide letters count as two."""
    if len(text) <= min(width, PAGE_LIMIT) and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # as most texts of a page: each letter takes one column, each space stands alone
    line = _SPACES.sub(" ", text[:PAGE_LIMIT]).strip()
    if len(line) * 2 <= width or columns(line) <= width:
        return line
    used = 1
    for end, letter in enumerate(line):
        used += _columns_of(letter)
        if used > width:
            return f"{whole_words(line, end)}…"
    return line


def whole_words(line: str, end: int) -> str:
    """The words of one line that end within so many letters, without the marks and spaces after them.

    Of a double name such as `Diane Whitlock-Ashbury` the first half may stand alone. A first word that is longer is
    cut, and so is writing that knows no spaces between words: there is no better place.
    """
    kept = line[:end]
    if not line[end : end + 1].isspace() and not _is_wide(line[end - 1 : end + 1]):
        joined = [one.end() for one in _JOINED.finditer(line[: end + 2]) if one.end() <= end]
        kept = kept[: max([kept.rfind(" ") + 1, *joined[-1:]])].rstrip(_BEFORE_A_CUT) or kept
    return kept.rstrip(_BEFORE_A_CUT)


def whole_parts(text: str, width: int) -> str:
    """The first parts of `a; b; c` that fit in so many columns, each whole, closed by `…` where others follow.

    The first alone is cut where it does not fit.
    """
    parts = one_line(text, PAGE_LIMIT).split("; ")
    while len(parts) > 1 and columns("; ".join(parts)) > width:
        parts.pop()
    said = one_line("; ".join(parts), width)
    return said if said.endswith("…") or len(said) == len(one_line(text, PAGE_LIMIT)) else f"{said} …"


def columns(text: str) -> int:
    """How many columns of a fixed grid a text takes; East Asian wide letters take two."""
    return sum(map(_columns_of, text))


def slug(text: str, fallback: str = "unnamed") -> str:
    """ASCII letters, digits and hyphens, at most 60 of them: safe in a file name on every system."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:60].rstrip("-") or fallback


def _is_wide(letters: str) -> bool:
    """Whether any of them is of a writing that stands in wide letters, which knows no spaces."""
    return any(_columns_of(letter) == 2 for letter in letters)


def _columns_of(letter: str) -> int:
    if letter < "\u0300":
        return 1
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _chunks(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]
