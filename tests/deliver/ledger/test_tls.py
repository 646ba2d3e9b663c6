"""A ledger in a database on another machine: over TLS, the server's name and authority checked, on a real server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.deliver.ledger import open_ledger
from pipeline.errors import DeliveryError
from pipeline.settings import DeliverSettings
from tests.deliver.ledger.book import approved, states

HOST = "db.example.org"


def authority(folder: Path, name: str) -> Path:
    """A self-made authority: its certificate, with its key beside it."""
    made = folder / f"{name}.pem"
    _openssl("req", "-x509", "-nodes", "-days", "30", "-subj", f"/CN={name}", *_key(made), "-out", str(made))
    return made


def certificate_of(host: str, by: Path, folder: Path) -> Path:
    """A certificate for a host by an authority, with its key beside it, both for the server's user only."""
    made, asked, extra = folder / "server.pem", folder / "server.csr", folder / "server.ext"
    extra.write_text(f"subjectAltName=DNS:{host}\n")
    _openssl("req", "-new", "-nodes", "-subj", f"/CN={host}", *_key(made), "-out", str(asked))
    signed = ("-CA", str(by), "-CAkey", str(by.with_suffix(".key")), "-CAcreateserial", "-extfile", str(extra))
    _openssl("x509", "-req", "-days", "30", "-in", str(asked), *signed, "-out", str(made))
    return made


def _key(path: Path) -> tuple[str, ...]:
    return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", str(path.with_suffix(".key")))


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def over_tls_only(server: str, certificate: Path) -> None:
    """Let the server show this certificate, and take nobody over the network without TLS."""
    engine = create_engine(server.replace("/?", "/postgres?"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        data = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        for source, name in ((certificate, "server.pem"), (certificate.with_suffix(".key"), "server.key")):
            shutil.copyfile(source, data / name)
            (data / name).chmod(0o600)
            os.chown(data / name, data.stat().st_uid, data.stat().st_gid)
        rules = data / "pg_hba.conf"
        rules.write_text(f"hostnossl all all all reject\n{rules.read_text()}")
        for setting, value in (("ssl_cert_file", "server.pem"), ("ssl_key_file", "server.key"), ("ssl", "on")):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = '{value}'"))
        connection.execute(text("SELECT pg_reload_conf()"))
        for _ in range(50):
            if connection.execute(text("SHOW ssl")).scalar_one() == "on":
                break
            connection.execute(text("SELECT pg_sleep(0.1)"))
    engine.dispose()


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_only_the_server_of_that_name_and_authority_is_talked_to_and_only_over_tls(
    postgresql: str, database: str, tmp_path: Path
) -> None:
    ours, other = authority(tmp_path, "ours"), authority(tmp_path, "other")
    over_tls_only(postgresql, certificate_of(HOST, ours, tmp_path))
    name = re.search(r"/(ledger\d+)\?", database)[1]  # type: ignore[index]
    port = re.search(r"port=(\d+)", database)[1]  # type: ignore[index]

    def settings(host: str, options: str) -> DeliverSettings:
        url = f"postgresql://ledger@{host}:{port}/{name}?hostaddr=127.0.0.1&{options}"
        return DeliverSettings(ledger=tmp_path / "ledger.sqlite", ledger_url=url, outbox=tmp_path / "outbox")

    ledger = open_ledger(settings(HOST, f"sslrootcert={ours}"))
    approved(ledger, "ab")
    assert states(ledger) == {"a": "approved", "b": "approved"}
    for host, options in (
        (HOST, f"sslrootcert={other}"),
        ("elsewhere.example.org", f"sslrootcert={ours}"),
        (HOST, "sslmode=disable"),
    ):
        with pytest.raises(DeliveryError):
            open_ledger(settings(host, options))
    assert states(open_ledger(settings(HOST, f"sslmode=verify-full&sslrootcert={ours}"))) == states(ledger)
