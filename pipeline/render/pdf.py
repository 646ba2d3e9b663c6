"""HTML -> PDF. The only room that knows the PDF engine; it can load nothing but the fonts handed to it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files

from pipeline.errors import PipelineError

FONTS = {
    "asset:sans": ("fontpkg_ibm_plex_sans", "IBMPlexSans[wdth,wght].ttf"),
    "asset:serif": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
}
"""Address in the style sheet -> package and file of the font."""

_EPOCH = "SOURCE_DATE_EPOCH"
INSTALL = (
    "Install Pango: `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0` on Debian or Ubuntu, "
    "`brew install pango` on macOS; see the README for Windows. Excel and HTML are made without it."
)


class PdfEngineMissing(PipelineError):
    """The PDF engine cannot be loaded; the other formats can still be made."""


def write_pdf(html: str) -> bytes:
    """A tagged PDF (PDF/UA-1 declared) of a self-contained page. Raises PdfEngineMissing."""
    problem = pdf_engine_problem()
    if problem:
        raise PdfEngineMissing(problem)
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    with _without_collecting(), _without_clock():
        document = HTML(string=html, url_fetcher=_fetcher())
        content = document.write_pdf(
            font_config=FontConfiguration(), pdf_variant="pdf/ua-1", presentational_hints=False
        )
    return bytes(content)


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


@lru_cache(maxsize=1)
def _assets() -> dict[str, bytes]:
    return {address: (files(package) / "files" / name).read_bytes() for address, (package, name) in FONTS.items()}


def _fetcher() -> object:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnAssets(URLFetcher):  # type: ignore[misc]
        """Serves the fonts above from memory and refuses every other address."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            """The font at `url`. Raises ValueError for anything else."""
            if url not in _assets():
                raise ValueError(f"refused to load {url}")
            return URLFetcherResponse(url, _assets()[url], {"Content-Type": "font/ttf"})

    return OwnAssets()
