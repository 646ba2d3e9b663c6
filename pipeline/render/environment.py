"""Templates: the user's own folder first, then the shipped ones; sandboxed, escaped and strict.

A user's template may build on the shipped one of the same name: `{% extends "shipped/executive/report.html.j2" %}`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, pass_context
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context
from markupsafe import Markup

from pipeline.errors import TemplateError
from pipeline.render.compiled import Compiled
from pipeline.render.keys import digest, key
from pipeline.render.language import ENGLISH, Language, asks_to_act, sentence
from pipeline.render.layout_lines import LayoutLines
from pipeline.render.policy import source_hash
from pipeline.render.sandbox import Sandbox
from pipeline.render.shipped import shipped
from pipeline.render.text import one_line, page_text, plain_text, whole_parts
from pipeline.render.time_limit import TooLong
from pipeline.render.undefined import Named, Unsaid

PLAIN = ".txt.j2"
"""How the name of a template of plain text ends; every other is HTML."""


def fill(names: str | list[str], own: Path, say: Language = ENGLISH, **context: object) -> str:
    """The first template of `names` that there is, filled with `context`; templates under `own` come first.

    Raises TemplateError with the template, the line and what is missing or wrong.
    """
    name = names if isinstance(names, str) else names[0]
    try:
        templates = environment(own, say, plain=name.endswith(PLAIN))
        return templates.select_template([names] if isinstance(names, str) else names).render(**context)
    except TemplateSyntaxError as problem:
        where = f"{problem.name or name}, line {problem.lineno}"
        raise TemplateError(
            f"{str(problem.message).rstrip('.')}.", where, "Mend that line of the template."
        ) from problem
    except TemplateNotFound as problem:
        raise TemplateError(
            f"there is no template '{problem.name}'.", name, f"Put it into {own}, or rename it."
        ) from problem
    except SecurityError as problem:
        raise TemplateError(
            f"{problem}.", _place(problem, name, own), "Templates may only print what they are given."
        ) from problem
    except JinjaError as problem:
        said = str(problem.message)
        what = said if said.endswith(("?", ".")) else f"{said}."
        hint = "`pipeline template names` lists what there is."
        raise TemplateError(what, _place(problem, name, own), hint) from problem
    except (MemoryError, TooLong, Unsaid):
        raise
    except TemplateError as problem:
        raise TemplateError(problem.what, problem.where or _place(problem, name, own), problem.hint) from problem
    except Exception as problem:
        raise TemplateError(told(problem), _place(problem, name, own), "Mend that line of the template.") from problem


def told(problem: Exception) -> str:
    """What went wrong while a template was filled, as a sentence without a stack: whatever a template can do wrong."""
    if isinstance(problem, RecursionError):
        return "it includes itself, or a macro calls itself, without end."
    if isinstance(problem, KeyError):
        return f"there is no {one_line(page_text(str(problem)), 100)}."
    said = one_line(page_text(str(problem)), 200).rstrip(".") or type(problem).__name__
    return f"it cannot be filled: {said}."


def exists(names: list[str], own: Path) -> bool:
    """Whether there is a template of any of these names, `own` or shipped."""
    try:
        environment(own).select_template(names)
    except TemplateNotFound:
        return False
    except (JinjaError, UnicodeDecodeError):
        return True  # what is wrong with it is told when it is filled
    return True


@lru_cache(maxsize=16)
def environment(own: Path, say: Language = ENGLISH, *, plain: bool = False) -> Sandbox:
    """The environment for a user's template folder, which need not exist, and a reader's language.

    `plain`: what it fills is read as plain text, in which markup means nothing and is not escaped.
    """
    ours = FileSystemLoader(shipped())
    made = Sandbox(
        loader=ChoiceLoader([FileSystemLoader(own), ours, PrefixLoader({"shipped": ours})]),
        autoescape=not plain,
        undefined=Named,
        finalize=_plain_gate if plain else _gate,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(shipped(), plain),
        extensions=[LayoutLines],
    )
    spoken = (say.number, say.percent, say.load, say.hours, say.day, say.figure, say.spelt, say.points, say.word)
    made.filters.update({one.__name__: _spoken(one) for one in spoken})
    made.filters.update(
        sentence=sentence, one_line=one_line, asks_to_act=asks_to_act, whole_parts=whole_parts,
        key=key, digest=digest, source_hash=source_hash,
    )  # fmt: skip
    made.globals.update(_=say.gettext, gettext=say.gettext, ngettext=say.ngettext)
    return made


def _spoken(filter: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that speaks a language: it is called when a page is filled, even of what stands in the template, so that
    a template is compiled alike for all languages.
    """

    @pass_context
    @wraps(filter)
    def said(_: Context, *args: Any, **kwargs: Any) -> Any:
        return filter(*args, **kwargs)

    return said


def _gate(value: Any) -> Any:
    """Every printed text passes the text gate; drawings are already safe."""
    return page_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _plain_gate(value: Any) -> Any:
    """In plain text no break of a line or end of a page is hidden, and no word is given places to break."""
    return plain_text(value) if isinstance(value, str) else value


def _place(problem: BaseException, name: str, own: Path) -> str:
    """Template and line in which the problem arose: the innermost frame that belongs to a template."""
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        path = Path(frame.filename)
        home = next((home for home in (own, shipped()) if path.is_relative_to(home)), None)
        if home is not None and path.suffix != ".py":
            return f"{path.relative_to(home).as_posix()}, line {frame.lineno}"
    return name
