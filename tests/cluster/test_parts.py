"""A register in parts comes to the figures of the undivided one: here, and on a cluster that loses a worker."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import fsspec
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from pipeline.classify import classify
from pipeline.errors import RegisterError, SettingsError
from pipeline.fields import FIELDS
from pipeline.ingest import ingest
from pipeline.model import Period, Portfolio
from pipeline.parts import Part, look, run_parts
from pipeline.parts_record import make_room
from pipeline.settings import RunSettings, Settings
from pipeline.storage import keep, recalled
from pipeline.summarise import summarise
from tests.cluster.conftest import Machine

PERIOD, SETTINGS = Period(2026, 10), Settings()
EXAMPLE = Path(__file__).parents[2] / "input" / "example-register.xlsx"


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    """Half of the example's cells under their fields' headings, like with like, so that no part is like the whole; some
    of its work is over.
    """
    read = ingest((EXAMPLE,), SETTINGS.ingest, PERIOD).cells.sort_values("cadence", kind="stable").iloc[::2]
    read["status"] = read["status"].where(np.arange(len(read)) % 3 > 0, "Closed")
    filled = [field for field in FIELDS if (read[field.id] != "").any()]
    return read[[field.id for field in filled]].set_axis([field.title for field in filled], axis=1)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A People file: hours and a home of one who carries work, and somebody who carries none."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    path.write_text(
        "Name,Department,Email,Weekly hours,Leave days\n"
        "Helena Marsh,Estates,helena@example.org,20,20\nNora Nobody,Estates,nora@example.org,30,20\n"
    )
    return path


Whole = tuple[Portfolio, dict[str, pd.DataFrame]]


def undivided(cells: pd.DataFrame, folder: Path, *more: Path) -> Whole:
    """The register in one piece, judged and counted."""
    path = folder / "register.csv"
    cells.to_csv(path, index=False)
    portfolio = classify(ingest((path, *more), SETTINGS.ingest, PERIOD), SETTINGS.classify, PERIOD)
    return portfolio, dict(summarise(portfolio, SETTINGS.summarise, PERIOD)[0].tables)


@pytest.fixture(scope="module")
def whole(cells: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return undivided(cells, tmp_path_factory.mktemp("whole"))


def write_parts(cells: pd.DataFrame, folder: Path, parts: int) -> Path:
    folder.mkdir()
    for number, (begin, end) in enumerate(pairwise(np.linspace(0, len(cells), parts + 1).astype(int).tolist())):
        cells.iloc[begin:end].to_csv(folder / f"part-{number}.csv", index=False)
    return folder


def written(output: str, kind: str) -> pd.DataFrame:
    system, path = fsspec.core.url_to_fs(output)
    found = sorted(system.glob(f"{path}/{kind}-*.parquet"))
    return pd.concat([pd.read_parquet(io.BytesIO(system.cat_file(one))) for one in found], ignore_index=True)


def assert_same(output: str, tables: Mapping[str, pd.DataFrame], whole: Whole) -> None:
    """Figures, verdicts and hours, to the last figure; and nothing else is left behind."""
    portfolio, expected = whole
    for name, table in tables.items():
        assert_frame_equal(table, expected[name], check_exact=True)
    verdicts = written(output, "verdicts")
    for name in ("kind", "score", "certainty", "level", "reasons", "contradiction"):
        assert verdicts[name].tolist() == portfolio.verdicts[name].tolist()
    listed = expected["register"].sort_values("item")
    assert verdicts["review"].tolist() == listed["review"].tolist()
    assert verdicts["review"].sum() < portfolio.verdicts["review"].sum()  # some are over: nobody need look at them
    assert verdicts["id"].tolist() == portfolio.register.items["id"].tolist()
    allocations = written(output, "allocations")
    keys = ["id", "person", "month"]
    hours, found = (frame.groupby(keys)["hours"].sum() for frame in (allocations, expected["allocations"]))
    assert_series_equal(hours, found, check_exact=True, check_index_type=False)
    joined = allocations.merge(verdicts, on=["part", "item"], suffixes=("", "_judged"))
    assert joined["id"].tolist() == joined["id_judged"].tolist()
    assert len(joined) == len(allocations)
    system, path = fsspec.core.url_to_fs(output)
    record = json.loads(system.cat_file(f"{path}/parts.json"))
    assert {one.rpartition("/")[2] for one in system.ls(path, detail=False)} == {"parts.json", *record["files"]}
    for name, rows in record["files"].items():
        assert len(pd.read_parquet(io.BytesIO(system.cat_file(f"{path}/{name}")))) == rows


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.parts.breadth", lambda address: 0)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(("parts", "storage"), [(1, ""), (7, "memory://")])
def test_a_register_in_parts_comes_to_the_same_in_this_process(
    cells: pd.DataFrame, whole: Whole, tmp_path: Path, parts: int, storage: str
) -> None:
    folder, output = str(write_parts(cells, tmp_path / "parts", parts)), str(tmp_path / "out")
    if storage:
        there = f"{storage}{folder}"
        fsspec.filesystem("memory").put(folder, folder, recursive=True)
        folder, output = there, f"{storage}{output}"
    assert_same(output, run_parts(folder, output, None, SETTINGS, PERIOD).tables, whole)


def test_a_register_in_parts_with_a_people_file_comes_to_the_same_in_processes(
    cells: pd.DataFrame, people: Path, tmp_path: Path
) -> None:
    folder, output = write_parts(cells, tmp_path / "parts", 3), str(tmp_path / "out")
    tables = run_parts(str(folder), output, people, SETTINGS, PERIOD).tables
    assert_same(output, tables, undivided(cells, tmp_path, people))
    assert "Estates" in set(tables["roll_up"]["name"])


def test_a_register_in_parts_comes_to_the_same_on_a_cluster_that_loses_a_worker(
    cells: pd.DataFrame, whole: Whole, tmp_path: Path, cluster: Machine
) -> None:
    folder, output = write_parts(cells, tmp_path / "parts", 3), tmp_path / "out"
    settings = SETTINGS.model_copy(update={"run": RunSettings(executor=cluster.address)})

    def lose_a_worker() -> None:
        while not list(output.glob("verdicts-*")):
            time.sleep(0.05)
        cluster.workers[-1].kill()

    lost = threading.Thread(target=lose_a_worker, daemon=True)
    lost.start()
    tables = run_parts(f"file://{folder}", f"file://{output}", None, settings, PERIOD).tables
    lost.join(60)
    assert cluster.workers[-1].wait(5) < 0
    cluster.worker()
    assert_same(f"file://{output}", tables, whole)


@pytest.mark.usefixtures("in_this_process")
def test_what_was_counted_is_what_the_undivided_register_says(
    cells: pd.DataFrame, whole: Whole, tmp_path: Path
) -> None:
    folder, said, over = write_parts(cells, tmp_path / "parts", 3), [], []
    (folder / "part-1.csv").rename(folder / "part-1.CSV")
    record = run_parts(
        str(folder), str(tmp_path / "out"), None, SETTINGS, PERIOD, said.append, lambda *one: over.append(one)
    ).record
    register = whole[1]["register"]
    assert record["rows"] == {"in": len(cells), "used": len(cells), "refused": 0}
    assert [one["address"].rpartition("/")[2] for one in record["parts"]] == ["part-0.csv", "part-1.CSV", "part-2.csv"]
    found = record["verdicts"]
    assert (found["project"], found["operation"]) == (len(whole[1]["projects"]), len(whole[1]["operations"]))
    assert found["review"] == len(whole[1]["review"])
    assert sum(found[name] for name in ("project", "operation", "undecided", "not active")) == len(register)
    assert said == ["Reading 3 parts", "Judging 3 parts", "Adding up 3 parts"]
    assert [one[:2] for one in over] == [(1, 3), (2, 3), (3, 3)] * 3


@pytest.mark.usefixtures("in_this_process")
def test_what_an_earlier_run_left_is_removed_and_what_people_put_there_stays(
    cells: pd.DataFrame, tmp_path: Path
) -> None:
    two, one = write_parts(cells, tmp_path / "two", 2), write_parts(cells.head(90), tmp_path / "one", 1)
    out = tmp_path / "out"
    run_parts(str(two), str(out), None, SETTINGS, PERIOD)
    for name in ("notes.parquet", "verdicts-00007.parquet"):
        (out / name).write_bytes(b"mine")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (one / "part-1.csv").write_text("Colour\nred\n")
    with pytest.raises(RegisterError, match=r"part-1\.csv"):
        run_parts(str(one), str(out), None, SETTINGS, PERIOD)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    (one / "part-1.csv").unlink()
    run_parts(str(one), str(out), None, SETTINGS, PERIOD)
    assert {path.name for path in out.iterdir()} == set(before) - {
        "verdicts-00001.parquet",
        "allocations-00001.parquet",
    }
    assert (out / "verdicts-00000.parquet").stat().st_mode == (two / "part-0.csv").stat().st_mode


@pytest.mark.usefixtures("in_this_process")
def test_a_run_that_fails_leaves_no_results_nor_does_one_that_was_killed(
    cells: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = write_parts(cells, tmp_path / "parts", 2), tmp_path / "out"

    def fail(*_: object) -> None:
        raise RegisterError("failed.")

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.parts.add_up", fail)
        with pytest.raises(RegisterError, match="failed"):
            run_parts(str(folder), str(out), None, SETTINGS, PERIOD)
    assert list(out.iterdir()) == []
    make_room(str(out), str(out / ".workregister-meanwhile"), 3, ["roll_up"])
    (out / "verdicts-00002.parquet").write_bytes(b"of a run that was killed")
    run_parts(str(folder), str(out), None, SETTINGS, PERIOD)
    assert not (out / "verdicts-00002.parquet").exists()


def test_a_file_that_is_no_record_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "parts.json").write_text('["bolts", "nuts"]')
    with pytest.raises(RegisterError, match=r"parts\.json: is not the record of a run by parts\. Choose another"):
        make_room(str(tmp_path), str(tmp_path / "meanwhile"), 1, [])
    (tmp_path / "parts.json").write_text('{"files": {"../budget.xlsx": 1}}')
    (tmp_path.parent / "budget.xlsx").touch()
    make_room(str(tmp_path), str(tmp_path / "meanwhile"), 1, [])
    assert (tmp_path.parent / "budget.xlsx").exists()


@pytest.mark.usefixtures("in_this_process")
def test_parts_that_are_read_differently_are_told(cells: pd.DataFrame, tmp_path: Path) -> None:
    folder = write_parts(cells, tmp_path / "parts", 2)
    first = folder / "part-0.csv"
    first.write_text(first.read_text().replace("Status", "Colour", 1))
    with pytest.raises(RegisterError, match=r"part-0\.csv, .*part-1\.csv: '(Status|Colour)' is read as"):
        run_parts(str(folder), str(tmp_path / "out"), None, SETTINGS, PERIOD)


def test_a_folder_without_parts_and_an_output_among_them_are_told(cells: pd.DataFrame, tmp_path: Path) -> None:
    folder = write_parts(cells.head(9), tmp_path / "parts", 1)
    (tmp_path / "none").mkdir()
    with pytest.raises(RegisterError, match=r"holds no part"):
        run_parts(str(tmp_path / "none"), str(tmp_path / "out"), None, SETTINGS, PERIOD)
    for output in (str(folder), f"{folder}/results/", f"file://{folder}"):
        with pytest.raises(SettingsError, match=r"lies in the folder of the parts"):
            run_parts(str(folder), output, None, SETTINGS, PERIOD)
    with pytest.raises(RegisterError, match=r"nobody\.csv: cannot be read"):
        run_parts(str(folder), str(tmp_path / "out"), tmp_path / "nobody.csv", SETTINGS, PERIOD)
    assert [path.name for path in folder.iterdir()] == ["part-0.csv"]


def test_a_people_file_with_work_items_is_told(cells: pd.DataFrame, tmp_path: Path) -> None:
    folder = write_parts(cells, tmp_path / "parts", 2)
    more = ("more.csv", keep(str(tmp_path), (folder / "part-1.csv").read_bytes()))
    with pytest.raises(RegisterError, match=r"more\.csv: holds work items, which would count once for each part"):
        look(Part(0, str(folder / "part-0.csv"), "", more, SETTINGS, PERIOD))


def test_a_kept_value_is_taken_for_its_own_only(tmp_path: Path) -> None:
    kept = keep(str(tmp_path / "meanwhile"), {"rows": 3})
    assert recalled(kept) == {"rows": 3}
    Path(kept.address).write_bytes(keep(str(tmp_path), {"rows": 4}).address.encode())
    with pytest.raises(RegisterError, match=r"changed or removed by another command"):
        recalled(kept)
    Path(kept.address).unlink()
    with pytest.raises(RegisterError, match=r"Give each command an output folder of its own"):
        recalled(kept)
