"""A user's own .xlsx as the template of a workbook: cells filled, rows repeated, everything else as it was.

A cell `{{ report.period }}` is filled and keeps the type of what it is filled with. Rows between a row with
`{% for row in rows("projects") %}` and one with `{% endfor %}`, which both go, are repeated.
"""

from __future__ import annotations

from pathlib import Path
from xml.dom.minidom import Element

from pipeline.errors import TemplateError
from pipeline.render.own_workbook.beside import finish_workbook, move_beside
from pipeline.render.own_workbook.expressions import Expressions
from pipeline.render.own_workbook.package import (
    STRINGS,
    STYLES,
    counts_from_1904,
    named,
    parse,
    read_parts,
    sheet_parts,
    text_of,
    unparse,
    write_parts,
)
from pipeline.render.own_workbook.pattern import EPOCH, EPOCH_1904, unescaped
from pipeline.render.own_workbook.problems import own_workbook_problems
from pipeline.render.own_workbook.sealed import add_seal
from pipeline.render.own_workbook.sheets import fill_sheet, read_sheet
from pipeline.render.own_workbook.styles import DateStyles
from pipeline.render.view import View


def fill_own_workbook(path: Path, view: View) -> bytes:
    """The user's workbook with the report's values in it. Raises TemplateError with file, sheet and cell."""
    file = f"{path.parent.name}/{path.name}"
    parts = read_parts(path, file)
    if any(name.startswith("xl/vbaProject") for name in parts):
        raise TemplateError("it holds macros, which a report must not.", file, "Save it as .xlsx.")
    strings = shared_strings(parts, file)
    expressions = Expressions(view, file)
    found = sheet_parts(parts, file)
    sheets = [read_sheet(one, parts[one.part], strings, expressions, file) for one in found]
    growths = {sheet.part.name: sheet.growth for sheet in sheets}
    dates = DateStyles(parse(parts[STYLES], file) if STYLES in parts else None)
    epoch = EPOCH_1904 if counts_from_1904(parts, file) else EPOCH
    for sheet in sheets:
        parts[sheet.part.part] = fill_sheet(sheet, growths, dates, expressions.given, epoch)
        move_beside(parts, sheet.part, growths, file)
    finish_workbook(parts, growths, file)
    if dates.changed and dates.document:
        parts[STYLES] = unparse(dates.document)
    add_seal(parts, view.reader.seal, file, view.title, view.summary.scope)
    return write_parts(parts)


def shared_strings(parts: dict[str, bytes], file: str) -> list[str]:
    """The texts that cells refer to by number, without their phonetic readings."""
    if STRINGS not in parts:
        return []
    return [
        unescaped("".join(text_of(text) for text in named(one, "t") if not _is_phonetic(text)))
        for one in named(parse(parts[STRINGS], file), "si")
    ]


def _is_phonetic(text: Element) -> bool:
    parent = text.parentNode
    return isinstance(parent, Element) and parent.localName == "rPh"


__all__ = ["fill_own_workbook", "own_workbook_problems"]
