"""Exhibits of one department against its own plan and history, page by page of its head's pack."""

from __future__ import annotations

from pipeline.render.exhibits import balance, balance_moves, load_map, loads, own_plan, raci_matrix, receiving, upkeep
from pipeline.render.exhibits.exhibit import Exhibit

EXHIBITS: tuple[Exhibit, ...] = (
    *balance.EXHIBITS,
    *balance_moves.EXHIBITS,
    *load_map.EXHIBITS,
    *loads.EXHIBITS,
    *own_plan.EXHIBITS,
    *upkeep.EXHIBITS,
    *raci_matrix.EXHIBITS,
    *receiving.EXHIBITS,
)
"""Every exhibit of the department's own."""
