"""What a server's answers, and its silence, are taken for."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from pipeline.deliver.mail import smtp
from pipeline.deliver.mail.smtp import Outcome, Server, ServerProblem
from tests.deliver.mail.server import PASSWORD, USER, Box, authenticate, certificate, context, mail_settings, serving

MAIL = b"From: reports@example.org\r\nTo: a@example.org\r\nSubject: x\r\n\r\n.a line with a dot\r\n..two\r\n"


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def plain() -> Iterator[tuple[Box, int]]:
    """A server without TLS for every test of the module; readers' names keep the tests apart."""
    box = Box(hang_seconds=1.5)
    with serving(box, data_size_limit=50_000) as port:
        yield box, port


def outcome(box: Box, port: int, reader: str, *faults: str, content: bytes = MAIL, **options: Any) -> Outcome:
    box.faults[reader] = list(faults)
    with Server(mail_settings(port, **options), sleep=lambda _: None) as server:
        server.ready()
        return server.send(f"{reader}@example.org", content)


def test_a_message_arrives_as_it_was_given(plain: tuple[Box, int]) -> None:
    box, port = plain
    assert outcome(box, port, "whole") == Outcome("sent", "250 2.0.0")
    assert box.taken[-1] == ("whole@example.org", MAIL)


@pytest.mark.parametrize(
    ("fault", "fate", "reply"),
    [
        ("rcpt 450 4.2.0", "later", "450 4.2.0"),
        ("rcpt 550 5.1.1", "refused", "550 5.1.1"),
        ("rcpt 421 4.3.2", "later", "421 4.3.2"),
        ("data 451 4.3.0", "later", "451 4.3.0"),
        ("data 552 5.3.4", "refused", "552 5.3.4"),
        ("data 554", "refused", "554"),
        ("rcpt drop", "later", ""),
        ("data drop", "unknown", ""),
        ("data drop taken", "unknown", ""),
    ],
)
def test_each_answer_has_its_fate(plain: tuple[Box, int], fault: str, fate: str, reply: str) -> None:
    reader = fault.replace(" ", "-").replace(".", "")
    assert outcome(*plain, reader, fault) == Outcome(fate, reply)


