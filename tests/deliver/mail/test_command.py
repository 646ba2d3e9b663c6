"""From a register to mails that arrived, by commands, over TLS with a password; and what nothing may repeat of it."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.deliver.ledger import open_ledger
from pipeline.deliver.mail.message import opened
from pipeline.settings import load_settings
from tests.deliver.mail.server import PASSWORD, USER, Box, authenticate, certificate, context, serving

Ask = Callable[..., tuple[int, str, str]]
CELL = "canary-cell-93ab"
WORK = f"""
    ID | Title | Department | Accountable | Start | Finish | Effort
    P1 | Replace the {CELL} system | IT | Ada Byron | 2026-09-01 | 2026-12-18 | 200 h
    P2 | Answer tickets | IT | Bo Diddley | 2026-01-01 | 2026-12-31 | 300 h
    P3 | Lay new pipes | Works | Cy Young | 2026-09-01 | 2027-01-29 | 100 h
"""
PEOPLE = """
    Name | Department | Email
    Ada Byron | IT | ada@example.org
    Bo Diddley | IT | bo@example.org
    Cy Young | Works | cy@example.org
    Di Ana | Works | di@elsewhere.example
"""
SETTINGS = """
[render]
formats = ["html"]
organisation = "Eastmere University"
[render.packs]
executive = {{ make = false }}
department = {{ make = false }}
pmo = {{ make = false }}
owner = {{ formats = ["html"] }}
[deliver.mail]
sender = "Work register <reports@example.org>"
operator = "pmo@example.org"
people = ["all"]
attach = ["html"]
host = "localhost"
port = {port}
authorities = "localhost.pem"
user = "{user}"
password_env = "MAIL_PASSWORD"
timeout_seconds = 2
per_minute = 10000
"""


@pytest.fixture
def at_work(tmp_path: Path, make_workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    make_workbook("input/register.xlsx", Register=WORK, People=PEOPLE)
    own, box = certificate(tmp_path), Box()
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    running = serving(
        box, tls_context=context(own), require_starttls=True, authenticator=authenticate, auth_required=True
    )
    with running as port:
        (tmp_path / "pipeline.toml").write_text(SETTINGS.format(port=port, user=USER))
        yield box


def test_from_a_register_to_mails_and_nothing_repeats_what_is_private(at_work: Box, ask: Ask, tmp_path: Path) -> None:
    box = at_work
    code, _, problem = ask("run", "--period", "2026-10")
    assert code == 0, problem
    assert ask("send")[1].startswith("0 mails would be sent.")
    assert ask("approve", "--period", "2026-10")[0] == 0

    code, out, _ = ask("send", "--period", "2026-10")
    assert code == 0
    assert "3 mails would be sent:" in out
    assert "ada@example.org" in out
    assert "My work, October 2026, Ada Byron" in out
    assert box.taken == []

    box.faults = {"bo": ["rcpt 550 5.1.1"], "cy": ["data drop taken"]}
    code, out, told = ask("send", "--really", "--json")
    assert code == 4
    answer = json.loads(out)
    assert (answer["expected"], answer["sent"]) == (3, ["2026-10_owner_ada-byron"])
    assert answer["failed"] == [{"report": "2026-10_owner_bo-diddley", "why": "550 5.1.1"}]
    assert answer["unknown"] == ["2026-10_owner_cy-young"]
    assert [address for address, _ in box.taken] == ["ada@example.org", "cy@example.org", "pmo@example.org"]

    mail = message_from_bytes(box.taken[0][1])
    assert mail["From"] == "Work register <reports@example.org>"
    files = opened(box.taken[0][1]).files
    assert files == {
        "2026-10_owner_ada-byron.html": (tmp_path / "output/2026-10/2026-10_owner_ada-byron.html").read_bytes()
    }
    assert CELL in files["2026-10_owner_ada-byron.html"].decode()

    code, again, more = ask("send", "--really")
    assert (code, again.splitlines()) == (4, [
        "Expected 3, sent 1, of these 1 before.",
        "Still open from before: 1 not sent, 1 in doubt. `pipeline status --period 2026-10` says which and what to do.",
    ])  # fmt: skip
    assert box.taken[3:] == [], "the operator was told"
    code, out, _ = ask("send", "--really", "--json")
    assert (code, json.loads(out)["failed"], json.loads(out)["unknown"]) == (4, answer["failed"], answer["unknown"])
    for name in ("2026-10_owner_bo-diddley", "2026-10_owner_cy-young"):
        assert ask("send", "--really", "--only", name)[0] == 4
    ledger = open_ledger(load_settings(tmp_path / "pipeline.toml").deliver)
    with ledger._change() as connection:
        connection.execute(text("DELETE FROM events WHERE event = 'told'"))
    settings = tmp_path / "pipeline.toml"
    settings.write_text(settings.read_text().replace("operator =", "# operator ="))
    assert ask("send", "--really")[0] == 4
    assert len(ledger.untold()) == 2, "nobody was told"

    readers_own = ("input", "output", "outbox")
    kept = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and path.relative_to(tmp_path).parts[0] not in readers_own
    ]
    assert any(path.name.startswith("ledger.sqlite") for path in kept)
    said = [
        out,
        told,
        again,
        more,
        *(path.read_bytes().decode(errors="replace") for path in kept if path.name != "pipeline.toml"),
    ]
    for canary in (CELL, PASSWORD, "ada@example.org", "bo@example.org", "Byron"):
        assert not [text for text in said if canary in text], canary


def test_a_limit_one_report_and_drafts(at_work: Box, ask: Ask, tmp_path: Path) -> None:
    box = at_work
    assert ask("run", "--period", "2026-10")[0] == 0
    code, out, _ = ask("send", "--really")
    assert (code, "Wait for approval: 3." in out) == (4, True)
    assert [address for address, _ in box.taken] == ["pmo@example.org"]
    box.taken.clear()
    assert ask("approve", "--period", "2026-10")[0] == 0
    assert "1 mail would be sent:" in ask("send", "--limit", "1")[1]
    assert "Approved, not chosen: 2." in ask("send", "--limit", "1")[1]
    code, out, _ = ask("send", "--drafts", "drafts")
    drafts = sorted((tmp_path / "drafts").iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in drafts} == {0o600}
    drafts[0].unlink()
    drafts[0].symlink_to(tmp_path / "elsewhere")
    code, told, why = ask("send", "--really")
    assert (code, why, told) == (0, "", "Expected 3, sent 0.\nWritten as drafts, for a person to send: 3.\n")
    assert "No mail is due" in ask("send", "--drafts", "drafts")[1]
    assert "whether a person sent it is not known here" in " ".join(ask("status")[1].split())
    assert ask("approve", "--drafted")[1].startswith("3 mails approved:")
    assert ask("send", "--drafts", "drafts")[0] == 0
    assert (drafts[0].is_symlink(), (tmp_path / "elsewhere").exists()) == (False, False)
    assert (code, len(drafts)) == (0, 3)
    heads, *lines, do = out.splitlines()
    assert heads == "3 drafts written to drafts, none sent:"
    assert lines[0].split("  ")[1] == "ada@example.org"
    assert [line.rpartition(" ")[2] for line in lines] == [path.name for path in drafts]
    assert do.startswith("Open each in your mail program")
    assert ask("approve", "--drafted")[0] == 0
    assert ask("send", "--drafts", "drafts", "--json", "--only", "2026-10_owner_cy-young")[1].count('"to"') == 1
    assert ask("approve", "--drafted", "--only", "2026-10_owner_cy-young")[1].startswith("1 mail approved:")
    assert ask("approve", "--drafted", "--only", "2026-10_owner_cy-young")[0] == 2
    assert message_from_bytes(drafts[0].read_bytes())["X-Unsent"] == "1"
    for wrong in ("2026-10_owner_cy-yuong", "2026-09_owner_cy-young"):
        code, out, told = ask("send", "--really", "--only", wrong)
        assert (code, out, "The nearest: 2026-10_owner_cy-young" in told) == (2, "", True)
    assert ask("send", "--really", "--period", "2026-09", "--only", "2026-10_owner_cy-young")[0] == 2
    assert ask("send", "--really", "--only", "2026-10_owner_cy-young")[0] == 0
    assert [address for address, _ in box.taken] == ["cy@example.org"]
    code, out, _ = ask("send", "--really")
    assert (code, out) == (0, "Expected 3, sent 3, of these 1 before.\n")


def test_a_run_of_one_pack_leaves_the_mails_of_others(at_work: Box, ask: Ask) -> None:
    assert ask("run", "--period", "2026-10")[0] == 0
    code, out, told = ask("run", "--period", "2026-10", "--packs", "pmo")
    assert (code, "dropped" in out) == (0, False), told
    assert "3 queued" in ask("status")[1]


def test_a_doubt_that_another_command_found_is_told_by_the_next_sender(at_work: Box, ask: Ask, tmp_path: Path) -> None:
    box = at_work
    assert ask("run", "--period", "2026-10")[0] == 0
    assert ask("approve", "--period", "2026-10")[0] == 0
    ledger = open_ledger(load_settings(tmp_path / "pipeline.toml").deliver)
    with ledger.holding() as dead:
        (row, *_) = ledger.rows()
        assert ledger.claim(row, dead)
    assert "1 unknown" in ask("status")[1]
    assert ask("send")[0] == 0

    code, out, told = ask("send", "--really")
    assert (code, f"Not known: whether {row.report} arrived" in out) == (4, True), told
    assert box.taken[-1][0] == "pmo@example.org"
    assert row.report in box.taken[-1][1].decode()
    assert ledger.untold() == ()
    taken = len(box.taken)
    assert ask("send", "--really")[0] == 4
    assert len(box.taken) == taken


def test_without_settings_of_mail_it_says_what_to_write(ask: Ask, tmp_path: Path) -> None:
    code, _, told = ask("send")
    assert (code, told.strip()) == (2, "no mail is set up. Write sender and readers under [deliver.mail].")
    (tmp_path / "pipeline.toml").write_text('[deliver.mail]\nsender = "reports@example.org"\n')
    code, _, told = ask("send", "--really")
    assert (code, "no mail server is named" in told) == (2, True)


@pytest.mark.parametrize(
    "line", ['readers = { Finance = ["cfo@elsewhere.example"] }', 'readers = { Finance = ["a b"] }']
)
def test_settings_that_cannot_be_meant_are_told(ask: Ask, tmp_path: Path, line: str) -> None:
    (tmp_path / "pipeline.toml").write_text(f'[deliver.mail]\nsender = "reports@example.org"\n{line}\n')
    code, _, told = ask("send")
    assert code == 2
    assert "deliver.mail" in told
