"""What a cell of the user's workbook says: a text, one expression that keeps its type, or a text with places to fill.

Only the user's own template is ever read as Jinja; what stood in a register is a value, whatever it looks like.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, Undefined, nodes
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from pipeline.errors import TemplateError
from pipeline.render.environment import environment
from pipeline.render.text import sheet_text
from pipeline.render.view import View

NAMES = ("report", "summary", "rows")
"""What a cell may name: the report, its figures, and the rows of a table by its id."""
_ONE = re.compile(r"\s*\{\{-?((?:(?!\}\}|\{\{).)*?)-?\}\}\s*", re.DOTALL)
_FOR = re.compile(r"\s*\{%-?\s*for\s+([A-Za-z_]\w*)\s+in\s+(.+?)\s*-?%\}\s*", re.DOTALL)
_END = re.compile(r"\s*\{%-?\s*endfor\s*-?%\}\s*")
_MISSING = re.compile(r"(?:no attribute|no element|') ?'?([A-Za-z_]\w*)'(?: is undefined)?")

Evaluate = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class LoopStart:
    """A cell `{% for row in rows("projects") %}`: the name of each row, and what is gone through."""

    name: str
    source: str


def loop_start(text: str) -> LoopStart | None:
    """The loop that a cell opens; None where it opens none."""
    found = _FOR.fullmatch(text)
    return LoopStart(found[1], found[2]) if found else None


def is_loop_end(text: str) -> bool:
    """Whether a cell closes a loop."""
    return bool(_END.fullmatch(text))


def is_jinja(text: str) -> bool:
    """Whether a text has anything to fill."""
    return "{{" in text or "{%" in text or "{#" in text


def single(text: str) -> str:
    """The expression that is all of a cell, `report.period` of `{{ report.period }}`; "" where it is more or none."""
    found = _ONE.fullmatch(text)
    return found[1].strip() if found else ""


class Expressions:
    """Compiles the cells of one workbook and says in words what cannot be filled."""

    def __init__(self, view: View, file: str) -> None:
        ours = environment(view.settings.templates, view.language)
        self._jinja: Environment = ours.overlay(autoescape=False, finalize=_fit)
        self._view, self._file = view, file
        self.given: Mapping[str, Any] = {"report": view, "summary": view.summary, "rows": self._rows}

    def value(self, source: str, where: str) -> Evaluate:
        """What an expression gives, with its type. Raises TemplateError with the cell."""
        try:
            compiled = self._jinja.compile_expression(source, undefined_to_none=False)
        except JinjaError as problem:
            raise self._told(problem, where, ()) from problem

        def evaluate(names: Mapping[str, Any]) -> Any:
            try:
                given = compiled(**names)
                if isinstance(given, Undefined):
                    str(given)  # raises, with the name that is missing
                return given
            except Exception as problem:
                raise self._told(problem, where, names) from problem

        return evaluate

    def text(self, source: str, where: str) -> Evaluate:
        """A text with its places filled. Raises TemplateError with the cell."""
        try:
            template = self._jinja.from_string(source)
        except JinjaError as problem:
            raise self._told(problem, where, ()) from problem

        def evaluate(names: Mapping[str, Any]) -> Any:
            try:
                return template.render(**names)
            except Exception as problem:
                raise self._told(problem, where, names) from problem

        return evaluate

    def _rows(self, table: str) -> tuple[Mapping[str, Any], ...]:
        """Every row of a table of the report, column by column."""
        tables = self._view.tables
        if table not in tables:
            raise KeyError(f"there is no table '{table}'.{_near(table, tables)}")
        from pipeline.render.facts import plain_rows

        return plain_rows(tables[table])

    def _told(self, problem: Exception, where: str, names: Iterable[str]) -> TemplateError:
        what = str(problem.args[0] if isinstance(problem, KeyError) and problem.args else problem) or "it fails"
        missing = _MISSING.search(what)
        hint = _near(missing[1], self._known(names)).strip() if missing else ""
        text = what if what.endswith((".", "?")) else f"{what}."
        return TemplateError(text, f"{self._file}, {where}", hint or "Check the expression in that cell.")

    def _known(self, names: Iterable[str]) -> list[str]:
        """Every name that a cell might have meant."""
        rows = [*names.values()] if isinstance(names, Mapping) else []
        inner = [key for row in rows if isinstance(row, Mapping) for key in row]
        columns = [str(column) for table in self._view.tables.values() for column in table.columns]
        own = [name for name in (*dir(self._view), *dir(self._view.summary)) if not name.startswith("_")]
        return [*names, *inner, *own, *self._view.message, *self._view.summary.figures, *self._view.tables, *columns]


def _near(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, [*dict.fromkeys(known)], n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""


def _fit(value: Any) -> Any:
    return sheet_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def unknown_names(source: str, known: Iterable[str]) -> tuple[str, ...]:
    """What is wrong with a piece of Jinja before anything is filled: its syntax, or names that nobody gives."""
    from jinja2 import meta

    jinja = Environment(autoescape=True)
    try:
        tree: nodes.Template = jinja.parse(source)
    except JinjaError as problem:
        return (f"{problem.message}.",)
    missing = sorted(meta.find_undeclared_variables(tree) - {*known, "_", "gettext", "ngettext", "light", "dark"})
    wrong = [f"'{name}' is undefined.{_near(name, known)}" for name in missing]
    public = [name for name in dir(View) if not name.startswith("_")]
    own = {"summary", "settings", "language", "facts", "message", "reader", "pack", "medium", *public}
    for one in tree.find_all(nodes.Getattr):
        if isinstance(one.node, nodes.Name) and one.node.name == "report" and one.attr not in own:
            wrong.append(f"report has no '{one.attr}'.{_near(one.attr, own)}")
    return tuple(dict.fromkeys(wrong))
