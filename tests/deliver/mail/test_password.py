"""Where a password comes from, and that no message holds it."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Any

import pytest

from pipeline.deliver.mail.password import Secret, secret
from pipeline.errors import DeliveryError
from pipeline.mail_settings import MailSettings
from tests.deliver.mail.server import PASSWORD


def mail(**options: Any) -> MailSettings:
    return MailSettings(sender="reports@example.org", host="mail.example.org", user="ada", **options)


def test_from_the_environment_a_file_the_keyring_and_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    monkeypatch.setenv("MAIL", PASSWORD)
    monkeypatch.setattr(keyring, "get_password", lambda service, user: f"{service}-{user}")
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n")
    path.chmod(0o600)
    assert secret(mail(password_env="MAIL")) == Secret(PASSWORD)
    assert secret(mail(password_file=path)) == Secret(PASSWORD)
    assert secret(mail(password_keyring="mail")) == Secret("mail-ada")
    assert secret(mail(token_command=["printf", "token"])) == Secret("token", token=True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"password_env": "NOT_SET"}, "the variable NOT_SET"),
        ({"password_file": Path("/no/such/file")}, "cannot be read"),
        ({"token_command": ["sh", "-c", f"echo {PASSWORD}; echo {PASSWORD} >&2; exit 3"]}, "ended with 3"),
        ({"token_command": ["printf", f"{PASSWORD}\\n{PASSWORD}"]}, "of one line"),
        ({"token_command": ["no-such-command"]}, "does not answer"),
    ],
)
def test_what_is_missing_is_told_without_it(options: dict[str, Any], words: str) -> None:
    with pytest.raises(DeliveryError, match=words) as told:
        secret(mail(**options))
    assert PASSWORD not in "".join(traceback.format_exception(told.value))


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are other there")
def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text(PASSWORD)
    path.chmod(0o640)
    with pytest.raises(DeliveryError, match="may be read by others"):
        secret(mail(password_file=path))


def test_a_secret_does_not_print_itself() -> None:
    assert PASSWORD not in f"{Secret(PASSWORD)!r} {Secret(PASSWORD)}"
