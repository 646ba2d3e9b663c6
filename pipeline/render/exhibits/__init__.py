"""EXHIBITS: everything a page can show. To add one is to add an entry, and a template where it lists rows."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.render.exhibits import annex, change, every_item, month, own, part, people, run, the_run
from pipeline.render.exhibits.exhibit import Exhibit

EXHIBITS: Mapping[str, Exhibit] = {
    one.id: one for room in (month, change, run, people, part, own, annex, every_item, the_run) for one in room.EXHIBITS
}
"""Exhibit id -> exhibit."""
