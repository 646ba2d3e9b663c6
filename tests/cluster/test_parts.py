"""A register in parts comes to the figures of the undivided one: here, and on a cluster that loses a worker."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from pipeline.classify import classify
from pipeline.errors import RegisterError
from pipeline.fields import FIELDS
from pipeline.ingest import ingest
from pipeline.model import Period, Portfolio
from pipeline.parts import Part, look, run_parts
from pipeline.settings import RunSettings, Settings
from pipeline.summarise import summarise
from tests.cluster.conftest import Machine

PERIOD, SETTINGS = Period(2026, 10), Settings()
EXAMPLE = Path(__file__).parents[2] / "input" / "example-register.xlsx"


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    """The example's cells under their fields' headings, like with like, so that no part is like the whole."""
    read = ingest((EXAMPLE,), SETTINGS.ingest, PERIOD).cells.sort_values("cadence", kind="stable")
    filled = [field for field in FIELDS if (read[field.id] != "").any()]
    return read[[field.id for field in filled]].set_axis([field.title for field in filled], axis=1)


@pytest.fixture(scope="module")
def whole(cells: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    path = tmp_path_factory.mktemp("whole") / "register.csv"
    cells.to_csv(path, index=False)
    return classify(ingest((path,), SETTINGS.ingest, PERIOD), SETTINGS.classify, PERIOD)


def write_parts(cells: pd.DataFrame, folder: Path, parts: int) -> Path:
    folder.mkdir()
    for number, (begin, end) in enumerate(pairwise(np.linspace(0, len(cells), parts + 1).astype(int).tolist())):
        cells.iloc[begin:end].to_csv(folder / f"part-{number}.csv", index=False)
    return folder


def assert_same(output: Path, tables: dict[str, pd.DataFrame], whole: Portfolio) -> None:
    """Figures, verdicts and hours, to the last figure."""
    expected = summarise(whole, SETTINGS.summarise, PERIOD)[0].tables
    for name, table in tables.items():
        assert_frame_equal(table, expected[name], check_exact=True)
    verdicts = pd.concat([pd.read_parquet(one) for one in sorted(output.glob("verdicts-*"))], ignore_index=True)
    for name in ("kind", "score", "certainty", "review", "level", "reasons", "contradiction"):
        assert verdicts[name].tolist() == whole.verdicts[name].tolist()
    assert verdicts["id"].tolist() == whole.register.items["id"].tolist()
    hours = pd.concat([pd.read_parquet(one) for one in sorted(output.glob("allocations-*"))])
    keys = ["id", "person", "month"]
    found = expected["allocations"].groupby(["id", "person", "month"])["hours"].sum()
    assert sorted(hours.groupby(keys)["hours"].sum().tolist()) == sorted(found.tolist())


@pytest.mark.parametrize("parts", [1, 3])
def test_a_register_in_parts_comes_to_the_same_here(
    cells: pd.DataFrame, whole: Portfolio, tmp_path: Path, parts: int
) -> None:
    folder, output = write_parts(cells, tmp_path / "parts", parts), tmp_path / "out"
    assert_same(output, run_parts(str(folder), str(output), None, SETTINGS, PERIOD), whole)


def test_a_register_in_parts_comes_to_the_same_on_a_cluster_that_loses_a_worker(
    cells: pd.DataFrame, whole: Portfolio, tmp_path: Path, cluster: Machine
) -> None:
    folder, output = write_parts(cells, tmp_path / "parts", 7), tmp_path / "out"
    settings = SETTINGS.model_copy(update={"run": RunSettings(executor=cluster.address)})
    cluster.worker()
    lost = threading.Timer(12, cluster.workers[-2].kill)
    lost.start()
    assert_same(output, run_parts(f"file://{folder}", f"file://{output}", None, settings, PERIOD), whole)
    lost.join()
    assert not [one for one in output.iterdir() if one.suffix != ".parquet"]


def test_parts_that_are_read_differently_are_told(
    cells: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.parts.breadth", lambda address: 0)  # in this process
    folder = write_parts(cells, tmp_path / "parts", 2)
    first = folder / "part-0.csv"
    first.write_text(first.read_text().replace("Status", "Colour", 1))
    with pytest.raises(RegisterError, match=r"part-0\.csv, .*part-1\.csv: '(Status|Colour)' is read as"):
        run_parts(str(folder), str(tmp_path / "out"), None, SETTINGS, PERIOD)
    with pytest.raises(RegisterError, match=r"holds no part"):
        run_parts(str(tmp_path), str(tmp_path / "out"), None, SETTINGS, PERIOD)


def test_a_people_file_with_work_items_is_told(cells: pd.DataFrame, tmp_path: Path) -> None:
    folder = write_parts(cells, tmp_path / "parts", 2)
    more = ("more.csv", (folder / "part-1.csv").read_bytes())
    with pytest.raises(RegisterError, match=r"more\.csv: holds work items, which would count once for each part"):
        look(Part(0, str(folder / "part-0.csv"), "", more, SETTINGS, PERIOD))
