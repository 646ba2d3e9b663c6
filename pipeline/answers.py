"""What the commands answer: values as JSON objects for programs, and as lines of text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.model import FileReading, Finding, Register

if TYPE_CHECKING:
    from pipeline.flow import Run

_SHOWN = 20
VERDICT_COLUMNS = ("file", "sheet", "row", "id", "title", "kind", "probability", "review", "decided_by", "reasons")
"""The columns of `pipeline classify --csv`, one line for every used row."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def check_object(register: Register) -> dict[str, Any]:
    """The answer of `pipeline check --json`."""
    return {"files": [_file(file) for file in register.files], "findings": [_finding(one) for one in register.findings]}


def check_lines(register: Register) -> Iterator[str]:
    """The answer of `pipeline check`: what was read of each file, its headings, and the findings."""
    for file in register.files:
        yield f"{file.name}: {file.status}{'. ' + file.reason if file.reason else ''}"
        for sheet in file.sheets:
            yield f"  {sheet.sheet}: headings in row {sheet.header_row}, {usable(sheet.rows_used, sheet.rows_in)}"
            yield from table([(f"    {heading}", f"-> {field}") for heading, field in sheet.mapping.items()])
    yield ""
    yield from finding_lines(register.findings)


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """The gravest findings one by one, then how many more there are."""
    order = {"error": 0, "warning": 1, "note": 2}
    ranked = sorted(findings, key=lambda one: order[one.level])
    for one in ranked[:_SHOWN]:
        place = f"{one.place}: " if one.place else ""
        yield f"{one.level:7} {one.code}  {place}{one.message}"
    if len(ranked) > _SHOWN:
        yield f"... and {len(ranked) - _SHOWN} more; --json lists them all."
    if not ranked:
        yield "No findings."


def run_object(run: Run) -> dict[str, Any]:
    """The answer of `pipeline run --json`."""
    from pipeline.manifest import finding_counts, rows
    from pipeline.render import pdf_engine_problem

    summary = run.summaries[0]
    # Asking the engine loads it, so it is asked only where its reports are missing.
    missing = "pdf" in run.settings.render.formats and not any(one.report.endswith(".pdf") for one in run.deliveries)
    return {
        "period": str(run.period),
        "output": str(run.settings.deliver.output / str(run.period)),
        "rows": rows(run.register),
        "findings": finding_counts(run.findings),
        "figures": {figure.id: _figure(figure) for figure in summary.figures.values()},
        "reports": [
            {"name": one.report, "path": str(one.path), "sha256": one.sha256, "size": one.size}
            for one in run.deliveries
        ],
        "seconds": run.seconds,
        "problems": [pdf_engine_problem()] if missing else [],
    }


def run_lines(run: Run) -> Iterator[str]:
    """The closing table of `pipeline run`: what was read, found and written."""
    answer = run_object(run)
    yield "Read"
    yield from table([(f"  {file.name}", _read_words(file)) for file in run.register.files])
    counts = answer["findings"]
    yield "Found"
    figures = run.summaries[0].figures
    yield from table(
        [
            (
                "  projects, operations, undecided",
                " / ".join(_whole(figures[name].value) for name in ("active_projects", "operations", "undecided")),
            ),
            ("  rows to review", _whole(figures["review_rows"].value)),
            (
                "  problems in the data",
                f"{counts['error']} errors, {counts['warning']} warnings, {counts['note']} notes (sheet Findings)",
            ),
        ]
    )
    yield f"Written to {answer['output']}"
    yield from table([(f"  {one['name']}", f"{one['size'] / 1024:,.0f} kB") for one in answer["reports"]])
    yield from answer["problems"]
    yield f"{sum(run.seconds.values()):.1f} seconds: " + ", ".join(
        f"{verb} {seconds:.1f}" for verb, seconds in run.seconds.items()
    )


def verdicts(run: Run) -> list[dict[str, Any]]:
    """One object for each used item, with the keys of VERDICT_COLUMNS and typed values."""
    items, judged = run.register.items, run.portfolio.verdicts
    frame = items[["file", "sheet", "row", "id", "title"]].join(judged)[list(VERDICT_COLUMNS)]
    frame["probability"] = frame["probability"].round(4)
    return [dict(zip(VERDICT_COLUMNS, row, strict=True)) for row in frame.astype(object).itertuples(index=False)]


def verdict_rows(found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """The verdicts as texts for a CSV file; text that a spreadsheet would take for a formula is quoted."""
    for one in found:
        yield tuple(defused(str(value).lower() if isinstance(value, bool) else str(value)) for value in one.values())


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula; a plain number stays as it is."""
    if text.startswith(_FORMULA_STARTS) and not text.lstrip("+-").replace(".", "", 1).isdigit():
        return f"'{text}"
    return text


def usable(used: int, all_rows: int) -> str:
    """`147 of 150 rows usable`."""
    return f"{used:,} of {all_rows:,} rows usable"


def table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Columns of text, each as wide as its widest cell."""
    cells = [tuple(rows) for rows in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _read_words(file: FileReading) -> str:
    if file.status == "refused" or not file.sheets:
        return file.reason or "people only"
    used, held = sum(sheet.rows_used for sheet in file.sheets), sum(sheet.rows_in for sheet in file.sheets)
    return f"{usable(used, held)} ({', '.join(sheet.sheet for sheet in file.sheets)})"


def _whole(value: float | None) -> str:
    return "n/a" if value is None else f"{value:,.0f}"


def _file(file: FileReading) -> dict[str, Any]:
    sheets = [
        {
            "sheet": one.sheet,
            "header_row": one.header_row,
            "rows_in": one.rows_in,
            "rows_used": one.rows_used,
            "rows_refused": one.rows_refused,
            "mapping": dict(one.mapping),
        }
        for one in file.sheets
    ]
    return {"path": file.path, "status": file.status, "reason": file.reason, "sheets": sheets}


def _finding(one: Finding) -> dict[str, str]:
    return {
        "code": one.code,
        "level": one.level,
        "file": one.file,
        "sheet": one.sheet,
        "cell": one.cell,
        "message": one.message,
    }


def _figure(figure: Any) -> dict[str, Any]:
    return {"title": figure.title, "value": figure.value, "unit": figure.unit, "of": figure.of}
