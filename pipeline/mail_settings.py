"""The settings of mail: from whom and to whom, through which server, how large and how fast."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from pipeline.addresses import Mailbox, is_address, mailbox, no_address
from pipeline.section import Section
from pipeline.settings_faults import Fault

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Hosts to which mail may go without TLS: it does not leave the machine."""
EVERYBODY = "all"
"""In `people`: everybody on the People sheet."""
ORGANISATION = "organisation"
"""In `readers`: whoever reads about the whole organisation."""


class MailSettings(Section):
    """Sending reports by mail. Nothing is prepared or sent while `sender` is empty."""

    sender: str = Field("", description="Who it comes from: 'Work register <reports@example.org>'.")
    reply_to: str = Field("", description="Where answers go, as above; empty: to the sender.")
    operator: str = Field("", description="The address that is told when not everything could be sent; empty: nobody.")
    contact: str = Field("", description="Whom readers ask, such as 'Ada Byron, PMO, extension 12'; empty: they reply.")
    location: str = Field(
        "", description="How readers reach the output folder, such as 'https://example.org/reports'; empty: they ask."
    )
    domains: list[str] = Field([], description="Mail goes to these domains only; empty: to that of the sender only.")
    readers: dict[str, list[str]] = Field(
        {},
        description="Addresses by reader: an executive, department or person as reports call them, or organisation; "
        "with a pack before it, 'pmo/organisation', for that pack's reports only.",
    )
    people: list[str] = Field(
        [], description="Names on the People sheet whose address there may be used; ['all']: every one on it."
    )
    attach: list[Literal["pdf", "xlsx", "html"]] = Field(["pdf", "xlsx"], description="Which files a mail takes along.")
    size_mb: float = Field(
        20, gt=0, description="Mails that would be larger, as sent, go without the workbook, or without any file."
    )
    hold_above: float = Field(
        0.5, gt=0, description="A report whose items or hours moved by a greater share since the month before is held."
    )
    host: str = Field("", description="The mail server; empty: only drafts can be written.")
    port: int = Field(587, gt=0, lt=65536, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How it is encrypted; none: not at all, to a server on this machine only."
    )
    authorities: Path | None = Field(
        None, description="Certificates (PEM) that its own is checked against; left out: those of the system."
    )
    user: str = Field("", description="Whom to log in as; empty: no login.")
    password_env: str = Field("", description="The environment variable that holds the password.")
    password_file: Path | None = Field(None, description="A file, readable by you only, that holds the password.")
    password_keyring: str = Field("", description="The service in the system's keyring that has the user's password.")
    token_command: list[str] = Field(
        [], description="A command that prints an OAuth2 access token, such as ['oama', 'access', 'me@example.org']."
    )
    timeout_seconds: float = Field(60, gt=0, description="How long an answer of the server is waited for.")
    per_minute: int = Field(60, gt=0, description="Mails a minute at most.")
    retry_hours: int = Field(24, gt=0, description="For how long a mail that was put off is tried again.")

    @property
    def wanted(self) -> bool:
        """Whether reports go out by mail."""
        return bool(self.sender)

    @property
    def sent_from(self) -> Mailbox:
        """Who it comes from."""
        return mailbox(self.sender)

    @property
    def allowed_domains(self) -> tuple[str, ...]:
        """The domains that mail may go to, in small letters."""
        return tuple(domain.lower() for domain in self.domains) or (self.sent_from.domain,)

    def allows(self, address: str) -> bool:
        """Whether mail may go to this address."""
        return is_address(address) and address.rpartition("@")[2].lower() in self.allowed_domains

    @field_validator("*")
    @classmethod
    def _whole_characters(cls, value: object) -> object:
        if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise ValueError("it holds half a character, which no mail can carry")
        return value

    @field_validator("sender", "reply_to")
    @classmethod
    def _one_mailbox(cls, text: str) -> str:
        if text:
            mailbox(text)
        return text

    @field_validator("operator")
    @classmethod
    def _one_address(cls, text: str) -> str:
        return _address(text) if text else text

    @field_validator("readers")
    @classmethod
    def _plain_addresses(cls, readers: dict[str, list[str]]) -> dict[str, list[str]]:
        for reader, addresses in readers.items():
            for text in addresses:
                if not is_address(text):
                    raise Fault((reader,), text, "it is no plain address; write one like name@example.org")
        return readers

    @model_validator(mode="after")
    def _consistent(self) -> MailSettings:
        if not self.wanted:
            return self
        outside = [(name, text) for name, texts in self.readers.items() for text in texts if not self.allows(text)]
        for name, text in outside[:1]:
            known, own = ", ".join(self.allowed_domains), text.rpartition("@")[2]
            what = f"it is outside the domains that mail may go to ({known})"
            raise Fault(("readers", name), text, f"{what}; correct the address, or add '{own}' to domains")
        self._check_server()
        return self

    def _check_server(self) -> None:
        if self.host and self.security == "none" and self.host not in LOOPBACK:
            what = f"without TLS, mail goes to a server on this machine only, not to {self.host}"
            raise Fault(("security",), self.security, f"{what}; write security = 'starttls'")
        if self.user and self.security == "none":
            what = "a password is not sent without TLS; write security = 'starttls', or leave user empty"
            raise Fault(("user",), self.user, what)
        ways = ("password_env", "password_file", "password_keyring", "token_command")
        set_ones = [name for name in ways if getattr(self, name)]
        if self.user and len(set_ones) != 1:
            what = "it is not said, or said more than once, how to log in"
            raise Fault(("user",), self.user, f"{what}; set one of {', '.join(ways)}")
        if set_ones and not self.user:
            what = "it needs a user to log in as; write user beside it, or take it out"
            raise Fault((set_ones[0],), "...", what)


def _address(text: str) -> str:
    if not is_address(text):
        raise no_address(text)
    return text
