"""Texts as they are compared, in words, and what an ID, a title or a name is told by."""

from __future__ import annotations

import re
import unicodedata

WORDS = 4
"""Words of a title that are looked for, from its beginning."""
LETTERS, ALONE, NAME_LETTERS, ID_SIGNS, LAST_LETTERS = 12, 14, 4, 4, 3
ID = "#"
"""What the mark of an ID begins with: no word does."""
_SIGNS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGNS}]|(?<![^\W_])[^\W\d_{_SIGNS}]\.|[^\W_{_SIGNS}]+")
"""A word, a sign of Chinese, Japanese or Korean, or an initial with its full stop."""
_ASCII_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]\.|[A-Za-z0-9]+")
_ASCII_PARTS = {code: " " for code in range(128) if not chr(code).isalnum()}
"""The signs of ASCII that part words."""
RUN = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+")
"""Letters and digits that no other sign parts."""
_WIDE = re.compile(f"[{_SIGNS}]")
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LIKE_CELL = re.compile(r"[a-z]{1,2}[1-9]\d*")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
_LONG_NUMBER = re.compile(r"\b(?!(?:19|20)\d\d\b)\d{3,}\b")


def folded(text: str) -> str:
    """A text as it is compared: one case, one way to write each sign, one space between words, nothing unseen."""
    shown = text if text.isascii() else _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(shown.casefold().split())


def words(text: str) -> list[str]:
    """The words of a text, as they are compared; each Chinese, Japanese or Korean sign is one."""
    if text.isascii() and "." not in text:
        return text.lower().translate(_ASCII_PARTS).split()  # most texts of a register: what follows comes to the same
    return words_of(folded(text))


def words_of(plain: str) -> list[str]:
    """The words of a text that is folded already; those of ASCII are found a faster way."""
    if not plain.isascii():
        return _WORD.findall(plain)
    return _ASCII_WORD.findall(plain) if "." in plain else plain.translate(_ASCII_PARTS).split()


def letters(some: list[str]) -> int:
    """The letters of words without digits; a sign of Chinese, Japanese or Korean does for three."""
    every = "".join(some)
    if every.isascii() and every.isalpha():
        return len(every)
    return sum(_letters_of(word) for word in some if not _is_numbered(word))


def _letters_of(word: str) -> int:
    if word.isascii():
        return len(word.rstrip("."))
    return 3 if _WIDE.fullmatch(word) else len(word.rstrip("."))


def _is_numbered(word: str) -> bool:
    return not word.isalpha() and any(map(str.isdigit, word))


def mark_of_id(text: str) -> str:
    """What an ID is told by: its letters and digits, whatever parts them; "" for one that may be anything."""
    plain = folded(text)
    runs = plain.translate(_ASCII_PARTS).split() if plain.isascii() else RUN.findall(plain)
    told = "-".join(runs)
    if len(told) < ID_SIGNS or _LIKE_CELL.fullmatch(told) or not _DIGIT.search(told) or not _LETTER.search(told):
        return ""
    if " " not in plain:
        return f"{ID}{told}"
    return " ".join(words_of(plain)) if _LONG_NUMBER.search(plain) else ""


def mark_of_title(text: str) -> str:
    """What a title is told by: how it begins; "" for one that says too little."""
    first = words(text)[:WORDS]
    said = first if "".join(first).isalpha() else [word for word in first if not _is_numbered(word)]
    return " ".join(first) if letters(said) >= (LETTERS if len(said) > 1 else ALONE) else ""


def mark_of_name(text: str) -> str:
    """What a person is told by; "" for a name of one word."""
    parts = words(_given_first(text))
    return " ".join(parts[:WORDS]) if len(parts) > 1 and letters(parts) >= NAME_LETTERS else ""


def spellings(name: str) -> tuple[str, ...]:
    """How a name may be written, its mark first: `Cy Fox`, `Fox, Cy`, `C. Fox`, `Fox, C.`; none for one of one word."""
    mark = mark_of_name(name)
    parts = _given_first(name).split()
    if not mark or len(parts) < 2:
        return (mark,) if mark else ()
    first, *_, last = parts
    ways = [mark, " ".join(words(f"{last} {' '.join(parts[:-1])}")[:WORDS])]
    if not _WIDE.match(first) and first[0].isalpha() and letters(words(last)) >= LAST_LETTERS:
        initial, family = f"{first[0]}.", " ".join(words(last))
        ways += [f"{initial} {family}", f"{family} {initial}"]
        ways += [f"{first[0]} {family}"] if first.rstrip(".") == first[0] else []
    return tuple(dict.fromkeys(ways))


def _given_first(name: str) -> str:
    """`Fox, Cy` as `cy fox`."""
    family, comma, given = folded(name).partition(",")
    return f"{given.strip()} {family}" if comma and given.strip() else family
