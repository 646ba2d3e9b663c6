"""Labelled work items by source, each read as the register that its organisation would hand in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.ingest import ingest
from pipeline.model import Period, Register
from pipeline.settings import IngestSettings

OWN = Path(__file__).parents[1] / "tests" / "classify" / "registers"
SHARED = Path(__file__).parents[2] / "shared" / "data"
"""Public data kept beside the project; where it is absent its sources are left out, with a message."""
PERIOD = Period(2026, 10)
WORDS = ("title", "description", "department")
"""Columns of the large public sources that are read: their dates are what some of them were labelled by."""
UNFIT = ("jp_rs2024", "iati_uganda", "br_mg_sigplan2024")
"""No words of ours in its script; labels that stand for something else; four rows."""
FAMILIES = {"br_mg": "br_mg", "ca_gc": "ca_gc", "us_nyc": "us_city", "us_oakland": "us_city"}
"""Sources that share authors or labels leave training together; every other source is its own family."""


@dataclass(frozen=True, eq=False)
class Source:
    """One register with the labels people or the register's own structure gave: project, operation or mixed."""

    name: str
    register: Register
    labels: npt.NDArray[np.str_]
    kept: npt.NDArray[np.bool_]
    """Rows held back while words and weights were set; all False where a source was open throughout."""

    @property
    def family(self) -> str:
        """What leaves training when this source is tested."""
        return next((family for start, family in FAMILIES.items() if self.name.startswith(start)), self.name)

    def texts(self) -> list[str]:
        """Title and description of each row, for the baselines."""
        cells = self.register.cells
        return (cells["title"] + ". " + cells["description"]).tolist()


def load(paths: Iterable[Path], only: Sequence[str] = ()) -> Iterator[Source]:
    """The sources in these files, or those of these names; a file with a `source` column holds several."""
    for path in paths:
        if not path.exists():
            print(f"{path.name} is not here: left out.")
            continue
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        own = path.parent == OWN
        if "source" not in rows:
            rows["source"] = path.name.split(".")[0]
        for name, part in rows.groupby("source", sort=True):
            if name not in UNFIT and (not only or name in only):
                yield _source(str(name), part.reset_index(drop=True), own)


def default_files() -> list[Path]:
    """Our own registers, then the public files beside the project."""
    return [
        *sorted(OWN.glob("*.csv")),
        *(SHARED / name for name in ("traps-dev.csv", "adjudicated-dev.csv", "labelled.csv.gz")),
    ]


def _source(name: str, rows: pd.DataFrame, own: bool) -> Source:
    columns = [column for column in rows if column not in ("label", "source")]
    if "label_basis" in rows:
        columns = [column for column in columns if column in WORDS]
    shown = rows[columns].rename(columns=str.capitalize) if "label_basis" in rows else rows[columns]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        shown.to_csv(path, index=False)
        register = ingest((path,), IngestSettings(), PERIOD)
    at = register.items["row"].to_numpy() - 2
    kept = (at % 2 == 1) & own
    return Source(name, register, rows["label"].to_numpy(dtype=str)[at], kept)
