"""Cell formats of the workbook, each made once: the board-paper look in fonts that Excel has everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SANS, SERIF, MONO = "Calibri", "Georgia", "Consolas"

WIDTHS: Mapping[str, float] = {
    "id": 10, "text": 22, "wrapped": 40, "kind": 16, "date": 12, "month": 11, "hours": 11, "change": 11, "count": 11,
    "number": 11, "share": 9, "flag": 8, "word": 14, "hash": 68,
}  # fmt: skip
"""Column kind -> width in characters, where the layout gives none."""

_RULE = {"bottom": 1, "bottom_color": "rule"}
_INK = {"bottom": 1, "bottom_color": "ink"}

_QUIET = {"bg_color": "paper", "font_color": "ink2", "font_size": 9}
_HEAD = {"font_color": "ink2", "font_size": 9, "text_wrap": True, "valign": "bottom", **_INK}

STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": SERIF, "bold": True, "font_size": 18, "text_wrap": True, "valign": "top"},
    "lead": {"font_name": SERIF, "font_size": 12, "text_wrap": True, "valign": "top"},
    "note": {"font_color": "ink2", "text_wrap": True, "valign": "top"},
    "section": {"bold": True, "font_size": 11, "top": 2, "top_color": "ink"},
    "head": _HEAD,
    "head number": {**_HEAD, "align": "right"},
    "head input": {**_HEAD, "font_color": "ink", "bold": True, "bg_color": "paper2"},
    "input": {"bg_color": "paper", "border": 1, "border_color": "rule", "valign": "top"},
    "text": {"valign": "top", **_RULE},
    "wrapped": {"valign": "top", "text_wrap": True, **_RULE},
    "id": {"valign": "top", "font_color": "ink2", **_RULE},
    "hash": {"valign": "top", "font_name": MONO, "font_size": 9, "font_color": "ink2", **_RULE},
    "link": {"valign": "top", "font_color": "change", "underline": 1, **_RULE},
    "absent": {"valign": "top", "align": "right", "font_color": "ink2", **_RULE},
    "none": {"italic": True, "font_color": "ink2"},
    "project": {"valign": "top", "bold": True, "font_color": "change", **_RULE},
    "operation": {"valign": "top", "bold": True, "font_color": "runtext", **_RULE},
    "total": {"bold": True, "top": 1, "top_color": "ink"},
    "label": {**_QUIET, "text_wrap": True, "valign": "bottom"},
    "figure": {"bg_color": "paper", "bold": True, "font_size": 20, "align": "left"},
    "figure note": _QUIET,
    "alert": {"bold": True, "font_color": "alert"},
    "heat4": {"bold": True, "font_color": "onover", "bg_color": "heat4"},
    "heat5": {"bold": True, "font_color": "onover", "bg_color": "heat5"},
    "heat1": {"bg_color": "heat1"},
    "heat2": {"bg_color": "heat2"},
    "heat3": {"bg_color": "heat3"},
}  # fmt: skip
"""Style -> XlsxWriter properties; colours by their role."""

_OVERLAYS = ("alert", "heat1", "heat2", "heat3", "heat4", "heat5")
"""Styles for conditional formats, which change a cell's own format and must not carry a font."""


class Styles:
    """The formats of one workbook, by style and column kind; numbers as `formats` writes each kind.

    `colours` is what each role of the palette looks like.
    """

    def __init__(self, book: Any, formats: Mapping[str, str], colours: Mapping[str, str]) -> None:
        self._book, self._formats, self._colours = book, formats, colours
        self._made: dict[tuple[str, str, bool, bool], Any] = {}

    def get(self, style: str, kind: str = "", *, alert: bool = False, after: bool = False) -> Any:
        """The format of a style with the number format of a column kind.

        `alert` is in red and asks to act; `after` is text beside a number, set off from it.
        """
        key = style, kind, alert, after
        if key not in self._made:
            base = {} if style in _OVERLAYS else {"font_name": SANS, "font_size": 10, "font_color": "ink"}
            number = {"num_format": self._formats[kind]} if kind in self._formats else {}
            red = {"font_color": "alert", "bold": True} if alert else {}
            indent = {"indent": 1, "align": "left"} if after else {}
            said = {**base, **STYLES[style], **number, **red, **indent}
            self._made[key] = self._book.add_format(self._resolved(said))
        return self._made[key]

    def _resolved(self, said: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._colours[value] if name.endswith("color") else value for name, value in said.items()}
