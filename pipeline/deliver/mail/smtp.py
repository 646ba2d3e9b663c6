"""The connection to a mail server, and what became of one message: sent, later, refused or unknown.

Nothing is in doubt before the message itself goes over the wire. From then on only the server's own answer says what
became of it: without one it is unknown, since the server may have taken it (RFC 1047).
"""

from __future__ import annotations

import base64
import hmac
import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal

from pipeline.deliver.mail.password import Secret, secret
from pipeline.errors import DeliveryError
from pipeline.mail_settings import MailSettings

Fate = Literal["sent", "later", "refused", "unknown"]
PAUSES = (1.0, 5.0, 15.0)
"""Seconds between attempts to connect."""
_GO_ON, _TAKEN, _SEND_IT, _TOO_LARGE = 250, (250, 251), 354, 552
_ASKS, _LOGGED_IN, _QUESTIONS = 334, (235, 503), 2
_END = b".\r\n"
_PIECE = 64 * 1024
"""Bytes that the server must take within `timeout_seconds`."""
LAST_REPLY_SECONDS = 600.0
"""How long a server may take to say what became of a message that it has whole (RFC 5321, 4.5.3.2.6)."""
_CODE = re.compile(rb"(\d\.\d{1,3}\.\d{1,3})\b")
_LOST = (smtplib.SMTPException, OSError)
"""What a lost connection, or an answer that is none, is told by."""


class ServerProblem(DeliveryError):
    """The server cannot be reached, or takes nothing from us: no mail can go, and none is in doubt."""


@dataclass(frozen=True)
class Outcome:
    """What became of one message, and the codes of the answer; never its text, which may repeat an address."""

    fate: Fate
    reply: str = ""


