"""What a published month leaves is read back as it was by the months after; anything else is told and not used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.classify import classify
from pipeline.deliver import publish, remembered, snapshot_of, written
from pipeline.deliver.snapshot import COLUMNS, ITEMS
from pipeline.findings import finding
from pipeline.ingest.identity import followed
from pipeline.model import Finding, Period, Report, Summary
from pipeline.settings import DeliverSettings, Settings
from pipeline.snapshots import Snapshot
from pipeline.summarise import summarise
from tests.factories import make_register

PERIOD, NEXT = Period(2026, 10), Period(2026, 11)
ITEMS_OF_OCTOBER = (
    {"id": "W-1", "title": "Replace pumps", "department": "Water", "owner": "Ana Roy", "status": "In progress",
     "start": "2026-06-01", "finish": "2026-11-30", "effort": 300.0, "effort_unit": "hours", "effort_per": "total"},
    {"title": "Read meters", "department": "Water", "owner": "Bo Lee", "cadence": "monthly", "status": "Live"},
    {"id": "W-3", "title": "Paint the bridge", "owner": "Bo Lee", "finish": "2026-02-05", "status": "Closed"},
)  # fmt: skip


@pytest.fixture(scope="module")
def summary() -> Summary:
    register = followed(make_register(ITEMS_OF_OCTOBER), None)
    portfolio = classify(register, Settings().classify, PERIOD)
    return summarise(portfolio, Settings().summarise, PERIOD)[0]


def put(output: Path, snapshot: Snapshot) -> Path:
    report = Report("organisation.pdf", "report", "", "pdf", b"report")
    publish((report,), {}, DeliverSettings(output=output), snapshot.period, written(snapshot))
    return output / str(snapshot.period)


def recall(output: Path, period: Period = NEXT) -> tuple[Snapshot | None, tuple[Finding, ...]]:
    return remembered(DeliverSettings(output=output), period)


TOLD = finding("R30", file="r.xlsx", sheet="Register", cell="E6", read="=TBC\u2028", field="Finish")


def test_items_and_findings_are_read_back_as_they_were(tmp_path: Path, summary: Summary) -> None:
    snapshot = snapshot_of(summary, (TOLD,))
    assert snapshot.items["active"].tolist() == [True, True, False]
    assert snapshot.items["id"].tolist() == ["W-1", "", "W-3"], "sheet and row are no ID"
    assert snapshot.items["kind"].tolist()[:2] == ["project", "operation"]
    put(tmp_path, snapshot)
    back, told = recall(tmp_path)
    assert told == ()
    assert back is not None
    assert back.period == PERIOD
    assert back.findings == (TOLD,)
    pd.testing.assert_frame_equal(back.items, snapshot.items)


def test_an_empty_month_is_read_back(tmp_path: Path, summary: Summary) -> None:
    snapshot = snapshot_of(summary, ())
    put(tmp_path, Snapshot(PERIOD, snapshot.items.head(0)))
    back, _ = recall(tmp_path)
    assert back is not None
    assert list(back.items.columns) == list(COLUMNS)


def test_the_same_month_gives_the_same_bytes(summary: Summary) -> None:
    first, second = (written(snapshot_of(summary, (TOLD,))) for _ in range(2))
    assert first == second
    metadata = pq.read_metadata(pa.BufferReader(first[ITEMS])).metadata
    assert {name: text for name, text in metadata.items() if name != b"ARROW:schema"} == {
        b"workregister.snapshot": b"1",
        b"rule_set": summary.portfolio.rule_set.sha256.encode(),
        b"period": b"2026-10",
    }


def test_the_latest_month_before_the_period_is_taken(tmp_path: Path, summary: Summary) -> None:
    snapshot = snapshot_of(summary, ())
    for months in (-14, -2, -1, 0, 1):
        put(tmp_path, Snapshot(PERIOD.plus(months), snapshot.items))
    back, _ = recall(tmp_path, PERIOD)
    assert back is not None
    assert back.period == Period(2026, 9)
    assert recall(tmp_path, PERIOD.plus(-14)) == (None, ())


def test_a_first_month_says_nothing(tmp_path: Path) -> None:
    assert recall(tmp_path / "nowhere") == (None, ())


def test_a_month_that_was_published_without_one_is_passed_over(tmp_path: Path, summary: Summary) -> None:
    put(tmp_path, snapshot_of(summary, ()))
    report = Report("organisation.pdf", "report", "", "pdf", b"report")
    publish((report,), {}, DeliverSettings(output=tmp_path), PERIOD.plus(1))
    back, told = recall(tmp_path, PERIOD.plus(2))
    assert told == ()
    assert back is not None
    assert back.period == PERIOD


def _truncated(folder: Path) -> None:
    path = folder / ITEMS
    path.write_bytes(path.read_bytes()[:200])


def _forged(folder: Path) -> None:
    """Another table, with its hash in the record."""
    _replaced(
        folder, pa.table({"key": ["x"]}).replace_schema_metadata({"workregister.snapshot": "1", "period": "2026-10"})
    )


def _no_table(folder: Path) -> None:
    (folder / ITEMS).write_bytes(b"PAR1")
    _recorded(folder, ITEMS)


def _of_another_version(folder: Path) -> None:
    table = pq.read_table(folder / ITEMS)
    _replaced(folder, table.replace_schema_metadata({"workregister.snapshot": "2", "period": "2026-10"}))


def _replaced(folder: Path, table: pa.Table) -> None:
    pq.write_table(table, folder / ITEMS)
    _recorded(folder, ITEMS)


def _findings_of_a_stranger(folder: Path) -> None:
    (folder / "snapshot" / "findings.json").write_text('{"period": "2026-10", "findings": [{"code": 3}]}')
    _recorded(folder, "snapshot/findings.json")


def _recorded(folder: Path, name: str) -> None:
    from pipeline.deliver.folder import digest

    record = json.loads((folder / "run.json").read_text())
    outputs = [one | ({"sha256": digest(folder / name)} if one["name"] == name else {}) for one in record["outputs"]]
    (folder / "run.json").write_text(json.dumps({**record, "outputs": outputs}))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_truncated, "is not what was published"),
        (lambda folder: (folder / ITEMS).unlink(), "cannot be opened"),
        (lambda folder: (folder / "run.json").write_text("{"), "run.json, cannot be read"),
        (lambda folder: (folder / "run.json").unlink(), "is not what was published"),
        (_forged, "has other columns"),
        (_no_table, "cannot be read"),
        (_of_another_version, "another version of this program"),
        (_findings_of_a_stranger, "findings.json cannot be read"),
    ],
)
def test_a_damaged_or_foreign_one_is_told_and_not_used(tmp_path: Path, summary: Summary, damage, words: str) -> None:
    damage(put(tmp_path, snapshot_of(summary, ())))
    back, told = recall(tmp_path)
    assert back is None
    assert [one.code for one in told] == ["H03"]
    assert words in told[0].message
    assert told[0].file == "2026-10/snapshot/items.parquet"


def test_a_month_of_an_earlier_version_is_used_and_what_it_did_not_write_is_not_known(
    tmp_path: Path, summary: Summary
) -> None:
    folder = put(tmp_path, snapshot_of(summary, ()))
    table = pq.read_table(folder / ITEMS)
    _replaced(folder, table.drop_columns(["month_volume", "function", "first_finish", "actual_cost"]))
    back, told = recall(tmp_path)
    assert told == ()
    assert back is not None
    assert list(back.items.columns) == list(COLUMNS)
    assert back.items["month_volume"].isna().all()
    assert set(back.items["function"]) == {""}
    pd.testing.assert_series_equal(back.items["first_finish"], back.items["finish"], check_names=False)


def test_the_folder_of_another_month_under_a_new_name_is_told(tmp_path: Path, summary: Summary) -> None:
    shutil.copytree(put(tmp_path, snapshot_of(summary, ())), tmp_path / "2026-11")
    _, (told,) = recall(tmp_path, PERIOD.plus(2))
    assert "is of another month" in told.message
