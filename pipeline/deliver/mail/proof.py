"""Whether a finished file is the report that a letter is about: by its seal, exactly, and by what stands in it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import normalize

from pipeline.errors import DeliveryError
from pipeline.letter import Letter
from pipeline.seal import META, PROPERTY

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PASSED_OVER = re.compile(r"[\s\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff\ufffe\x02-]+")
"""Blanks and hyphens of every kind, the two signs among them that stand in a PDF where a word was parted."""
_TAG = re.compile(r"<[^>]*>")
_BOOK_SEAL = re.compile(
    rb'<property\b[^>]*\bname="%s"[^>]*>\s*<vt:lpwstr[^>]*>([0-9a-f]{64})</vt:lpwstr>' % PROPERTY.encode()
)
_BOOK_PROPERTIES = "docProps/custom.xml"
_LONGEST = 40
"""Letters of a name that are looked for: pages shorten long ones."""


def check_seals(letter: Letter, files: Mapping[str, bytes]) -> None:
    """Raises DeliveryError where a file that a letter may take along is not sealed as the letter is."""
    foreign = [name for name in letter.files if name in files and not sealed(name, files[name], letter.seal)]
    if foreign:
        told = f"{foreign[0]} does not carry the mark of this report, so it is not sent."
        raise DeliveryError(told, letter.report, "Run the month again; what changes the file afterwards must not.")


def sealed(name: str, content: bytes, seal: str) -> bool:
    """Whether a file carries this seal, once and no other; an empty seal is carried by none."""
    try:
        return bool(seal) and _SEALS[_ending(name)](content) == [seal]
    except Exception:  # whatever a library raises for a file that is none: it carries no seal
        return False


def says(name: str, content: bytes, proof: tuple[str, ...]) -> bool:
    """Whether the text of a file holds all that it must say of itself, whatever blanks and hyphens break it.

    False where nothing is said to be looked for.
    """
    try:
        text = _joined(_TEXTS[_ending(name)](content))
    except Exception:  # as above
        return False
    return bool(proof) and all(_joined(part)[:_LONGEST] in text for part in proof)


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


def _paper(content: bytes) -> PdfDocument:
    import pypdfium2

    return pypdfium2.PdfDocument(content)


def _paper_seals(content: bytes) -> list[str]:
    with _paper(content) as document:
        return [document.get_metadata_value(PROPERTY)]


def _book_seals(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return [found.decode() for found in _BOOK_SEAL.findall(book.read(_BOOK_PROPERTIES))]


def _page_seals(content: bytes) -> list[str]:
    head = _Head()
    head.feed(content.decode(errors="replace"))
    return head.seals


def _paper_text(content: bytes) -> str:
    with _paper(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def _book_text(content: bytes) -> str:
    """The texts of a workbook of ours, which a limit of size has gone before; parts are read, not parsed."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = [name for name in book.namelist() if name.endswith(".xml")]
        return "".join(_page_text(book.read(name)) for name in parts)


def _page_text(content: bytes) -> str:
    return unescape(_TAG.sub("", content.decode(errors="replace")))


_SEALS: Mapping[str, Callable[[bytes], list[str]]] = {"pdf": _paper_seals, "xlsx": _book_seals, "html": _page_seals}
_TEXTS: Mapping[str, Callable[[bytes], str]] = {"pdf": _paper_text, "xlsx": _book_text, "html": _page_text}


def _joined(text: str) -> str:
    return _PASSED_OVER.sub("", normalize("NFKC", text)).casefold()


class _Head(HTMLParser):
    """Reads the seals of a web page, up to its body; what stands in comments is none."""

    def __init__(self) -> None:
        super().__init__()
        self.seals: list[str] = []
        self._over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._over = self._over or tag == "body"
        if tag == "meta" and not self._over and (said.get("name") or "").strip().lower() == META:
            self.seals.append(said.get("content") or "")