def test_silence_after_the_message_leaves_it_unknown(plain: tuple[Box, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "LAST_REPLY_SECONDS", 0.3)
    assert outcome(*plain, "silent", "data hang taken") == Outcome("unknown")


def test_a_server_that_has_it_all_is_given_its_time(plain: tuple[Box, int]) -> None:
    assert outcome(*plain, "thinks", "data hang taken", timeout_seconds=1.0) == Outcome("sent", "250 2.0.0")


def test_a_message_without_its_end_was_not_handed_over() -> None:
    with listening(b"354 go\r\n") as port, Server(mail_settings(port, timeout_seconds=0.5)) as server:
        server.ready()
        assert server.send("a@example.org", MAIL + b"x" * 20_000_000) == Outcome("later")


@contextmanager
def listening(after_data: bytes) -> Iterator[int]:
    """A server that reads nothing more once it asked for a message."""
    with socket.create_server(("127.0.0.1", 0)) as waiting:
        waiting.settimeout(10)
        ended = threading.Event()

        def serve() -> None:
            connection, _ = waiting.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 here\r\n")
                for line in lines:
                    connection.sendall(after_data if line[:4] == b"DATA" else b"250 ok\r\n")
                    if line[:4] == b"DATA":
                        ended.wait(10)
                        return

        threading.Thread(target=serve, daemon=True).start()
        yield waiting.getsockname()[1]
        ended.set()


def test_a_password_of_any_language_logs_in(own_certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def take(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        seen.append((mechanism, data.password.decode()))
        return AuthResult(success=True)

    monkeypatch.setenv("MAIL_PASSWORD", "Paßwört")
    options = {"security": "starttls", "authorities": own_certificate, "user": USER, "password_env": "MAIL_PASSWORD"}
    for method, other in (("PLAIN", "LOGIN"), ("LOGIN", "PLAIN")):
        given = {"authenticator": take, "auth_required": True, "auth_exclude_mechanism": [other]}
        box = Box()
        with serving(box, tls_context=context(own_certificate), require_starttls=True, **given) as port:
            assert outcome(box, port, "ada", **options).fate == "sent"
        assert seen[-1] == (method, "Paßwört")


def test_a_host_that_is_no_name_is_told() -> None:
    settings = mail_settings(25).model_copy(update={"host": "mail..example.org"})
    with pytest.raises(ServerProblem, match="no name of a server") as told, Server(settings) as server:
        server.ready()
    assert told.value.__cause__ is None


def test_a_message_above_the_servers_limit_is_not_begun(plain: tuple[Box, int]) -> None:
    box, port = plain
    before = len(box.taken)
    assert outcome(box, port, "large", content=MAIL + b"x\r\n" * 20_000) == Outcome("refused", "552 5.3.4")
    assert len(box.taken) == before


def test_one_connection_carries_many_and_is_made_anew_when_lost(plain: tuple[Box, int]) -> None:
    box, port = plain
    box.faults["second"] = ["data drop"]
    before = box.connections
    with Server(mail_settings(port)) as server:
        fates = []
        for reader in ("first", "second", "third", "fourth"):
            server.ready()
            fates.append(server.send(f"{reader}@example.org", MAIL).fate)
    assert fates == ["sent", "unknown", "sent", "sent"]
    assert box.connections - before == 2


def test_the_rate_is_kept(plain: tuple[Box, int]) -> None:
    _, port = plain
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    with Server(mail_settings(port, per_minute=30), sleep, lambda: now[0]) as server:
        for _ in range(3):
            server.ready()
            server.send("a@example.org", MAIL)
            now[0] += 0.5
    assert slept == [1.5, 1.5]


def test_a_server_that_is_not_there_is_tried_again_and_told() -> None:
    slept: list[float] = []
    with (
        pytest.raises(ServerProblem, match=r"cannot be reached.*nothing is lost"),
        Server(mail_settings(1), slept.append) as server,
    ):
        server.ready()
    assert slept == [1.0, 5.0, 15.0]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_login_over_tls(own_certificate: Path, monkeypatch: pytest.MonkeyPatch, security: str) -> None:
    box, made = Box(), context(own_certificate)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    given = {"authenticator": authenticate, "auth_required": True}
    wrapped = (
        {"tls_context": made, "require_starttls": True}
        if security == "starttls"
        else {"ssl_context": made, "auth_require_tls": False}
    )
    with serving(box, **given, **wrapped) as port:
        options = {"security": security, "authorities": own_certificate, "user": USER, "password_env": "MAIL_PASSWORD"}
        options["timeout_seconds"] = 10.0  # this server takes its time to refuse a password
        assert outcome(box, port, "ada", **options).fate == "sent"
        monkeypatch.setenv("MAIL_PASSWORD", "another-secret")
        with pytest.raises(ServerProblem, match=r"does not accept the login \(535 5\.7\.8\)") as told:
            outcome(box, port, "ada", **options)
    assert "another-secret" not in repr(told.value)


@pytest.mark.parametrize(
    ("name", "trusted", "words"),
    [("localhost", False, "self-signed"), ("elsewhere.example", True, "certificate is not accepted")],
)
def test_a_certificate_that_proves_nothing_stops_everything(
    tmp_path: Path, name: str, trusted: bool, words: str
) -> None:
    own = certificate(tmp_path, name)
    with serving(box := Box(), tls_context=context(own), require_starttls=True) as port:
        options = {"security": "starttls", **({"authorities": own} if trusted else {})}
        with pytest.raises(ServerProblem, match=words):
            outcome(box, port, "ada", **options)
    assert box.taken == []


def test_a_server_without_tls_gets_neither_password_nor_mail(plain: tuple[Box, int]) -> None:
    with pytest.raises(ServerProblem, match="offers no TLS"):
        outcome(*plain, "tls", security="starttls")


def test_a_token_logs_in(own_certificate: Path) -> None:
    box, seen = Box(), []

    class Handler:
        async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
            seen.append(base64.b64decode(args[1]).decode())
            return AuthResult(success=True)

    with serving(box, tls_context=context(own_certificate), require_starttls=True, auth_required=True) as port:
        _with_token(port, box, Handler(), own_certificate)
    assert seen == [f"user={USER}\x01auth=Bearer token-1\x01\x01"]


def _with_token(port: int, box: Box, handler: Any, own: Path) -> None:
    original = SMTP.__init__

    def with_method(self: SMTP, *arguments: Any, **options: Any) -> None:
        original(self, *arguments, **options)
        self._auth_methods["XOAUTH2"] = type(next(iter(self._auth_methods.values())))(handler.auth_XOAUTH2, False)

    patch = pytest.MonkeyPatch()
    with patch.context() as changed:
        changed.setattr(SMTP, "__init__", with_method)
        options = {"security": "starttls", "authorities": own, "user": USER}
        assert outcome(box, port, "ada", **options, token_command=["echo", "token-1"]).fate == "sent"


def test_an_answer_that_is_none_leaves_it_unknown() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        replies = {b"EHLO": b"250 here\r\n", b"DATA": b"354 go\r\n"}
        while line := await reader.readline():
            if line == b".\r\n":
                writer.write(b"certainly\r\n")
            elif (verb := line[:4].upper()) in (b"EHLO", b"MAIL", b"RCPT", b"DATA"):
                writer.write(replies.get(verb, b"250 ok\r\n"))
            await writer.drain()

    loop = asyncio.new_event_loop()
    started = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    with Server(mail_settings(started.sockets[0].getsockname()[1])) as server:
        server.ready()
        assert server.send("a@example.org", MAIL).fate == "unknown"
    loop.call_soon_threadsafe(loop.stop)


def test_tls_is_checked_as_the_system_does() -> None:
    from pipeline.deliver.mail.smtp import _context

    made = _context(mail_settings(25))
    assert (made.verify_mode, made.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert made.minimum_version >= ssl.TLSVersion.TLSv1_2
