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
from pipeline.render.environment import environment, told
from pipeline.render.interface import members
from pipeline.render.shipped import shipped
from pipeline.render.text import sheet_text
from pipeline.render.view import View

NAMES = ("report", "summary", "rows")
"""What a cell may name: the report, its figures, and the rows of a table by its id."""
_ONE = re.compile(r"\s*\{\{-?((?:(?!\}\}|\{\{).)*?)-?\}\}\s*", re.DOTALL)
_FOR = re.compile(r"\s*\{%-?\s*for\s+([A-Za-z_]\w*)\s+in\s+(.+?)\s*-?%\}\s*", re.DOTALL)
_END = re.compile(r"\s*\{%-?\s*endfor\s*-?%\}\s*")
_MISSING = re.compile(r"there is no '([A-Za-z_]\w*)'")

_OTHER = re.compile(r"\s*\{%-?\s*(\w+).*", re.DOTALL)
_CHECK = "Check the expression in that cell."

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


def spans_rows(text: str) -> str:
    """What is wrong with a cell that opens or closes a block of other rows; "" where nothing is.

    Only `for` goes over rows: every other block begins and ends in the same cell.
    """
    found = _OTHER.fullmatch(text)
    if found is None or loop_start(text) or is_loop_end(text):
        return ""
    word = found[1].removeprefix("end")
    opened, closed = (len(re.findall(rf"\{{%-?\s*{end}{word}\b", text)) for end in ("", "end"))
    if word not in ("for", "if", "macro", "call", "filter", "block", "with", "elif", "else") or opened == closed > 0:
        return ""
    if word == "for":
        return 'a loop over rows stands alone in its cell, as {% for row in rows("projects") %} or {% endfor %}'
    return (
        f"only {{% for %}} goes over rows; {{% {found[1]} %}} has to begin and end in the same cell, "
        'such as {{ row.title if row.overdue else "" }}'
    )


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

    def refuse(self, what: str, where: str) -> None:
        """Raises TemplateError with the cell, where anything is wrong with it."""
        if what:
            raise TemplateError(f"{what}.", f"{self._file}, {where}", "Mend that cell.")

    def _rows(self, table: str) -> tuple[Mapping[str, Any], ...]:
        """Every row of a table of the report, column by column."""
        tables = self._view.tables
        if table not in tables:
            raise TemplateError(f"there is no table '{table}'.", hint=_near(table, tables).strip())
        from pipeline.render.facts import plain_rows

        return plain_rows(tables[table])

    def _told(self, problem: Exception, where: str, names: Iterable[str]) -> TemplateError:
        if isinstance(problem, TemplateError):
            return TemplateError(problem.what, f"{self._file}, {where}", problem.hint or _CHECK)
        what = str(problem.message) if isinstance(problem, JinjaError) else told(problem)
        missing, named = _MISSING.search(what), "did you mean" in what
        hint = _near(missing[1], self._known(names)).strip() if missing and not named else ""
        text = what if what.endswith((".", "?")) else f"{what}."
        return TemplateError(text, f"{self._file}, {where}", hint or _CHECK)

    def _known(self, names: Iterable[str]) -> list[str]:
        """Every name that a cell might have meant."""
        rows = [*names.values()] if isinstance(names, Mapping) else []
        inner = [key for row in rows if isinstance(row, Mapping) for key in row]
        columns = [str(column) for table in self._view.tables.values() for column in table.columns]
        own = [name for name in (*dir(self._view), *dir(self._view.summary)) if not name.startswith("_")]
        return [*names, *inner, *own, *self._view.message, *self._view.summary.figures, *self._view.tables, *columns]


def _near(name: str, known: Iterable[str]) -> str:
    others = [one for one in dict.fromkeys(known) if one != name]
    close = difflib.get_close_matches(name, others, n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""


def _fit(value: Any) -> Any:
    return sheet_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def unknown_names(source: str, known: Iterable[str]) -> tuple[str, ...]:
    """What is wrong with a piece of Jinja before anything is filled: its syntax, filters that there are not, or names
    that nobody gives.
    """
    from jinja2 import meta

    jinja = environment(shipped())
    try:
        tree: nodes.Template = jinja.parse(source)
        missing = sorted(meta.find_undeclared_variables(tree) - {*known, *jinja.globals})
    except JinjaError as problem:
        return (f"{str(problem.message).rstrip('.')}.",)
    wrong = [f"'{name}' is undefined.{_near(name, known)}" for name in missing]
    own = members()
    for one in tree.find_all(nodes.Getattr):
        if isinstance(one.node, nodes.Name) and one.node.name == "report" and one.attr not in own:
            wrong.append(f"report has no '{one.attr}'.{_near(one.attr, sorted(own))}")
    return tuple(dict.fromkeys(wrong))
