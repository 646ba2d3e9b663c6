"""What a template may call: what reports are made of, and nothing that could read or write a file."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import PurePath
from types import ModuleType
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

_OURS = ("pipeline.", "jinja2.")
_PLAIN = ("builtins", "collections", "markupsafe")
"""Where the types of plain values are made: texts, numbers, lists, and the mappings of rows."""
OF_DATES = (
    "isoformat", "strftime", "date", "time", "weekday", "isoweekday", "isocalendar", "toordinal", "total_seconds",
    "day_name", "month_name",
)  # fmt: skip
"""What may be called of a date, a time or a span of time."""
REFUSED = ("safe", "urlize", "forceescape", "xmlattr", "attr")
"""Filters of the template language that make markup of a text or look behind a value: there are none of them here."""
_RAW = ("translate",)
"""What markup does with a text without escaping it."""
_OF_ROWS = frozenset(dir(dict))
"""What a row has beside its columns, and before them."""
_OF_PATHS = ("name", "stem", "suffix", "parts")
_OF_FRAMES = ("columns", "shape", "empty", "size", "index")


class Sandbox(ImmutableSandboxedEnvironment):
    """Calls only what belongs to this program, to the template language, or to plain texts, numbers, dates and lists.

    A frame could write itself to any path, a path could read any file, a module could do anything: their functions
    are refused, whoever hands one to a template.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in REFUSED:
            del self.filters[name]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template as a tree. Raises TemplateSyntaxError where it switches escaping off."""
        tree = super()._parse(source, name, filename)
        for block in tree.find_all(nodes.EvalContextModifier):
            if any(option.key == "autoescape" for option in block.options):
                raise TemplateSyntaxError("Escaping is switched off here", block.lineno, name, filename)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template reads as `obj.attribute`: of a row its column, which most that it reads is."""
        if type(obj) is dict and attribute in obj and attribute not in _OF_ROWS:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call it."""
        return super().is_safe_callable(obj) and _is_harmless(obj)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read it: of paths, frames and modules, only plain values."""
        return super().is_safe_attribute(obj, attr, value) and _is_readable(obj, attr)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """What a call in a template gives. Raises SecurityError with the name of what must not be called.

        The name only: what a method is bound to prints as its content, which may be the whole register.
        """
        if not __self.is_safe_callable(__obj):
            name = getattr(__obj, "__name__", None) or type(__obj).__name__
            raise SecurityError(f"'{name}' must not be called in a template")
        return __context.call(__obj, *args, **kwargs)


def _is_harmless(obj: Any) -> bool:
    """By where it is made: a function and, of a method, what it is bound to as well."""
    owner = getattr(obj, "__self__", None)
    if isinstance(obj, type):
        return obj is dict or obj.__module__.startswith("jinja2.")
    if isinstance(owner, ModuleType):
        return owner.__name__.startswith(_OURS)
    if isinstance(owner, date | time | timedelta):
        return getattr(obj, "__name__", "") in OF_DATES
    if owner is None:
        made = getattr(obj, "__module__", None)
        return _is_known(made or type(obj).__module__)
    home = owner.__module__ if isinstance(owner, type) else type(owner).__module__
    return _is_known(home) and _is_known(getattr(obj, "__module__", None) or home)


def _is_known(module: str) -> bool:
    return module.startswith(_OURS) or module.partition(".")[0] in _PLAIN


def _is_readable(obj: Any, attr: str) -> bool:
    if isinstance(obj, ModuleType):
        return False
    if isinstance(obj, PurePath):
        return attr in _OF_PATHS
    if isinstance(obj, Markup):
        return attr not in _RAW
    if type(obj).__module__.startswith(("pandas.core.", "pyarrow.")):
        return attr in _OF_FRAMES
    return True