@dataclass
class Server:
    """A mail server, connected when it is first needed and again when it hung up; one connection for many messages.

    `sleep` and `clock` are those of the system but in tests; `halted`, once set, ends every pause.
    """

    settings: MailSettings
    sleep: Callable[[float], object] | None = None
    clock: Callable[[], float] = time.monotonic
    halted: threading.Event = field(default_factory=threading.Event, repr=False)
    _connecting: bool = False
    _smtp: smtplib.SMTP | None = field(default=None, repr=False)
    _secret: Secret | None = field(default=None, repr=False)
    _last: float | None = None

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ready(self, pauses: Sequence[float] = PAUSES) -> None:
        """Be connected and logged in, with as much time passed since the last message as the rate asks for.

        `pauses`, in seconds, are made between attempts. Once `halted` it returns, ready or not.
        Raises ServerProblem where it cannot be.
        """
        self._wait()
        if self._smtp is not None and not self.halted.is_set() and not self._alive():
            self._drop()
        for pause in (*pauses, None):
            if self._smtp is not None or self.halted.is_set():
                return
            try:
                self._connecting = True
                self._smtp = self._connected()
            except Halted:
                return
            except _Passing as problem:
                if pause is None:
                    raise ServerProblem(str(problem), self.settings.host, "Try again later; nothing is lost.") from None
                self.pause(pause)
            finally:
                self._connecting = False

    def pause(self, seconds: float) -> None:
        """Wait; no longer once `halted`."""
        (self.sleep or self.halted.wait)(seconds)

    def halt(self) -> None:
        """From a handler of signals: end every pause, and give up a connection that is being made.

        Raises Halted, within `ready` only, which then returns: a wait for the network goes on after a signal unless
        its handler raises (PEP 475).
        """
        self.halted.set()
        if self._connecting:
            raise Halted

    def send(self, address: str, content: bytes) -> Outcome:
        """Hand over one message to one address; `ready` comes before. Raises ServerProblem, then none was handed over.

        An answer that the server did not give before the message went over means later; after that, unknown.
        """
        assert self._smtp is not None
        smtp = self._smtp
        self._last = self.clock()
        try:
            early = self._announced(smtp, address, content)
        except _LOST:
            self._drop()
            return Outcome("later")
        if early is not None:
            self._reset(smtp, early)
            return early
        return self._handed_over(smtp, content)

    def abandon(self) -> None:
        """Cut the connection from another thread, so that a `send` that waits for an answer ends at once."""
        sock = self._smtp.sock if self._smtp is not None else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Take leave of the server."""
        if self._smtp is not None:
            with suppress(*_LOST):
                self._smtp.quit()
            self._drop()

    def _wait(self) -> None:
        if self._last is not None:
            left = self._last + 60 / self.settings.per_minute - self.clock()
            if left > 0:
                self.pause(left)

    def _alive(self) -> bool:
        assert self._smtp is not None
        try:
            return bool(self._smtp.noop()[0] == 250)
        except _LOST:
            return False

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        """A connection, encrypted and logged in as the settings say."""
        with _explained(self.settings.host):
            smtp = _opened(self.settings)
        try:
            with _explained(self.settings.host):
                if self.settings.security == "starttls":
                    smtp.starttls(context=_context(self.settings))
                    smtp.ehlo()
                if self.settings.user:
                    self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        """Once, by one method: what `SMTP.login` does, to try each that is offered, can lock an account."""
        own = self._secret = self._secret or secret(self.settings)
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        user, password = self.settings.user.encode(), own.value.encode()
        if own.token:
            self._secret = None  # it may have run out by the time the server hangs up
            _exchange(smtp, "XOAUTH2", b"user=%s\x01auth=Bearer %s\x01\x01" % (user, password))
        elif "PLAIN" in offered:
            _exchange(smtp, "PLAIN", b"\0%s\0%s" % (user, password))
        elif "LOGIN" in offered:
            _exchange(smtp, "LOGIN", None, lambda number, _: (user, password)[number])
        elif "CRAM-MD5" in offered:
            _exchange(smtp, "CRAM-MD5", None, lambda _, asked: user + b" " + _keyed(password, asked))
        else:
            raise smtplib.SMTPNotSupportedError

    def _announced(self, smtp: smtplib.SMTP, address: str, content: bytes) -> Outcome | None:
        """Say whose message comes and for whom; None where the server then waits for it."""
        limit = smtp.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < len(content):
            return Outcome("refused", f"{_TOO_LARGE} 5.3.4")
        options = [f"SIZE={len(content)}"] if "size" in smtp.esmtp_features else []
        code, text = smtp.mail(self.settings.sent_from.address, options)
        if code >= 500 and code != _TOO_LARGE:
            said = _codes(code, text)
            raise ServerProblem(f"takes no mail from this sender ({said}).", self.settings.host, "Check sender.")
        if code == _GO_ON:
            code, text = smtp.rcpt(address)
        if code in _TAKEN:
            code, text = smtp.docmd("DATA")
        return None if code == _SEND_IT else _not_taken(code, text)

    def _handed_over(self, smtp: smtplib.SMTP, content: bytes) -> Outcome:
        assert smtp.sock is not None
        try:
            stuffed = _stuffed(content)
            for start in range(0, len(stuffed), _PIECE):
                smtp.sock.sendall(stuffed[start : start + _PIECE])
        except BaseException as problem:
            self._drop()
            if isinstance(problem, _LOST):
                return Outcome("later")  # without its end a message is none (RFC 5321, 4.1.1.4)
            raise
        try:
            smtp.sock.sendall(_END)
            smtp.sock.settimeout(LAST_REPLY_SECONDS)
            code, text = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self.settings.timeout_seconds)
        except BaseException as problem:
            self._drop()
            if isinstance(problem, _LOST):
                return Outcome("unknown")
            raise
        if 200 <= code < 300:
            return Outcome("sent", _codes(code, text))
        if 400 <= code < 600:
            return _not_taken(code, text)
        self._drop()
        return Outcome("unknown", _codes(code, text))

    def _reset(self, smtp: smtplib.SMTP, outcome: Outcome) -> None:
        """Ready for the next message; a server that said 421 hangs up."""
        try:
            if outcome.reply.startswith("421") or smtp.rset()[0] != 250:
                self._drop()
        except _LOST:
            self._drop()


def _exchange(
    smtp: smtplib.SMTP, method: str, first: bytes | None, answer: Callable[[int, bytes], bytes] = lambda *_: b""
) -> None:
    """Log in: what is said at once, and answers by the number of the server's question and its text.

    Names and passwords are UTF-8 (RFC 4616, 2); `SMTP.auth` of the library knows ASCII only. Raises
    SMTPAuthenticationError, and OSError for a connection that is lost.
    """
    code, said = smtp.docmd("AUTH", method if first is None else f"{method} {base64.b64encode(first).decode()}")
    for number in range(_QUESTIONS):
        if code != _ASKS:
            break
        code, said = smtp.docmd(base64.b64encode(answer(number, base64.b64decode(said))).decode())
    if code not in _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _keyed(password: bytes, asked: bytes) -> bytes:
    """The answer of CRAM-MD5 (RFC 2195)."""
    return hmac.new(password, asked, "md5").hexdigest().encode()


class Halted(Exception):
    """Asked to stop while a connection was being made."""


class _Passing(Exception):
    """What kept the connection from being made may be over soon."""


@contextmanager
def _explained(host: str) -> Iterator[None]:
    """What a failed connection means: to be tried again, or for a person. No text of the server is repeated."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as problem:
        said = _codes(problem.smtp_code, problem.smtp_error)
        raise ServerProblem(
            f"does not accept the login ({said}).", host, "Check user and password, then try again."
        ) from None
    except smtplib.SMTPNotSupportedError:
        hint = "Check port and security under [deliver.mail]."
        raise ServerProblem("offers no TLS or no login that is known.", host, hint) from None
    except ssl.SSLCertVerificationError as problem:
        hint = "Write the name that the certificate has as host, or its authority's file as authorities."
        raise ServerProblem(f"its certificate is not accepted: {problem.verify_message}.", host, hint) from None
    except ssl.SSLError:
        raise ServerProblem("no TLS came about.", host, "Check port and security: 587 starttls, 465 tls.") from None
    except smtplib.SMTPResponseException as problem:
        said = _codes(problem.smtp_code, problem.smtp_error)
        if 400 <= problem.smtp_code < 500:
            raise _Passing(f"is not ready ({said}).") from None
        raise ServerProblem(f"does not take our mail ({said}).", host, "Ask whoever runs it.") from None
    except _LOST:
        raise _Passing("cannot be reached.") from None
    except ValueError:  # its text may hold what was sent, a password too
        raise ServerProblem("is no name of a server.", host, "Check host under [deliver.mail].") from None


