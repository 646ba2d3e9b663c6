"""What is kept of the user's template folder, settings and pictures, so that they are read once for all reports."""

from __future__ import annotations

from pipeline.render.brand import forget_brand
from pipeline.render.catalogues import translations
from pipeline.render.environment import environment
from pipeline.render.language import language


def forget() -> None:
    """Forget all of it: whatever was saved meanwhile is read anew."""
    translations.cache_clear()
    language.cache_clear()
    environment.cache_clear()
    forget_brand()
