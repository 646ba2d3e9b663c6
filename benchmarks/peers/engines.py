"""The sum of the bare engines on this program's own content: the register parsed, ready cells and pages written."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

from benchmarks.peers.reading import calamine
from benchmarks.peers.workbooks import write_cells


def bare(kit: Path, rows: int) -> Callable[[], object]:
    """One after another in one process: python-calamine, XlsxWriter, WeasyPrint."""

    def work() -> None:
        calamine(kit, rows)()
        write_cells(kit / "bare.xlsx", pickle.loads((kit / "cells.pickle").read_bytes()))
        from weasyprint import HTML

        for page in sorted(kit.glob("page-*.html")):
            HTML(filename=page).write_pdf(page.with_suffix(".pdf"), pdf_variant="pdf/ua-1")

    return work
