"""Reports against the plain way and against bare engines; many readers over processes; pages a second of other engines.

python benchmarks/reports.py [ROWS [READERS]]      default: 5000 24

Three tables, each with its ratios from one run. Needs Pango. Chromium, typst and plutoprint are measured where they are
installed (`pip install typst plutoprint`, Debian's chromium); none of them is needed for anything else.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from registers import make_register
from whole_run import measured

PEERS = Path(__file__).parent / "peers" / "report_engines.py"


def begin(rows: int, folder: Path, departments: int = 0):
    """The run over a made register of so many rows, with so many departments where that is said."""
    from pipeline.flow import Run
    from pipeline.model import Period
    from pipeline.settings import PackSettings, RenderSettings, Settings

    register = folder / "register.xlsx"
    make_register(register, rows, departments)
    on = {"department"} if departments else {"executive", "pmo"}
    packs = {
        name: PackSettings(make=name in on, formats=_formats(name))
        for name in ("executive", "department", "owner", "pmo")
    }
    return Run(Settings(render=RenderSettings(packs=packs, templates=folder / "none")), Period(2026, 10), (register,))


def _formats(pack: str) -> list[str]:
    return {"executive": ["pdf"], "pmo": ["xlsx"], "department": ["pdf"]}.get(pack, [])


def ours(rows: int, kit: Path) -> None:
    """In a process of its own: seconds of rendering; leaves ready pages and cells for others.

    The figures are there, as the others' cells and page are, and the PDF engine is loaded, as theirs is. The PDF is
    laid out in a second process while the workbook is written; the others have one.
    """
    from openpyxl import load_workbook

    from pipeline.render import prepare, render
    from pipeline.render.formats import page
    from pipeline.render.readers import readers

    work = begin(rows, kit)
    prepare(work.settings.render)
    summaries = work.summaries[:1]  # the whole organisation's, as the other ways make one report too
    _ = {name: summaries[0].tables[name] for name in summaries[0].tables}
    begun = time.perf_counter()
    made = render(summaries, work.settings.render)
    seconds = time.perf_counter() - begun
    by_format = {report.format: report.content for report in made}
    (kit / "pmo.xlsx").write_bytes(by_format["xlsx"])
    book = load_workbook(kit / "pmo.xlsx", read_only=True)
    sheets = {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    (kit / "cells.pickle").write_bytes(pickle.dumps(sheets))
    executive = next(one for one in readers(summaries, work.settings.render) if one.pack.id == "executive")
    (kit / "page.html").write_text(page(executive, work.settings.render, "paper"), encoding="utf-8")
    print(seconds)


def against_the_plain_way(rows: int) -> Path:
    """Executive PDF and PMO workbook: this, pandas + openpyxl + WeasyPrint as it comes, and the bare engines."""
    kit = Path(tempfile.mkdtemp())
    seconds = {"this": float(measured(__file__, "ours", str(rows), str(kit))[2])}
    for way in ("plain", "bare"):
        seconds[way] = float(measured(str(PEERS), way, str(kit))[2])
    print(f"Executive PDF and PMO workbook of {rows:,} rows, seconds of rendering, libraries imported, figures ready")
    for way, taken in seconds.items():
        print(f"  {way:<8}{taken:8.2f}   {taken / seconds['this']:5.2f} times this")
    return kit


def over_processes(readers: int) -> None:
    """Department reports one after another and over processes: seconds, seconds a reader, peak memory."""
    print(f"\nPDFs of departments of 25 rows   ({os.cpu_count()} cores)")
    taken: dict[tuple[int, str], float] = {}
    for count in (readers // 2, readers):
        for way in ("serial", "processes"):
            _, _, said = measured(__file__, way, str(count))
            answer = json.loads(said)
            taken[count, way] = answer["seconds"]
            each = answer["seconds"] / answer["reports"]
            memory = f"{answer['memory']:.0f} MB, largest child {answer['children']:.0f} MB"
            print(f"  {count:5} {way:<10}{answer['seconds']:8.1f} s {each:6.2f} s each   {memory}")
    print(f"  processes: {taken[readers, 'serial'] / taken[readers, 'processes']:.2f} times faster than serial")


def departments(count: int, way: str) -> None:
    """In a process of its own: render the PDFs of so many departments."""
    from pipeline.render import prepare, render, reports

    with tempfile.TemporaryDirectory() as folder:
        work = begin(25 * count, Path(folder), count)
        summaries = work.summaries
        prepare(work.settings.render)
        if way == "serial":
            reports.cores = lambda: 0  # type: ignore[attr-defined]
        begun = time.perf_counter()
        made = render(summaries, work.settings.render)
        seconds = time.perf_counter() - begun
    own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "reports": len(made), "memory": own, "children": others}))


def engines(kit: Path) -> None:
    """Pages a second of one core: the executive report by this and others, and a like document by Typst."""
    ways = ["this", "weasyprint"]
    ways += ["plutoprint"] if importlib.util.find_spec("plutoprint") else []
    ways += ["chromium"] if shutil.which("chromium") else []
    ways += ["typst"] if importlib.util.find_spec("typst") else []
    print("\nPages a second of one core, warm (second document of a process); the same page, for typst a like one")
    for way in ways:
        pages, seconds = map(float, measured(str(PEERS), way, str(kit))[2].split())
        print(f"  {way:<12}{pages / seconds:8.1f}   ({pages:.0f} pages in {seconds:.2f} s of processor time)")


if __name__ == "__main__":
    first = sys.argv[1] if len(sys.argv) > 1 else "5000"
    if first == "ours":
        ours(int(sys.argv[2]), Path(sys.argv[3]))
    elif first in ("serial", "processes"):
        departments(int(sys.argv[2]), first)
    else:
        kit = against_the_plain_way(int(first))
        engines(kit)
        over_processes(int(sys.argv[2]) if len(sys.argv) > 2 else 24)
        shutil.rmtree(kit)
