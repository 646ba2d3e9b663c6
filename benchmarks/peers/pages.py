"""The same page put on paper by other engines; Typst and ReportLab lay out a like document of their own."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

HEADS = ("ID", "Project", "Department", "Accountable", "Finish", "Days late", "Reason")
ROWS = [
    (f"R-{at:03}", f"Replace pump {at}", "Water", "A. Person", f"{at % 28 + 1} Nov", f"{at}", "Likely")
    for at in range(60)
]
TABLES = 5
"""Tables of sixty rows and seven columns, which fill about as many pages as the executive report has."""


def weasyprint(kit: Path, documents: int) -> Callable[[], object]:
    """WeasyPrint as it comes, with tags, one document after another."""
    from weasyprint import HTML

    page = (kit / "page.html").read_text(encoding="utf-8")
    return lambda: [len(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")) for _ in range(documents)]


def plutoprint(kit: Path, documents: int) -> Callable[[], object]:
    """plutoprint, whose PDF has no tags."""
    from plutoprint import PAGE_SIZE_A4, Book

    page = (kit / "page.html").read_text(encoding="utf-8")

    def write() -> int:
        book, made = Book(PAGE_SIZE_A4), io.BytesIO()
        book.load_html(page)
        book.write_to_pdf_stream(made)
        return len(made.getvalue())

    return lambda: [write() for _ in range(documents)]


def chromium(kit: Path, documents: int) -> Callable[[], object]:
    """Chromium's print, a process each."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    command = ["chromium", *options, f"--print-to-pdf={kit / 'chromium.pdf'}", f"file://{kit / 'page.html'}"]
    return lambda: [subprocess.run(command, check=True, capture_output=True) for _ in range(documents)]


def typst(_: Path, documents: int) -> Callable[[], object]:
    """Typst, tagged."""
    from typst import compile as compiled

    cells = "".join(f"[{cell}], " for row in ROWS for cell in row)
    head = ", ".join(f"[{one}]" for one in HEADS)
    tables = "\n".join(
        f"= Table {at}\n#table(columns: {len(HEADS)}, table.header({head}), {cells})" for at in range(TABLES)
    )
    source = f'#set document(title: "Like")\n#set text(size: 8pt, lang: "en")\n{tables}'
    return lambda: [len(compiled(source.encode(), pdf_standards=["ua-1"])) for _ in range(documents)]


def reportlab(_: Path, documents: int) -> Callable[[], object]:
    """ReportLab, whose PDF has no tags."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    styles = getSampleStyleSheet()

    def write() -> int:
        made, story = io.BytesIO(), []
        for at in range(TABLES):
            table = Table([HEADS, *ROWS], repeatRows=1)
            table.setStyle([("FONTSIZE", (0, 0), (-1, -1), 8), ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black)])
            story += [Paragraph(f"Table {at}", styles["Heading1"]), table]
        SimpleDocTemplate(made, pagesize=A4).build(story)
        return len(made.getvalue())

    return lambda: [write() for _ in range(documents)]
