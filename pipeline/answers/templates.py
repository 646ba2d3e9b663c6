"""The answer of `pipeline template check`: what is wrong in templates, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SettingsError
from pipeline.findings import counted

if TYPE_CHECKING:
    from pipeline.errors import PipelineError
    from pipeline.render.template_check import TemplateProblem


def template_object(
    found: Sequence[TemplateProblem], books: Sequence[str], tried: Sequence[PipelineError]
) -> dict[str, Any]:
    """The answer with `--json`: what reading the templates and workbooks told, and what the brand and a trial did."""
    return {
        "problems": [
            {"template": one.template, "line": one.line, "problem": one.what, "remedy": one.remedy} for one in found
        ],
        "workbooks": [*books],
        "trial": [{"where": one.where, "problem": one.what, "remedy": one.hint} for one in tried],
    }


def template_lines(
    found: Sequence[TemplateProblem], books: Sequence[str], tried: Sequence[PipelineError], folder: Path
) -> Iterator[str]:
    """A line for each problem, then how many there are."""
    yield from map(str, found)
    yield from books
    yield from map(str, tried)
    problems = counted(len(found) + len(books) + len(tried), "problem")
    if found or any(isinstance(one, SettingsError) for one in tried):
        yield f"{problems} in {folder}. A trial with the register follows once they are mended."
    elif books or tried:
        yield f"{problems} in {folder}, after a trial with the register."
    elif not any(folder.rglob("*")):
        yield f"There are no templates of your own in {folder}."
    else:
        yield f"Nothing is wrong with the templates in {folder}; every pack that they belong to could be filled."
