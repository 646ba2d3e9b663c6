"""Bytes of a text file -> its text, in whatever encoding spreadsheet programs write."""

from __future__ import annotations

import re

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BYTES = "\udc80-\udcff"
"""What Python makes of bytes that are not UTF-8 (PEP 383)."""
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_ODD = re.compile(f"[{_BYTES}\ufffd]")


def decoded(raw: bytes) -> str:
    """The text, by its byte order mark, else as UTF-8, else as UTF-16 that lacks its mark, else as Windows does.

    Where some letters are UTF-8 and single bytes are not, those bytes stay marked: `is_odd` finds them and `mended`
    reads them.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "surrogateescape" if encoding == "utf-8-sig" else "replace")
    text = raw.decode("utf-8", "surrogateescape")
    if "\0" in text:
        return _wide(raw) or text
    if re.search(f"[^\0-\x7f{_BYTES}]", text):
        return text
    return text.translate({odd: letter for odd, letter in _WINDOWS.items() if letter != "\ufffd"})


def is_odd(text: str) -> bool:
    """It holds bytes that are not of the file's encoding."""
    return _ODD.search(text) is not None


def mended(text: str) -> str:
    """The text with such bytes read as Windows-1252, and shown as U+FFFD where that has none."""
    return text.translate(_WINDOWS)


def _wide(raw: bytes) -> str:
    """The text where most of its bytes are zero in the way of UTF-32 or UTF-16 without a mark; else ""."""
    head = raw[:400]
    for encoding, zeros in (
        ("utf-32-le", head[2::4] + head[3::4]), ("utf-32-be", head[::4] + head[1::4]),
        ("utf-16-le", head[1::2]), ("utf-16-be", head[::2]),
    ):  # fmt: skip
        if zeros and zeros.count(0) > 0.7 * len(zeros):
            return raw.decode(encoding, errors="replace")
    return ""
