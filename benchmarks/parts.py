"""PARTS: all that is measured. To add a part or a way is an entry here and the function that it names."""

from __future__ import annotations

from benchmarks.declared import Part, Way

ROWS, MILLION = (150, 5_000, 100_000), (1_000_000,)
OURS, KITS, PEERS = "benchmarks.ours", "benchmarks.kits", "benchmarks.peers"
RUN = ("-m", "pipeline.cli", "run", "--period", "2026-10", "--packs", "executive,pmo", "--output")
"""The whole run; its output folder and its register follow."""

BARE_MOST = 5_000
"""The most rows of which pages and cells are kept for the bare engines: making them costs a whole run."""

PARTS: tuple[Part, ...] = (
    Part(
        "start-up",
        "Start: the answer to `--help`",
        "times",
        (
            Way("this", command=("-m", "pipeline.cli", "--help")),
            Way("straightforward script", command=("benchmarks/peers/straightforward.py", "--help")),
            Way("bare Python", command=("-c", "pass")),
        ),
        (1,),
        cold=True,
    ),
    Part(
        "read",
        "Read a workbook, cold",
        "rows",
        (
            Way("this", f"{OURS}:read"),
            Way("python-calamine alone", f"{PEERS}.reading:calamine"),
            Way("openpyxl", f"{PEERS}.reading:openpyxl"),
            Way("pandas + openpyxl", f"{PEERS}.reading:pandas"),
            Way("polars + fastexcel", f"{PEERS}.reading:polars", needs=("polars", "fastexcel")),
        ),
        ROWS,
        MILLION,
        kit=f"{KITS}:register",
        cold=True,
    ),
    Part(
        "classify",
        "Classify, with reasons",
        "rows",
        (
            Way("this", f"{OURS}:classify"),
            Way("TF-IDF + logistic regression", f"{PEERS}.learned:words", needs=("sklearn",)),
        ),
        ROWS,
        MILLION,
    ),
    Part(
        "allocate",
        "Hours by person and month, two years",
        "items",
        (
            Way("this", f"{OURS}:allocate"),
            Way("this, every table", f"{OURS}:every_table"),
            Way("pandas, item by item", f"{PEERS}.allocation:one_by_one"),
            Way("pandas, by the column", f"{PEERS}.allocation:by_column"),
            Way("polars", f"{PEERS}.allocation:by_polars", needs=("polars",)),
            Way("DuckDB", f"{PEERS}.allocation:by_duckdb", needs=("duckdb",)),
            Way(
                "TaskJuggler, projects alone",
                f"{PEERS}.taskjuggler:plan",
                needs=("program:tj3",),
                most=150,
                because="a few hundred tasks take it a minute",
            ),
        ),
        ROWS,
        MILLION,
    ),
    Part(
        "charts",
        "Charts of two years as SVG",
        "charts",
        (
            Way("this", f"{OURS}:charts"),
            Way("Jinja template", f"{PEERS}.drawings:jinja"),
            Way("leather", f"{PEERS}.drawings:leather", needs=("leather",)),
            Way("pygal", f"{PEERS}.drawings:pygal", needs=("pygal",)),
        ),
        (20, 200),
        (2_000,),
    ),
    Part(
        "pdf",
        "The executive report of the example on paper, so many times",
        "documents",
        (
            Way("this", f"{OURS}:pages"),
            Way("WeasyPrint plain", f"{PEERS}.pages:weasyprint"),
            Way("plutoprint, no tags", f"{PEERS}.pages:plutoprint", needs=("plutoprint",)),
            Way("Chromium print", f"{PEERS}.pages:chromium", needs=("program:chromium",)),
            Way("Typst, like content", f"{PEERS}.pages:typst", needs=("typst",)),
            Way("ReportLab, like content", f"{PEERS}.pages:reportlab", needs=("reportlab",)),
        ),
        (1, 20),
        (200,),
        kit=f"{KITS}:page",
    ),
    Part(
        "readers",
        "PDFs of departments of 25 rows, from ready figures",
        "readers",
        (
            Way("this", f"{OURS}:readers"),
            Way("WeasyPrint plain, one ready page", f"{PEERS}.pages:weasyprint"),
            Way("Chromium print, one ready page", f"{PEERS}.pages:chromium", needs=("program:chromium",)),
        ),
        (1, 20, 200),
        (2_000,),
        kit=f"{KITS}:departments",
    ),
    Part(
        "excel",
        "The PMO workbook, from ready tables",
        "items",
        (
            Way("this", f"{OURS}:workbook"),
            Way("XlsxWriter, cells alone", f"{PEERS}.workbooks:xlsxwriter"),
            Way("openpyxl, cells alone", f"{PEERS}.workbooks:openpyxl"),
            Way("pandas + openpyxl", f"{PEERS}.workbooks:pandas"),
        ),
        ROWS,
        kit=f"{KITS}:summary",
        seconds=180,
    ),
    Part(
        "whole run",
        "Register to executive PDFs and pages and the PMO workbook, cold",
        "rows",
        (
            Way("this", command=(*RUN, "{kit}/this", "--input", "{kit}/register.xlsx")),
            Way("this, from CSV", command=(*RUN, "{kit}/csv", "--input", "{kit}/register.csv")),
            Way("this, from Parquet", command=(*RUN, "{kit}/parquet", "--input", "{kit}/register.parquet")),
            Way(
                "straightforward script",
                command=("benchmarks/peers/straightforward.py", "{kit}/register.xlsx", "{kit}/straightforward"),
            ),
            Way(
                "bare engines, summed",
                f"{PEERS}.engines:bare",
                most=BARE_MOST,
                because="its pages and cells are kept of small runs only",
            ),
        ),
        ROWS,
        MILLION,
        kit=f"{KITS}:registers",
        cold=True,
        seconds=400,
    ),
)
