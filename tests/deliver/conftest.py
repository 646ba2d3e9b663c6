"""Ledgers in either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import DeliverSettings
from tests.deliver.databases import new_database, server_programs, serving_postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a fresh server, without `/postgres` at its end."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with serving_postgresql(programs) as server:
        yield server


@pytest.fixture
def database(postgresql: str) -> str:
    """The URL of an empty database on that server, as `ledger_url` takes it."""
    return new_database(postgresql)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> DeliverSettings:
    """Settings of a ledger that is not there yet, in a file and in a database."""
    url = request.getfixturevalue("database") if request.param == "postgresql" else ""
    return DeliverSettings(ledger=tmp_path / "ledger" / "ledger.sqlite", ledger_url=url, outbox=tmp_path / "outbox")
