"""Exhibits of the month on a page: decisions, headline figures, hours by month, load by part."""

from __future__ import annotations

from pipeline.render.exhibits.exhibit import Exhibit

EXHIBITS: tuple[Exhibit, ...] = ()
