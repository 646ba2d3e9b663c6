"""Text files of separated values -> rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline.errors import RegisterError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 1 << 24


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a CSV file in any usual encoding and with any usual separator. Raises RegisterError."""
    text = decoded(path.read_bytes())
    if "\0" in text:
        raise RegisterError(
            "The file is called .csv but holds bytes that are no text.", hint="Save it as CSV (UTF-8) or as .xlsx."
        )
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))
    except csv.Error as problem:
        raise RegisterError(
            f"The file cannot be read as separated values ({problem}).", hint="Save it as CSV (UTF-8) or as .xlsx."
        ) from problem


def decoded(raw: bytes) -> str:
    """The text, by its byte order mark, else as UTF-8, else as UTF-16 that lacks its mark, else as Windows does."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        return _wide(raw) or text
    return text


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


def delimiter_of(text: str) -> str:
    """What separates the values, as the first lines tell."""
    sample = text[:65536]
    try:
        return str(csv.Sniffer().sniff(sample, _DELIMITERS).delimiter)
    except csv.Error:
        return max(_DELIMITERS, key=sample.count)
