"""What is no longer kept is listed, then removed: nothing of people's own, nothing unsent, nothing that a kill loses."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.answers.tidy import tidy_lines
from pipeline.deliver import publish
from pipeline.deliver.ledger import open_ledger
from pipeline.deliver.tidy import old, remove
from pipeline.errors import DeliveryError
from pipeline.model import Period, Report
from pipeline.settings import Settings, TidySettings
from tests.deliver.ledger.book import entry

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MONTHS = [Period(2026, month) for month in (7, 8, 9, 10)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Four published months, with an archive, a quarantine and letters, two months of each to be kept."""
    names = ("output", "archive", "quarantine", "outbox")
    folders = {name: tmp_path / name for name in names} | {"ledger": tmp_path / "ledger" / "ledger.sqlite"}
    made = Settings(tidy=TidySettings(output_months=2, archive_months=2, quarantine_months=2, outbox_months=2))
    made = made.model_copy(update={"deliver": made.deliver.model_copy(update=folders)})
    for month in MONTHS:
        report = Report("report.pdf", "report", "", "pdf", b"%PDF")
        publish((report,), {}, made.deliver, month, {"registers/a.xlsx": b"cells"})
        for base in ("archive", "quarantine", "outbox"):
            path = tmp_path / base / str(month) / "finance" / "a.xlsx"
            path.parent.mkdir(parents=True)
            path.write_text("cells")
    return made


def months(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir())


def test_months_that_are_older_are_listed_and_removed(settings: Settings, tmp_path: Path) -> None:
    found = old(settings, NOW)
    kinds = {(one.kind, str(one.period), one.files) for one in found.folders}
    assert kinds == {
        *(("output", month, 3) for month in ("2026-07", "2026-08")),
        *((kind, month, 1) for kind in ("archive", "quarantine") for month in ("2026-07", "2026-08")),
    }
    assert months(tmp_path / "output") == [str(month) for month in MONTHS], "listing removes nothing"
    remove(found)
    for kind in ("output", "archive", "quarantine"):
        assert months(tmp_path / kind) == ["2026-09", "2026-10"]
    assert old(settings, NOW).folders == ()
    remove(old(settings, NOW))


def test_letters_stay_where_no_ledger_says_that_they_are_sent(settings: Settings, tmp_path: Path) -> None:
    found = old(settings, NOW)
    assert found.kept == tuple(
        f"The letters of {month} stay: there is no ledger that says whether they are sent." for month in MONTHS[:2]
    )
    remove(found)
    assert months(tmp_path / "outbox") == [str(month) for month in MONTHS]


def test_the_ledger_forgets_months_that_are_settled(settings: Settings, database: str) -> None:
    for url in ("", database):
        deliver = settings.deliver.model_copy(
            update={"ledger_url": url, "ledger": settings.deliver.ledger.with_name(f"{bool(url)}.sqlite")}
        )
        ours = settings.model_copy(update={"deliver": deliver, "tidy": TidySettings(ledger_months=2)})
        ledger = open_ledger(deliver)
        with ledger.holding() as holder:
            for month in ("2026-07", "2026-08", "2026-10"):
                (row,) = ledger.approve(ledger.queue(month, [replace(entry(ledger), message_id=month)]).new, "Ada")
                ledger.claim(row, holder)
                ledger.settle(row.id, holder, "unknown" if month == "2026-08" else "sent")
        found = old(ours, NOW)
        assert (found.forgotten, found.nothing) == ({MONTHS[0]: 1}, False)
        assert found.kept == ("The ledger keeps 2026-08: some are unknown.",)
        assert "To remove 0 files, 0.0 MB, 1 mail from the ledger" in "".join(tidy_lines(found, done=False))
        remove(found)
        assert [row.period for row in ledger.rows()] == ["2026-08", "2026-10"]
        assert {event["period"] for event in ledger.events()} == {"2026-08", "2026-10"}
        assert old(ours, NOW).nothing


def test_without_settings_everything_is_kept(settings: Settings) -> None:
    assert old(settings.model_copy(update={"tidy": TidySettings()}), NOW).folders == ()


def test_what_people_put_or_edited_there_stays(settings: Settings, tmp_path: Path) -> None:
    july = tmp_path / "output" / "2026-07"
    (july / "minutes.txt").write_text("ours")
    (july / "registers" / "notes.txt").write_text("ours")
    (july / "report.pdf").write_text("edited")
    (tmp_path / "output" / "2026-06").mkdir()
    (tmp_path / "output" / "2026-06" / "plan.txt").write_text("no run's")
    remove(old(settings, NOW))
    left = {
        path.relative_to(tmp_path / "output").as_posix()
        for path in (tmp_path / "output").rglob("*.*")
        if path.is_file()
    }
    assert {"2026-07/minutes.txt", "2026-07/registers/notes.txt", "2026-07/report.pdf", "2026-06/plan.txt"} <= left
    assert not {one for one in left if one.startswith("2026-08")}


def test_links_are_not_followed(settings: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "keep.txt").write_text("keep")
    (tmp_path / "archive" / "2026-06").symlink_to(elsewhere)
    (tmp_path / "archive" / "2026-07" / "link").symlink_to(elsewhere)
    remove(old(settings, NOW))
    assert (elsewhere / "keep.txt").read_text() == "keep"


@pytest.mark.parametrize("step", range(1, 8))
def test_one_that_is_broken_off_is_finished_by_the_next(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    calls = [0]
    unlink = os.unlink

    def breaks(*arguments: object, **options: object) -> None:
        calls[0] += 1
        if calls[0] == step:
            raise PermissionError(13, "Permission denied", str(arguments[0]))
        unlink(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", breaks)
        with pytest.raises(DeliveryError, match="permission denied"):
            remove(old(settings, NOW))
    remove(old(settings, NOW))
    assert months(tmp_path / "output") == ["2026-09", "2026-10"]
