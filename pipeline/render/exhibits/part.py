"""Exhibits of one department against its own plan and history."""

from __future__ import annotations

from pipeline.render.exhibits.exhibit import Exhibit

EXHIBITS: tuple[Exhibit, ...] = ()
