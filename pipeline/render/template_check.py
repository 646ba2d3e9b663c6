"""Reading a user's own templates before a run does: names that do not exist, and what a template must not do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from pipeline.render.environment import environment
from pipeline.render.exhibits import EXHIBITS
from pipeline.render.interface import members
from pipeline.render.messages import MESSAGES
from pipeline.render.places import reaching
from pipeline.render.rows import LIMITS
from pipeline.render.sandbox import REFUSED, Sandbox
from pipeline.render.undefined import nearest

ENDINGS = (".j2", ".css", ".js", ".html")
"""Files of a template folder that are templates."""
CONTEXT, IN_EXHIBIT, IN_MAIL = ("report",), ("one", "span"), ("letter",)
"""What a template gets, besides filters and the functions of the environment; what the body of an exhibit gets too, and
what a mail."""


_MARKUP = (".html.j2", ".html")


@dataclass(frozen=True)
class TemplateProblem:
    """Something in a template that would stop a run, or that it must not do: where, what, and what to do."""

    template: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.template}, line {self.line}: {self.what} {self.remedy}"


def check_templates(own: Path) -> tuple[TemplateProblem, ...]:
    """Every problem in the templates under `own`, by file and line; what only shows when filled is not among them."""
    made = environment(own)
    paths = sorted(path for path in own.rglob("*") if path.is_file() and path.suffix in ENDINGS)
    return tuple(
        problem
        for path in paths
        for problem in sorted(_problems(path, path.relative_to(own).as_posix(), made), key=lambda one: one.line)
    )


def _problems(path: Path, name: str, made: Sandbox) -> Iterator[TemplateProblem]:
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        yield TemplateProblem(name, 1, "It is not written in UTF-8.", "Save it as UTF-8.")
        return
    try:
        tree = made.parse(source, name)
        refused = [*_refused(tree)]
        if not refused:
            made.compile(source, name)
    except TemplateSyntaxError as problem:
        yield TemplateProblem(
            name, problem.lineno, f"{str(problem.message).rstrip('.')}.", "Mend that line of the template."
        )
        return
    more = IN_EXHIBIT if "exhibit" in name else IN_MAIL if path.name.startswith("mail.") else ()
    given = (*CONTEXT, *more)
    told = (
        *_unknown_names(tree, made, given),
        *_unknown_members(tree, made),
        *_missing_templates(tree, made),
        *refused,
        *_behind(tree),
        *(_unquoted(tree) if name.endswith(_MARKUP) else ()),
        *_loads(source),
    )
    yield from (TemplateProblem(name, line, what, remedy) for line, what, remedy in told)


_Told = Iterator[tuple[int, str, str]]


def _unknown_names(tree: nodes.Template, made: Sandbox, given: Iterable[str]) -> _Told:
    """Names that are neither given nor set in the template."""
    known = {*given, *made.globals, "loop", "caller", "varargs", "kwargs", "self", "super", *_set_in(tree)}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in known:
            yield name.lineno, _none(f"'{name.name}'", name.name, known), "Templates get `report`."


def _set_in(tree: nodes.Template) -> set[str]:
    """Names that the template itself sets: by set and for, as arguments of macros, and by import."""
    made = {name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}
    made |= {macro.name for macro in tree.find_all(nodes.Macro)}
    made |= {one.target for one in tree.find_all(nodes.Import)}
    imported = [name for one in tree.find_all(nodes.FromImport) for name in one.names]
    return made | {name if isinstance(name, str) else name[1] for name in imported}


def _unknown_members(tree: nodes.Template, made: Sandbox) -> _Told:
    """What `report` does not have: `report.x`, `report.message.x`, `report.exhibit("x")`, `report.table("x")`."""
    for node in tree.find_all(nodes.Getattr):
        if node.attr.startswith("_"):
            yield node.lineno, f"'{node.attr}' is not for templates.", "Print what `report` has."
        elif _is_report(node.node):
            yield from _told(node, node.attr, members(), "report")
        elif isinstance(node.node, nodes.Getattr) and node.node.attr == "message" and _is_report(node.node.node):
            yield from _told(node, node.attr, MESSAGES, "report.message")
    for call in tree.find_all(nodes.Call):
        asked = call.node.attr if isinstance(call.node, nodes.Getattr) else ""
        named = call.args[asked == "show" :][:1]
        if asked in _NAMED and (asked == "show" or _is_report(call.node.node)):  # type: ignore[attr-defined]
            for name in named:
                if isinstance(name, nodes.Const):
                    yield from _told(call, str(name.value), _NAMED[asked], f"{asked}(...)")


_NAMED: Mapping[str, Iterable[str]] = {"exhibit": EXHIBITS, "show": EXHIBITS, "table": LIMITS}
"""Function that takes a name -> the names it knows."""


_LISTED = "`pipeline template names` lists all."


def _is_report(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "report"


def _told(node: nodes.Node, name: str, known: Iterable[str], where: str) -> _Told:
    known = list(known)
    if name not in known:
        yield node.lineno, _none(f"'{name}' in {where}", name, known), _LISTED


def _none(what: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"There is no {what}{near or '.'}"


def _missing_templates(tree: nodes.Template, made: Sandbox) -> _Told:
    """Templates that are named here and exist nowhere."""
    known = made.list_templates()
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = node.template  # type: ignore[attr-defined]
        optional = isinstance(node, nodes.Include) and node.ignore_missing
        if isinstance(named, nodes.Const) and not optional and named.value not in known:
            what = _none(f"template '{named.value}'", str(named.value), known)
            yield node.lineno, what, "Put it into your templates folder, or rename it."


def _refused(tree: nodes.Template) -> _Told:
    """Filters that would let the text of a cell become markup, or look behind a value: `| safe`, `| map("safe")`."""
    for one in tree.find_all(nodes.Filter):
        handed = one.args[0].value if one.args and isinstance(one.args[0], nodes.Const) else None
        for name in (one.name, handed if one.name in _OF_FILTERS else None):
            if name in REFUSED:
                yield one.lineno, f"'|{name}' lets the text of a cell become markup.", "Leave it out."


_OF_FILTERS = ("map", "select", "reject", "selectattr", "rejectattr")
"""Filters that take the name of another."""


def _behind(tree: nodes.Template) -> _Told:
    """Sentences with a place that looks behind its value, `{one.more}`, or braces that do not pair."""
    for call in tree.find_all(nodes.Call):
        said = call.node.attr if isinstance(call.node, nodes.Getattr) else getattr(call.node, "name", "")
        texts = call.args[: _SENTENCES.get(said, 0)]
        for text in (text for text in texts if isinstance(text, nodes.Const) and isinstance(text.value, str)):
            try:
                place = reaching(text.value)
            except ValueError as problem:
                yield text.lineno, f"'{text.value}': {problem}.", "Write a brace as {{ or }}, a place as {name}."
                continue
            if place:
                what = f"'{{{place}}}' looks behind a value, which a sentence must not."
                yield text.lineno, what, "Give the value a name of its own: {name}."


_SENTENCES: Mapping[str, int] = {"_": 1, "gettext": 1, "ngettext": 2}
"""Function that says a sentence -> how many wordings it takes."""


def _unquoted(tree: nodes.Template) -> _Told:
    """Values of attributes that are filled without quotes, whatever blocks stand between."""
    before = ""
    for output in tree.find_all(nodes.Output):
        for one in output.nodes:
            if isinstance(one, nodes.TemplateData):
                before += one.data
                before = before[max((tag.start() for tag in _OPENED.finditer(before)), default=0) :]
            else:
                if _UNQUOTED.fullmatch(before):
                    yield one.lineno, "An attribute is filled without quotes.", 'Write ="{{ ... }}".'
                before += "_"


_OPENED = re.compile(r"<(?=[a-zA-Z])")
_UNQUOTED = re.compile(r"""<[a-zA-Z](?:[^<>"'=]|=\s*"[^"]*"|=\s*'[^']*'|=\s*[^\s"'<>]+(?=[\s/]))*=\s*[^\s"'<>]*""")
"""A tag from where it opens to a value that no quote has opened."""
_LOADS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"""(?:src|href)\s*=\s*["']?\s*(?:https?:|//|file:)|url\(\s*["']?(?:https?:|//|file:)|@import""", re.I
        ),
        "It loads something from elsewhere, which is refused.",
        "Reports hold all they show: put it into the templates folder.",
    ),
    (re.compile(r"javascript:|\son[a-z]+\s*=\s*[\"']", re.I), "It runs a script from markup.", "Leave it out."),
)


def _loads(source: str) -> _Told:
    """What a report is not let do: load from elsewhere, run scripts from its markup."""
    for number, line in enumerate(source.splitlines(), start=1):
        for pattern, what, remedy in _LOADS:
            if pattern.search(line):
                yield number, what, remedy
