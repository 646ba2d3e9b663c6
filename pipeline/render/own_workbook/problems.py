"""What of a user's workbook cannot be filled, followed or kept, said before the run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.dom.minidom import Document, Element

from pipeline.errors import TemplateError
from pipeline.render.own_workbook.expressions import NAMES, is_jinja, is_loop_end, loop_start, spans_rows, unknown_names
from pipeline.render.own_workbook.loops import Repeat, repeats
from pipeline.render.own_workbook.package import (
    STRINGS,
    SheetPart,
    named,
    parse,
    read_parts,
    sheet_parts,
    text_of,
)
from pipeline.render.own_workbook.pattern import cell_text, unescaped

_KINDS: tuple[tuple[str, str], ...] = (
    (r"xl/vbaProject", "It holds macros, which a report must not: save it as .xlsx."),
    (r"xl/externalLinks/", "It links to another workbook: those cells stay as they were when it was saved."),
    (r"xl/connections|xl/queryTables/", "It is connected to other data, which stays as it was when it was saved."),
    (r"xl/pivotCache/", "It holds a pivot table, which shows the template's values until a reader refreshes it."),
    (r"xl/threadedComments/", "It holds threaded comments, which stay at their cell of the template."),
    (r"xl/slicers/|xl/timelines/", "It holds slicers, which show the template's values until a reader refreshes them."),
    (
        r"xl/charts/chartEx",
        "It holds a chart of a newer kind (waterfall, treemap and such), which keeps the template's values and "
        "ranges: draw an ordinary one.",
    ),
    (r"xl/embeddings/", "It holds embedded files, which every reader of the report gets as they are."),
    (r"_xmlsignatures/", "It is signed: the signature does not hold for what is filled in."),
)


def own_workbook_problems(path: Path) -> tuple[str, ...]:
    """Each problem as a sentence with file, sheet and cell; nothing where all of it is filled and kept."""
    file = f"{path.parent.name}/{path.name}"
    try:
        parts = read_parts(path, file)
        whole = [f"{file}: {said}" for kind, said in _KINDS if any(re.match(kind, name) for name in parts)]
        strings = _strings(parts, file)
        sheets = [
            f"{file}, {said}" for one in sheet_parts(parts, file) for said in _of_sheet(one, parts, strings, file)
        ]
    except TemplateError as problem:
        return (str(problem),)
    return (*whole, *sheets)


def _strings(parts: dict[str, bytes], file: str) -> list[str]:
    if STRINGS not in parts:
        return []
    return [unescaped("".join(map(text_of, named(one, "t")))) for one in named(parse(parts[STRINGS], file), "si")]


def _of_sheet(sheet: SheetPart, parts: dict[str, bytes], strings: Sequence[str], file: str) -> Iterator[str]:
    document = parse(parts[sheet.part], f"{file}, {sheet.name}")
    rows = named(document, "row")
    loops, wrong = repeats(rows, strings)
    yield from (f"{sheet.name}!{one.cell}: {one.what}." for one in wrong)
    for row in rows:
        for cell in named(row, "c"):
            yield from (f"{sheet.name}!{cell.getAttribute('r')}: {said}" for said in _of_cell(cell, strings, loops))
    if loops:
        yield from (f"{sheet.name}: {said}" for said in _of_repeated(document, sheet))


def _of_cell(cell: Element, strings: Sequence[str], loops: Sequence[Repeat]) -> Iterator[str]:
    row = int(re.sub(r"\D", "", cell.getAttribute("r")) or 0)
    inside = [one for one in loops if one.first <= row <= one.last]
    for formula in named(cell, "f"):
        if inside and formula.getAttribute("t") in ("array", "dataTable"):
            yield "an array formula cannot be repeated: write an ordinary one."
    text = cell_text(cell, strings)
    if not is_jinja(text) or is_loop_end(text):
        return
    if muddle := spans_rows(text):
        yield f"{muddle}."
        return
    start = loop_start(text)
    source = f"{{{{ {start.source} }}}}" if start else text
    yield from unknown_names(source, [*NAMES, *(one.start.name for one in inside)])


def _of_repeated(document: Document, sheet: SheetPart) -> Iterator[str]:
    """What does not move with rows that are repeated."""
    if sheet.of("comments"):
        yield "comments stay at their cell of the template, for rows above them are repeated."
    if named(document, "sparkline"):
        yield "sparklines are not repeated with their row."
    if sheet.of("pivotTable"):
        yield "a pivot table stays at its cells of the template, where repeated rows may reach it."
    if sheet.of("ctrlProp") or named(document, "controls"):
        yield "form controls stay at their cell of the template."
