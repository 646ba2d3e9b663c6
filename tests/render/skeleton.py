"""A page taken apart: its elements and, beside them, its text."""

from __future__ import annotations

from html.parser import HTMLParser

SHAPES = ("rect", "line", "polyline", "text")


class Skeleton(HTMLParser):
    """The elements of a page, without its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SHAPES:  # how many lines hatch a column depends on its height
            self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def skeleton(html: str) -> Skeleton:
    parser = Skeleton()
    parser.feed(html)
    return parser
