"""The same pages and cells by other means: the plain way, the bare engines, and other engines for paper.

python report_engines.py WAY FOLDER     WAY: plain, bare, this, weasyprint, plutoprint, chromium, typst

FOLDER holds `page.html` and `cells.pickle`. plain and bare print seconds, their libraries imported before; the others
pages and seconds of one document.
"""

from __future__ import annotations

import io
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def plain(kit: Path) -> float:
    """pandas writes every sheet through openpyxl, WeasyPrint the page, both as they come."""
    import pandas
    from weasyprint import HTML

    cells = pickle.loads((kit / "cells.pickle").read_bytes())
    frames = {name: pandas.DataFrame(rows) for name, rows in cells.items()}
    begun = time.perf_counter()
    with pandas.ExcelWriter(kit / "plain.xlsx", engine="openpyxl") as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name, index=False, header=False)
    HTML(filename=kit / "page.html").write_pdf(kit / "plain.pdf")
    return time.perf_counter() - begun


def bare(kit: Path) -> float:
    """XlsxWriter is handed ready cells, WeasyPrint a ready page; a tagged PDF as ours is."""
    from weasyprint import HTML
    from xlsxwriter import Workbook

    cells = pickle.loads((kit / "cells.pickle").read_bytes())
    begun = time.perf_counter()
    book = Workbook(kit / "bare.xlsx", {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"})
    for name, rows in cells.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    HTML(filename=kit / "page.html").write_pdf(kit / "bare.pdf", pdf_variant="pdf/ua-1")
    return time.perf_counter() - begun


def this(kit: Path) -> bytes:
    """This program's own way from page to PDF."""
    from pipeline.render.pdf import Paper, write_pdf

    return write_pdf(Paper((kit / "page.html").read_text(encoding="utf-8")))


def weasyprint(kit: Path) -> bytes:
    """WeasyPrint as it comes, with tags."""
    from weasyprint import HTML

    return HTML(filename=kit / "page.html").write_pdf(pdf_variant="pdf/ua-1")


def plutoprint(kit: Path) -> bytes:
    """plutoprint, whose PDF has no tags."""
    from plutoprint import PAGE_SIZE_A4, Book

    book, made = Book(PAGE_SIZE_A4), io.BytesIO()
    book.load_html((kit / "page.html").read_text(encoding="utf-8"))
    book.write_to_pdf_stream(made)
    return made.getvalue()


def chromium(kit: Path) -> bytes:
    """Chromium's print, a process each."""
    target = kit / "chromium.pdf"
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--print-to-pdf={target}",
    ]
    subprocess.run([*command, f"file://{kit / 'page.html'}"], check=True, capture_output=True)
    return target.read_bytes()


def typst(kit: Path) -> bytes:
    """Typst with a like document in its own markup: five tables of sixty rows and seven columns, tagged."""
    import typst

    rows = "".join(
        f"[R-{at:03}], [Replace pump {at}], [Water], [A. Person], [{at} Nov], [{at}], [Likely]," for at in range(60)
    )
    pages = "\n".join(
        f"= Table {at}\n#table(columns: 7, table.header(..([a], [b], [c], [d], [e], [f], [g])), {rows})"
        for at in range(5)
    )
    (kit / "like.typ").write_text(
        f'#set document(title: "Like")\n#set text(size: 8pt, lang: "en")\n{pages}', encoding="utf-8"
    )
    return typst.compile(str(kit / "like.typ"), pdf_standards=["ua-1"])


def warm(make: Callable[[Path], bytes], kit: Path) -> tuple[int, float]:
    """Pages of one document and the processor time of the second that a process makes, its children's included."""
    from pypdf import PdfReader

    make(kit)
    begun = _used()
    content = make(kit)
    used = _used() - begun
    return len(PdfReader(io.BytesIO(content)).pages), used


def _used() -> float:
    return sum(
        one.ru_utime + one.ru_stime for one in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    way, folder = sys.argv[1], Path(sys.argv[2])
    if way in ("plain", "bare"):
        print({"plain": plain, "bare": bare}[way](folder))
    else:
        ways = {"this": this, "weasyprint": weasyprint, "plutoprint": plutoprint, "chromium": chromium, "typst": typst}
        print(*warm(ways[way], folder))
