"""Exhibits of one person's work: load, projects, operations, what is asked of them."""

from __future__ import annotations

from pipeline.render.exhibits.exhibit import Exhibit

EXHIBITS: tuple[Exhibit, ...] = ()
