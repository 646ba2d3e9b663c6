"""The README's own lines about mail, run as they stand there, against a server over TLS with a login."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.deliver.mail.message import opened
from tests.deliver.mail.server import PASSWORD, USER, Box, authenticate, certificate, context, serving
from tests.deliver.mail.test_command import PEOPLE, SETTINGS, WORK

README = Path(__file__).parents[3] / "README.md"


def commands() -> list[list[str]]:
    """The lines of the section on mail, as arguments of the command."""
    section = README.read_text(encoding="utf-8").partition("## By mail, once")[2].partition("\n## ")[0]
    lines = re.findall(r"^    \.venv/bin/pipeline (.*)$", section, re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


def test_the_lines_of_the_readme_send_each_mail_once(
    tmp_path: Path,
    make_workbook: Callable[..., Path],
    ask: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_workbook("input/register.xlsx", Register=WORK, People=PEOPLE)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    own, box = certificate(tmp_path), Box()
    login = {"authenticator": authenticate, "auth_required": True}
    with serving(box, tls_context=context(own), require_starttls=True, **login) as port:
        (tmp_path / "pipeline.toml").write_text(SETTINGS.format(port=port, user=USER))
        assert ask("run", "--period", "2026-10")[0] == 0
        said = {}
        for arguments in commands():
            code, said[arguments[0]], problem = ask(*arguments)
            assert code == 0, (arguments, problem)
        assert list(said) == ["status", "approve", "send"]
        assert "3 mails waiting for approval" in said["status"]
        assert said["send"].startswith("Expected 3, sent 3.")
        assert ask(*commands()[-1])[1].startswith("Expected 3, sent 3, of these 3 before.")
    readers = {"ada": "ada-byron", "bo": "bo-diddley", "cy": "cy-young"}
    assert {address: list(opened(content).files) for address, content in box.taken} == {
        f"{name}@example.org": [f"2026-10_owner_{report}.html"] for name, report in readers.items()
    }
    assert len(box.taken) == len(readers)
