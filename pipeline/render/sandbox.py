"""What a template may call: what reports are made of, and nothing that could read or write a file."""

from __future__ import annotations

from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

_OURS = ("pipeline.", "jinja2.", "markupsafe")


class Sandbox(ImmutableSandboxedEnvironment):
    """Calls only what belongs to this program, to the template language, or to plain texts, numbers and lists.

    A frame could write itself to any path and a path could read any file: their methods are refused, whoever hands a
    frame or a path to a template.
    """

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call it."""
        return super().is_safe_callable(obj) and _home(obj).startswith((*_OURS, "builtins"))


def _home(obj: Any) -> str:
    """The module that a callable belongs to: of a method, that of the value it is bound to."""
    owner = getattr(obj, "__self__", None)
    if owner is not None and not isinstance(owner, type(_home)):
        return f"{getattr(type(owner), '__module__', '')}"
    return f"{getattr(obj, '__module__', None) or type(obj).__module__}"
