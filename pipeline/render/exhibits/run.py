"""Exhibits of operations, renewals and handovers."""

from __future__ import annotations

from pipeline.render.exhibits.exhibit import Exhibit

EXHIBITS: tuple[Exhibit, ...] = ()
