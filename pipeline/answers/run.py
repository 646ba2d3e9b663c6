"""The answer of `pipeline run`: what was read, found and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.answers.advice import long_ago, open_first, reports_of_nobody
from pipeline.answers.check import usable
from pipeline.answers.intake import intake_lines, intake_problems, unread_lines
from pipeline.answers.text import table, wrapped
from pipeline.findings import counted
from pipeline.manifest import finding_counts
from pipeline.model import FileReading, Finding, Report

if TYPE_CHECKING:
    from pipeline.flow import Run


def run_object(run: Run) -> dict[str, Any]:
    """The answer of `pipeline run --json`."""
    from pipeline.deliver import intake_record
    from pipeline.manifest import rows
    from pipeline.render import pdf_engine_problem
    from pipeline.render.workbooks import problems_of_used

    summary = run.summaries[0]
    # Asking the engine loads it, so it is asked only where its reports are missing.
    missing = "pdf" in run.settings.render.formats and not any(one.report.endswith(".pdf") for one in run.deliveries)
    return {
        "period": str(run.period),
        "output": str(run.settings.deliver.output / str(run.period)),
        "rows": rows(run.register),
        "intake": intake_record(run.intake),
        "findings": finding_counts(run.findings),
        "repeats": sum(one.repeat for one in run.findings),
        "figures": {figure.id: _figure(figure) for figure in summary.figures.values()},
        "reports": [
            {"name": one.report, "path": str(one.path), "sha256": one.sha256, "size": one.size}
            for one in run.deliveries
        ],
        "outbox": _outbox(run),
        "misnamed_readers": list(run.misnamed_readers),
        "seconds": run.seconds,
        "unmade": [{"name": report.name, "problem": report.problem} for report in run.unmade],
        "problems": [
            *filter(None, [pdf_engine_problem() if missing else ""]),
            *_unmade(run.unmade),
            *problems_of_used(run.settings.render),
            *intake_problems(run.intake),
            *run.marked.problems,
        ],
        "unsought": list(run.unsought),
        "advice": list(_advice(run)),
    }


def run_lines(run: Run) -> Iterator[str]:
    """The closing table of `pipeline run`: what was read, found and written."""
    answer = run_object(run)
    yield "Read"
    yield from table([(f"  {file.name}", _read_words(file)) for file in run.register.files])
    yield from unread_lines([file.name for file in run.intake.files if file.status == "not read"])
    yield from intake_lines(run.intake, moved=run.archive)
    yield "Found"
    figures = run.summaries[0].figures
    active = [figures[name].value for name in ("active_projects", "operations", "undecided")]
    closed = len(run.register.items) - sum(value or 0 for value in active)
    besides = f", and {closed:,.0f} closed or otherwise not active" if closed > 0 else ""
    yield from table(
        [
            ("  projects, operations, undecided", " / ".join(map(_whole, active)) + besides),
            ("  rows to review", _whole(figures["review_rows"].value)),
            ("  problems in the data", _levels(run.findings) + _listed_in(run)),
            ("  of them in reading", f"{_levels(run.register.findings)}, as `pipeline check` lists them"),
        ]
    )
    yield f"Written to {answer['output']}"
    yield from table([(f"  {name}", f"{size / 1024:,.0f} kB") for name, size in _written(run)])
    if run.outbox is not None:
        from pipeline.answers.mails import outbox_lines

        yield from outbox_lines(run.outbox)
    yield from (line for told in run.misnamed_readers for line in wrapped(told))
    if run.new_decisions:
        kept = counted(len(run.new_decisions), "decision is", "decisions are")
        yield f"{kept} kept in {run.settings.classify.decisions.name}"
    yield from answer["problems"]
    yield from answer["unsought"]
    for said in answer["advice"]:
        yield from wrapped(said)
    yield f"{sum(run.seconds.values()):.1f} seconds: " + ", ".join(
        f"{verb} {seconds:.1f}" for verb, seconds in run.seconds.items()
    )
    yield from open_first(run)


def _advice(run: Run) -> Iterator[str]:
    """What the run tells whoever asked for a report that is not there, or for a month after all the work."""
    yield from reports_of_nobody(run)
    yield from filter(None, [long_ago(run.register, run.period)])


def _written(run: Run) -> Iterator[tuple[str, int]]:
    """The name and the bytes of each file that is there for people: the reports, then the marked copies or lists."""
    yield from ((one.report, one.size) for one in run.deliveries)
    yield from ((f"marked/{name}", len(run.marked.files[name])) for name in run.marked.for_people)


def _levels(findings: Sequence[Finding]) -> str:
    """`1 error, 29 warnings, 11 notes`."""
    return ", ".join(counted(count, level) for level, count in finding_counts(findings).items())


def _listed_in(run: Run) -> str:
    """Where all findings are listed: in the workbook that has them, else beside the marked copies."""
    made = (one for one in run.reports if one.pack == "pmo" and one.format == "xlsx" and not one.problem)
    if workbook := next(made, None):
        return f" (sheet Findings of {workbook.name})"
    return " (listed in the folder marked)" if run.marked.files else ""


def _unmade(reports: Sequence[Report]) -> Iterator[str]:
    """A sentence for each problem that kept reports from being made: a template may be that of many."""
    for problem in dict.fromkeys(report.problem for report in reports):
        first, *more = (report.name for report in reports if report.problem == problem)
        said = f"{first} and {len(more)} more are" if more else f"{first} is"
        yield f"{said} not made: {problem}"


def _outbox(run: Run) -> dict[str, Any] | None:
    if run.outbox is None:
        return None
    from pipeline.answers.mails import outbox_object

    return outbox_object(run.outbox)


def _read_words(file: FileReading) -> str:
    if file.status == "refused" or not file.sheets:
        return file.reason or "people only"
    used, held = sum(sheet.rows_used for sheet in file.sheets), sum(sheet.rows_in for sheet in file.sheets)
    return f"{usable(used, held)} ({', '.join(sheet.sheet for sheet in file.sheets)})"


def _whole(value: float | None) -> str:
    return "n/a" if value is None else f"{value:,.0f}"


def _figure(figure: Any) -> dict[str, Any]:
    return {"title": figure.title, "value": figure.value, "unit": figure.unit, "of": figure.of}
