"""A ledger that could make mails go out twice is not opened; it says why, and what to do."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from pipeline.deliver.ledger import Ledger, database, open_ledger, schema
from pipeline.deliver.ledger.database import AUTOMATIC, sqlite_engine
from pipeline.errors import DeliveryError, SettingsError
from pipeline.settings import DeliverSettings, load_settings
from tests.deliver.ledger.book import PERIOD, approved, entry, queued, states
from tests.deliver.ledger.first_version import make_first_version


@pytest.fixture
def own(tmp_path: Path) -> DeliverSettings:
    """Settings of a ledger in a file."""
    return DeliverSettings(ledger=tmp_path / "ledger" / "ledger.sqlite")


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other things there")
def test_its_files_are_their_owners_alone(own: DeliverSettings) -> None:
    ledger = open_ledger(own)
    with ledger.holding(), closing(sqlite3.connect(own.ledger)) as keeps_the_journal:
        keeps_the_journal.execute("SELECT * FROM mails")
        queued(ledger)
        files = [path for path in own.ledger.parent.rglob("*") if path.is_file() and path.stat().st_size]
        rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}
    assert {"ledger.sqlite", "ledger.key", "ledger.sqlite-wal"} <= rights.keys()
    assert set(rights.values()) == {0o600}
    assert stat.S_IMODE(own.ledger.parent.stat().st_mode) == 0o700


def test_every_commit_is_on_the_disk(own: DeliverSettings) -> None:
    open_ledger(own)
    with sqlite_engine(own.ledger).connect().execution_options(**{AUTOMATIC: True}) as connection:
        asked = ("journal_mode", "synchronous", "busy_timeout", "fullfsync")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked]
    assert found == ["wal", 2, 30_000, 1]  # 2 is FULL


def test_postgresql_commits_to_its_disk(database: str) -> None:
    ledger = open_ledger(DeliverSettings(ledger=Path("unused") / "ledger.sqlite", ledger_url=database))
    with ledger._change() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "on"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_damaged_ledger_is_not_used(own: DeliverSettings) -> None:
    queued(open_ledger(own), [f"r{number}" for number in range(60)])
    content = bytearray(own.ledger.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    own.ledger.write_bytes(content)
    with pytest.raises(DeliveryError, match=r"damaged.*backup"):
        open_ledger(own)


def test_what_is_no_ledger_is_not_used(own: DeliverSettings) -> None:
    own.ledger.parent.mkdir()
    own.ledger.write_bytes(b"name,hours\n" * 100)
    with pytest.raises(DeliveryError, match="it is no database"):
        open_ledger(own)
    assert own.ledger.read_bytes() == b"name,hours\n" * 100


def test_a_newer_ledger_is_not_used(settings: DeliverSettings) -> None:
    ledger = open_ledger(settings)
    with ledger._change() as connection:
        connection.execute(schema.about.update().values(version=99))
    with pytest.raises(DeliveryError, match="newer version of this program"):
        open_ledger(settings)


def test_an_older_ledger_is_brought_up_all_or_nothing(
    settings: DeliverSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued(open_ledger(settings))

    def add(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE mails ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'"))

    def fail(connection: Connection) -> None:
        raise KeyboardInterrupt

    before = schema.MIGRATIONS
    steps = (*before, schema.Migration("colour", add), schema.Migration("failing", fail))
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    with pytest.raises(KeyboardInterrupt):
        open_ledger(settings)
    monkeypatch.setattr(schema, "MIGRATIONS", before)
    assert states(open_ledger(settings)) == {"a": "queued"}
    monkeypatch.setattr(schema, "MIGRATIONS", steps[:-1])
    for _ in "twice":
        with open_ledger(settings)._read() as connection:
            assert connection.execute(text("SELECT colour FROM mails")).scalars().all() == ["blue"]


def test_a_ledger_of_the_first_version_goes_on(settings: DeliverSettings) -> None:
    ledger = open_ledger(settings)
    row, _ = approved(ledger, "ab")
    with ledger.holding() as ada:
        ledger.claim(row, ada)
        ledger.settle(row.id, ada, "sent", "250")
    with ledger._change() as connection:
        make_first_version(connection, next_id=8)
    ledger = open_ledger(settings)
    assert states(ledger) == {"a": "sent", "b": "approved"}
    assert all(one.is_by_name for one in ledger.rows())
    with_identity = replace(entry(ledger, "c"), identity="c" * 64, pack="owner")
    (new,) = ledger.queue(PERIOD, [with_identity]).new
    assert (new.id, new.is_by_name) == (8, False), "events of mails that were dropped keep their numbers"
    assert states(ledger) == {"a": "sent", "c": "queued"}
    assert ledger.without() == ()


@pytest.mark.parametrize("key", [None, "ab" * 32, "ab", "no key at all", "ü"])
def test_a_ledger_without_its_key_is_not_used(settings: DeliverSettings, key: str | None) -> None:
    queued(open_ledger(settings))
    path = settings.ledger.with_suffix(".key")
    path.unlink() if key is None else path.write_text(key, encoding="latin-1")
    with pytest.raises(DeliveryError, match=r"ledger\.key.* Put ledger\.key back") as told:
        open_ledger(settings)
    assert key is None or key not in str(told.value)


def test_a_key_without_its_ledger_is_told(own: DeliverSettings) -> None:
    queued(open_ledger(own))
    for path in own.ledger.parent.glob("ledger.sqlite*"):
        path.unlink()
    with pytest.raises(DeliveryError, match="every mail would look unsent"):
        open_ledger(own)
    own.ledger.write_bytes(b"")
    with pytest.raises(DeliveryError, match="every mail would look unsent"):
        open_ledger(own)
    own.ledger.with_suffix(".key").unlink()
    assert open_ledger(own).rows() == ()


def test_a_backup_takes_the_place_of_a_ledger(settings: DeliverSettings, tmp_path: Path) -> None:
    ledger = open_ledger(settings)
    row, _ = approved(ledger, "ab")
    with ledger.holding() as ada:
        ledger.claim(row, ada)
        ledger.settle(row.id, ada, "sent", "250")
    (tmp_path / "kept").mkdir()
    ledger.backup(tmp_path / "kept" / "ledger.sqlite")
    restored = open_ledger(DeliverSettings(ledger=tmp_path / "kept" / "ledger.sqlite"))
    assert restored.rows() == ledger.rows()
    assert restored.events() == ledger.events()
    assert restored.hashed("a@example.org") == ledger.hashed("a@example.org")
    assert len(restored.queue(PERIOD, [entry(restored, "a"), entry(restored, "b"), entry(restored, "c")]).same) == 2
    with pytest.raises(DeliveryError, match="is there already"):
        ledger.backup(tmp_path / "kept" / "ledger.sqlite")


def test_a_backup_that_cannot_be_written_leaves_nothing(own: DeliverSettings, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="Name another file"):
        open_ledger(own).backup(tmp_path / "not there" / "backup.sqlite")
    (tmp_path / "taken.key").write_text("mine")
    with pytest.raises(DeliveryError, match="is there already"):
        open_ledger(own).backup(tmp_path / "taken.sqlite")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger", "taken.key"]


def test_a_folder_that_may_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(DeliveryError, match="Check that you may write"):
        open_ledger(DeliverSettings(ledger=tmp_path / "file" / "ledger.sqlite"))


PASSWORD = "CANARY-secret"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"postgresql://ada:{PASSWORD}@127.0.0.1:1/ledger", "the database does not answer"),
        (f"mysql://ada:{PASSWORD}@127.0.0.1/ledger", "not the URL of a PostgreSQL database"),
        (f"{PASSWORD} at the host", "not the URL of a database"),
    ],
)
def test_a_url_comes_from_the_environment_and_is_never_repeated(
    url: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEDGER_URL", url)
    with pytest.raises(DeliveryError, match=told) as problem:
        open_ledger(DeliverSettings(ledger_url="$LEDGER_URL"))
    chain: list[BaseException | None] = [problem.value, problem.value.__context__, problem.value.__cause__]
    assert PASSWORD not in " ".join(map(str, chain))


def test_a_url_variable_that_is_not_set_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEDGER_URL", raising=False)
    with pytest.raises(DeliveryError, match="LEDGER_URL is not set"):
        open_ledger(DeliverSettings(ledger_url="$LEDGER_URL"))


def test_a_library_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", lambda _: None)
    with pytest.raises(DeliveryError, match=r"workregister\[postgresql\]"):
        open_ledger(DeliverSettings(ledger_url="postgresql://ada@host/ledger"))


@pytest.mark.parametrize("url", [f"postgresql://ada:{PASSWORD}@host/x", f"postgresql://host/x?password={PASSWORD}"])
def test_no_password_stands_in_the_settings(url: str, tmp_path: Path) -> None:
    file = tmp_path / "pipeline.toml"
    file.write_text(f'[deliver]\nledger_url = "{url}"\n')
    with pytest.raises(SettingsError, match="PGPASSWORD") as problem:
        load_settings(file)
    assert PASSWORD not in str(problem.value)


def test_a_locked_ledger_is_told(own: DeliverSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0)
    ledger: Ledger = open_ledger(own)
    other = sqlite3.connect(own.ledger, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DeliveryError, match="another process has held it"):
        queued(ledger)
    assert ledger.rows() == (), "who only reads waits for nobody"
    other.close()
