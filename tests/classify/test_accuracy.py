"""Floors below which the classification of labelled registers must not fall; each a little under today's figure."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.classify import classify
from pipeline.settings import ClassifySettings
from tests.conftest import SHARED

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from measures import auc, score  # noqa: E402
from sources import OWN, PERIOD, Source, load  # noqa: E402

SOME = ("insurer-en", "stadtwerke-de", "mairie-fr", "ministerio-br", "school-nl", "comune-it")
"""One register a language; the benchmark reads them all."""


def verdicts(source: Source) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Chance, truth and whether decided, of the rows of one kind of work; and which mixed rows are to review."""
    table = classify(source.register, ClassifySettings(), PERIOD).verdicts
    clear = source.labels != "mixed"
    decided = (table["kind"].isin(["project", "operation"]) & ~table["review"]).to_numpy(dtype=bool)
    chance = table["probability"].to_numpy(dtype=float)
    return chance[clear], source.labels[clear] == "project", decided[clear], ~decided[~clear]


def test_our_own_hard_registers_are_told_and_mixed_rows_are_not_decided() -> None:
    told = [verdicts(source) for source in load([OWN / f"{name}.csv" for name in SOME])]
    chance, project, decided, mixed = (np.concatenate(part) for part in zip(*told, strict=True))
    found = score(chance, project, decided)
    assert len(project) > 120
    assert found.auc > 0.95
    assert found.right > 0.94
    assert found.coverage > 0.75
    assert mixed.mean() > 0.8


@pytest.mark.parametrize(
    ("name", "file", "least_auc", "least_right", "least_coverage"),
    [
        ("traps-dev", "traps-dev.csv", 0.93, 0.95, 0.65),
        ("us_itdb_projects2011", "adjudicated-dev.csv", 0.94, 0.92, 0.70),
        ("us_oakland_fy17", "labelled.csv.gz", 0.88, 0.92, 0.80),
        ("br_mg_ppag2023", "labelled.csv.gz", 0.74, 0.77, 0.65),
    ],
)
def test_public_registers_stay_above_their_floor(
    name: str, file: str, least_auc: float, least_right: float, least_coverage: float
) -> None:
    if not (SHARED / file).exists():
        pytest.skip(f"{file} is not here")
    (source,) = load([SHARED / file], only=(name,))
    chance, project, decided, _ = verdicts(source)
    assert auc(chance, project) > least_auc
    assert score(chance, project, decided).right > least_right
    assert decided.mean() > least_coverage
