"""How good verdicts are: ranking, rightness of those decided, coverage, and whether certainty means what it says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
NAN = float("nan")


@dataclass(frozen=True)
class Score:
    """Figures of one source. `nan` where a source has one label only."""

    rows: int
    auc: float
    balanced: float
    coverage: float
    right: float
    calibration_error: float


def score(chance: Floats, project: Bools, decided: Bools, kind: Bools | None = None) -> Score:
    """Chances of being a project, the truth, which rows were decided and as what (default: by chance)."""
    said = chance > 0.5 if kind is None else kind
    hits = [float((said == project)[side].mean()) for side in (project, ~project) if side.any()]
    return Score(
        rows=len(chance),
        auc=auc(chance, project),
        balanced=float(np.mean(hits)),
        coverage=float(decided.mean()),
        right=float((said == project)[decided].mean()) if decided.any() else NAN,
        calibration_error=calibration_error(chance, project),
    )


def auc(chance: Floats, project: Bools) -> float:
    """Share of pairs of a project and an operation that are ranked right; ties count half."""
    if project.all() or not project.any():
        return NAN
    _, place, count = np.unique(chance, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    wins = rank[project].sum() - project.sum() * (project.sum() + 1) / 2
    return float(wins / (project.sum() * (~project).sum()))


def bins(chance: Floats, project: Bools, edges: Floats) -> list[tuple[float, float, int]]:
    """Mean chance, share of projects and number of rows, by band of chance."""
    band = np.clip(np.searchsorted(edges, chance, "right") - 1, 0, len(edges) - 2)
    return [
        (float(chance[band == one].mean()), float(project[band == one].mean()), int((band == one).sum()))
        for one in range(len(edges) - 1)
        if (band == one).any()
    ]


def calibration_error(chance: Floats, project: Bools) -> float:
    """Mean distance of chance and share over ten bands, weighted by rows."""
    found = bins(chance, project, np.linspace(0, 1, 11))
    return float(sum(abs(mean - share) * count for mean, share, count in found) / len(chance))


def curve(certainty: Floats, right: Bools, coverages: tuple[float, ...]) -> list[float]:
    """Share right among the most certain rows, for each coverage; rows of one certainty stand or fall together."""
    order = np.argsort(-certainty, kind="stable")
    level = certainty[order]
    found = []
    for coverage in coverages:
        last = level[max(1, round(coverage * len(level))) - 1]
        found.append(float(right[order][level >= last].mean()))
    return found
