"""Words of drawings laid out as words: the PDF engine lays out letter by letter, which undoes right-to-left scripts.

WeasyPrint 70 places each letter of an SVG text by itself, for the sake of texts that name a place for each letter. Ours
never do. Laid out whole, Hebrew and Arabic are joined and run the right way, pairs of letters are kerned, and a drawing
takes a third of the time. Where the engine is built otherwise nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


class _Whole(str):
    """A text whose one letter is all of it."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def lay_out_words() -> None:
    """Make the engine lay out the texts of drawings whole; once a process is enough, more do no harm."""
    import weasyprint.svg as engine

    drawn = getattr(engine, "text", None)
    tags: dict[str, Any] = getattr(engine, "TAGS", {})
    if tags.get("text") is not drawn or not callable(drawn) or getattr(drawn, "whole", False):
        return
    # The engine tells texts from other nodes by comparing with its function: every place that names it is changed.
    engine.text = whole = _whole(drawn)
    tags.update({tag: whole for tag, function in tags.items() if function is drawn})


def _whole(drawn: Callable[..., None]) -> Callable[..., None]:
    """The engine's function, handed a text as one letter unless it names a place for each."""

    def draw(image: Any, node: Any, font_size: float) -> None:
        element = getattr(node, "_etree_node", None)
        if element is not None and element.text and " " not in node.attrib.get("x", "").strip():
            element.text = _Whole(element.text)
        drawn(image, node, font_size)

    draw.whole = True  # type: ignore[attr-defined]
    return draw
