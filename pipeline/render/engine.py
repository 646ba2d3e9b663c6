"""The PDF engine, imported where it can be: a process that forks others loads this, and must not fail without it."""

from __future__ import annotations

from contextlib import suppress

with suppress(ImportError, OSError):
    import weasyprint  # noqa: F401
