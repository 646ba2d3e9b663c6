"""What a server is logged in to with: a password or a token, from where the settings say, never from the settings."""

from __future__ import annotations

import os
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.mail_settings import MailSettings

_TOKEN_SECONDS = 60


@dataclass(frozen=True)
class Secret:
    """A password or an OAuth2 access token; never printed."""

    value: str = field(repr=False)
    token: bool = False


def secret(settings: MailSettings) -> Secret:
    """What `user` logs in with. Raises DeliveryError where it is not to be had."""
    if settings.token_command:
        return Secret(_plain(_printed(settings.token_command), "token_command"), token=True)
    if settings.password_file is not None:
        return Secret(_plain(_read(settings.password_file), "password_file"))
    if settings.password_keyring:
        return Secret(_plain(_kept(settings.password_keyring, settings.user), "password_keyring"))
    return Secret(_plain(os.environ.get(settings.password_env, ""), f"the variable {settings.password_env}"))


def _plain(text: str, source: str) -> str:
    """One line that is not empty."""
    value = text.strip("\r\n")
    if not value or any(letter < " " for letter in value):
        raise _missing(f"{source} holds no password of one line.")
    return value


def _read(path: Path) -> str:
    """The file's text; one that others may read is refused."""
    try:
        with path.open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
                raise DeliveryError("may be read by others.", str(path), "Run `chmod 600` on it, then try again.")
            return file.read(10_000)
    except (OSError, UnicodeDecodeError):
        raise _missing(f"{path.name} cannot be read.") from None


def _kept(service: str, user: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise DeliveryError(
            "the keyring cannot be asked: its library is not installed.", hint="Install workregister[keyring]."
        ) from None
    try:
        return keyring.get_password(service, user) or ""
    except KeyringError:
        raise _missing("the system's keyring does not answer.") from None


def _printed(command: list[str]) -> str:
    """What a command prints. What it says of errors is left out: it may hold a secret."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TOKEN_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        raise _missing(f"{command[0]} (token_command) does not answer.") from None
    if done.returncode:
        raise _missing(f"{command[0]} (token_command) ended with {done.returncode}.")
    return done.stdout


def _missing(what: str) -> DeliveryError:
    return DeliveryError(f"no password for the mail server: {what}", hint="See the page on mail: how to log in.")
