"""A real mail server in a thread, with faults by reader, and an outbox of small messages to send to it."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import socket
import ssl
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from pipeline.deliver.ledger import Entry, Ledger, Row
from pipeline.deliver.mail.message import compose
from pipeline.deliver.outbox import message_id
from pipeline.letter import Body, Letter
from pipeline.mail_settings import MailSettings
from pipeline.seal import META, seal
from pipeline.settings import DeliverSettings

PERIOD = "2026-10"
PASSWORD = "canary-password-7f3a"
USER = "reports@example.org"


@dataclass
class Box:
    """What the server took, and how it treats each reader: the local part of an address -> faults, used up in turn."""

    faults: dict[str, list[str]] = field(default_factory=dict)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    hang_seconds: float = 3
    sender: int = 0
    """The process that a fault `kill` ends."""

    def counts(self) -> Counter[str]:
        """Address -> how often something was taken for it."""
        return Counter(address for address, _ in self.taken)

    def fault(self, address: str, stage: str) -> str:
        """The next fault of a reader, where it belongs to this stage."""
        waiting = self.faults.get(address.partition("@")[0], [])
        return waiting.pop(0) if waiting and waiting[0].startswith(stage) else ""


class Handler:
    """Answers as the box says."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_EHLO(
        self, server: Any, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.box.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = self.box.fault(address, "rcpt")
        if fault == "rcpt drop":
            server.transport.abort()
        elif fault == "rcpt hang":
            await asyncio.sleep(self.box.hang_seconds)
        elif fault == "rcpt kill":
            os.kill(self.box.sender, signal.SIGKILL)
        elif fault:
            return f"{fault.removeprefix('rcpt ')} {address} is not wanted"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        fault = self.box.fault(address, "data")
        if not fault or "taken" in fault:
            self.box.taken.append((address, envelope.content))
        if "kill" in fault:
            os.kill(self.box.sender, signal.SIGKILL)
        if "drop" in fault:
            server.transport.abort()
        if "hang" in fault:
            await asyncio.sleep(self.box.hang_seconds)
        return fault.removeprefix("data ") if fault[5:6].isdigit() else "250 2.0.0 Ok: queued"


def authenticate(server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """One user with one password."""
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


class _Quick(Controller):
    """One thread answers, without a name to look up."""

    def factory(self) -> Any:
        made = super().factory()
        made.hostname = "localhost"
        return made


def free_port() -> int:
    """A port of this machine that nobody has now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@contextmanager
def serving(box: Box, **options: Any) -> Iterator[int]:
    """A server on a free port of this machine; the port."""
    port = free_port()
    controller = _Quick(Handler(box), hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def certificate(folder: Path, name: str = "localhost") -> Path:
    """A certificate of one's own for a name, with its key beside it as `.key`."""
    path, names = folder / f"{name}.pem", f"subjectAltName=DNS:{name},IP:127.0.0.1"
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", str(path.with_suffix(".key")))
    what = (
        "-x509",
        "-nodes",
        "-days",
        "3650",
        "-subj",
        f"/CN={name}",
        "-addext",
        names if name == "localhost" else f"subjectAltName=DNS:{name}",
    )
    subprocess.run(["openssl", "req", *what, *key, "-out", str(path)], check=True, capture_output=True)
    return path


def context(path: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path, path.with_suffix(".key"))
    return made


def mail_settings(port: int, **options: Any) -> MailSettings:
    """Mail to a server on this machine, as fast as it takes it."""
    given = {"security": "none", "timeout_seconds": 1.0, "per_minute": 1_000_000, **options}
    return MailSettings(sender=f"Reports <{USER}>", host="127.0.0.1", port=port, **given)


def letter(reader: str, files: tuple[str, ...] = (), **more: Any) -> Letter:
    """A small letter to a reader."""
    given = {
        "language": "en",
        "subject": f"My work, October 2026, {reader}",
        "text": f"For {reader}\n",
        "html": f"<p>For {reader}</p>",
        "proof": (reader,),
        "lesser": (Body((), f"For {reader}, without a file\n", f"<p>For {reader}, without a file</p>"),),
    }
    report = f"{PERIOD}_owner_{reader}"
    return Letter(report, "owner", reader, "person", files=files, seal=seal_of(reader), **{**given, **more})


def page_for(reader: str) -> bytes:
    """A published file that names its reader."""
    return sealed_page(seal_of(reader), f"{reader}</p><p>My work, October 2026")


def seal_of(reader: str) -> str:
    """What a reader's files carry."""
    return seal(PERIOD, "owner", reader, "en")


def sealed_page(carried: str, text: str) -> bytes:
    """A published page that carries a seal."""
    return f'<!doctype html><meta name="{META}" content="{carried}"/><p>{text}</p>'.encode()


def queue_mails(
    settings: DeliverSettings, ledger: Ledger, files: Mapping[str, bytes], form: str = "html"
) -> tuple[Row, ...]:
    """Publish a file for each reader, fill the outbox and approve: the rows."""
    entries = []
    for folder in (settings.output / PERIOD, settings.outbox / PERIOD):
        folder.mkdir(parents=True, exist_ok=True)
    for reader, content in files.items():
        one = letter(reader, (f"{PERIOD}_owner_{reader}.{form}",))
        (settings.output / PERIOD / one.files[0]).write_bytes(content)
        hashed = ledger.hashed(f"{reader}@example.org")
        id = message_id(PERIOD, one.report, hashed, 0, "example.org")
        message = compose(one, f"{reader}@example.org", {one.files[0]: content}, settings.mail, id)
        path = f"{PERIOD}/{one.report}--1.eml"
        (settings.outbox / path).write_bytes(message.content)
        digest = hashlib.sha256(message.content).hexdigest()
        entries.append(Entry(one.report, hashed, path, digest, id, tuple(message.attachments.items())))
    return ledger.approve(ledger.queue(PERIOD, entries).new, "Ada")


def deliver_settings(folder: Path, mail: MailSettings) -> DeliverSettings:
    """Everything in one folder."""
    return DeliverSettings(
        output=folder / "output", outbox=folder / "outbox", ledger=folder / "ledger" / "ledger.sqlite", mail=mail
    )
