"""Exhibits of projects: phases, go-lives, slips, those that need attention."""

from __future__ import annotations

from pipeline.render.exhibits.exhibit import Exhibit

EXHIBITS: tuple[Exhibit, ...] = ()
