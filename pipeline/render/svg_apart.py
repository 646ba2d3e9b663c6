"""Drawings kept apart from the page around them: the PDF engine lays out and styles their lines and words twice else.

WeasyPrint 70 computes a style and makes a box for every node inside a drawing, and throws them away when it makes the
drawing of those very nodes: a third of all styles of a page with charts. Here a drawing is a leaf of the page until the
engine asks for it. Where the engine is built otherwise the drawing stays as it is.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}svg"


class _Leaf(Element):
    """A drawing without its nodes, which are kept beside it."""

    whole: Element


def set_apart(page: Element) -> None:
    """Put a leaf in the place of every drawing of a page; one inside another drawing stays there."""
    if not _told():
        return
    drawn = {id(node) for drawing in page.iter(_SVG) for node in drawing.iter()}
    for parent in [one for one in page.iter() if id(one) not in drawn and one.find(_SVG) is not None]:
        for at, drawing in enumerate(parent):
            if drawing.tag == _SVG:
                parent[at] = _leaf(drawing)


def _leaf(drawing: Element) -> _Leaf:
    leaf = _Leaf(drawing.tag, drawing.attrib)
    leaf.tail, leaf.whole = drawing.tail, drawing
    return leaf


def _told() -> bool:
    """Have the engine make a leaf's drawing of its nodes; False where it makes drawings in another way."""
    import weasyprint.html as engine

    handlers: dict[str, Any] = getattr(engine, "HTML_HANDLERS", {})
    made = handlers.get(_SVG)
    if made is None:
        return False
    if not getattr(made, "whole", False):

        def make(element: Element, *others: Any) -> Any:
            return made(element.whole if isinstance(element, _Leaf) else element, *others)

        make.whole = True  # type: ignore[attr-defined]
        handlers[_SVG] = make
    return True
