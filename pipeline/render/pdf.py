"""HTML -> PDF. The only room that knows the PDF engine; it can load nothing but the fonts handed to it."""

from __future__ import annotations

import base64
import gc
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.errors import PipelineError
from pipeline.render.css_constants import write_out
from pipeline.render.fonts import Font, OwnFont, faces, fonts_for
from pipeline.render.sheets import rules, shared
from pipeline.render.svg_apart import set_apart
from pipeline.render.svg_text import lay_out_words
from pipeline.render.table_heads import scope_heads
from pipeline.render.time_limit import within
from pipeline.seal import PROPERTY

_EPOCH = "SOURCE_DATE_EPOCH"
_DOCTYPE = "<!doctype html>"
INSTALL = (
    "Install Pango: `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0` on Debian or Ubuntu, "
    "`brew install pango` on macOS; see the README for Windows. Excel and HTML are made without it."
)


class PdfEngineMissing(PipelineError):
    """The PDF engine cannot be loaded; the other formats can still be made."""


class PdfIncomplete(PipelineError):
    """The engine left something out, which it only notes in its log."""


@dataclass(frozen=True)
class Enclosure:
    """A file inside a PDF: its name, kind (MIME type), what it is, and the day it is dated (seconds since 1970)."""

    name: str
    mime: str
    description: str
    dated: int
    content: bytes


@dataclass(frozen=True)
class Paper:
    """What one PDF is made of. `archive`: PDF/A-3a with the `enclosed` files, else PDF/UA-1.

    `seconds`: how much of a processor's time layout may take; 0 = as much as it will.
    """

    html: str
    pictures: tuple[str, ...] = ()
    """Addresses (`data:`) of the pictures that it may show; no other is loaded."""
    fonts: tuple[OwnFont, ...] = ()
    archive: bool = False
    enclosed: tuple[Enclosure, ...] = ()
    seconds: int = 0
    seal: str = ""
    """What it carries in its information, for the check before it is sent; "" for none."""


def write_pdf(paper: Paper) -> bytes:
    """A tagged PDF of a self-contained page.

    Raises PdfEngineMissing, TooLong past the time it may take, and PdfIncomplete where a drawing would be missing.
    """
    problem = pdf_engine_problem()
    if problem:
        raise PdfEngineMissing(problem)
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    lay_out_words()
    with _without_collecting(), _without_clock(), within(paper.seconds), _nothing_left_out():
        fonts = fonts_for(paper.html, paper.fonts)
        config, fetcher = FontConfiguration(), _fetcher(fonts, paper.pictures)
        sheet = CSS(string=faces(fonts), font_config=config, url_fetcher=fetcher)
        options = {
            "pdf_variant": "pdf/a-3a" if paper.archive else "pdf/ua-1",
            "attachments": [_attachment(one) for one in paper.enclosed],
            "presentational_hints": False,
        }
        page = _document(paper.html, fetcher)
        document = page.render(font_config=config, stylesheets=[sheet], **options)
        parts = [one.get("id", "") for one in page.etree_element.iter("section")]
        follow = shared(parts, [one.anchors for one in document.pages], document.pages[0].height)
        if follow:
            document = page.render(font_config=config, stylesheets=[sheet, CSS(string=rules(follow))], **options)
        content = document.write_pdf(finisher=_finisher(paper.seal), **options)
    return bytes(content)


def _finisher(seal: str) -> Callable[[object, Any], None]:
    """What is done to the finished PDF, right before it is written."""

    def finish(document: object, pdf: Any) -> None:
        scope_heads(document, pdf)
        if seal:
            pdf.info[PROPERTY] = f"({seal})"

    return finish


@lru_cache(maxsize=1)
def pdf_engine_problem() -> str:
    """Why no PDF can be made here and what to install; empty where it can."""
    try:
        import weasyprint
    except (ImportError, OSError) as problem:
        first = str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
        return f"The PDF engine cannot be loaded: {first}. {INSTALL}"
    return "" if weasyprint.__version__ else INSTALL


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Layout makes hundreds of thousands of boxes that all live to the end; looking for garbage costs a fifth of it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _without_clock() -> Iterator[None]:
    """Fonts cut from a variable font carry the time of the cut, unless this says another: same input, same bytes."""
    before = os.environ.get(_EPOCH)
    os.environ[_EPOCH] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_EPOCH]
        else:
            os.environ[_EPOCH] = before


class _LeftOut(logging.Handler):
    """Keeps what the engine says it could not draw."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.drawings = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a drawing that failed."""
        self.drawings += record.msg.startswith("Failed to render SVG")


@contextmanager
def _nothing_left_out() -> Iterator[None]:
    """Raises PdfIncomplete at the end where the engine failed to draw something and went on without it."""
    log, kept = logging.getLogger("weasyprint"), _LeftOut()
    log.addHandler(kept)
    try:
        yield
    finally:
        log.removeHandler(kept)
    if kept.drawings:
        raise PdfIncomplete(f"The PDF engine could not draw {kept.drawings} of its charts.")


def _document(html: str, fetcher: object) -> Any:
    """The page as the engine's document.

    The engine's own parser, written in Python, takes a tenth of all the time; a page that is well-formed XML, as those
    of the shipped templates are, is read by one in C instead, and comes to the same.
    """
    import weasyprint
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]

    class Page(weasyprint.HTML):  # type: ignore[misc]
        """A document whose tree is parsed already."""

        def __init__(self, root: Element) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    try:
        root = fromstring(html.strip().removeprefix(_DOCTYPE))
        set_apart(root)
        write_out(root)
        return Page(root)
    except (ParseError, DefusedXmlException):
        return weasyprint.HTML(string=html, url_fetcher=fetcher)


def _picture(address: str) -> tuple[str, bytes]:
    kind, _, coded = address.removeprefix("data:").partition(";base64,")
    return kind, base64.b64decode(coded)


def _attachment(one: Enclosure) -> object:
    from weasyprint import Attachment

    day = datetime.fromtimestamp(one.dated, UTC)
    return Attachment(
        string=one.content, name=one.name, description=one.description, relationship="Data", created=day, modified=day
    )


def _fetcher(fonts: tuple[Font | OwnFont, ...], pictures: tuple[str, ...]) -> object:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    known = {font.address: ("font/ttf", font.content) for font in fonts} | {one: _picture(one) for one in pictures}

    class OwnAssets(URLFetcher):  # type: ignore[misc]
        """Serves fonts and pictures from memory and refuses every other address."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            """What is at `url`. Raises ValueError for anything else."""
            if url not in known:
                raise ValueError(f"refused to load {url[:80]}")
            kind, content = known[url]
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return OwnAssets()
