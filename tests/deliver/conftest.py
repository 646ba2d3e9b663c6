"""A PostgreSQL server of the tests' own, and ledgers in either database."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.settings import DeliverSettings


def _server_programs() -> Path | None:
    """The folder of PostgreSQL's programs, which Debian keeps off the path."""
    found = shutil.which("initdb")
    folders = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        *([Path(found).parent] if found else []),
    ]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a fresh server that listens on a socket in a folder of its own, without `/postgres` at its end.

    PostgreSQL refuses to run as root: it runs as `postgres` then.
    """
    programs = _server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    as_other = ["runuser", "-u", "postgres", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of a socket holds about 100 characters
    if as_other:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        command = [*as_other, str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)

    try:
        run("initdb", "-A", "trust", "-U", "ledger", "--no-sync", "-E", "UTF8")
        run("pg_ctl", "-w", "-o", f"-F -c listen_addresses='' -c unix_socket_directories={folder}", "start")
        yield f"postgresql+psycopg://ledger@/?host={folder}"
        run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_numbers = count()


@pytest.fixture
def database(postgresql: str) -> str:
    """The URL of an empty database on that server, as `ledger_url` takes it."""
    name = f"ledger{next(_numbers)}"
    engine = create_engine(postgresql.replace("/?", "/postgres?"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgresql.replace("+psycopg", "").replace("/?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> DeliverSettings:
    """Settings of a ledger that is not there yet, in a file and in a database."""
    url = request.getfixturevalue("database") if request.param == "postgresql" else ""
    return DeliverSettings(ledger=tmp_path / "ledger" / "ledger.sqlite", ledger_url=url, outbox=tmp_path / "outbox")
