"""The doctor: what is needed and missing is found, each with what to do, and nothing is left behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import doctor
from pipeline.deliver import locks
from pipeline.doctor import Check, examine
from pipeline.errors import SettingsError
from pipeline.settings import Settings, SummariseSettings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings()
    names = ("output", "archive", "quarantine", "ledger", "outbox")
    deliver = made.deliver.model_copy(update={name: tmp_path / name for name in names})
    (tmp_path / "input").mkdir()
    ingest = made.ingest.model_copy(update={"input": tmp_path / "input"})
    unattended = made.unattended.model_copy(update={"log": tmp_path / "log"})
    return made.model_copy(update={"deliver": deliver, "ingest": ingest, "unattended": unattended})


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is wrong with the PDF engine, which takes a second to load."""
    said = [""]
    monkeypatch.setattr("pipeline.render.pdf_engine_problem", lambda: said[0])
    return said


def checks(settings: Settings) -> dict[str, Check]:
    return {one.what: one for one in examine(lambda: settings)}


def test_a_machine_that_has_everything(settings: Settings, tmp_path: Path) -> None:
    found = checks(settings)
    assert [one for one in found.values() if one.state == "act"] == []
    assert found["Holidays"].state == "look"
    assert found["Mail"].state == "none"
    assert [path.name for path in tmp_path.iterdir()] == ["input"]


def test_each_that_asks_to_act_says_what_to_do(settings: Settings, tmp_path: Path, engine: list[str]) -> None:
    engine[0] = "The PDF engine cannot be loaded: no libpango. Install Pango: `apt install libpango`."
    (tmp_path / "output").write_text("a file")
    (tmp_path / "input").rmdir()
    summarise = SummariseSettings(country="Atlantis")
    found = checks(settings.model_copy(update={"summarise": summarise}))
    acts = {one.what: one.do for one in found.values() if one.state == "act"}
    assert acts["PDF engine (Pango)"] == "Install Pango: `apt install libpango`."
    assert set(acts) >= {"PDF engine (Pango)", "Input", "Output", "Holidays"}
    assert all(acts.values())


def test_settings_that_cannot_be_used_end_the_list() -> None:
    def broken() -> Settings:
        raise SettingsError("is not TOML.", "pipeline.toml", "Mend that line.")

    last = list(examine(broken))[-1]
    assert last == Check("Settings", "act", "pipeline.toml: is not TOML.", "Mend that line.")


def test_what_is_there_once_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").touch()
    assert doctor._input(tmp_path).found == f"{tmp_path}, 1 entry"


def test_a_run_at_work_is_named(settings: Settings) -> None:
    settings.deliver.output.mkdir()
    with locks.locked(settings.deliver.output, locks.RUNNING, "making the reports of 2026-10"):
        assert "making the reports of 2026-10 here: process" in checks(settings)["Runs"].found
    assert checks(settings)["Runs"].state == "well"


@pytest.mark.parametrize("year", [1970, 2025])
def test_a_clock_that_is_behind_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    (settings.deliver.output / "2026-10").mkdir(parents=True)

    class Behind(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(year, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(doctor, "datetime", Behind)
    found = checks(settings)
    assert (found["Clock"].state, found["Time zone"].state) == ("act", "act")


def test_a_full_disk_and_a_month_that_failed_are_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.deliver.output.mkdir()
    record = {"since": "2026-01-01T00:00:00+00:00", "done": {}}
    record["tried"] = {"period": "2026-09", "times": 2, "again": "2026-10-01T00:00:00+00:00"}
    (settings.deliver.output / ".schedule.json").write_text(json.dumps(record))
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 2**20}))
    found = checks(settings)
    assert (found["Disk"].state, found["Schedule"].found) == ("act", "2026-09 did not succeed")


def test_a_schedule_that_begins_in_the_future_is_found(settings: Settings) -> None:
    settings.deliver.output.mkdir()
    record = {"since": "2199-01-01T00:00:00+00:00", "done": {}, "tried": None}
    (settings.deliver.output / ".schedule.json").write_text(json.dumps(record))
    found = checks(settings)["Schedule"]
    assert (found.state, "clock that was ahead" in found.found) == ("look", True)


def test_a_mail_server_that_is_not_there_is_found(settings: Settings) -> None:
    mail = settings.deliver.mail.model_copy(
        update={"sender": "a@example.org", "host": "127.0.0.1", "port": 9, "security": "none"}
    )
    found = checks(settings.model_copy(update={"deliver": settings.deliver.model_copy(update={"mail": mail})}))
    assert found["Mail server"].state == "act"
    assert found["Mail server"].do
    assert found["Ledger"].state == "none"


def test_the_command_ends_with_1_where_a_person_must_act(
    ask: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, out, _ = ask("doctor", "--json")
    assert (code, json.loads(out)["well"]) == (1, False)
    (tmp_path / "input").mkdir()
    code, out, _ = ask("doctor")
    assert (code, out.splitlines()[-1]) == (0, "Everything that is needed is here.")
