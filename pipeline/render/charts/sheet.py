"""What a chart is drawn on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.render.language import ENGLISH, Language

PHONE_WIDTH = 400
PHONE_TEXT = 12


@dataclass(frozen=True)
class Sheet:
    """What a chart is drawn on: its width in points, its text size, its colours by role, and the reader's language."""

    width: float
    text_size: float
    colours: Mapping[str, str]
    language: Language = ENGLISH

    @property
    def phone(self) -> bool:
        """Whether the layout for phones is wanted: narrow, with text that can be read at arm's length."""
        return self.width < PHONE_WIDTH and self.text_size >= PHONE_TEXT
