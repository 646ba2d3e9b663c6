"""Work runs on a real scheduler's workers as it does here; workers that end, differ or lack cost no result."""

from __future__ import annotations

import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.cluster import connect
from pipeline.cluster.about import about, code, differences
from pipeline.cluster.child import Child
from pipeline.cluster.task import carry_out
from pipeline.doctor import examine
from pipeline.errors import ClusterError, PipelineError
from pipeline.executor import breadth, executor
from pipeline.flow import Run
from pipeline.model import Period
from pipeline.render import render
from pipeline.render_settings import PackSettings, RenderSettings
from pipeline.settings import RunSettings, Settings
from tests.cluster import work
from tests.cluster.conftest import ALONE, ROOT, Machine, start, stop
from tests.render.conftest import needs_pdf
from tests.render.sample import make_summary


def test_calls_run_elsewhere_in_order_and_what_they_raise_is_in_their_future(cluster: Machine) -> None:
    with executor(1, address=cluster.address) as pool:
        assert list(pool.map(work.slowly, range(6))) == [0, 1, 4, 9, 16, 25]
        with pytest.raises(ValueError, match="invalid literal"):
            pool.submit(int, "x").result()
    assert breadth(cluster.address) in (1, 2)  # one may still be starting


def test_a_call_that_ends_its_process_or_takes_too_much_memory_costs_only_itself(cluster: Machine) -> None:
    with executor(1, memory_mb=400, address=cluster.address) as pool:
        futures = [pool.submit(work.end_its_process, 0), pool.submit(work.fill_memory, 4000), pool.submit(abs, -2)]
        assert [type(one.exception()) for one in futures] == [MemoryError, MemoryError, type(None)]
    assert all(worker.poll() is None for worker in cluster.workers)


def test_a_worker_that_is_killed_loses_no_result(cluster: Machine) -> None:
    with executor(1, address=cluster.address) as pool:
        futures = [pool.submit(work.slowly, number) for number in range(16)]
        futures[2].result()
        cluster.workers[-1].kill()
        cluster.worker()
        assert [one.result() for one in futures] == [number * number for number in range(16)]


def test_what_is_started_as_the_page_says_listens_on_its_own_address_alone(cluster: Machine) -> None:
    psutil = pytest.importorskip("psutil")
    with executor(1, address=cluster.address) as pool:
        assert pool.submit(abs, -1).result() == 1  # all of them are up
    for process in (cluster.scheduler, *(one for one in cluster.workers if one.poll() is None)):
        opened = [one for one in psutil.Process(process.pid).net_connections("tcp") if one.status == "LISTEN"]
        assert {one.laddr.ip for one in opened} == {"127.0.0.1"}
    page = (ROOT / "docs" / "how-to" / "cluster.md").read_text(encoding="utf-8")
    commands = re.findall(r"^ +\.venv/bin/dask .*", page, re.M)
    assert len(commands) == 2
    assert all("--host 10." in one and " ".join(ALONE[2:]) in one for one in commands)


def test_a_run_asks_for_its_scheduler_before_it_reads_anything(tmp_path: Path) -> None:
    run = RunSettings(executor="tcp://127.0.0.1:9")
    settings = Settings(run=run)
    said: list[str] = []
    with pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9: no scheduler answered"):
        _ = Run(settings, Period(2026, 10), (tmp_path,), said.append).reports
    assert said == []
    no_pdf = Settings(run=run, render=RenderSettings(formats=["html"]))
    with pytest.raises(PipelineError, match="no") as told:
        _ = Run(no_pdf, Period(2026, 10), (tmp_path,), said.append).reports
    assert not isinstance(told.value, ClusterError)


def test_the_doctor_looks_at_the_cluster(cluster: Machine) -> None:
    found = {one.what: one for one in examine(lambda: Settings(run=RunSettings(executor=cluster.address)))}
    assert found["Cluster"].state == "well"
    assert cluster.address in found["Cluster"].found
    found = {one.what: one for one in examine(lambda: Settings(run=RunSettings(executor="tcp://127.0.0.1:9")))}
    assert (found["Cluster"].state, "`dask scheduler`" in found["Cluster"].do) == ("act", True)


def test_no_scheduler_no_worker_and_a_call_that_ends_its_workers_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "PATIENCE", 1)
    with pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9: no scheduler answered .*`dask scheduler`.*\[run\]"):
        breadth("tcp://127.0.0.1:9")
    machine = start(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    try:
        monkeypatch.setattr(connect, "PATIENCE", 2)
        with pytest.raises(ClusterError, match=rf"{machine.address}: the scheduler has no worker\. .*`dask worker"):
            breadth(machine.address)
        machine.worker()
        monkeypatch.setattr(connect, "PATIENCE", 60)
        with executor(1, address=machine.address) as pool:
            assert isinstance(pool.submit(work.end_its_worker, 0).exception(timeout=60), MemoryError)
    finally:
        stop(machine)


@needs_pdf
def test_reports_are_the_same_bytes_though_a_worker_is_killed(cluster: Machine) -> None:
    packs = {name: PackSettings(make=False) for name in ("pmo", "department", "owner")}
    settings = RenderSettings(formats=["pdf"], packs={"executive": PackSettings(languages=["en", "de"])} | packs)
    summaries = (make_summary(items=6, people=2, months=2),)
    here = render(summaries, settings)
    with ThreadPoolExecutor(1) as beside:
        there = beside.submit(render, summaries, settings, cluster.address)
        first = cluster.workers[0]
        time.sleep(1)
        first.kill()
        cluster.worker()
        assert [(one.name, one.content, one.problem) for one in there.result()] == [
            (one.name, one.content, "") for one in here
        ]
    assert [bool(one.content) for one in here] == [True, True]


def test_workers_with_other_versions_are_named_with_both(cluster: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_known", {})
    monkeypatch.setattr(connect, "differences", lambda here, there: differences({**here, "python": "3.9.1"}, there))
    here = ".".join(map(str, sys.version_info[:3]))
    with pytest.raises(
        ClusterError, match=r"workers differ .*tcp://.*: python .* \(here 3.9.1\).*Install the same"
    ) as told:
        breadth(cluster.address)
    assert here in str(told.value)


def test_a_worker_that_joins_later_with_another_program_does_nothing() -> None:
    with pytest.raises(ClusterError, match=r"python .* \(here 3\.9\.1\)"):
        carry_out({**about(), "python": "3.9.1"}, (), 0, work.slowly, (2,))
    assert differences(about(), about()) == ""


def test_a_program_that_was_altered_is_another_however_it_was_installed(tmp_path: Path) -> None:
    for folder in ("verb", "verb/__pycache__", "_templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "verb" / "one.py").write_bytes(b"A = 1\r\n")
    before = code(tmp_path)
    (tmp_path / "verb" / "one.py").write_bytes(b"A = 1\n")
    (tmp_path / "verb" / "__pycache__" / "one.pyc").touch()
    (tmp_path / "_templates" / "page.html").touch()
    assert code(tmp_path) == before
    (tmp_path / "verb" / "one.py").write_bytes(b"A = 2\n")
    assert code(tmp_path) != before


def test_what_a_call_prints_is_no_answer_and_a_child_warns_of_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child((), 0)
    assert child(print, ("hello",)) is None
    assert child(abs, (-1,)) == 1
    child.end()
    assert not child.alive
    assert capfd.readouterr().err == "hello\n"


def test_an_address_that_is_none_is_told() -> None:
    assert RunSettings(executor="tls://scheduler.example:8786").executor
    with pytest.raises(ValueError, match="write one like tcp://scheduler:8786"):
        RunSettings(executor="scheduler")
