"""A PostgreSQL server of the tests' own, without any other right than that of the user who runs them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

_numbers = count()


def server_programs() -> Path | None:
    """The folder of PostgreSQL's programs, which Debian keeps off the path."""
    found = shutil.which("initdb")
    folders = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        *([Path(found).parent] if found else []),
    ]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def serving_postgresql(programs: Path) -> Iterator[str]:
    """The URL of a fresh server that listens on a socket in a folder of its own, without `/postgres` at its end.

    It listens at 127.0.0.1 too, on the port that the URL names. PostgreSQL refuses to run as root: it runs as `postgres` then.
    """
    as_other = ["runuser", "-u", "postgres", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of a socket holds about 100 characters
    if as_other:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        command = [*as_other, str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)

    try:
        run("initdb", "-A", "trust", "-U", "ledger", "--no-sync", "-E", "UTF8")
        port = _free_port()
        where = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        run("pg_ctl", "-w", "-o", f"-F {where}", "start")
        try:
            yield f"postgresql+psycopg://ledger@/?host={folder}&port={port}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def new_database(server: str) -> str:
    """The URL of an empty database on that server, as `ledger_url` takes it."""
    name = f"ledger{next(_numbers)}"
    engine = create_engine(server.replace("/?", "/postgres?"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("+psycopg", "").replace("/?", f"/{name}?")
