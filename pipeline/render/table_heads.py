"""Heads of a PDF's tables say what they head, a column or a row: the engine only ties cells to them by name."""

from __future__ import annotations

from typing import Any

COLUMN, ROW = "/Column", "/Row"


def scope_heads(document: object, pdf: Any) -> None:
    """Give each head of a table its Scope (ISO 32000-1, table 349): those above the body head columns, others rows.

    Called by the engine with its document and its PDF, which is changed, right before the file is written.
    """
    for head in pdf.objects:
        if _kind(head) == "/TH":
            part = _parent(_parent(head, pdf), pdf)
            head["A"]["Scope"] = COLUMN if _kind(part) == "/THead" else ROW


def _kind(element: object) -> object:
    return element.get("S") if isinstance(element, dict) else None


def _parent(element: Any, pdf: Any) -> Any:
    return pdf.objects[int(element["P"].split()[0])]