def _opened(settings: MailSettings) -> smtplib.SMTP:
    where, wait = (settings.host, settings.port), settings.timeout_seconds
    if settings.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=wait, context=_context(settings))
    else:
        smtp = smtplib.SMTP(*where, timeout=wait)
    try:
        smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _context(settings: MailSettings) -> ssl.SSLContext:
    """Certificates and host names are checked; there is no setting that turns this off."""
    try:
        return ssl.create_default_context(cafile=settings.authorities)
    except (OSError, ssl.SSLError):
        raise ServerProblem("holds no certificate that can be read.", str(settings.authorities)) from None


def _not_taken(code: int, text: bytes | str) -> Outcome:
    """The server said no: for good, or for now where it said anything else."""
    return Outcome("refused" if 500 <= code < 600 else "later", _codes(code, text))


def _codes(code: int, text: bytes | str) -> str:
    """`550 5.1.1`: the code of an answer, and the enhanced one (RFC 3463) where it has one."""
    more = _CODE.match(text if isinstance(text, bytes) else text.encode())
    return f"{code} {more[1].decode()}" if more else str(code)


def _stuffed(content: bytes) -> bytes:
    """The message as it goes over the wire before its end: a leading dot doubled (RFC 5321, 4.5.2)."""
    lines = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)
